"""Find the state of a project's tutorials, for `status` and `doctor`."""

from __future__ import annotations

import os
from functools import partial

from stufenweise.cli.problem_output import say_printing
from stufenweise.config.project import Project
from stufenweise.config.project_files import read_project_files
from stufenweise.core.build_date import current_day
from stufenweise.pipeline import check_content, check_printing, load_project
from stufenweise.pipeline_results import PrintedContent
from stufenweise.status.tutorial_status import TutorialStatus, tutorial_statuses


def project_status(project: Project, language: str) -> tuple[PrintedContent, tuple[TutorialStatus, ...]]:
    """Check and print a project's content; return it with the status of each tutorial.

    Args:
        project: The project.
        language: Language of the messages.

    Raises:
        MachineError: The handouts can't be written.
    """
    day = current_day(os.environ)
    checked = check_content(load_project(read_project_files(project)), day)
    printed = check_printing(checked, on_printing=partial(say_printing, language=language))
    has_handouts = bool(printed.handouts.handouts)
    return printed, tutorial_statuses(checked.result, printed.problems, day, printed=has_handouts)
