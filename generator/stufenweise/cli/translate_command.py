"""`stufenweise translate`: begin a translation."""

from __future__ import annotations

import re
from pathlib import Path

import click
import yaml

from stufenweise.cli.command_context import CommandContext, project_options, with_context
from stufenweise.cli.content_writing import write_new_texts
from stufenweise.cli.exits import EXIT_CONTENT, EXIT_USAGE, refuse
from stufenweise.config.label_overrides import LABELS_FOLDER, starter_labels
from stufenweise.config.project import Project
from stufenweise.config.project_files import base_files, read_project_files
from stufenweise.core.errors import explain_os_error
from stufenweise.core.safe_folders import SafeFolder
from stufenweise.fix.translation_stub import translation_stub
from stufenweise.load.text_file import TextKey
from stufenweise.model.facts import PENDING
from stufenweise.model.kinds import KINDS, TUTORIAL
from stufenweise.model.paths import ContentPath, shown_path
from stufenweise.model.settings import LANGUAGE_PATTERN
from stufenweise.overlay.base_drift import BASE_FOLDER
from stufenweise.source.files.text_paths import TextPath
from stufenweise.stages.content_stages import load_project


@click.command()
@click.argument("slug")
@click.argument("content_language", metavar="LANGUAGE")
@project_options
@with_context
@click.option("--kind", type=click.Choice([kind.name for kind in KINDS]), help="Kind of text; found by its slug.")
def translate(context: CommandContext, slug: str, content_language: str, kind: str | None) -> None:
    """Begin the translation of a text: headings, ids and minutes in place, the source's text as comments.

    `labels` instead of a slug begins the labels of the pages in a language that has none.

    Put the words below each comment and remove it. The site shows the source until no comment is left.
    """
    # Before the project is opened, which may fail because of missing labels
    if slug == LABELS_FOLDER and context.config_file.is_file():
        _begin_labels(context, context.config_file.resolve().parent, content_language)
        return
    project = context.open_project()
    content = read_project_files(project)
    loaded = load_project(content).result
    if content_language not in loaded.languages[1:]:
        refuse(_why_not(context, project, content_language))
    sources = [(key.kind, key.slug) for key in loaded.texts if key.language == loaded.source_language]
    kinds = [kind_name for kind_name, name in sources if name == slug and kind in {None, kind_name}]
    if not kinds:
        is_broken = any(key[1:] == (slug, loaded.source_language) for key in loaded.unreadable)
        message = context.message("no-source", file=f"{slug}.{loaded.source_language}.md")
        text = context.with_suggestion(message, slug, [name for _, name in sources])
        refuse(text, EXIT_CONTENT if is_broken else EXIT_USAGE)
    if len(kinds) > 1 and TUTORIAL.name not in kinds:
        context.refuse("translate-kinds", slug=slug, kinds=", ".join(kinds))
    key = TextKey(TUTORIAL.name if TUTORIAL.name in kinds else kinds[0], slug, loaded.source_language)
    source = loaded.texts[key]
    path = TextPath(source.kind.folder, slug, content_language).path
    base = base_files(content).data.get(path) if project.base else None
    if base is not None and path not in content.own.data:
        text = re.sub(r"(?m)^translates: .*$", f"translates: {PENDING}", base.decode("utf-8-sig"), count=1)
        write_new_texts(context, project, {path: text, ContentPath(f"{BASE_FOLDER}/{path}"): base.decode("utf-8-sig")})
        context.print_message("translate-adopted", file=shown_path(project.shown_content, path))
        return
    facts = {"title": source.text.title, "summary": source.text.summary, "translates": PENDING}
    head = yaml.safe_dump(facts, allow_unicode=True, width=1000, sort_keys=False)
    text = f"---\n{head}---\n{translation_stub(loaded, source, content_language)}"
    write_new_texts(context, project, {path: text})
    context.print_message("translate-wrote", file=shown_path(project.shown_content, path))


def _why_not(context: CommandContext, project: Project, content_language: str) -> str:
    """Return the reason why a text can't be translated to a language, and what to do first."""
    listed = project.settings.languages
    if content_language == listed[0]:
        return context.message("translate-source", language=content_language)
    if not re.fullmatch(LANGUAGE_PATTERN, content_language):
        return context.message("bad-language-code", language=content_language)
    key = "translate-unlisted" if content_language in project.paused else "translate-unlabelled"
    return context.message(key, language=content_language, languages=", ".join((*listed, content_language)))


def _begin_labels(context: CommandContext, root: Path, content_language: str) -> None:
    """Write a starting file of labels for a language: the package's labels in it, otherwise in English."""
    if not re.fullmatch(LANGUAGE_PATTERN, content_language):
        context.refuse("bad-language-code", language=content_language)
    text = starter_labels(content_language)
    path = root / LABELS_FOLDER / f"{content_language}.yml"
    file = path.relative_to(root).as_posix()
    try:
        SafeFolder(root).create(file, text.encode())
    except FileExistsError:
        context.refuse("exists", file=file)
    except OSError as error:
        raise explain_os_error(error, file, "content-not-written") from error
    context.print_message("translate-labels", file=file, code=content_language)
