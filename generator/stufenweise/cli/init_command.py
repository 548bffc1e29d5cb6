"""`stufenweise init company DIR`: a company's own project over the content of the package."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import click

from stufenweise.cli.content_writing import write_files
from stufenweise.cli.exits import refuse
from stufenweise.cli.options import language_option
from stufenweise.cli.wheel_source import PACKAGE, WHEELS, WheelSource, installed_from, wheel_source
from stufenweise.i18n.catalogue import language_folder
from stufenweise.i18n.messages import command_text, message_language
from stufenweise.overlay.base_drift import BASE_FOLDER, overriding_files
from stufenweise.package_files import package_folder
from stufenweise.text_templates import render_text_template

TEMPLATE_SUFFIX = ".j2"
"""Ending of the names of templates."""


@click.command()
@click.argument("kind", type=click.Choice(("company",)), expose_value=False)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@language_option
@click.option("--name", default="Reverse Mentoring", show_default=True, help="Name of the site.")
@click.option("--wheel", metavar="PLACE", help="Path or address from which pipelines install the package.")
def init(folder: Path, lang: str | None, name: str, wheel: str | None) -> None:
    """Begin a company's project: it builds at once on the content of the package, and keeps only what is its own."""
    language = message_language(lang, os.environ)
    if folder.exists() and any(folder.iterdir()):
        refuse(command_text("init-not-empty", language, folder=folder))
    place = wheel_source(wheel, version(PACKAGE), installed_from())
    write_files(folder, company_files(name, language, place), language)
    click.echo(command_text("init-done", language, folder=folder))
    if place.is_missing:
        click.echo(command_text("init-wheel", language, file=place.requirement))


def company_files(name: str, language: str, place: WheelSource) -> dict[str, bytes]:
    """Return the files of a company's project by their path.

    Files that replace a text of the package are recorded as compared with it.

    Args:
        name: Name of the site.
        language: Language of what explains the files.
        place: Where the package is installed from.
    """
    values = {"name": name.replace("\\", "\\\\").replace('"', '\\"'), "place": place}
    result = {f"{WHEELS}/{place.file.name}": place.file.read_bytes()} if place.file else {}
    for folder in (files(__package__).joinpath("company"), language_folder(language, "company")):
        for path, file in _templates(folder, ""):
            if path.endswith(TEMPLATE_SUFFIX):
                text = render_text_template(file.read_text(encoding="utf-8"), values, ("<<", ">>"))
                result[path.removesuffix(TEMPLATE_SUFFIX)] = text.encode()
            else:
                result[path] = file.read_bytes()
    result = dict(sorted(result.items()))
    own = [path.removeprefix("content/") for path in result if path.startswith("content/")]
    package = package_folder("content")
    base = {path.relative_to(package).as_posix(): path for path in package.rglob("*.*") if path.is_file()}
    for _, path in overriding_files(own, dict.fromkeys(base, b"")):
        result[f"content/{BASE_FOLDER}/{path}"] = base[path].read_bytes()
    return result


def _templates(folder: Traversable, below: str) -> Iterator[tuple[str, Traversable]]:
    """Yield each template with the path of the file made from it; a leading `dot-` in a name becomes a dot."""
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        path = f"{below}{entry.name.replace('dot-', '.', 1) if entry.name.startswith('dot-') else entry.name}"
        if entry.is_dir():
            yield from _templates(entry, f"{path}/")
        else:
            yield path, entry
