"""MkDocs plugin: build with `mkdocs build` and `mkdocs serve`.

`build_in_place` of the pipeline, spread over MkDocs's events (https://www.mkdocs.org/dev-guide/plugins/#events):
`on_config` begins it and gives MkDocs the derived configuration of the source language to render, `on_post_build`
renders the other languages and completes it.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority

from stufenweise.assemble.derived_config import config_file
from stufenweise.config.project import WORK_VARIABLE, Project
from stufenweise.config.project_files import watched_folders
from stufenweise.core.build_date import current_day
from stufenweise.core.errors import MachineError, os_errors_explained
from stufenweise.fix.atomic_write import FinishedWrite
from stufenweise.i18n.messages import command_text, failure_text, message_language, problem_message
from stufenweise.model.problem import Problem
from stufenweise.pipeline import BuildEvents, BuildOptions, build_in_place
from stufenweise.publish.work_folder_lock import COMMAND_WAIT
from stufenweise.stages.interrupted_changes import finished_change_notes
from stufenweise.stages.project_stage import open_project
from stufenweise.stages.stage_results import AssembledSite, Drafts

log = logging.getLogger("mkdocs.plugins.stufenweise")


@dataclass(frozen=True, slots=True)
class _BegunBuild:
    """A build whose pages MkDocs renders."""

    assembled: AssembledSite
    derived: MkDocsConfig
    """The configuration of the source language, with its plugins started."""
    completion: ExitStack
    """Completes the site and unlocks the work folder; left with an exception, it only unlocks it."""

    def abandon(self, error: BaseException) -> None:
        """Unlock the work folder without completing the site; do nothing if the build has ended already."""
        self.completion.__exit__(type(error), error, error.__traceback__)


class StufenweisePlugin(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """Passes MkDocs's events on to the pipeline."""

    begun: _BegunBuild | None = None
    drafts: Drafts = "left out"

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Include drafts if the site is only served locally."""
        self.drafts = "marked" if command == "serve" else "left out"

    def load_config(
        self,
        options: dict[str, Any],
        config_file_path: str | None = None,
    ) -> tuple[list[tuple[str, Exception]], list[tuple[str, str]]]:
        """Accept all options: `open_project` validates them, with their place in mkdocs.yml."""
        self.config = options
        return [], []

    @event_priority(-100)  # The project's other plugins and hooks see the project's configuration before
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Begin a build, and return the derived configuration of the source language."""
        self.on_shutdown()
        with _aborting(Path(config.site_dir)):
            self.begun = _begin(config, self.drafts)
            derived = self.begun.derived.plugins.on_config(self.begun.derived)
        # MkDocs now uses the derived configuration's plugins; add this plugin there, too, so that `on_post_build` is
        # called.
        derived.plugins["stufenweise"] = self
        return derived

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Build the other languages after the source language, and complete the site."""
        if self.begun is None:
            return
        assembled = self.begun.assembled
        with _aborting(assembled.folder), self.begun.completion:
            for language in assembled.library.languages[1:]:
                derived = _started_config(assembled, language, config)
                try:
                    mkdocs_build(derived)
                finally:
                    derived.plugins.on_shutdown()

    def on_build_error(self, *, error: Exception) -> None:
        """Unlock the work folder for other builds."""
        if self.begun:
            self.begun.abandon(error)

    def on_shutdown(self) -> None:
        """Shut down the plugins of the derived configuration, which MkDocs did not start, and unlock the work folder.

        It is still locked if the build ended without an event, as by Ctrl-C.
        """
        begun, self.begun = self.begun, None
        if begun:
            try:
                begun.derived.plugins.on_shutdown()
            finally:
                begun.abandon(Abort(""))

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:
        """Watch what the derived configuration names only as copies, or not at all: content, labels, theme, parents."""
        if self.begun:
            watched = watched_folders(self.begun.assembled.project)
            for path in (*watched.trees, *watched.files):
                if path.exists():
                    server.watch(str(path))
        return server


@contextmanager
def _aborting(folder: Path) -> Iterator[None]:
    """End MkDocs with one line if the machine fails, for example if the disk with `folder` is full."""
    try:
        with os_errors_explained(folder):
            yield
    except MachineError as error:
        raise Abort(failure_text(error.failure, message_language(None, os.environ))) from None


def _begin(config: MkDocsConfig, drafts: Drafts) -> _BegunBuild:
    """Assemble the site of a configuration, and start the plugins of its source language.

    Raises:
        Abort: Problems stop the build; they are logged.
        MachineError: The site can't be assembled.
    """
    project, today = _project(config), current_day(os.environ)
    options = BuildOptions(strict=config.strict, wait=COMMAND_WAIT, drafts=drafts)
    with ExitStack() as stack:
        assembled = stack.enter_context(
            build_in_place(project, options, today=today, events=BuildEvents(on_checked=_log))
        )
        if assembled is None:
            raise _nothing_built()
        derived = _started_config(assembled, project.settings.languages[0], config)
        return _BegunBuild(assembled, derived, stack.pop_all())


def _project(config: MkDocsConfig) -> Project:
    work = os.environ.get(WORK_VARIABLE)
    opened = open_project(
        Path(config.config_file_path),
        current_day(os.environ),
        Path(config.site_dir),
        Path(work) if work else None,
        on_finished=_log_finished_change,
    )
    if opened.value is None:
        _log(opened.problems)
        raise _nothing_built()
    return opened.value


def _started_config(site: AssembledSite, language: str, config: MkDocsConfig) -> MkDocsConfig:
    """Return the derived configuration of one language, with its plugins started."""
    file, folder = config_file(site.project, language), site.folder / language
    derived = load_config(str(file), site_dir=str(folder), strict=config.strict)
    derived.plugins.on_startup(command="build", dirty=False)
    return derived


def _log_finished_change(finished: FinishedWrite, project: Project) -> None:
    for note in finished_change_notes(finished, project, message_language(None, os.environ)):
        log.info(note)


def _log(problems: Sequence[Problem]) -> None:
    language = message_language(None, os.environ)
    for problem in problems:
        message = problem_message(problem, language)
        level = logging.ERROR if problem.is_error else logging.WARNING
        log.log(level, "%s: [%s] %s %s", problem.place, problem.code, message.what, message.remedy)


def _nothing_built() -> Abort:
    return Abort(command_text("nothing-built", message_language(None, os.environ)))
