"""`stufenweise adopt`: copy a package text into the project, to be changed there."""

from __future__ import annotations

import os
from pathlib import Path

import click

from stufenweise.cli.content_writing import write_new_texts
from stufenweise.cli.exits import refuse, with_suggestion
from stufenweise.cli.options import config_option, language_option, open_project_or_exit
from stufenweise.config.project_files import base_files, read_project_files
from stufenweise.i18n.messages import command_text, message_language
from stufenweise.model.kinds import KINDS, TUTORIAL
from stufenweise.model.paths import ContentPath, shown_path
from stufenweise.overlay.base_drift import BASE_FOLDER
from stufenweise.source.files.text_paths import TextPath


@click.command()
@click.argument("slug")
@config_option
@language_option
@click.option("--kind", type=click.Choice([kind.name for kind in KINDS]), help="Kind of text; found by its slug.")
def adopt(slug: str, config_file: Path, lang: str | None, kind: str | None) -> None:
    """Begin your own version of a text of the package: a copy in each language of the site, to be changed.

    The package's text is kept beside it: `check` tells you when a new release changes it.
    """
    language = message_language(lang, os.environ)
    project = open_project_or_exit(config_file, language)
    if not project.settings.overlay:
        refuse(command_text("adopt-overlay", language))
    content = read_project_files(project)
    base = base_files(content).data
    texts = _texts(base, kind)
    if slug not in texts:
        refuse(with_suggestion(command_text("adopt-unknown", language, slug=slug), slug, texts, language))
    paths = [path for path in texts[slug] if path not in content.own.data]
    if not paths:
        refuse(command_text("exists", language, file=shown_path(project.shown_content, texts[slug][0])))
    copies = {path: base[path] for path in paths}
    write_new_texts(
        project, {**copies, **{ContentPath(f"{BASE_FOLDER}/{path}"): data for path, data in copies.items()}}, language
    )
    for path in paths:
        click.echo(command_text("adopted", language, file=shown_path(project.shown_content, path)))


def _texts(base: dict[ContentPath, bytes], kind_name: str | None) -> dict[str, list[ContentPath]]:
    """Return the paths of the package's texts by slug, of one kind or of all; a tutorial wins over other kinds."""
    paths_by_slug: dict[str, list[ContentPath]] = {}
    kinds = sorted(KINDS, key=lambda kind: kind != TUTORIAL)
    for kind in kinds if kind_name is None else [kind for kind in KINDS if kind.name == kind_name]:
        paths_of_kind: dict[str, list[ContentPath]] = {}
        for path in sorted(base):
            if (text := TextPath.parse(path)) and text.kind == kind:
                paths_of_kind.setdefault(text.slug, []).append(path)
        paths_by_slug = paths_of_kind | paths_by_slug
    return paths_by_slug
