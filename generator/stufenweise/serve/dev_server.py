"""Serve the site, rebuild on save, keep the last good page while a save has errors.

A saved text is shown at once on its page; a build of the whole site follows once the author pauses, and replaces the
site atomically. Problems are shown in the terminal and on every page (`live_server.py` answers requests).
"""

from __future__ import annotations

import datetime
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from stufenweise.config.project import Project
from stufenweise.config.project_files import WatchedFolders, read_project_files, watched_folders
from stufenweise.core.errors import InputRefusedError, MachineError, os_errors_explained
from stufenweise.core.result_cache import ResultCache
from stufenweise.fix.atomic_write import FinishedWrite
from stufenweise.model.outcome import Outcome
from stufenweise.model.problem import Problem, blocking_problems, visible
from stufenweise.pipeline import BuildEvents, BuildOptions, BuildReport, build
from stufenweise.publish.locked_work_folder import locked_work_folder
from stufenweise.serve.dev_overlay import problem_panel
from stufenweise.serve.live_server import Address, Server
from stufenweise.serve.preview import Preview, preview_of
from stufenweise.stages.content_stages import Caches, check_content, load_project
from stufenweise.stages.handout_stages import print_content
from stufenweise.stages.project_stage import open_project
from stufenweise.stages.stage_results import PrintedContent

PAUSE = 1.5
"""Shortest pause in seconds before the whole site is built in the background."""
MAX_PAUSE = 10.0
"""Longest pause: with many tutorials a build takes longer, and saves during the build are shown later."""
BACKGROUND_PRIORITY = 10
"""Niceness of builds in the background."""
PREVIEW_WAIT = 600.0
"""Seconds that a build waits for a background build."""
SERVED = "served"
"""Folder in the work folder that the served site is published to."""


class ServeReporter(Protocol):
    """Prints the progress of serving, in practice on the terminal."""

    language: str

    def print_problems(self, problems: Sequence[Problem]) -> None:
        """Print the problems of the content."""

    def print_address(self, url: str) -> None:
        """Print where the site is served."""

    def print_rebuild(self, report: BuildReport) -> None:
        """Print how a build ended."""

    def print_failure(self, error: MachineError) -> None:
        """Print that a build failed."""

    def print_finished_change(self, finished: FinishedWrite, project: Project) -> None:
        """Print what became of a change that another program had begun."""

    def panel_titles(self, count: int) -> Mapping[str, str]:
        """Return the headings of the lists of problems on a page."""


def serve_project(
    project: Project,
    options: BuildOptions,
    address: Address,
    *,
    reporter: ServeReporter,
    environ: Mapping[str, str],
    today: Callable[[], datetime.date],
    open_browser: bool = False,
) -> None:
    """Serve a project until an interrupt, and rebuild it at every save.

    Raises:
        MachineError: The first build failed.
        InputRefusedError: The address can't be used.
    """
    watcher = SaveWatcher(project.config_file, options, address, reporter, environ, today, project.work_parent)
    server = Server(watcher.saved, address, project.work_folder.path / SERVED, watcher.problem_panel)
    try:
        try:
            server.server_bind()
            server.server_activate()
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise InputRefusedError("address-unusable", address=str(address), reason=reason) from error
        watcher.build(_served_locally(project, address))
    except BaseException:
        server.server_close()
        raise
    server.watch(str(Path(__file__).parent.parent))
    server.watch_for_saves(watched_folders(project))
    watcher.watch = server.watch_for_saves
    threading.Thread(target=watcher.build_in_background, daemon=True).start()
    reporter.print_address(server.url)
    try:
        server.serve(open_in_browser=open_browser)  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        pass
    finally:
        server.shutdown()


class SaveWatcher:
    """Shows each save: the saved page at once if possible, otherwise after a whole build."""

    def __init__(
        self,
        config_file: Path,
        options: BuildOptions,
        address: Address,
        reporter: ServeReporter,
        environ: Mapping[str, str],
        today: Callable[[], datetime.date],
        work_parent: Path,
    ) -> None:
        """Prepare to watch the project of `config_file`; its work folder is in `work_parent`."""
        self.config_file, self.options, self.address = config_file, options, address
        self.work_parent = work_parent
        self.reporter, self.environ, self.today = reporter, environ, today
        self.problems: Sequence[Problem] = ()
        """The problems of the last save."""
        self.watch: Callable[[WatchedFolders], None] = lambda _: None
        """Watches what a changed configuration names, too."""
        self.preview: Preview | None = None
        self.check_cache = ResultCache()
        """What the checks of earlier saves found."""
        self.pages = threading.Lock()
        """Held while pages of the served site are written, or the preview is replaced."""
        self.pause = PAUSE
        """Pause in seconds before the next build: a quarter of the duration of the last one."""
        self.saves = threading.Event()
        """Set when a save was only shown on its own page."""

    def saved(self) -> None:
        """Show a save: on its own page if possible, otherwise by a build of the whole site."""
        with self._failures_reported():
            opened = self._open()
            if opened.value is None:
                self.reporter.print_problems(opened.problems)
                self.problems = opened.problems
                return
            self.watch(watched_folders(opened.value))
            if not self._show_pages(opened.value):
                self.build(opened.value)

    def problem_panel(self, path: str) -> str:
        """Return the problems of the last save as HTML for the page at a path; empty if there are none to show."""
        problems = self.problems
        titles = self.reporter.panel_titles(sum(1 for problem in problems if problem.is_error))
        return problem_panel(problems, path, titles, self.reporter.language)

    def build(self, project: Project) -> None:
        """Build the whole site, and prepare previews of its pages.

        Raises:
            MachineError: The site can't be written or published.
        """
        options = replace(self.options, wait=PREVIEW_WAIT)
        start = time.monotonic()
        events = BuildEvents(on_checked=self.reporter.print_problems)
        report = build(project, options, today=self.today(), environ=self.environ, events=events)
        self.pause = min(MAX_PAUSE, max(PAUSE, (time.monotonic() - start) / 4))
        self.reporter.print_rebuild(report)
        self.problems = report.problems
        if report.published and self.options.builder == "mkdocs":
            # An unchanged site was not loaded.
            printed = report.printed or self._print_again(project, report)
            if printed is None:
                return
            # Meanwhile the previous preview shows saves, so that nobody has to wait.
            with os_errors_explained(project.site_dir):
                preview = preview_of(printed, self.check_cache)
            with self.pages:
                last_preview, self.preview = self.preview, preview
            if last_preview:
                last_preview.close()
            # Saves during the build are not on the new site yet.
            self._show_pages(project)

    def _print_again(self, project: Project, report: BuildReport) -> PrintedContent | None:
        """Return the content of an unchanged site, which a build does not load; None if it has errors."""
        caches = Caches.of(project)
        checked = check_content(load_project(report.files, caches), self.today(), caches=caches)
        with locked_work_folder(project, wait=PREVIEW_WAIT):
            return print_content(checked, drafts="marked").value

    def build_in_background(self) -> None:
        """After saves shown on single pages, build the whole site once the author pauses; never returns."""
        if sys.platform == "linux":
            # This thread and its builders must not slow down the author's previews; only Linux has priorities per
            # thread.
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), BACKGROUND_PRIORITY)
        while True:
            self.saves.wait()
            while self.saves.is_set():
                self.saves.clear()
                self.saves.wait(self.pause)
            with self._failures_reported():
                if project := self._open().value:
                    self.build(project)

    @contextmanager
    def _failures_reported(self) -> Iterator[None]:
        """Report in one line whatever fails inside the block, and go on: the next save may be better."""
        try:
            with os_errors_explained(self.config_file):  # A file can go while it is read
                yield
        except MachineError as error:
            self.reporter.print_failure(error)
        except (Exception, SystemExit) as error:  # A company's templates, plugins and hooks raise what they like
            reason = " ".join(f"{type(error).__name__}: {error}".split())
            self.reporter.print_failure(MachineError("build-stopped", reason=visible(reason)))

    def _open(self) -> Outcome[Project]:
        """Return the project with its present configuration, or the problems of the configuration."""
        opened = open_project(
            self.config_file,
            self.today(),
            work_parent=self.work_parent,
            on_finished=self.reporter.print_finished_change,
        )
        return Outcome(_served_locally(opened.value, self.address)) if opened.value else opened

    def _show_pages(self, project: Project) -> bool:
        """Show saved texts on their own pages, or their problems; return False if only a whole build can show them.

        Raises:
            MachineError: A page can't be written.
        """
        with self.pages:
            if not self.preview or self.preview.project != project:
                return False
            own = read_project_files(project).own
            if own.data == self.preview.own.data:
                return False
            with os_errors_explained(project.site_dir):
                problems = self.preview.follow(own, self.today())
        if problems is None:
            return False
        self.reporter.print_problems(problems)
        self.problems = problems
        if not blocking_problems(problems):
            self.saves.set()
        return True


def _served_locally(project: Project, address: Address) -> Project:
    """Return the project for serving: published to the work folder, with a local address."""
    return replace(project, site_dir=project.work_folder.path / SERVED, site_url=f"http://{address}/")
