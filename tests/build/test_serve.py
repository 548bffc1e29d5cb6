"""`stufenweise serve`: a save shows at once; with errors, the problems show and the last good page stays."""

from __future__ import annotations

import logging
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import cast
from urllib.parse import urljoin
from urllib.request import urlopen

import pytest
from commands import run
from conftest import ROOT
from day import TODAY
from jinja2 import TemplateSyntaxError
from mkdocs.exceptions import Abort, PluginError
from stufenweise.config.project import Project
from stufenweise.config.project_files import WatchedFolders
from stufenweise.core.errors import MachineError
from stufenweise.fix.atomic_write import FinishedWrite
from stufenweise.i18n.messages import failure_text
from stufenweise.model.paths import ShownPath
from stufenweise.model.problem import Place, new_problem
from stufenweise.pipeline import BuildOptions
from stufenweise.serve.dev_overlay import handout_panel, problem_panel, text_of_page
from stufenweise.serve.dev_server import SaveWatcher, ServeReporter
from stufenweise.serve.live_server import Address, Server, is_own_host
from texts import SMALL_LIBRARY
from waiting import PATIENCE, wait_until
from web import fetch

TITLES = {"errors": "kept", "here": "here", "elsewhere": "elsewhere"}


def fetch_bytes(address: str) -> bytes:
    with urlopen(address, timeout=PATIENCE) as answer:
        return bytes(answer.read())


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("/de/tutorials/find-people/", "/tutorials/find-people.de.md"),
        ("/en/tutorials/find-people/session/", "/tutorials/find-people.en.md"),
        ("/de/levels/level-1/index.html", "/levels/level-1.de.md"),
        ("/de/tutorials/find-people.html", "/tutorials/find-people.de.md"),
        ("/de/", "/home.de.md"),
        ("/de/index.html", "/home.de.md"),
        ("/", ""),
    ],
)
def test_the_text_of_a_page_is_known_by_its_address(address: str, text: str) -> None:
    assert text_of_page(address) == text


def test_a_page_shows_all_about_its_own_text_and_the_errors_of_others() -> None:
    first, second = (
        Place(ShownPath("content/tutorials/first.de.md"), 7, 10),
        Place(ShownPath("content/tutorials/second.de.md"), 3),
    )
    error = new_problem(first, "minutes-sum", parts="1 + 2", total=3, minutes=4)
    warning = new_problem(second, "review-due", due="2026-01-01", months=6)
    both = (error, warning)
    own = problem_panel(both, "/de/tutorials/first/", TITLES, "de")
    assert "<ul data-here><li><code>content/tutorials/first.de.md:7:10</code>" in own
    assert "review-due" not in own
    other = problem_panel(both, "/de/tutorials/second/", TITLES, "de")
    assert other.index("second.de.md:3:1") < other.index("<ul data-elsewhere>") < other.index("first.de.md:7:10")
    assert problem_panel((warning,), "/de/tutorials/first/", TITLES, "de") == ""
    assert "<h2>" not in problem_panel((warning,), "/de/tutorials/second/", TITLES, "de")


@pytest.mark.parametrize(("host", "shown"), [("127.0.0.1", "127.0.0.1:8000"), ("::1", "[::1]:8000")])
def test_an_address_is_written_as_in_the_web(host: str, shown: str) -> None:
    assert str(Address(host, 8000)) == shown


def test_only_a_page_that_offers_sheets_shows_them_beside() -> None:
    assert handout_panel('<p><a href="a.pdf">A</a></p>') == ""
    assert 'data-src="../a-mentee.pdf#' in handout_panel('<li data-copy="mentee"><a href="../a-mentee.pdf">A</a>')


class Failures:
    """Keeps the failures of a server instead of printing them."""

    language = "en"

    def __init__(self) -> None:
        self.told: list[str] = []

    def print_failure(self, error: MachineError) -> None:
        self.told.append(failure_text(error.failure, self.language))

    def print_finished_change(self, finished: FinishedWrite, project: Project) -> None:
        raise AssertionError("no change was interrupted")


@pytest.mark.parametrize(
    "error",
    [
        MachineError("start-page-missing"),
        TemplateSyntaxError("a\nb", 1),
        PluginError("a"),
        Abort("a"),
        SystemExit(1),
        PermissionError(1, "a"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_build_that_fails_is_told_in_one_line_and_the_next_save_is_built(
    project: Callable[..., Path], error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = project(content=SMALL_LIBRARY)
    builds: list[str] = []

    def build_of(_watcher: SaveWatcher, project: object) -> None:
        builds.append(str(project))
        if len(builds) % 2:
            raise error

    monkeypatch.setattr(SaveWatcher, "build", build_of)
    reporter = Failures()
    shown = cast("ServeReporter", reporter)
    address = Address("127.0.0.1", 1)
    watcher = SaveWatcher(config, BuildOptions(), address, shown, os.environ, lambda: TODAY, config.parent)
    watcher.pause = 0
    threading.Thread(target=watcher.build_in_background, daemon=True).start()

    def is_count(count: int) -> bool:
        return len(builds) == count

    for count in (1, 2):
        watcher.saves.set()
        wait_until(partial(is_count, count), lambda: "a save is not built")
    assert len(reporter.told) == 1
    watcher.saved()
    watcher.saved()
    assert len(builds) == 4
    assert len(reporter.told) == 2
    assert not any("\n" in line.strip() for line in reporter.told)


@pytest.mark.build
@pytest.mark.posix
def test_a_faulty_save_shows_its_problems_and_keeps_the_last_good_page(
    project: Callable[..., Path], free_port: int, tmp_path: Path
) -> None:
    config = project(content=SMALL_LIBRARY, handouts=True)
    tutorial = min((config.parent / "content" / "tutorials").glob("*.de.md"))
    draft = tutorial.read_text(encoding="utf-8").replace("review_months:", "draft: true\nreview_months:")
    (tutorial.parent / "draft.de.md").write_text(re.sub("title: .*", "title: Noch nicht", draft), encoding="utf-8")
    page = f"http://127.0.0.1:{free_port}/de/tutorials/{tutorial.name.split('.')[0]}/"
    call = [sys.executable, "-m", "stufenweise", "serve", "--lang", "en", "-a", f"127.0.0.1:{free_port}"]
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen(
            call, cwd=config.parent, stderr=log, stdout=log, env={**os.environ, "PYTHONPATH": str(ROOT)}
        )
    try:
        good = tutorial.read_text(encoding="utf-8")
        other = f"http://127.0.0.1:{free_port}/en/tutorials/second/"
        text = fetch(page, lambda text: "</html>" in text and "data-problems" not in text)
        sheets = re.findall(r'<iframe title="[^"]+" data-src="([^"#]+\.pdf)#', text)
        assert [sheet.rpartition("-")[2] for sheet in sheets] == ["mentee.pdf", "mentor.pdf"]
        assert fetch_bytes(urljoin(page, sheets[0])).startswith(b"%PDF-")
        # A draft is served like any other, and marked.
        fetch(f"http://127.0.0.1:{free_port}/de/tutorials/draft/", lambda text: "Entwurf: Noch nicht" in text)
        tutorial.write_text(good.replace("title: ", "title: Neu ").replace("level: ", "level: 1"), encoding="utf-8")
        text = fetch(page, lambda text: "data-problems" in text)
        assert f"content/tutorials/{tutorial.name}:" in text
        assert "<h1" in text
        assert "<ul data-here>" in text
        assert "<ul data-elsewhere>" in fetch(other, lambda text: "data-problems" in text)
        assert "Neu " not in text
        tutorial.write_text(good.replace("title: ", "title: Neu "), encoding="utf-8")
        fetch(page, lambda text: "Neu " in text and "data-problems" not in text)
        # The page was shown alone; the list of all tutorials follows behind it.
        fetch(f"http://127.0.0.1:{free_port}/de/tutorials/", lambda text: "Neu " in text)
        fetch(page, lambda text: "Neu " in text)
    finally:
        server.terminate()
        server.wait(PATIENCE)
    said = (tmp_path / "log").read_text()
    assert "[out-of-range]" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("given", "hosts", "own"),
    [
        ("127.0.0.1:8000", {"127.0.0.1"}, True),
        ("localhost:8000", {"127.0.0.1"}, True),
        ("LOCALHOST", {"127.0.0.1"}, True),
        ("[::1]:8000", {"127.0.0.1"}, True),
        ("evil.example:8000", {"127.0.0.1"}, False),
        ("evil.example", {"0.0.0.0"}, False),
        ("127.0.0.1.evil.example", {"127.0.0.1"}, False),
        ("", {"127.0.0.1"}, False),
        ("192.168.0.7:8000", {"127.0.0.1"}, False),
        ("192.168.0.7:8000", {"0.0.0.0"}, True),
        ("[fe80::1]:8000", {"::"}, True),
        ("box.example:8000", {"127.0.0.1", "box.example"}, True),
    ],
)
def test_only_the_servers_own_names_are_answered(given: str, hosts: set[str], own: bool) -> None:
    assert is_own_host(given, hosts) is own


def answer(tmp_path: Path, environ: dict[str, str], names: tuple[str, ...] = ()) -> str:
    """Return the status of the answer to a request."""
    (tmp_path / "index.html").write_text("<body>ours</body>", encoding="utf-8")
    server = Server(lambda: None, Address("127.0.0.1", 0, names), tmp_path)
    status: list[str] = []
    try:
        list(server.serve_request({"PATH_INFO": "/", **environ}, lambda given, _: status.append(given)))
    finally:
        server.server_close()
    return status[0]


def test_a_name_of_the_web_is_refused_and_one_that_was_named_is_not(tmp_path: Path) -> None:
    assert answer(tmp_path, {"HTTP_HOST": "127.0.0.1:8000"}) == "200 OK"
    assert answer(tmp_path, {"HTTP_HOST": "evil.example"}) == "403 Forbidden"
    assert answer(tmp_path, {}) == "403 Forbidden"
    assert answer(tmp_path, {"HTTP_HOST": "box.example:1"}, ("Box.example",)) == "200 OK"
    assert answer(tmp_path, {"HTTP_HOST": "evil.example", "PATH_INFO": "/livereload/0/0"}) == "403 Forbidden"


@pytest.mark.parametrize("path", ["/\0", "/de/\0/index.html"])
def test_a_null_character_in_a_path_is_a_bad_request(tmp_path: Path, path: str) -> None:
    assert answer(tmp_path, {"HTTP_HOST": "localhost", "PATH_INFO": path}) == "400 Bad Request"


def test_requests_are_logged_escaped(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    answer(tmp_path, {"HTTP_HOST": "localhost"})
    logging.getLogger("mkdocs.livereload").warning('"GET /\x1b[31m HTTP/1.1" code 404')
    assert caplog.messages == ['"GET /\\x1b[31m HTTP/1.1" code 404']


def test_a_port_that_is_taken_is_told_before_anything_is_built(project: Callable[..., Path], free_port: int) -> None:
    config = project(content=SMALL_LIBRARY)
    with socket.socket() as other:
        other.bind(("127.0.0.1", free_port))
        other.listen()
        result = run(config, "serve", "-a", f"127.0.0.1:{free_port}")
    assert result.exit_code == 2
    assert str(free_port) in result.output
    assert not (config.parent / ".stufenweise" / "served").exists()


def test_a_save_is_seen_where_nothing_was_when_the_server_started(tmp_path: Path, free_port: int) -> None:
    """Folders and files are made, removed, made again and replaced; each time the site is built again."""
    labels, config = tmp_path / "labels", tmp_path / "mkdocs.yml"
    saved = threading.Event()
    server = Server(saved.set, Address("127.0.0.1", free_port), tmp_path)
    server.watch_for_saves(WatchedFolders((labels,), (config,)))
    server.server_bind()
    server.server_activate()
    serving = threading.Thread(target=server.serve)
    serving.start()

    def is_seen(save: Callable[[str], object]) -> None:
        """Save, again and again because the first look at the files may come later, until the server sees it."""
        saved.clear()
        words = iter(range(99_999))
        wait_until(lambda: (save(str(next(words))), saved.wait(1))[1], lambda: "The save was not seen.")

    def write(file: Path, word: str) -> None:
        file.parent.mkdir(exist_ok=True)
        file.write_text(word, encoding="utf-8")

    def replace(word: str) -> None:
        config.unlink(missing_ok=True)
        write(config, word)

    try:
        is_seen(lambda word: write(labels / "de.yml", word))
        is_seen(lambda _: shutil.rmtree(labels, ignore_errors=True))
        is_seen(lambda word: write(labels / "de.yml", word))
        is_seen(lambda word: write(config, word))
        is_seen(replace)
        is_seen(lambda word: write(config, word))
        theme = tmp_path / "theme"
        server.watch_for_saves(WatchedFolders((labels, theme), (config,)))
        is_seen(lambda word: write(theme / "extra.css", word))
    finally:
        server.shutdown()
        serving.join(PATIENCE)
