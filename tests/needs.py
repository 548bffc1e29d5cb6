"""What a test needs beyond Python and its packages, said by markers, and a guard that holds each test to it.

A test that uses a fixture in `BY_FIXTURE` gets its markers by itself; other tests set them: `@pytest.mark.<need>`.
A test that starts a program, or prints, without the marker for it fails and says which one is missing. So
`pytest --quick`, which leaves out every test with a need, asks for no browser, no Java, no Typst and no build.
"""

from __future__ import annotations

import multiprocessing.process
import os
import re
import subprocess
import sys
from collections.abc import Callable, Generator, Iterable, Sequence
from importlib.abc import MetaPathFinder
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from stufenweise.handouts.typeset_pool import TypesetPool

QUICK_WITHOUT = frozenset({"browser", "build", "hunspell", "java", "node", "server", "thorough", "typst"})
"""Markers of tests that `--quick` leaves out."""
BY_FIXTURE = {
    "browser": {"browser"},
    "built_project": {"build"},
    "small_address": {"build"},
    "unpacked_courses": {"build"},
    "printed": {"typst"},
    "two_workers": {"typst"},
    "zipped": {"build"},
}
"""Needs of a fixture, which are those of each test that requests it, be it through another fixture."""
IMPLIED = {"build": {"typst"}}
"""Needs that come along with another one."""
SYSTEMS = {"posix": os.name == "posix", "linux": sys.platform == "linux"}
"""Markers of tests that make sense on some systems only, and whether this is one."""
PROGRAMS = {
    "browser": re.compile(r"(google-)?chrom(e|ium).*|firefox.*|WebKitWebDriver|webkit_print\.py"),
    "hunspell": re.compile(r"hunspell"),
    "java": re.compile(r"java"),
    "node": re.compile(r"np[mx]"),
    "server": re.compile(r"nginx|apache2|httpd"),
    "build": re.compile(r"mkdocs|properdocs|zensical|pip"),
}
"""Needs by the names of programs, scripts and modules among the words of a call."""
COMMANDS = {
    "browser": re.compile(r"\bplaywright.driver\b"),
    "build": re.compile(r"\bstufenweise (build|package|serve)\b"),
    "node": re.compile(r"\bnode_modules\b"),
    "typst": re.compile(r"\bstufenweise handouts\b|\btypeset_worker\b"),
}
"""Needs by what else stands in a call: our own commands above all."""
UNIX_CALLS = ("chroot", "geteuid", "getuid", "killpg", "mkfifo", "setsid", "symlink")
"""Functions of `os` that Windows does not have, or not for everyone."""
PATHLIB_FILES = {"pathlib.py", "__init__.py", "_local.py", "_os.py"}
"""Files of pathlib in Python 3.11 to 3.14; it calls `os` for others."""
TESTS = Path(__file__).parent


class Guard:
    """Notes what the running test used without being marked for it."""

    def __init__(self) -> None:
        self.allowed: set[str] | None = None
        """What the running test is marked for; None between tests, when all is allowed."""
        self.missing: set[str] = set()

    def need(self, need: str) -> None:
        """Record that a need was used; fail the test if it is not marked for it."""
        if self.allowed is None or need in self.allowed:
            return
        # Other systems run the quick tests only.
        if need not in SYSTEMS or not self.allowed & QUICK_WITHOUT:
            self.missing.add(need)
            pytest.fail(f"This test needs @pytest.mark.{need}.")

    def call(self, words: Sequence[str]) -> None:
        """Record a program that is started."""
        for need, pattern in PROGRAMS.items():
            if any(pattern.fullmatch(Path(word).name) for word in words):
                self.need(need)
        for need, pattern in COMMANDS.items():
            if pattern.search(" ".join(words)):
                self.need(need)


GUARD = Guard()


class TypstFinder(MetaPathFinder):
    """The first finder of modules; notices imports of Typst."""

    module: ModuleType | None = None

    def find_spec(self, fullname: str, *_: object) -> None:
        """Fail a test that imports Typst without the marker; leave other imports alone."""
        if fullname == "typst":
            GUARD.need("typst")

    def hide(self, *, hidden: bool) -> None:
        """Hide Typst's modules so that it is imported again, or restore them."""
        if hidden:
            self.module = sys.modules.pop("typst", self.module)
        elif self.module:
            sys.modules["typst"] = self.module


TYPST = TypstFinder()


def _before(function: Callable[..., Any], act: Callable[..., None]) -> Callable[..., Any]:
    """Return `function` with `act` called before it, with the same arguments."""

    def guarded(*arguments: Any, **named: Any) -> Any:
        act(*arguments, **named)
        return function(*arguments, **named)

    return guarded


def _start(_: object, args: str | bytes | os.PathLike[str] | Iterable[Any], *__: object, **___: object) -> None:
    words = [args] if isinstance(args, (str, bytes, os.PathLike)) else [*args]
    GUARD.call([os.fsdecode(word) for word in words])


def _unix_call(*_: object, **__: object) -> None:
    """Fail a test that itself calls a Unix-only function; calls by the package are its own business."""
    frame = sys._getframe(2)
    while frame.f_back and Path(frame.f_code.co_filename).name in PATHLIB_FILES:
        frame = frame.f_back
    if Path(frame.f_code.co_filename).is_relative_to(TESTS):
        GUARD.need("posix")


def pytest_configure() -> None:
    """Install the guard in front of everything that a test may need."""
    subprocess.Popen.__init__ = _before(subprocess.Popen.__init__, _start)  # type: ignore[method-assign]
    # A process that printed for another test waits for the next one.
    TypesetPool._take_worker = _before(  # type: ignore[method-assign]
        TypesetPool._take_worker, lambda _: GUARD.need("typst")
    )
    process = multiprocessing.process.BaseProcess
    # Only sheets are made in worker processes.
    process.start = _before(process.start, lambda _: GUARD.need("typst"))  # type: ignore[method-assign]
    for name in UNIX_CALLS:
        if hasattr(os, name):
            setattr(os, name, _before(getattr(os, name), _unix_call))
    sys.meta_path.insert(0, TYPST)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--quick", action="store_true", help="only tests that need nothing but Python and its packages")


def needs_of(item: pytest.Item) -> set[str]:
    """Return the markers of a test that name a need or a system."""
    return {marker.name for marker in item.iter_markers()} & (QUICK_WITHOUT | SYSTEMS.keys())


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark tests by their fixtures, and deselect those not asked for or not possible here."""
    away = {name for name, here in SYSTEMS.items() if not here}
    if config.getoption("quick"):
        away |= QUICK_WITHOUT
    kept: list[pytest.Item] = []
    left: list[pytest.Item] = []
    for item in items:
        for fixture in BY_FIXTURE.keys() & set(getattr(item, "fixturenames", ())):
            for need in BY_FIXTURE[fixture]:
                item.add_marker(need)
        (left if needs_of(item) & away else kept).append(item)
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = kept


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Guard a test from its first fixture to its last."""
    needs = needs_of(item)
    GUARD.allowed, GUARD.missing = needs.union(*(IMPLIED.get(need, ()) for need in needs)), set()
    TYPST.hide(hidden="typst" not in GUARD.allowed)
    try:
        return (yield)
    finally:
        GUARD.allowed = None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None, None, None]:
    """Fail a test that used a need it did not name, even if the tested code caught the error."""
    yield
    if GUARD.missing:
        pytest.fail(f"This test needs {', '.join(f'@pytest.mark.{need}' for need in sorted(GUARD.missing))}.")
