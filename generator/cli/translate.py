"""`stufenweise translate`: a translation to begin with."""

from __future__ import annotations

import os
import re
from pathlib import Path

import click
import yaml

from generator.assemble.labels import package_label_text
from generator.cli.problems import message_language
from generator.cli.session import (
    CONTENT,
    MACHINE,
    USE,
    config_option,
    language_option,
    open_project,
    own_content,
    with_nearest,
)
from generator.cli.words import word
from generator.mend.skeleton import skeleton
from generator.model.facts import PENDING
from generator.model.kinds import KINDS, TUTORIAL
from generator.model.settings import LANGUAGE_PATTERN
from generator.render.checked import read_texts
from generator.render.own_labels import FOLDER as LABELS


@click.command()
@click.argument("slug")
@click.argument("code", metavar="LANGUAGE")
@config_option
@language_option
@click.option("--kind", type=click.Choice([kind.name for kind in KINDS]), help="Kind of text; found by its slug.")
def translate(slug: str, code: str, config_file: Path, lang: str | None, kind: str | None) -> None:
    """Begin the translation of a text: headings, ids and minutes in place, the source's text as comments.

    `labels` instead of a slug begins the labels of the pages in a language that has none.

    Put the words below each comment and remove it. The site shows the source until no comment is left.
    """
    language = message_language(lang, os.environ)
    if slug == LABELS and config_file.is_file():  # Whatever is wrong: labels may be what is missing
        _begin_labels(config_file.resolve().parent, code, language)
        return
    project = open_project(config_file, language)
    folder, shown = own_content(project, language), project.shown_content
    reading = read_texts(project, folder)
    if code not in reading.languages[1:]:
        _refuse(word("bad-language", language, language=code, known=", ".join(reading.languages[1:])), USE)
    known = [(name, own) for name, own, one in reading.texts if one == reading.source]
    found = [name for name, own in known if own == slug and kind in {None, name}]
    if not found:
        broken = any(own == slug and one == reading.source for _, own, one in reading.broken)
        said = word("no-source", language, file=f"{slug}.{reading.source}.md")
        _refuse(with_nearest(said, slug, [own for _, own in known], language), CONTENT if broken else USE)
    if len(found) > 1 and TUTORIAL.name not in found:
        _refuse(word("translate-kinds", language, slug=slug, kinds=", ".join(found)), USE)
    source = reading.texts[TUTORIAL.name if TUTORIAL.name in found else found[0], slug, reading.source]
    facts = {"title": source.text.title, "summary": source.text.summary, "translates": PENDING}
    head = yaml.safe_dump(facts, allow_unicode=True, width=1000, sort_keys=False)
    path = folder / source.kind.folder / f"{slug}.{code}.md"
    file = f"{shown}/{path.relative_to(folder).as_posix()}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as output:
            output.write(f"---\n{head}---\n{skeleton(reading, source, code)}")
    except FileExistsError:
        _refuse(word("exists", language, file=file), USE)
    except OSError as error:
        _refuse(word("not-writable", language, file=file, reason=error.strerror or ""), MACHINE)
    click.echo(word("translate-wrote", language, file=file))


def _begin_labels(root: Path, code: str, language: str) -> None:
    """Write the labels of a language to begin with: those of the package in it, or else in English."""
    if not re.fullmatch(LANGUAGE_PATTERN, code):
        _refuse(word("bad-language-code", language, language=code), USE)
    try:
        text = package_label_text(code)
    except FileNotFoundError:
        text = package_label_text("en")
    path = root / LABELS / f"{code}.yml"
    file = path.relative_to(root).as_posix()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as output:
            output.write(text)
    except FileExistsError:
        _refuse(word("exists", language, file=file), USE)
    except OSError as error:
        _refuse(word("not-writable", language, file=file, reason=error.strerror or ""), MACHINE)
    click.echo(word("translate-labels", language, file=file, code=code))


def _refuse(text: str, code: int) -> None:
    """Say why nothing is written, and end the program."""
    click.echo(text, err=True)
    raise SystemExit(code)
