"""MkDocs's live-reload server, with the problems of the last save on each page and a check of the `Host` header.

https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/livereload/__init__.py
"""

from __future__ import annotations

import ipaddress
import logging
import os
import re
import socket
import sys
import threading
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from mkdocs.livereload import LiveReloadServer
from watchdog.observers.polling import PollingObserverVFS

from stufenweise.config.project_files import WatchedFolders
from stufenweise.model.problem import visible
from stufenweise.serve.dev_overlay import handout_panel

POLL = 0.25
"""Seconds between two checks of the files; polling sees saves on network drives, too."""


@dataclass(frozen=True, slots=True)
class Address:
    """Address at which the site is served."""

    host: str
    port: int
    names: tuple[str, ...] = ()
    """Other names that requests may use."""

    def __str__(self) -> str:
        """Return host and port as in an address of the web: an IPv6 host stands in brackets."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def is_own_host(header: str, hosts: Set[str]) -> bool:
    """Return whether a `Host` header names this server.

    A web page can point its own name at this machine (DNS rebinding) to read the served site. That is impossible with a
    numeric address, so a server that listens at all addresses accepts all numeric ones.

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


class Server(LiveReloadServer):
    """The live-reload server, with the problems of the last save on each page."""

    def __init__(
        self, rebuild: Callable[[], None], address: Address, root: Path, panel_of: Callable[[str], str] = lambda _: ""
    ) -> None:
        """Prepare to serve a folder.

        Args:
            rebuild: Called after each save to build it again.
            address: The address to serve it at.
            root: The folder.
            panel_of: Returns the HTML that is added to the page at a path: the problems of the last save.
        """
        super().__init__(rebuild, address.host, address.port, str(root))
        self.observer = PollingObserverVFS(_status, os.scandir, polling_interval=POLL)  # type: ignore[assignment]
        self.panel_of = panel_of
        self.request = threading.local()
        """The address of the request, by thread."""
        self.hosts = frozenset({address.host.casefold(), *(name.casefold() for name in address.names)})
        """Names that requests may use, in addition to local ones."""
        self.is_bound = False
        self.error_handler = self._error_page
        logging.getLogger(LiveReloadServer.__module__).addFilter(_escape_characters)

    def watch_for_saves(self, watched: WatchedFolders) -> None:
        """Watch these folders and files too, even if they are missing as yet."""
        for path, recursive in (*((tree, True) for tree in watched.trees), *((file, False) for file in watched.files)):
            if str(path) not in self._watched_paths:
                self.watch(str(path), recursive=recursive)

    allow_reuse_address = sys.platform != "win32"  # On Windows it lets two programs use the same port

    def server_bind(self) -> None:
        """Bind the port only once: we do so before the first build, and MkDocs tries again when it begins to serve."""
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
        added = self.panel_of(self.request.path) + handout_panel(content.decode("utf-8", "replace"))
        with_panel = content[:end] + added.encode() + content[end:]
        return bytes(super()._inject_js_into_html(with_panel, epoch))  # type: ignore[no-untyped-call]

    def _error_page(self, code: int) -> bytes | None:
        panel = self.panel_of(self.request.path)
        if not panel:
            return None
        page = f'<!doctype html><html><meta charset="utf-8"><title>{code}</title><body>{panel}</body></html>'
        return bytes(super()._inject_js_into_html(page.encode(), self._visible_epoch))  # type: ignore[no-untyped-call]


def _status(path: str) -> os.stat_result:
    """Return the status of a file or folder; of a missing one an empty status.

    MkDocs's observer stops watching what is missing, even for the moment in which an editor replaces a file.
    """
    try:
        return os.stat(path)  # noqa: PTH116 -- the observer's own paths are texts
    except (FileNotFoundError, NotADirectoryError):
        return os.stat_result((0,) * 10)


def _escape_characters(record: logging.LogRecord) -> bool:
    """Escape the line of a request, because the server logs it unchanged."""
    record.msg = visible(str(record.msg))
    return True
