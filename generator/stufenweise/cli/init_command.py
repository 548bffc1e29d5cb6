"""`stufenweise init company DIR`: start a company's own project over the content of the package."""

from __future__ import annotations

import os
from importlib.metadata import version
from pathlib import Path

import click

from stufenweise.cli.content_writing import write_files
from stufenweise.cli.exits import refuse
from stufenweise.cli.options import language_option
from stufenweise.i18n.messages import command_text, message_language
from stufenweise.starting.company_project import company_files
from stufenweise.starting.wheel_source import PACKAGE, installed_from, wheel_source


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
    write_files(folder, company_files(name, language, place))
    click.echo(command_text("init-done", language, folder=folder))
    if place.is_missing:
        click.echo(command_text("init-wheel", language, file=place.requirement))
