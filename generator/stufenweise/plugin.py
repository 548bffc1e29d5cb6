"""MkDocs plugin: build with `mkdocs build` and `mkdocs serve`.

The plugin assembles the site in `on_config` and gives MkDocs the derived configuration of the source language. The
other languages and the start page are built after it.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Literal, NoReturn

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority

from stufenweise.assemble.derived_config import config_file
from stufenweise.config.project import WORK_VARIABLE
from stufenweise.config.project_files import read_project_files
from stufenweise.core.build_date import current_day
from stufenweise.core.errors import MachineError, build_errors_explained
from stufenweise.core.safe_folders import SafeFolder, output_folder
from stufenweise.handouts.print_handouts import copy_handouts
from stufenweise.i18n.messages import command_text, failure_text, message_language, problem_message
from stufenweise.model.problem import Problem
from stufenweise.pipeline import assemble_site, check_content, load_project, open_project, print_content
from stufenweise.pipeline_results import AssembledSite
from stufenweise.publish.locked_workspace import locked_workspace
from stufenweise.publish.publishing import claim_site
from stufenweise.publish.whole_site import HANDOUTS_BESIDE, complete_site
from stufenweise.publish.workspace_lock import COMMAND_WAIT

log = logging.getLogger("mkdocs.plugins.stufenweise")


class StufenweisePlugin(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """Assembles the site for MkDocs."""

    def __init__(self) -> None:
        """Create the plugin without a site; `on_config` assembles it."""
        self.assembled: AssembledSite | None = None
        self.derived: MkDocsConfig | None = None
        """The derived configuration that MkDocs works with."""
        self.serves = False
        self._lock = ExitStack()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether the site is only served locally; if so, it includes drafts."""
        self.serves = command == "serve"

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
        """Assemble the site, and return the derived configuration of the source language."""
        with _aborting(Path(config.site_dir)):
            return self._assembled(config)

    def _assembled(self, config: MkDocsConfig) -> MkDocsConfig:
        today = current_day(os.environ)
        work = os.environ.get(WORK_VARIABLE)
        site_dir, work_home = Path(config.site_dir), Path(work) if work else None
        opened = open_project(Path(config.config_file_path), today, site_dir, work_home)
        project = opened.value
        if project is None:
            _abort(opened.problems)
        checked = check_content(load_project(read_project_files(project)), today)
        self._lock.close()
        with ExitStack() as lock:
            lock.enter_context(locked_workspace(project, wait=COMMAND_WAIT))
            output_folder(project.site_dir).refuse_links()
            printed = print_content(checked, drafts="marked" if self.serves else "left out")
            if printed is None or printed.blocks_build(strict=config.strict):
                _abort(printed.problems if printed else checked.problems)
            _log(printed.problems)
            self.assembled = assemble_site(printed, project.site_dir)
            self._lock = lock.pop_all()
        self._shut_down_derived()
        derived = _derived(self.assembled, project.settings.languages[0], config)
        derived = self.derived = derived.plugins.on_config(derived)
        # MkDocs now uses the derived configuration's plugins; add this plugin there, too, so that `on_post_build` is
        # called.
        derived.plugins["stufenweise"] = self
        return derived

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Build the other languages after the source language, and the start page."""
        assembled = self.assembled
        if assembled is None:
            return
        with self._lock, _aborting(assembled.folder):
            for language in assembled.library.languages[1:]:
                derived = _derived(assembled, language, config)
                try:
                    mkdocs_build(derived)
                finally:
                    derived.plugins.on_shutdown()
            copy_handouts(SafeFolder(assembled.folder).at(HANDOUTS_BESIDE), assembled.handouts)
            complete_site(assembled.folder, assembled.library, assembled.project)
            claim_site(assembled.folder)

    def on_shutdown(self) -> None:
        """Shut down the plugins of the derived configuration, which MkDocs did not start."""
        self._shut_down_derived()

    def _shut_down_derived(self) -> None:
        derived, self.derived = self.derived, None
        if derived is not None:
            derived.plugins.on_shutdown()

    def on_build_error(self, *, error: Exception) -> None:
        """Give the work folder free for other builds."""
        self._lock.close()

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:
        """Watch the content and the theme folders, of which the derived configuration names only copies."""
        if self.assembled:
            for folder in (self.assembled.project.content, *self.assembled.project.overrides):
                if folder.is_dir():
                    server.watch(str(folder))
        return server


@contextmanager
def _aborting(folder: Path) -> Iterator[None]:
    """End MkDocs with one line if the machine fails, for example if the disk with `folder` is full."""
    try:
        with build_errors_explained(folder):
            yield
    except MachineError as error:
        raise Abort(failure_text(error.failure, message_language(None, os.environ))) from None


def _derived(site: AssembledSite, language: str, config: MkDocsConfig) -> MkDocsConfig:
    """Return the configuration of one language, with its plugins started."""
    file, folder = config_file(site.project, language), site.folder / language
    derived = load_config(str(file), site_dir=str(folder), strict=config.strict)
    derived.plugins.on_startup(command="build", dirty=False)
    return derived


def _log(problems: Sequence[Problem]) -> None:
    language = message_language(None, os.environ)
    for problem in problems:
        message = problem_message(problem, language)
        level = logging.ERROR if problem.is_error else logging.WARNING
        log.log(level, "%s: [%s] %s %s", problem.place, problem.code, message.what, message.remedy)


def _abort(problems: Sequence[Problem]) -> NoReturn:
    _log(problems)
    raise Abort(command_text("nothing-built", message_language(None, os.environ)))
