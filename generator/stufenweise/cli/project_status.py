"""Find the state of a project's tutorials, for `status` and `doctor`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from stufenweise.cli.command_context import CommandContext
from stufenweise.cli.problem_output import announce_printing
from stufenweise.config.project import Project
from stufenweise.config.project_files import ProjectFiles, read_project_files
from stufenweise.load.load_result import LoadResult
from stufenweise.model.problem import Problem
from stufenweise.stages.content_stages import Caches, check_content, load_project
from stufenweise.stages.handout_stages import check_printing
from stufenweise.status.tutorial_status import TutorialStatus, tutorial_statuses


@dataclass(frozen=True, slots=True)
class ProjectStatus:
    """A project's content with all its problems, those of printing included, and the status of each tutorial."""

    files: ProjectFiles
    content: LoadResult
    problems: tuple[Problem, ...]
    tutorials: tuple[TutorialStatus, ...]


def project_status(context: CommandContext, project: Project) -> ProjectStatus:
    """Check a project's content and how it would be printed, and return its status.

    Args:
        context: The command's context.
        project: The project.

    Raises:
        MachineError: Printing was ended from outside.
    """
    day = context.today
    files = read_project_files(project)
    caches = Caches.of(project)
    checked = check_content(load_project(files, caches), day, caches=caches)
    printing = check_printing(checked, on_printing=partial(announce_printing, language=context.language))
    has_handouts = bool(printing.value and printing.value.handouts.handouts)
    tutorials = tutorial_statuses(checked.result, printing.problems, day, printed=has_handouts)
    return ProjectStatus(files, checked.result, printing.problems, tutorials)
