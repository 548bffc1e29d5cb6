"""The first stage: open the project of a mkdocs.yml."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

from stufenweise.config.project import Project
from stufenweise.config.project_config import ProjectConfig, read_project_config
from stufenweise.config.project_files import read_project_files
from stufenweise.fix.atomic_write import FinishedWrite
from stufenweise.model.outcome import Outcome
from stufenweise.model.problem import Problem
from stufenweise.stages.interrupted_changes import finish_interrupted_change


def open_project(
    config_file: Path,
    today: datetime.date,
    site_dir: Path | None = None,
    work_parent: Path | None = None,
    *,
    on_finished: Callable[[FinishedWrite, Project], None] = lambda *_: None,
) -> Outcome[Project]:
    """Return the project of a mkdocs.yml, or all problems of its configuration.

    Problems of its content are reported in the same run. A change of its content that was interrupted is finished.

    Args:
        config_file: Path of the configuration.
        today: The day against which reviews are due.
        site_dir: Folder to publish to, if not the configuration's own.
        work_parent: Folder that holds the work folder, if not that of the mkdocs.yml.
        on_finished: Called with what became of an interrupted change.

    Raises:
        MachineError: An interrupted change can't be finished, or another process holds the content for too long.
    """
    config = read_project_config(config_file, site_dir, work_parent)
    if config.project and (finished := finish_interrupted_change(config.project)):
        on_finished(finished, config.project)
    if config.project and not config.problems:
        return Outcome(config.project)
    return Outcome.failure(*sorted({*config.problems, *_content_problems(config, today)}))


def _content_problems(config: ProjectConfig, today: datetime.date) -> Iterator[Problem]:
    """Yield problems of the content of a project with a wrong configuration, except those that follow from it."""
    if config.project:
        from stufenweise.stages.content_stages import check_content, load_project  # Mostly unneeded, and slow to import

        checked = check_content(load_project(read_project_files(config.project)), today)
        yield from (problem for problem in checked.problems if problem.code not in config.follow_ups)
