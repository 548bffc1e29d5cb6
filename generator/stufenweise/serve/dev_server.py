"""Serve the site, rebuild on save, keep the last good page while a save has errors.

MkDocs's own live-reload server serves it (https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/livereload/__init__.py);
a full build replaces the site atomically. A saved text is shown at once on its page; the full build follows once the
author pauses. Problems are shown in the terminal and on every page.
"""

from __future__ import annotations

import datetime
import ipaddress
import logging
import os
import re
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from mkdocs.livereload import LiveReloadServer

from stufenweise.check import blocking_problems
from stufenweise.config.label_overrides import LABELS_FOLDER
from stufenweise.config.project import Project
from stufenweise.config.project_files import read_project_files
from stufenweise.errors import PublishError, os_errors_explained
from stufenweise.model.problem import Problem, visible
from stufenweise.pipeline import build, check_content, load_project, open_project, print_content
from stufenweise.pipeline_results import BuildOptions, BuildReport
from stufenweise.serve.dev_overlay import handout_panel, problem_panel
from stufenweise.serve.preview import Preview, preview_of

POLL = 0.25
"""Seconds between two looks at the files; polling sees saves on network drives too."""
PAUSE = 1.5
"""Least seconds without a save before the whole site is built in the background."""
MAX_PAUSE = 10.0
"""Most seconds: with many tutorials a build takes longer, and what is saved meanwhile is shown later."""
BACKGROUND_PRIORITY = 10
"""Priority of builds in the background; the higher, the less urgent."""
PREVIEW_WAIT = 600.0
"""Seconds that a build waits for one in the background."""
SERVED = "served"
"""Folder in the work folder that the served site is published to."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the site is served."""

    host: str
    port: int
    names: tuple[str, ...] = ()
    """Other names under which it may be asked for."""


def is_own_host(header: str, hosts: Set[str]) -> bool:
    """Return whether a `Host` header names this server.

    A web page can point its own name at this machine (DNS rebinding) to read what is served. A numeric address can't
    be used for that, so a server that listens at all addresses accepts any of them.

    Args:
        header: The header.
        hosts: The server's own names, in lower case.
    """
    name = re.sub(r":\d*$", "", header.casefold()).strip("[]")
    if name in hosts or name in {"localhost", "127.0.0.1", "::1"} or name.endswith(".localhost"):
        return True
    if not hosts & {"0.0.0.0", "::"}:  # noqa: S104 -- compared, not listened at
        return False
    try:
        return bool(ipaddress.ip_address(name))
    except ValueError:
        return name == socket.gethostname().casefold()


class ServeReporter(Protocol):
    """Prints how serving goes; the terminal in practice."""

    language: str

    def print_problems(self, problems: Sequence[Problem]) -> None:
        """Print the problems of the content."""

    def print_address(self, url: str) -> None:
        """Print where the site is served."""

    def print_rebuild(self, report: BuildReport) -> None:
        """Print how a build ended."""

    def print_failure(self, error: PublishError) -> None:
        """Print that a build could not be done."""

    def panel_titles(self, count: int) -> Mapping[str, str]:
        """Return the headings of the lists of problems on a page."""


class Server(LiveReloadServer):
    """The live-reload server, with the problems of the last save on each page."""

    def __init__(self, builder: Callable[[], None], address: Address, root: Path) -> None:
        """Prepare to serve `root`; `builder` builds it again."""
        super().__init__(builder, address.host, address.port, str(root), polling_interval=POLL)
        self.problems: Sequence[Problem] = ()
        self.panel: Callable[[Sequence[Problem], str], str] = lambda _problems, _path: ""
        self.request = threading.local()
        """The address that a thread answers."""
        self.hosts = frozenset({address.host.casefold(), *(one.casefold() for one in address.names)})
        """The names that requests may be for, beside those of this machine alone."""
        self.is_bound = False
        self.error_handler = self._error_page
        logging.getLogger(LiveReloadServer.__module__).addFilter(_escape_characters)

    allow_reuse_address = sys.platform != "win32"  # There it lets two programs serve at one port

    def server_bind(self) -> None:
        """Bind the port once: we do so before the first build, and MkDocs again when it begins to serve."""
        if not self.is_bound:
            super().server_bind()
            self.is_bound = True

    def serve_request(self, environ: Mapping[str, object], start_response: Callable[..., object]) -> Iterable[bytes]:
        """Answer a request whose `Host` header names this server; refuse others, see `is_own_host`."""
        if not is_own_host(str(environ.get("HTTP_HOST", "")), self.hosts):
            start_response("403 Forbidden", [("Content-Type", "text/plain; charset=utf-8")])
            return [b"403 Forbidden: this server has another name; see --host\n"]
        if "\0" in str(environ.get("PATH_INFO", "")):
            start_response("400 Bad Request", [("Content-Type", "text/plain; charset=utf-8")])
            return [b"400 Bad Request\n"]
        self.request.path = str(environ.get("PATH_INFO", ""))
        return super().serve_request(environ, start_response)

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        end = content.rfind(b"</body>")
        end = len(content) if end < 0 else end
        added = self.panel(self.problems, self.request.path) + handout_panel(content.decode("utf-8", "replace"))
        with_panel = content[:end] + added.encode() + content[end:]
        return bytes(super()._inject_js_into_html(with_panel, epoch))  # type: ignore[no-untyped-call]

    def _error_page(self, code: int) -> bytes | None:
        panel = self.panel(self.problems, self.request.path)
        if not panel:
            return None
        page = f'<!doctype html><html><meta charset="utf-8"><title>{code}</title><body>{panel}</body></html>'
        return bytes(super()._inject_js_into_html(page.encode(), self._visible_epoch))  # type: ignore[no-untyped-call]


def _escape_characters(record: logging.LogRecord) -> bool:
    """Escape the line of a request, which the server logs unchanged."""
    record.msg = visible(str(record.msg))
    return True


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
    """Serve a project until it is interrupted, and build it again when a file is saved.

    Raises:
        PublishError: The first build could not be done.
        OSError: The address can't be served at.
    """
    watcher = SaveWatcher(project.config_file, options, address, reporter, environ, today, project.work_home)
    server = watcher.server = Server(watcher.saved, address, project.work / SERVED)
    try:
        server.server_bind()
        server.server_activate()
        watcher.build(_served_locally(project, address))
    except BaseException:
        server.server_close()
        raise
    for folder in (project.content, project.root / LABELS_FOLDER, *project.overrides, Path(__file__).parent.parent):
        if folder.is_dir():
            server.watch(str(folder))
    server.watch(str(project.config_file), recursive=False)
    threading.Thread(target=watcher.build_in_background, daemon=True).start()
    reporter.print_address(server.url)
    try:
        server.serve(open_in_browser=open_browser)  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        pass
    finally:
        server.shutdown()


class SaveWatcher:
    """Shows what was saved: its page at once if possible, otherwise the whole site; the rest of the site follows."""

    server: Server

    def __init__(
        self,
        config_file: Path,
        options: BuildOptions,
        address: Address,
        reporter: ServeReporter,
        environ: Mapping[str, str],
        today: Callable[[], datetime.date],
        work_home: Path | None,
    ) -> None:
        """Prepare to follow the project of `config_file`, worked on in a folder of its own or in `work_home`."""
        self.config_file, self.options, self.address = config_file, options, address
        self.work_home = work_home
        self.reporter, self.environ, self.today = reporter, environ, today
        self.preview: Preview | None = None
        self.pages = threading.Lock()
        """Held while pages of the served site are written or the site is exchanged for another preview."""
        self.pause = PAUSE
        """Seconds without a save that the next build waits for: a quarter of what the last one took."""
        self.saves = threading.Event()
        """Set when a save was shown on its own page alone."""

    def saved(self) -> None:
        """Show a save: on its own page if possible, otherwise by a build of the whole site."""
        project = self._open()
        if not isinstance(project, Project):
            self.reporter.print_problems(project)
            self._show(project)
            return
        try:
            if not self._show_pages(project):
                self.build(project)
        except PublishError as error:
            self.reporter.print_failure(error)

    def build(self, project: Project) -> None:
        """Build the whole site, and be ready to show single pages of it.

        Raises:
            PublishError: The site can't be written or published.
        """
        options = replace(self.options, wait=PREVIEW_WAIT)
        start = time.monotonic()
        report = build(
            project, options, today=self.today(), environ=self.environ, on_checked=self.reporter.print_problems
        )
        self.pause = min(MAX_PAUSE, max(PAUSE, (time.monotonic() - start) / 4))
        self.reporter.print_rebuild(report)
        self._show(report.problems)
        if report.published and self.options.builder == "mkdocs":
            # A site that had not changed was not loaded.
            printed = report.printed or print_content(
                check_content(load_project(report.files), self.today()), drafts="marked"
            )
            # Meanwhile saves are shown by the preview of the build before: nobody waits until this one stands.
            with os_errors_explained(project.site_dir):
                preview = preview_of(printed)
            with self.pages:
                self.preview = preview
            # What was saved while this was built is older on the site than on its author's screen.
            self._show_pages(project)

    def build_in_background(self) -> None:
        """Build the whole site after saves that were shown on single pages, once the author pauses; never ends."""
        if sys.platform == "linux":
            # This thread and its builders yield to what the author waits for; elsewhere threads have no priority.
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), BACKGROUND_PRIORITY)
        while True:
            self.saves.wait()
            while self.saves.is_set():
                self.saves.clear()
                self.saves.wait(self.pause)
            project = self._open()
            if isinstance(project, Project):
                try:
                    self.build(project)
                except PublishError as error:
                    self.reporter.print_failure(error)

    def _open(self) -> Project | tuple[Problem, ...]:
        """Return the project as its configuration is now, or what is wrong with it."""
        project = open_project(self.config_file, self.today(), work_home=self.work_home)
        return _served_locally(project, self.address) if isinstance(project, Project) else project

    def _show_pages(self, project: Project) -> bool:
        """Show saved texts on their own pages, or their problems; return False if only a whole build can show them.

        Raises:
            PublishError: A page can't be written.
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
        self._show(problems)
        if not blocking_problems(problems):
            self.saves.set()
        return True

    def _show(self, problems: Sequence[Problem]) -> None:
        """Put problems on the pages, or take them away."""
        titles = self.reporter.panel_titles(sum(1 for one in problems if one.is_error))
        language = self.reporter.language
        self.server.problems = problems
        self.server.panel = lambda shown, path: problem_panel(shown, path, titles, language)


def _served_locally(project: Project, address: Address) -> Project:
    """Return the project as it is served: published to the work folder, at an address of this machine."""
    return replace(project, site_dir=project.work / SERVED, site_url=f"http://{address.host}:{address.port}/")
