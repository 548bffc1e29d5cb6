"""A site that follows its files: built again at every save, and the last good page kept while a save is faulty.

MkDocs's own live-reload server serves it (https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/livereload/__init__.py);
the site is built as always and exchanged whole. A saved text is shown at once on its own page; what else its change
does is built behind it, once the author pauses. Problems stand in the terminal and on every page.
"""

from __future__ import annotations

import datetime
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from mkdocs.livereload import LiveReloadServer

from stufenweise.check import blocking_problems
from stufenweise.checked import files_of
from stufenweise.config.label_overrides import FOLDER as LABELS
from stufenweise.config.open_project import read_project
from stufenweise.config.project import Project
from stufenweise.errors import PublishError, explain_os_error
from stufenweise.model.problem import Problem
from stufenweise.pipeline import Options, Report, build
from stufenweise.serve.dev_overlay import handout_panel, problem_panel
from stufenweise.serve.preview import Preview, preview_of

POLL = 0.25
"""Seconds between two looks at the files; polling sees saves on network drives too."""
PAUSE = 1.5
"""Seconds without a save after which the whole site is built behind a page that was shown at once, at the least."""
LONGEST_PAUSE = 10.0
"""The same, at the most: a build of many tutorials takes longer, and what is saved meanwhile is shown later."""
BACKGROUND_PRIORITY = 10
"""Priority of what is built behind a page; the higher, the less urgent."""
PREVIEW_WAIT = 600.0
"""Seconds that a build waits for the one behind a page."""
SERVED = "served"
"""Folder in the work folder that the served site is published to."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the site is served."""

    host: str
    port: int


class ServeReporter(Protocol):
    """Who is told how it goes: the terminal."""

    language: str

    def problems(self, problems: Sequence[Problem]) -> None:
        """Say the problems of the content."""

    def served(self, url: str) -> None:
        """Say where the site is."""

    def rebuilt(self, report: Report) -> None:
        """Say how a build ended."""

    def failed(self, error: PublishError) -> None:
        """Say that a build could not be done."""

    def panel_titles(self, count: int) -> Mapping[str, str]:
        """Return the headings of the lists of problems on a page."""


class Server(LiveReloadServer):
    """The live-reload server, with the problems of the last save on each page."""

    def __init__(self, builder: Callable[[], None], address: Address, root: Path) -> None:
        """Prepare to serve `root`; `builder` builds it again."""
        super().__init__(builder, address.host, address.port, str(root), polling_interval=POLL)
        self.problems: Sequence[Problem] = ()
        self.panel: Callable[[Sequence[Problem], str], str] = lambda _problems, _path: ""
        self.asked = threading.local()
        """The address that a thread answers."""
        self.error_handler = self._error_page

    def serve_request(self, environ: Mapping[str, object], start_response: Callable[..., object]) -> Iterable[bytes]:
        """Answer a request."""
        self.asked.path = str(environ.get("PATH_INFO", ""))
        return super().serve_request(environ, start_response)

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        end = content.rfind(b"</body>")
        end = len(content) if end < 0 else end
        added = self.panel(self.problems, self.asked.path) + handout_panel(content.decode("utf-8", "replace"))
        with_panel = content[:end] + added.encode() + content[end:]
        return bytes(super()._inject_js_into_html(with_panel, epoch))  # type: ignore[no-untyped-call]

    def _error_page(self, code: int) -> bytes | None:
        said = self.panel(self.problems, self.asked.path)
        if not said:
            return None
        page = f'<!doctype html><html><meta charset="utf-8"><title>{code}</title><body>{said}</body></html>'
        return bytes(super()._inject_js_into_html(page.encode(), self._visible_epoch))  # type: ignore[no-untyped-call]


def serve_project(
    config_file: Path,
    options: Options,
    address: Address,
    *,
    reporter: ServeReporter,
    environ: Mapping[str, str],
    today: Callable[[], datetime.date],
    open_browser: bool = False,
) -> None:
    """Serve the project of `config_file` until it is interrupted.

    Raises:
        PublishError: The first build could not be done.
        OSError: The address can't be served at.
    """
    first = _local(config_file, address, today())
    if isinstance(first, list):
        reporter.problems(first)
        return
    follower = SaveWatcher(config_file, options, address, reporter, environ, today)
    server = follower.server = Server(follower.saved, address, first.work / SERVED)
    follower.build(first)
    for folder in (first.content, first.root / LABELS, *first.overrides, Path(__file__).parent.parent):
        if folder.is_dir():
            server.watch(str(folder))
    server.watch(str(config_file), recursive=False)
    threading.Thread(target=follower.build_behind, daemon=True).start()
    reporter.served(server.url)
    try:
        server.serve(open_in_browser=open_browser)  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        pass
    finally:
        server.shutdown()


class SaveWatcher:
    """What a save leads to: its page at once if it can be, the whole site otherwise and behind it."""

    server: Server

    def __init__(
        self,
        config_file: Path,
        options: Options,
        address: Address,
        reporter: ServeReporter,
        environ: Mapping[str, str],
        today: Callable[[], datetime.date],
    ) -> None:
        """Prepare to follow the project of `config_file`."""
        self.config_file, self.options, self.address = config_file, options, address
        self.reporter, self.environ, self.today = reporter, environ, today
        self.preview: Preview | None = None
        self.pages = threading.Lock()
        """Held while pages of the served site are written or the site is exchanged for another preview."""
        self.pause = PAUSE
        """Seconds without a save that the next build waits for: a quarter of what the last one took."""
        self.saves = threading.Event()
        """Set when a save was shown on its own page alone."""

    def saved(self) -> None:
        """Show what was saved."""
        project = _local(self.config_file, self.address, self.today())
        if isinstance(project, list):
            self.reporter.problems(project)
            self._show(project)
            return
        try:
            if not self._show_pages(project):
                self.build(project)
        except PublishError as error:
            self.reporter.failed(error)

    def build(self, project: Project) -> None:
        """Build the whole site, and be ready to show single pages of it.

        Raises:
            PublishError: The site can't be written or published.
        """
        files = files_of(project)
        options = replace(self.options, wait=PREVIEW_WAIT)
        start = time.monotonic()
        report = build(project, options, today=self.today(), environ=self.environ, on_checked=self.reporter.problems)
        self.pause = min(LONGEST_PAUSE, max(PAUSE, (time.monotonic() - start) / 4))
        self.reporter.rebuilt(report)
        self._show(report.problems)
        if report.published and self.options.builder == "mkdocs":
            try:
                with self.pages:
                    self.preview = preview_of(project, files)
            except OSError as error:
                raise explain_os_error(error, project.site_dir) from error
            # What was saved while this was built is older on the site than on its author's screen.
            self._show_pages(project)

    def build_behind(self) -> None:
        """Build the whole site whenever saves were shown alone and their author pauses; never ends."""
        if sys.platform == "linux":
            # This thread and the builders that it starts give way to what the author waits for. Elsewhere a thread has
            # no priority of its own.
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), BACKGROUND_PRIORITY)
        while True:
            self.saves.wait()
            while self.saves.is_set():
                self.saves.clear()
                self.saves.wait(self.pause)
            project = _local(self.config_file, self.address, self.today())
            if isinstance(project, Project):
                try:
                    self.build(project)
                except PublishError as error:
                    self.reporter.failed(error)

    def _show_pages(self, project: Project) -> bool:
        """Show the saved texts on their own pages, or what is wrong with them; return whether that is possible.

        Raises:
            PublishError: A page can't be written.
        """
        with self.pages:
            if not self.preview or self.preview.project != project:
                return False
            files = files_of(project)
            if files.data == self.preview.files.data:
                return False
            try:
                found = self.preview.follow(files, self.today())
            except OSError as error:
                raise explain_os_error(error, project.site_dir) from error
        if found is None:
            return False
        self.reporter.problems(found)
        self._show(found)
        if not blocking_problems(found):
            self.saves.set()
        return True

    def _show(self, problems: Sequence[Problem]) -> None:
        """Put problems on the pages, or take them away."""
        titles = self.reporter.panel_titles(sum(1 for one in problems if one.is_error))
        language = self.reporter.language
        self.server.problems = problems
        self.server.panel = lambda found, path: problem_panel(found, path, titles, language)


def _local(config_file: Path, address: Address, today: datetime.date) -> Project | list[Problem]:
    """Return the project as it is served: published to the work folder, at an address of this machine."""
    project = read_project(config_file, today=today)
    if isinstance(project, list):
        return project
    url = f"http://{address.host}:{address.port}/"
    return replace(project, site_dir=project.work / SERVED, site_url=url)
