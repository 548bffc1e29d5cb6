"""`stufenweise doctor`: how a site stands, for the one who looks after it."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

from generator.assemble.project import Project
from generator.check.health import health
from generator.cli.problems import message_language
from generator.cli.session import CONTENT, config_option, language_option, open_project, today
from generator.cli.status import how_all_stand
from generator.cli.words import word
from generator.load.yaml_tree import read_yaml
from generator.model.kinds import VOCABULARY_FILE
from generator.render.checked import files_of, package_files

PACKAGES = ("stufenweise", "mkdocs", "mkdocs-material", "typst")
HEAVIEST = 5
"""How many of the largest files are named."""
LISTED = 12
"""How many names stand in one line."""


@click.command()
@config_option
@language_option
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
def doctor(config_file: Path, lang: str | None, form: str) -> None:
    """Say how the site stands: versions, words, contacts, reviews, translations, what is hard to find, size."""
    language = message_language(lang, os.environ)
    project = open_project(config_file, language)
    checked, found = how_all_stand(project)
    state = health(checked.reading, found, checked.problems, today(os.environ))
    data: dict[str, object] = {
        "versions": {"python": platform.python_version(), **{name: _version(name) for name in PACKAGES}},
        **asdict(state),
        "words": _default_words(project),
        "contacts": project.settings.missing_contacts(),
        "feedback": project.settings.feedback or "",
        "site": _site(project.site_dir),
    }
    if form == "json":
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        for key, value in data.items():
            click.echo(f"{word(f'doctor-{key}', language)}: {_said(value, language)}")
    if state.errors:
        raise SystemExit(CONTENT)


def _said(value: object, language: str) -> str:
    """Return a value in words, on one line."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_said(one, language)}" for key, one in value.items()) or word("doctor-none", language)
    if isinstance(value, Sequence) and not isinstance(value, str):
        shown = ", ".join(map(str, value[:LISTED])) + (" …" if len(value) > LISTED else "")
        return f"{len(value)} ({shown})" if value else word("doctor-none", language)
    return str(value) if value != "" else word("doctor-none", language)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _default_words(project: Project) -> list[str]:
    """Return the words of the vocabulary for which the company has none of its own."""
    own = {name for words in project.settings.vocabulary.values() for name in words}
    files = files_of(project).data
    if project.beneath:
        own |= _keys(files.get(VOCABULARY_FILE))
        files = package_files(project).data
    return sorted(_keys(files.get(VOCABULARY_FILE)) - own)


def _keys(data: bytes | None) -> set[str]:
    value = read_yaml((data or b"").decode("utf-8-sig", "replace"), VOCABULARY_FILE).value
    return {str(key) for key in value} if isinstance(value, dict) else set()


def _site(site: Path) -> dict[str, object]:
    """Return how large the built site is; nothing if there is none."""
    files = {path: path.stat().st_size for path in site.rglob("*") if path.is_file()} if site.is_dir() else {}
    if not files:
        return {}
    heaviest = sorted(files, key=lambda path: (-files[path], path))[:HEAVIEST]
    return {
        "pages": sum(1 for path in files if path.suffix == ".html"),
        "pdf": sum(1 for path in files if path.suffix == ".pdf"),
        "MB": round(sum(files.values()) / 1_000_000, 1),
        "heaviest": [f"{path.relative_to(site).as_posix()} {files[path] // 1000} kB" for path in heaviest],
    }
