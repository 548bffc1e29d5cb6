"""`stufenweise init company DIR`: start a company's own project over the content of the package."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import click

from stufenweise.cli.command_context import CommandContext, with_context
from stufenweise.cli.content_writing import write_files
from stufenweise.starting.company_project import company_files
from stufenweise.starting.wheel_source import PACKAGE, installed_from, wheel_source


@click.command()
@click.argument("kind", type=click.Choice(("company",)), expose_value=False)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@with_context
@click.option("--name", default="Reverse Mentoring", show_default=True, help="Name of the site.")
@click.option("--wheel", metavar="PLACE", help="Path or address from which pipelines install the package.")
def init(context: CommandContext, folder: Path, name: str, wheel: str | None) -> None:
    """Begin a company's project: it builds at once on the content of the package, and keeps only what is its own."""
    if folder.exists() and any(folder.iterdir()):
        context.refuse("init-not-empty", folder=folder)
    place = wheel_source(wheel, version(PACKAGE), installed_from())
    write_files(folder, company_files(name, context.language, place))
    context.print_message("init-done", folder=folder)
    if place.is_missing:
        context.print_message("init-wheel", file=place.requirement)
