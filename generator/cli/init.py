"""`stufenweise init company DIR`: a company's own project over the content of the package."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import click
from jinja2 import Environment, StrictUndefined

from generator.cli.problems import message_language
from generator.cli.session import USE, language_option, write_files
from generator.cli.words import word
from generator.load.beneath import NOTED, over_package
from generator.render.shipped import shipped

TEMPLATE = ".j2"
"""End of the name of a template; before it may stand the language that it is in."""


@click.command()
@click.argument("kind", type=click.Choice(("company",)), expose_value=False)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@language_option
@click.option("--name", default="Reverse Mentoring", show_default=True, help="Name of the site.")
def init(folder: Path, lang: str | None, name: str) -> None:
    """Begin a company's project: it builds at once on the content of the package, and keeps only what is its own."""
    language = message_language(lang, os.environ)
    if folder.exists() and any(folder.iterdir()):
        click.echo(word("init-not-empty", language, folder=folder), err=True)
        raise SystemExit(USE)
    write_files(folder, company_files(name, language), language)
    click.echo(word("init-done", language, folder=folder))


def company_files(name: str, language: str) -> dict[str, bytes]:
    """Return the files of a company's project by their path.

    What lies over a text of the package is noted as compared with it.

    Args:
        name: Name of the site.
        language: Language of what explains the files.
    """
    values = {"name": name.replace("\\", "\\\\").replace('"', '\\"'), "version": version("stufenweise")}
    environment = Environment(  # noqa: S701 -- YAML and Markdown, and the one value is quoted
        undefined=StrictUndefined, keep_trailing_newline=True, variable_start_string="<<", variable_end_string=">>"
    )
    result = {}
    for path, file in _templates(files(__package__).joinpath("company"), ""):
        if path.endswith(TEMPLATE):
            path, written_in, _ = path.rsplit(".", 2)
            if written_in == language:
                result[path] = environment.from_string(file.read_text(encoding="utf-8")).render(values).encode()
        else:
            result[path] = file.read_bytes()
    own = [path.removeprefix("content/") for path in result if path.startswith("content/")]
    package = shipped("content")
    beneath = {path.relative_to(package).as_posix(): path for path in package.rglob("*.*") if path.is_file()}
    for _, path in over_package(own, dict.fromkeys(beneath, b"")):
        result[f"content/{NOTED}/{path}"] = beneath[path].read_bytes()
    return result


def _templates(folder: Traversable, below: str) -> Iterator[tuple[str, Traversable]]:
    """Yield the templates with the paths of the files that they become; `dot-` stands for a dot at the beginning."""
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        path = f"{below}{entry.name.replace('dot-', '.', 1) if entry.name.startswith('dot-') else entry.name}"
        if entry.is_dir():
            yield from _templates(entry, f"{path}/")
        else:
            yield path, entry
