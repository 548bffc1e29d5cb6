"""`stufenweise editor`: make a folder with an editor for the browser, for authors without Git."""

from __future__ import annotations

import urllib.error
import urllib.request
from pathlib import Path
from typing import cast, get_args

import click

from stufenweise.cli.command_context import CommandContext, project_options, with_context
from stufenweise.cli.content_writing import refuse_output_inside_project, write_files
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
from stufenweise.stages.content_stages import load_project

ANSWER_SECONDS = 60
"""Seconds to wait for an answer of a server."""


@click.command()
@project_options
@with_context
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
    context: CommandContext,
    address: str,
    host_kind: HostKind | None,
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
    place = read_repository_address(address)
    if not place:
        context.refuse("editor-repository", address=address)
    project = context.open_project()
    refuse_output_inside_project(context, project, output)
    if output.exists() and any(output.iterdir()) and not (output / "front-matter.js").is_file():
        context.refuse("editor-not-empty", folder=output)
    origin, repository = place
    host = GitHost(
        kind=host_kind or likely_kind(origin),
        origin=origin,
        repository=repository,
        branch=branch,
        app_id=app_id,
        sign_in=sign_in.rstrip("/"),
    )
    loaded = load_project(read_project_files(project)).result
    config = editor_config(edited_project(project, loaded, context.language), host, context.language)
    files = {**_release(context, source, output), **editor_files(config, host, context.language)}
    write_files(output, files)
    context.print_message("editor-done", folder=output)
    context.print_message("editor-hosting", folder=output)
    if host.asks_for_token:
        context.print_message("editor-token")


def _release(context: CommandContext, origin: str | None, output: Path) -> dict[str, bytes]:
    """Return the editor's own files; none if they are in the folder already."""
    release = editor_release()
    if origin is None:
        if (output / EDITOR_SCRIPT).is_file():
            return {}
        context.refuse("editor-missing", folder=output, release=release.named, address=release.address)
    return release_files(_download(context, origin) if "://" in origin else Path(origin))


def _download(context: CommandContext, address: str) -> bytes:
    """Download the file at an address that the person named."""
    if not address.startswith("https://"):
        context.refuse("editor-insecure", address=address)
    try:
        with urllib.request.urlopen(address, timeout=ANSWER_SECONDS) as answer:  # noqa: S310 -- https alone
            return cast("bytes", answer.read(MAX_ARCHIVE_BYTES))
    except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
        reason = getattr(error, "reason", None) or type(error).__name__
        release = editor_release().named
        context.refuse("editor-download", address=address, reason=reason, release=release)
