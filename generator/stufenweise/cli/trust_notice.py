"""Print newly added hooks and plugins once, since the builder runs them."""

from __future__ import annotations

import json

import click

from stufenweise.config.project import Project
from stufenweise.core.errors import build_errors_explained
from stufenweise.i18n.messages import command_text

NAMED_FILE = "named-programs.json"
"""File in the work folder with the hooks and plugins that were printed before."""


def name_new_programs(project: Project, language: str) -> None:
    """Print the hooks and plugins that are new since the project's last build.

    Raises:
        MachineError: The work folder can't be written.
    """
    programs = [*project.hooks, *(name for name, _ in project.further_plugins)]
    named = _named(project)
    new = [program for program in dict.fromkeys(programs) if program not in named]
    if not new:
        return
    click.echo(command_text("trust-new", language, names=", ".join(new)), err=True)
    with build_errors_explained(project.work):
        project.workspace.write(NAMED_FILE, json.dumps(sorted({*named, *new})).encode())


def _named(project: Project) -> list[str]:
    names = project.workspace.read_json(NAMED_FILE)
    return [str(name) for name in names] if isinstance(names, list) else []
