"""`stufenweise editor`: make a folder with an editor for the browser, for authors without Git."""

from __future__ import annotations

import os
import urllib.error
import urllib.request
from pathlib import Path
from typing import cast, get_args

import click

from stufenweise.cli.content_writing import refuse_output_inside_project, write_files
from stufenweise.cli.exits import refuse
from stufenweise.cli.options import config_option, language_option, open_project_or_exit
from stufenweise.config.project_files import read_project_files
from stufenweise.editor.edited_project import edited_project
from stufenweise.editor.editor_config import editor_config
from stufenweise.editor.editor_folder import editor_files
from stufenweise.editor.editor_release import (
    EDITOR_SCRIPT,
    MAX_ARCHIVE_BYTES,
    editor_release,
    release_files,
)
from stufenweise.editor.git_host import GitHost, HostKind, likely_kind, read_repository_address
from stufenweise.i18n.messages import command_text, message_language
from stufenweise.pipeline import load_project

ANSWER_SECONDS = 60
"""Seconds to wait for an answer of a server."""


@click.command()
@config_option
@language_option
@click.option("--repo", "address", required=True, help="Address of the repository, as the browser shows it.")
@click.option(
    "--host", "host_kind", type=click.Choice(get_args(HostKind)), help="What runs there; otherwise guessed by the name."
)
@click.option("--branch", default="main", show_default=True, help="Branch that the texts go into.")
@click.option("--app-id", default="", help="GitLab: id of the application that was registered for the sign-in.")
@click.option("--sign-in", default="", help="GitHub: address of the small server for the sign-in.")
@click.option("--from", "source", help="The editor: archive of npm, unpacked folder, or https address.")
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), default="editor", show_default=True)
def editor(
    config_file: Path,
    lang: str | None,
    address: str,
    host_kind: str | None,
    branch: str,
    app_id: str,
    sign_in: str,
    source: str | None,
    output: Path,
) -> None:
    """Write a folder with an editor for the browser: texts without Git, each a merge or pull request.

    Its fields are made from the model. The editor itself comes from npm and is named with --from, once; nothing is
    downloaded unasked. The folder never becomes a part of the site.
    """
    language = message_language(lang, os.environ)
    place = read_repository_address(address)
    if not place:
        refuse(command_text("editor-repository", language, address=address))
    project = open_project_or_exit(config_file, language)
    refuse_output_inside_project(project, output, language)
    if output.exists() and any(output.iterdir()) and not (output / "front-matter.js").is_file():
        refuse(command_text("editor-not-empty", language, folder=output))
    kind = cast("HostKind", host_kind or likely_kind(place[0]))
    origin, repository = place
    host = GitHost(
        kind=kind,
        origin=origin,
        repository=repository,
        branch=branch,
        app_id=app_id,
        sign_in=sign_in.rstrip("/"),
    )
    loaded = load_project(read_project_files(project)).result
    config = editor_config(edited_project(project, loaded, language), host, language)
    files = {**_release(source, output, language), **editor_files(config, host, language)}
    write_files(output, files)
    click.echo(command_text("editor-done", language, folder=output))
    click.echo(command_text("editor-hosting", language, folder=output))
    if host.asks_for_token:
        click.echo(command_text("editor-token", language))


def _release(origin: str | None, output: Path, language: str) -> dict[str, bytes]:
    """Return the editor's own files; none if they are in the folder already."""
    release = editor_release()
    if origin is None:
        if (output / EDITOR_SCRIPT).is_file():
            return {}
        refuse(command_text("editor-missing", language, folder=output, release=release.named, address=release.address))
    return release_files(_download(origin, language) if "://" in origin else Path(origin))


def _download(address: str, language: str) -> bytes:
    """Download the file at an address that the person named."""
    if not address.startswith("https://"):
        refuse(command_text("editor-insecure", language, address=address))
    try:
        with urllib.request.urlopen(address, timeout=ANSWER_SECONDS) as answer:  # noqa: S310 -- https alone
            return cast("bytes", answer.read(MAX_ARCHIVE_BYTES))
    except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
        reason = getattr(error, "reason", None) or type(error).__name__
        release = editor_release().named
        refuse(command_text("editor-download", language, address=address, reason=reason, release=release))
