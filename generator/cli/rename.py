"""`stufenweise rename`: a tutorial under another slug, with everything that names it."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

import click

from generator.check import check, errors
from generator.cli.problems import message_language, show
from generator.cli.session import (
    CONTENT,
    USE,
    config_option,
    language_option,
    open_project,
    own_content,
    put_together,
    today,
    with_nearest,
)
from generator.cli.words import word
from generator.load.files import Files, read_files
from generator.load.reading import Reading
from generator.mend.follow import followed, following
from generator.mend.rename import moves, renamed
from generator.mend.written import UnmendableError
from generator.model.facts import SLUG_PATTERN, TutorialFacts
from generator.model.kinds import TUTORIAL
from generator.render.checked import read_texts


@click.command()
@click.argument("old")
@click.argument("new")
@config_option
@language_option
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
def rename(old: str, new: str, config_file: Path, lang: str | None, dry_run: bool) -> None:
    """Give a tutorial another slug: files in all languages, references and links, its former address.

    All of it or nothing: the content is checked before and after, and written only when it is right.
    """
    language = message_language(lang, os.environ)
    project = open_project(config_file, language)
    folder = own_content(project, language)
    shown, day = project.shown_content, today(os.environ)
    files = read_files(folder, shown)

    def read(data: Mapping[str, bytes]) -> Reading:
        return read_texts(project, Files(dict(sorted(data.items()))))

    reading = read_texts(project, files)
    if wrong := errors(check(reading, day)):
        show(wrong, "text", language)
        click.echo(word("rename-errors", language), err=True)
        raise SystemExit(CONTENT)
    if refusal := _refusal(reading, files.data, old, new, language):
        click.echo(refusal, err=True)
        raise SystemExit(USE)
    try:
        changes = renamed(reading, files.data, old, new)
        after = _with(files.data, changes)
        follow = followed(after, following(reading, read(after), {(TUTORIAL.name, old): new}))
    except UnmendableError as error:
        click.echo(word("rename-unmendable", language, place=error.place), err=True)
        raise SystemExit(CONTENT) from None
    changes |= follow
    if wrong := errors(check(read(_with(files.data, changes)), day)):
        show(wrong, "text", language)
        click.echo(word("rename-would-break", language), err=True)
        raise SystemExit(CONTENT)
    if not dry_run:
        put_together(folder, changes, shown, language)
    _say(moves(files.data, old, new), changes, shown, language)
    click.echo(word("rename-dry" if dry_run else "rename-done", language, old=old, new=new), err=True)


def _with(data: Mapping[str, bytes], changes: Mapping[str, bytes | None]) -> dict[str, bytes]:
    """Return the files with the changes made."""
    after = {**data, **changes}
    return {path: content for path, content in after.items() if content is not None}


def _refusal(reading: Reading, data: Mapping[str, bytes], old: str, new: str, language: str) -> str:
    """Return why the tutorial can't get that slug; empty if it can."""
    known = reading.slugs(TUTORIAL)
    if old in known and f"{TUTORIAL.folder}/{old}.{reading.source}.md" not in data:
        return word("rename-package", language, slug=old)
    if old not in known:
        return with_nearest(word("rename-unknown", language, slug=old), old, known, language)
    if not re.fullmatch(SLUG_PATTERN, new) or len(new) > 60:
        return word("bad-slug", language, slug=new)
    for path in moves(data, old, new).values():
        if path.casefold() in {other.casefold() for other in data}:
            return word("exists", language, file=f"{reading.shown}/{path}")
    if new in known or any(path.startswith(f"{TUTORIAL.folder}/{new}.") for path in data):
        return word("rename-taken", language, slug=new)
    for file in reading.of(TUTORIAL):
        if isinstance(file.facts, TutorialFacts) and new in file.facts.formerly and file.slug != old:
            return word("rename-former", language, slug=new, file=file.file)
    return ""


def _say(moved: Mapping[str, str], changes: Mapping[str, bytes | None], shown: str, language: str) -> None:
    """Say which files move and which change."""
    for path, there in moved.items():
        click.echo(f"{shown}/{path} → {shown}/{there}")
    for path, data in changes.items():
        if data is not None and path not in moved.values():
            click.echo(word("rename-changed", language, file=f"{shown}/{path}"))
