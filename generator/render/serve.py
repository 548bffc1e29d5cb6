"""A site that follows its files: built again at every save, and the last good page kept while a save is faulty.

MkDocs's own live-reload server serves it (https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/livereload/__init__.py);
the site is built as always and exchanged whole. Problems stand in the terminal and on top of every page.
"""

from __future__ import annotations

import datetime
import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from mkdocs.livereload import LiveReloadServer

from generator.assemble.project import Project
from generator.messages import say
from generator.model.problem import Problem
from generator.render.build import Options, Report, build
from generator.render.faults import PublishError
from generator.render.project import read_project

SERVED = "served"
"""Folder in the work folder that the served site is published to."""

_STYLE = (
    "position:sticky;bottom:0;z-index:99;max-height:50vh;overflow:auto;margin:0;padding:1rem 1.5rem;"
    "background:#7a1212;color:#fff;font:16px/1.5 system-ui,sans-serif;border-top:4px solid #ffb3b3"
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where the site is served."""

    host: str
    port: int


class Listener(Protocol):
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

    def panel_title(self, count: int) -> str:
        """Return the heading of the list of problems on a page."""


class Server(LiveReloadServer):
    """The live-reload server, with the problems of the last save on each page."""

    def __init__(self, builder: Callable[[], None], address: Address, root: Path) -> None:
        """Prepare to serve `root`; `builder` builds it again."""
        super().__init__(builder, address.host, address.port, str(root))
        self.panel = ""
        self.error_handler = self._error_page

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        end = content.rfind(b"</body>")
        end = len(content) if end < 0 else end
        with_panel = content[:end] + self.panel.encode() + content[end:]
        return bytes(super()._inject_js_into_html(with_panel, epoch))  # type: ignore[no-untyped-call]

    def _error_page(self, code: int) -> bytes | None:
        if not self.panel:
            return None
        page = f'<!doctype html><html><meta charset="utf-8"><title>{code}</title><body>{self.panel}</body></html>'
        return bytes(super()._inject_js_into_html(page.encode(), self._visible_epoch))  # type: ignore[no-untyped-call]


def panel(problems: Sequence[Problem], title: str, language: str) -> str:
    """Return problems as a piece of HTML that stands on a page of the development server."""
    entries = []
    for one in problems:
        said = say(one, language)
        entries.append(
            f"<li><code>{html.escape(str(one.place))}</code> <b>{html.escape(said.what)}</b> "
            f"{html.escape(said.remedy)}</li>"
        )
    return (
        f'<section role="alert" data-problems lang="{language}" style="{_STYLE}"><h2>{html.escape(title)}</h2>'
        f"<ul>{''.join(entries)}</ul></section>"
    )


def serve_project(
    config_file: Path,
    options: Options,
    address: Address,
    *,
    reporter: Listener,
    environ: Mapping[str, str],
    today: Callable[[], datetime.date],
    open_browser: bool = False,
) -> None:
    """Serve the project of `config_file` until it is interrupted.

    Raises:
        PublishError: The first build could not be done.
        OSError: The address can't be served at.
    """
    first = _local(config_file, address)
    if isinstance(first, list):
        reporter.problems(first)
        return
    root = first.work / SERVED

    def build_once() -> None:
        project = _local(config_file, address)
        if isinstance(project, list):
            reporter.problems(project)
            server.panel = panel(project, reporter.panel_title(len(project)), reporter.language)
            return
        report = build(project, options, today=today(), environ=environ, on_checked=reporter.problems)
        reporter.rebuilt(report)
        faults = report.problems if not report.published else ()
        server.panel = panel(faults, reporter.panel_title(len(faults)), reporter.language) if faults else ""

    def build_again() -> None:
        try:
            build_once()
        except PublishError as error:
            reporter.failed(error)

    server = Server(build_again, address, root)
    build_once()
    for folder in (first.content, *first.overrides, Path(__file__).parent.parent):
        server.watch(str(folder))
    server.watch(str(config_file), recursive=False)
    reporter.served(server.url)
    try:
        server.serve(open_in_browser=open_browser)  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        pass
    finally:
        server.shutdown()


def _local(config_file: Path, address: Address) -> Project | list[Problem]:
    """Return the project as it is served: published to the work folder, at an address of this machine."""
    project = read_project(config_file)
    if isinstance(project, list):
        return project
    url = f"http://{address.host}:{address.port}/"
    return replace(project, site_dir=project.work / SERVED, site_url=url)
