"""Shared fixtures: the real site, built once a run, and small projects to build."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from day import SECONDS, TODAY
from once import once
from stufenweise.pipeline import BuildOptions, BuildReport, build
from stufenweise.stages.project_stage import open_project
from texts import replace_once
from waiting import PAGE_PATIENCE, PATIENCE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest_plugins = ["needs", "hypothesis_profiles", "failure_traces"]

ROOT = Path(__file__).parent.parent
CHROMIUM = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
# Commands run on this day, too.
os.environ["SOURCE_DATE_EPOCH"] = SECONDS
PUBLIC = """
site_url: https://intranet.example.org/rm/
repo_url: https://git.example.org/x
edit_uri: edit/main/content/
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-golden", action="store_true", help="write the golden trees anew")


LANGUAGES_OPTION = "      languages: [de, en]\n"
"""The line of mkdocs.yml behind which a test puts options of the plugin."""


def make_project(
    folder: Path, *, content: Path | None = None, extra: str = "", options: str = "", handouts: bool = False
) -> Path:
    """Write a project into `folder` and return its mkdocs.yml.

    Args:
        folder: Where it goes.
        content: Its content; that of this repository if left out.
        extra: What stands at the end of mkdocs.yml.
        options: Lines with options of the plugin, indented as in mkdocs.yml.
        handouts: Whether they are printed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(content or ROOT / "content", folder / "content", dirs_exist_ok=True)
    config = folder / "mkdocs.yml"
    config.write_text(f"{(ROOT / 'mkdocs.yml').read_text(encoding='utf-8')}\n{extra}\n", encoding="utf-8")
    replace_once(config, "  custom_dir: overrides\n", "")
    set_options(config, options if handouts else f"      handouts: false\n{options}")
    return config


def set_options(config: Path, lines: str) -> None:
    """Give the plugin more options, as lines indented as in mkdocs.yml."""
    replace_once(config, LANGUAGES_OPTION, LANGUAGES_OPTION + lines)


def built(config: Path) -> Path:
    """Build a project without a warning and return the folder of its site."""
    report = build_project(config)
    assert report.published, report
    assert [outcome.warnings for outcome in report.outcomes] == [(), ()]
    return config.parent / "site"


def build_project(
    config: Path, options: BuildOptions | None = None, environ: dict[str, str] | None = None
) -> BuildReport:
    """Build a project as the command line does."""
    project = open_project(config, TODAY).value
    assert project
    return build(project, options or BuildOptions(), today=TODAY, environ={**os.environ, **(environ or {})})


@pytest.fixture
def project(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that makes a project in a fresh folder and returns its mkdocs.yml."""
    return lambda **values: make_project(tmp_path / "project", **values)


@pytest.fixture(scope="session")
def built_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the project of the real content, built; its site is in `site/`."""
    return once(tmp_path_factory, "real", lambda folder: built(make_project(folder, extra=PUBLIC, handouts=True)))


@pytest.fixture(scope="session")
def built_site(built_project: Path) -> Path:
    """Return the folder of the real site: `de/`, `en/`, `index.html`."""
    return built_project / "site"


@pytest.fixture
def free_port() -> int:
    """Return a port of this machine on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def chromium_path() -> str:
    """Return the program of Chromium; without one the tests fail.

    The headless shell is the same engine without windows, and opens a page in less than half of the time.
    """
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    assert path, "There is no Chromium. `make test` installs Debian's package; elsewhere install it yourself."
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a headless Chromium; without one the tests fail."""
    from failure_traces import record
    from playwright.sync_api import expect, sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM, timeout=PATIENCE * 1000)
        expect.set_options(timeout=PAGE_PATIENCE * 1000)
        chromium.on("context", lambda context: context.set_default_timeout(PAGE_PATIENCE * 1000))
        record(chromium)
        yield chromium
        chromium.close()
