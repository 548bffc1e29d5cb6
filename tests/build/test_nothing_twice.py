"""Nothing is read, checked or printed twice in one command."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from day import TODAY
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from stufenweise.cli.main import main
from stufenweise.config import mkdocs_yaml, project_files
from stufenweise.handouts import print_handouts
from stufenweise.pipeline import BuildOptions
from stufenweise.serve.dev_server import serve_project
from stufenweise.serve.live_server import Address, Server
from stufenweise.stages import content_stages
from stufenweise.stages.project_stage import open_project
from texts import SMALL_LIBRARY

pytestmark = pytest.mark.build
COUNTED = {
    "configuration": (mkdocs_yaml, "yaml_load"),
    "files": (project_files, "read_content_files"),
    "load": (content_stages, "load_content"),
    "check": (content_stages, "check"),
    "print": (print_handouts, "print_missing"),
    "try printing": (print_handouts, "try_printing"),
}
"""What is done once, and the function that does it as its callers know it."""
READ = {"configuration": 1, "files": 1, "load": 1}
CHECKED = {**READ, "check": 1}
PRINTED = {**CHECKED, "print": 1}
TRIED = {**CHECKED, "try printing": 1}
COMMANDS = {
    "build": PRINTED,
    "check": TRIED,
    "check content/tutorials/first.de.md": TRIED,
    "status --format json": TRIED,
    "doctor": TRIED,
    "handouts first -o paper": PRINTED,
    "package zip -o packages": PRINTED,
    "package scorm -o packages": PRINTED,
    "package cmi5 --level 1 -o packages": PRINTED,
    "translate labels fr": {},
    "translate home en": READ,
    "new level --level 1": READ,
    "hosting nginx": {"configuration": 1},
}


@pytest.fixture
def config(project: Callable[..., Path]) -> Path:
    return project(content=SMALL_LIBRARY, handouts=True)


@pytest.fixture
def in_project(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run what a test runs in the project's folder."""
    monkeypatch.chdir(config.parent)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Return how often each of the counted functions was called."""
    counts: Counter[str] = Counter()

    def counted(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*values: Any, **named: Any) -> Any:
            counts[name] += 1
            return real(*values, **named)

        return call

    for name, (module, function) in COUNTED.items():
        monkeypatch.setattr(module, function, counted(name, getattr(module, function)))
    return counts


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_does_each_thing_once(
    command: str, config: Path, calls: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(config.parent)
    done = CliRunner().invoke(main, [*command.split(), "--lang", "en"])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    assert calls == COMMANDS[command], done.output


def test_a_build_of_what_has_not_changed_only_looks_at_the_files(
    config: Path, calls: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(config.parent)
    CliRunner().invoke(main, ["build"])
    calls.clear()
    done = CliRunner().invoke(main, ["build"])
    assert done.exit_code == 0, done.output
    assert calls == {"configuration": 1, "files": 1}


IMPORTED = """
import sys
from stufenweise.cli import main
try:
    main(sys.argv[1:])
finally:
    print(*sys.modules)
"""
LATER = {"jinja2", "mkdocs.commands", "nh3", "typst", "stufenweise.assemble", "stufenweise.render.theme"}
"""What only rendering, assembling and printing import."""


@pytest.mark.parametrize("command", ["check", "build"])
def test_a_command_imports_no_stage_that_it_does_not_run(command: str, config: Path) -> None:
    if command == "build":
        CliRunner().invoke(main, ["build", "-f", str(config)])
    call = [sys.executable, "-c", IMPORTED, command, "-f", str(config)]
    done = subprocess.run(call, capture_output=True, text=True, check=True)
    assert not LATER & set(done.stdout.splitlines()[-1].split())


class Silent:
    """A reporter that prints nothing."""

    language = "en"

    def __getattr__(self, _name: str) -> Callable[..., Any]:
        return lambda *_: {}


@pytest.mark.parametrize("built_before", [False, True])
def test_a_server_starts_with_one_reading(
    built_before: bool, config: Path, calls: Counter[str], monkeypatch: pytest.MonkeyPatch, free_port: int
) -> None:
    def interrupted(_server: Server, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Server, "serve", interrupted)
    monkeypatch.setattr("stufenweise.serve.dev_server.SaveWatcher.build_in_background", lambda _watcher: None)

    def serve() -> None:
        project = open_project(config, TODAY).value
        assert project
        address = Address("127.0.0.1", free_port)
        options = BuildOptions(drafts="marked")
        serve_project(
            project, options, address, reporter=Silent(), environ=os.environ, today=lambda: TODAY, open_browser=False
        )

    if built_before:
        serve()
        calls.clear()
    serve()
    # Once more to see what was saved while the site was built.
    assert calls == {**PRINTED, "files": 2}


def test_mkdocs_builds_with_one_reading(config: Path, calls: Counter[str]) -> None:
    site = load_config(str(config))
    site.plugins.on_startup(command="build", dirty=False)
    mkdocs_build(site)
    assert (config.parent / "site" / "en" / "index.html").is_file()
    assert calls == PRINTED
