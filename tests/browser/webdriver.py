"""Firefox ESR and WebKitGTK as Debian ships them, driven by their own protocols.

Playwright knows neither; its own builds are in no package. Both speak WebDriver (https://www.w3.org/TR/webdriver2/):
WebKit over HTTP, Firefox over Marionette, which needs no program between.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import socket
import subprocess
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

from waiting import wait_until

ENTER = "\ue007"
"""The key, as WebDriver writes it."""
WEBKIT_PRINT = Path(__file__).with_name("webkit_print.py")
_PAGE = {"width": 21.0, "height": 29.7}
_MARGIN = dict.fromkeys(("top", "bottom", "left", "right"), 1.5)
_PREFERENCES = {
    "marionette.port": 0,
    "app.update.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "intl.accept_languages": "de",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
}
_PATHS = {
    "Navigate": "url",
    "ExecuteScript": "execute/sync",
    "FindElement": "element",
    "ElementClick": "element/{id}/click",
    "ElementSendKeys": "element/{id}/value",
}
"""Commands as paths of a session over HTTP."""


class Connection(Protocol):
    """A session of WebDriver."""

    def call(self, command: str, **values: Any) -> Any:
        """Send a command and return the answer."""

    def pdf(self, address: str) -> bytes:
        """Return a page printed on A4 with margins of 15 mm."""


class Driven:
    """A page in a browser: what a person does, and what they see."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.pdf = connection.pdf

    def open(self, address: str) -> None:
        """Go to a page and wait until it has loaded."""
        self.connection.call("Navigate", url=address)

    def run(self, script: str) -> Any:
        """Return the value of an expression in the page."""
        return self.connection.call("ExecuteScript", script=f"return {script}", args=[])

    def wait(self, script: str) -> Any:
        """Return the value of an expression in the page, as soon as it is true."""
        return wait_until(lambda: self.run(script), lambda: script)

    def click(self, selector: str) -> None:
        """Click an element, as soon as it is there."""
        self.wait(f"!!document.querySelector({json.dumps(selector)})?.checkVisibility()")
        self.connection.call("ElementClick", id=self._find(selector))

    def type(self, selector: str, text: str) -> None:
        """Type into an element."""
        self.connection.call("ElementSendKeys", id=self._find(selector), text=text)

    def _find(self, selector: str) -> str:
        found = self.connection.call("FindElement", using="css selector", value=selector)
        return str(next(iter(found.values())))


class Marionette:
    """Firefox's protocol: length, colon, JSON (https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html)."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.file = self.socket.makefile("rb")
        self.count = 0
        self._receive()
        self.call("NewSession", capabilities={})

    def call(self, command: str, **values: Any) -> Any:
        self.count += 1
        name = command if ":" in command else f"WebDriver:{command}"
        data = json.dumps([0, self.count, name, values]).encode()
        self.socket.sendall(b"%d:%s" % (len(data), data))
        _, _, error, answer = self._receive()
        assert not error, error
        return answer["value"] if set(answer) == {"value"} else answer

    def pdf(self, address: str) -> bytes:
        self.call("Navigate", url=address)
        return base64.b64decode(self.call("Print", page=_PAGE, margin=_MARGIN, background=False))

    def _receive(self) -> Any:
        length = b""
        while (character := self.file.read(1)) != b":":
            length += character
        return json.loads(self.file.read(int(length)))


class WebKit:
    """WebKitGTK's WebDriver over HTTP, with a small program that prints."""

    def __init__(self, port: int, binary: Path, folder: Path) -> None:
        self.address, self.folder = f"http://127.0.0.1:{port}/session", folder
        options = {"binary": str(binary), "args": ["--automation"]}
        wanted = {"alwaysMatch": {"browserName": "MiniBrowser", "webkitgtk:browserOptions": options}}
        self.address += f"/{self._post('', {'capabilities': wanted})['sessionId']}"

    def call(self, command: str, **values: Any) -> Any:
        return self._post("/" + _PATHS[command].format(**values), values)

    def pdf(self, address: str) -> bytes:
        file = self.folder / "printed.pdf"
        program = ["xvfb-run", "-a", "/usr/bin/python3", str(WEBKIT_PRINT), address, str(file)]
        # The printer that writes files has a translated name.
        environment = {**_environment(self.folder), "LC_ALL": "C.UTF-8", "LANGUAGE": ""}
        subprocess.run(program, check=True, env=environment, capture_output=True)
        return file.read_bytes()

    def _post(self, path: str, values: object) -> Any:
        request = urllib.request.Request(self.address + path, json.dumps(values).encode(), method="POST")
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)["value"]


@contextmanager
def firefox(folder: Path, more: Mapping[str, object] = MappingProxyType({}), *arguments: str) -> Iterator[Driven]:
    """Start Firefox ESR with a profile of its own, and with more preferences and arguments than the usual."""
    program = _program("firefox-esr")
    preferences = {**_PREFERENCES, **more}
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in preferences.items())
    (folder / "user.js").write_text("".join(lines), encoding="utf-8")
    command = [program, "--headless", "--marionette", "--no-remote", "--profile", str(folder), *arguments]
    with _running(command, folder) as process:
        port = folder / "MarionetteActivePort"
        number = wait_until(lambda: port.is_file() and port.read_text(), lambda: f"Firefox: {process.poll()}")
        yield Driven(Marionette(int(number)))


@contextmanager
def webkit(folder: Path, port: int) -> Iterator[Driven]:
    """Start WebKitGTK's MiniBrowser on a screen of its own."""
    driver, screen = _program("WebKitWebDriver"), _program("xvfb-run")
    [browser, *_] = [*sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser")), None]
    assert browser, MISSING.format("MiniBrowser")
    with _running([screen, "-a", driver, f"--port={port}"], folder) as process:

        def listens() -> bool:
            with socket.socket() as probe:
                return probe.connect_ex(("127.0.0.1", port)) == 0

        wait_until(listens, lambda: f"WebKitWebDriver: {process.poll()}")
        yield Driven(WebKit(port, browser, folder))


MISSING = "There is no {}. `make test` installs Debian's package; elsewhere install it yourself."


def _program(name: str) -> str:
    path = shutil.which(name)
    assert path, MISSING.format(name)
    return path


def _environment(folder: Path) -> dict[str, str]:
    """Return an environment without a person's own settings and without a graphics card."""
    return {**os.environ, "HOME": str(folder), "LANGUAGE": "de", "LIBGL_ALWAYS_SOFTWARE": "1"}


@contextmanager
def _running(command: list[str], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program in its own process group; all of the group ends with it."""
    process = subprocess.Popen(
        command, env=_environment(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield process
    finally:
        os.killpg(process.pid, 15)
        process.wait()
