"""`stufenweise hosting`: print the configuration of a web server for the built site."""

from __future__ import annotations

from pathlib import Path
from typing import get_args
from urllib.parse import urlsplit

import click

from stufenweise.cli.command_context import CommandContext, project_options, with_context
from stufenweise.cli.content_writing import write_output
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

EDITOR_HEADERS = {"Cross-Origin-Opener-Policy": "unsafe-none"}
"""Headers that differ for the editor: its sign-in window has to reach the window that opened it."""


@click.command()
@click.argument("server", type=click.Choice(get_args(WebServer)))
@project_options
@with_context
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
    context: CommandContext,
    server: WebServer,
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
    project = context.open_project(site_dir)
    site = editor.resolve() if editor else project.site_dir
    if not editor and not (site / "index.html").is_file():
        context.refuse("hosting-no-site", site=site)
    known = "" if editor else urlsplit(project.site_url).path
    wanted = path if path is not None else known or ("/editor/" if editor else "/")
    wanted = f"/{wanted.strip('/')}/" if wanted.strip("/") else "/"
    folder = root or site.as_posix()
    if not is_site_path(wanted):
        context.refuse("hosting-path", path=wanted)
    if not is_server_folder(folder, server):
        context.refuse("hosting-root", root=folder)
    location = ServerLocation(wanted, folder.rstrip("/"))
    if editor:
        text = server_configuration(server, location, _editor_csp(context, editor), EDITOR_HEADERS)
    else:
        text = server_configuration(server, location, _site_csp(context, project))
    if output:
        write_output(output_folder(output.parent, project.root), {output.name: text.encode()})
    else:
        click.echo(text, nl=False)
    if not editor and wanted != (known or "/"):
        key = "hosting-other-path" if known else "hosting-no-url"
        context.print_note(key, path=wanted, known=known)


def _site_csp(context: CommandContext, project: Project) -> CspSources:
    """Return the policy of the built site; exit with 2 if no strict policy allows its pages."""
    with os_errors_explained(project.site_dir, "site-not-read"):
        csp = csp_sources(project.site_dir, project.settings.frame_ancestors)
    if csp.faults:
        context.refuse("hosting-faults", faults=csp.named_faults())
    return csp


def _editor_csp(context: CommandContext, folder: Path) -> CspSources:
    """Return the policy of the editor's folder, read from its page."""
    page = folder / "index.html"
    with os_errors_explained(page, "site-not-read"):
        policy = policy_of_page(page.read_text(encoding="utf-8")) if page.is_file() else ""
    if not policy:
        context.refuse("editor-no-folder", folder=folder)
    return CspSources(policy=f"{policy}; frame-ancestors 'none'", hashed=(), languages=(), faults=())
