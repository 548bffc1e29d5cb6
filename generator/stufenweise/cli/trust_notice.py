"""Print newly added hooks and plugins once, since the builder runs them."""

from __future__ import annotations

import json

from stufenweise.cli.command_context import CommandContext
from stufenweise.config.project import Project
from stufenweise.core.errors import os_errors_explained

NAMED_FILE = "named-programs.json"
"""File in the work folder with the hooks and plugins that were printed before."""


def name_new_programs(context: CommandContext, project: Project) -> None:
    """Print the hooks and plugins that are new since the project's last build.

    Raises:
        MachineError: The work folder can't be written.
    """
    programs = [*project.hooks, *(name for name, _ in project.further_plugins)]
    named = _named(project)
    new = [program for program in dict.fromkeys(programs) if program not in named]
    if not new:
        return
    context.print_note("trust-new", names=", ".join(new))
    with os_errors_explained(project.work_folder.path):
        project.work_folder.write(NAMED_FILE, json.dumps(sorted({*named, *new})).encode())


def _named(project: Project) -> list[str]:
    names = project.work_folder.read_json(NAMED_FILE)
    return [str(name) for name in names] if isinstance(names, list) else []
