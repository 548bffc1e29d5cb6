"""`stufenweise hosting`: the configuration of a web server for the built site."""

from __future__ import annotations

import os
from pathlib import Path
from typing import cast, get_args
from urllib.parse import urlsplit

import click

from generator.cli.problems import message_language
from generator.cli.session import USE, config_option, language_option, open_project, told, write_whole
from generator.cli.words import word
from generator.hosting.needs import needs_of
from generator.hosting.servers import Place, Server, configuration, right_path, right_root

SHOWN = 10
"""Most faults that are named."""


@click.command()
@click.argument("server", type=click.Choice(get_args(Server)))
@config_option
@language_option
@click.option("-d", "--site-dir", type=click.Path(path_type=Path), help="Folder of the built site instead of site_dir.")
@click.option("--path", help="Path of the site's address, such as /mentoring/; otherwise that of site_url.")
@click.option("--root", help="The site's folder on the server, if it is not the one that is read here.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
def hosting(
    server: str,
    config_file: Path,
    lang: str | None,
    site_dir: Path | None,
    path: str | None,
    root: str | None,
    output: Path | None,
) -> None:
    """Print the configuration of a web server for the built site.

    It has the strict content security policy that the site keeps, headers for security and caching, compression, and
    pages for what is missing.
    """
    language = message_language(lang, os.environ)
    project = open_project(config_file, language, site_dir)
    site = project.site_dir
    if not (site / "index.html").is_file():
        _refuse("hosting-no-site", language, site=site)
    known = urlsplit(project.site_url).path
    wanted = path if path is not None else known or "/"
    wanted = f"/{wanted.strip('/')}/" if wanted.strip("/") else "/"
    folder = root or site.as_posix()
    kind = cast("Server", server)
    if not right_path(wanted):
        _refuse("hosting-path", language, path=wanted)
    if not right_root(folder, kind):
        _refuse("hosting-root", language, root=folder)
    with told("hosting-unread", site, language):
        needs = needs_of(site)
    if needs.faults:
        faults = "".join(f"\n  {fault}" for fault in needs.faults[:SHOWN])
        more = len(needs.faults) - SHOWN
        _refuse("hosting-faults", language, faults=faults + (f"\n  … + {more}" if more > 0 else ""))
    text = configuration(kind, Place(wanted, folder.rstrip("/")), needs)
    if output:
        write_whole(output.parent, {output.name: text.encode()}, language)
    else:
        click.echo(text, nl=False)
    if wanted != (known or "/"):
        key = "hosting-other-path" if known else "hosting-no-url"
        click.echo(word(key, language, path=wanted, known=known), err=True)


def _refuse(key: str, language: str, **values: object) -> None:
    click.echo(word(key, language, **values), err=True)
    raise SystemExit(USE)
