"""`stufenweise adopt`: copy a package text into the project, to be changed there."""

from __future__ import annotations

import click

from stufenweise.cli.command_context import CommandContext, project_options, with_context
from stufenweise.cli.content_writing import write_new_texts
from stufenweise.cli.exits import refuse
from stufenweise.config.project_files import base_files, read_project_files
from stufenweise.model.kinds import KINDS, TUTORIAL
from stufenweise.model.paths import ContentPath, shown_path
from stufenweise.overlay.base_drift import BASE_FOLDER
from stufenweise.source.files.text_paths import TextPath


@click.command()
@click.argument("slug")
@project_options
@with_context
@click.option("--kind", type=click.Choice([kind.name for kind in KINDS]), help="Kind of text; found by its slug.")
def adopt(context: CommandContext, slug: str, kind: str | None) -> None:
    """Begin your own version of a text of the package: a copy in each language of the site, to be changed.

    The package's text is kept beside it: `check` tells you when a new release changes it.
    """
    project = context.open_project()
    if not project.settings.overlay:
        context.refuse("adopt-overlay")
    content = read_project_files(project)
    base = base_files(content).data
    texts = _texts(base, kind)
    if slug not in texts:
        refuse(context.with_suggestion(context.message("adopt-unknown", slug=slug), slug, texts))
    paths = [path for path in texts[slug] if path not in content.own.data]
    if not paths:
        context.refuse("exists", file=shown_path(project.shown_content, texts[slug][0]))
    copies = {path: base[path] for path in paths}
    write_new_texts(
        context, project, {**copies, **{ContentPath(f"{BASE_FOLDER}/{path}"): data for path, data in copies.items()}}
    )
    for path in paths:
        context.print_message("adopted", file=shown_path(project.shown_content, path))


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
