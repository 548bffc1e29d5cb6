"""`stufenweise hosting`: print the configuration of a web server for the built site."""

from __future__ import annotations

import os
from pathlib import Path
from typing import cast, get_args
from urllib.parse import urlsplit

import click

from stufenweise.cli.content_writing import write_output
from stufenweise.cli.exits import refuse
from stufenweise.cli.options import config_option, language_option, open_project_or_exit
from stufenweise.config.project import Project
from stufenweise.core.errors import os_errors_explained
from stufenweise.core.safe_folders import output_folder
from stufenweise.editor.editor_folder import policy_of_page
from stufenweise.export.csp import CspSources, csp_sources
from stufenweise.export.server_config import (
    ServerLocation,
    WebServer,
    is_server_folder,
    is_site_path,
    server_configuration,
)
from stufenweise.i18n.messages import command_text, message_language

EDITOR_HEADERS = {"Cross-Origin-Opener-Policy": "unsafe-none"}
"""Headers that differ for the editor: its sign-in window has to reach the window that opened it."""


@click.command()
@click.argument("server", type=click.Choice(get_args(WebServer)))
@config_option
@language_option
@click.option("-d", "--site-dir", type=click.Path(path_type=Path), help="Folder of the built site instead of site_dir.")
@click.option("--path", help="Path of the site's address, such as /mentoring/; otherwise that of site_url.")
@click.option("--root", help="The site's folder on the server, if it is not the one that is read here.")
@click.option(
    "--editor",
    type=click.Path(path_type=Path, file_okay=False),
    help="Instead of the site, for this folder that `stufenweise editor` wrote.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
def hosting(
    server: str,
    config_file: Path,
    lang: str | None,
    site_dir: Path | None,
    path: str | None,
    root: str | None,
    editor: Path | None,
    output: Path | None,
) -> None:
    """Print the configuration of a web server for the built site.

    It has the strict content security policy that the site keeps, headers for security and caching, compression, and
    pages for what is missing.
    """
    language = message_language(lang, os.environ)
    project = open_project_or_exit(config_file, language, site_dir)
    site = editor.resolve() if editor else project.site_dir
    if not editor and not (site / "index.html").is_file():
        refuse(command_text("hosting-no-site", language, site=site))
    known = "" if editor else urlsplit(project.site_url).path
    wanted = path if path is not None else known or ("/editor/" if editor else "/")
    wanted = f"/{wanted.strip('/')}/" if wanted.strip("/") else "/"
    folder = root or site.as_posix()
    kind = cast("WebServer", server)
    if not is_site_path(wanted):
        refuse(command_text("hosting-path", language, path=wanted))
    if not is_server_folder(folder, kind):
        refuse(command_text("hosting-root", language, root=folder))
    location = ServerLocation(wanted, folder.rstrip("/"))
    if editor:
        text = server_configuration(kind, location, _editor_csp(editor, language), EDITOR_HEADERS)
    else:
        text = server_configuration(kind, location, _site_csp(project, language))
    if output:
        write_output(output_folder(output.parent, project.root), {output.name: text.encode()})
    else:
        click.echo(text, nl=False)
    if not editor and wanted != (known or "/"):
        key = "hosting-other-path" if known else "hosting-no-url"
        click.echo(command_text(key, language, path=wanted, known=known), err=True)


def _site_csp(project: Project, language: str) -> CspSources:
    """Return the policy of the built site; exit with 2 if no strict policy allows its pages."""
    with os_errors_explained(project.site_dir, "site-not-read"):
        csp = csp_sources(project.site_dir, project.settings.frame_ancestors)
    if csp.faults:
        refuse(command_text("hosting-faults", language, faults=csp.named_faults()))
    return csp


def _editor_csp(folder: Path, language: str) -> CspSources:
    """Return the policy of the editor's folder, read from its page."""
    page = folder / "index.html"
    with os_errors_explained(page, "site-not-read"):
        policy = policy_of_page(page.read_text(encoding="utf-8")) if page.is_file() else ""
    if not policy:
        refuse(command_text("editor-no-folder", language, folder=folder))
    return CspSources(policy=f"{policy}; frame-ancestors 'none'", hashed=(), languages=(), faults=())
