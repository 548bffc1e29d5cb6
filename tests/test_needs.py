"""Every test is marked with what it needs, so the quick ones run with nothing but Python."""

from __future__ import annotations

import re
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest
from conftest import ROOT
from needs import BY_FIXTURE, GUARD, IMPLIED, QUICK_WITHOUT, SYSTEMS, TESTS

CALLS = [
    ("browser", ["/usr/bin/chromium", "--headless"]),
    ("browser", ["/x/site-packages/playwright/driver/node", "cli.js"]),
    ("build", [sys.executable, "-m", "mkdocs", "build"]),
    ("build", [sys.executable, "-m", "stufenweise", "serve"]),
    ("build", [sys.executable, "-m", "pip", "wheel", "."]),
    ("hunspell", ["hunspell", "-l"]),
    ("java", ["/usr/bin/java", "-jar", "vnu.jar"]),
    ("node", ["node", str(ROOT / "tests" / "node" / "node_modules" / "x" / "x.cjs")]),
    ("server", ["/usr/sbin/nginx", "-t"]),
    ("server", ["apache2", "-t"]),
    ("typst", ["bash", "-c", "stufenweise handouts first"]),
]
REGISTERED = re.compile(r"^(\w+): ")
NOTHING_BUT_PYTHON = """
import sys, pytest
sys.modules.update(dict.fromkeys(("playwright", "playwright.sync_api", "typst")))
sys.exit(pytest.main(["-q", "--quick", "-p", "no:cacheprovider", "-p", "no:xdist", "tests/load/test_front_matter.py"]))
"""


@pytest.mark.parametrize(("need", "call"), CALLS)
def test_a_program_without_marker_fails_the_test(need: str, call: list[str]) -> None:
    with pytest.raises(pytest.fail.Exception, match=need):
        subprocess.run(call, check=False)
    GUARD.missing.clear()


def test_printing_without_marker_fails_the_test() -> None:
    with pytest.raises(pytest.fail.Exception, match="typst"):
        import typst  # noqa: F401
    GUARD.missing.clear()


def test_a_link_without_marker_fails_the_test(tmp_path: Path) -> None:
    with pytest.raises(pytest.fail.Exception, match="posix"):
        (tmp_path / "link").symlink_to(tmp_path)
    GUARD.missing.clear()


@pytest.mark.typst
def test_a_test_may_use_what_its_marker_names() -> None:
    import typst

    assert typst.__name__


def test_an_ordinary_test_needs_no_marker() -> None:
    assert subprocess.run([sys.executable, "-c", ""], check=False).returncode == 0


def test_needs_and_markers_are_the_same(pytestconfig: pytest.Config) -> None:
    ours = {found[1] for line in pytestconfig.getini("markers") if (found := REGISTERED.match(line))}
    assert ours >= QUICK_WITHOUT | SYSTEMS.keys()
    named = set().union(*BY_FIXTURE.values(), *IMPLIED.values(), IMPLIED.keys(), (need for need, _ in CALLS))
    assert named <= QUICK_WITHOUT
    assert {need for need, _ in CALLS} == QUICK_WITHOUT - {"thorough"}


def test_each_fixture_that_brings_needs_is_there() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "tests").glob("**/*.py") if "node" not in path.parts]
    assert [name for name in BY_FIXTURE if not any(re.search(rf"^def {name}\(", text, re.M) for text in texts)] == []


def test_a_parsers_test_asks_for_no_browser_and_no_typst() -> None:
    done = subprocess.run(
        [sys.executable, "-c", NOTHING_BUT_PYTHON],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_folder_with_tests_is_passed_over(pytestconfig: pytest.Config) -> None:
    folders = {folder for path in TESTS.glob("**/test_*.py") for folder in path.relative_to(TESTS).parts[:-1]}
    passed_over = pytestconfig.getini("norecursedirs")
    assert "build" in folders
    assert [name for name in folders - {"node"} if any(fnmatch(name, pattern) for pattern in passed_over)] == []


def test_no_test_imports_at_its_head_what_other_systems_lack() -> None:
    unix = re.compile(r"^(?:import|from) (fcntl|grp|pty|pwd|resource|termios)\b", re.MULTILINE)
    paths = [path for path in (ROOT / "tests").glob("**/*.py") if "node" not in path.relative_to(ROOT).parts]
    assert [path for path in paths if unix.search(path.read_text(encoding="utf-8"))] == []
