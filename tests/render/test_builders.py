"""Builders of several languages run side by side; their output and exit codes are collected."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest
from stufenweise.core.build_date import source_date_epoch
from stufenweise.core.errors import MachineError
from stufenweise.render.builder_command import (
    BuilderName,
    builder_command,
    builder_environment,
    builder_modules,
    is_installed,
)
from stufenweise.render.builder_process import BuilderProcess, ready_builder
from stufenweise.render.builders import BuildJob, BuildOutcome, BuildProgress, run_builders
from stufenweise.render.child_watchdog import ORPHANED

GOOD = """
import pathlib, sys
site = pathlib.Path(sys.argv[1]).with_suffix("")
site.mkdir()
for name in ("index", "a", "b"):
    (site / f"{name}.html").write_text("page")
print("INFO    -  Documentation built", file=sys.stderr)
"""


@pytest.fixture
def build(tmp_path: Path) -> Callable[..., list[BuildOutcome]]:
    """Return a function that runs a stand-in builder for each language and returns the outcomes."""

    def run(
        on_progress: Callable[[BuildProgress], None] = lambda _: None,
        ready: BuilderProcess | None = None,
        **programs: str,
    ) -> list[BuildOutcome]:
        jobs = []
        for language, program in programs.items():
            (tmp_path / f"build_{language}.py").write_text(program, encoding="utf-8")
            config = tmp_path / f"{language}.yml"
            config.touch()
            jobs.append(BuildJob(language=language, config=config, site=tmp_path / language, pages=3))
        return run_builders(
            jobs,
            environ=builder_environment(os.environ, 0),
            on_progress=on_progress,
            command_of=lambda _, config: [sys.executable, "-m", f"build_{config.stem}", str(config)],
            ready=ready,
        )

    return run


def test_a_good_build_is_good(build: Callable[..., list[BuildOutcome]]) -> None:
    steps: list[BuildProgress] = []
    outcomes = build(steps.append, de=GOOD, en=GOOD)
    assert [(outcome.language, outcome.ok, outcome.errors) for outcome in outcomes] == [
        ("de", True, ()),
        ("en", True, ()),
    ]
    assert {step for step in steps if step.done} == {
        BuildProgress(language="de", pages=3, total=3, done=True),
        BuildProgress(language="en", pages=3, total=3, done=True),
    }


@pytest.mark.parametrize(
    ("program", "error"),
    [
        (GOOD + "print('ERROR   -  out of ink')", "out of ink"),
        ("print('all is well')", "mkdocs wrote no de/index.html"),
        (
            GOOD + "print('Aborted with 1 warnings'); sys.exit(1)",
            "mkdocs ended with code 1: Aborted with 1 warnings",
        ),
        ("import sys; sys.exit(2)", "mkdocs ended with code 2: it said nothing"),
        pytest.param(
            GOOD + "import os; os.kill(os.getpid(), 9)",
            "mkdocs was ended by signal 9 (SIGKILL)",
            marks=pytest.mark.posix,
        ),
        (
            GOOD + "raise OSError(28, 'No space left on device')",
            "OSError: [Errno 28] No space left on device",
        ),
    ],
    ids=["error-with-exit-0", "no-page", "exit-1", "silent", "killed", "traceback"],
)
def test_a_bad_build_is_bad_whatever_its_exit_code(
    build: Callable[..., list[BuildOutcome]], program: str, error: str
) -> None:
    [outcome] = build(de=program)
    assert not outcome.ok
    assert outcome.errors == (error,)


def test_warnings_are_counted_and_leave_the_build_good(build: Callable[..., list[BuildOutcome]]) -> None:
    [outcome] = build(de=GOOD + "print('WARNING -  a broken link')")
    assert outcome.ok
    assert outcome.warnings == ("a broken link",)


def test_one_failure_stops_the_others(build: Callable[..., list[BuildOutcome]], tmp_path: Path) -> None:
    endless = f"import pathlib, time\npathlib.Path({str(tmp_path / 'began')!r}).touch()\ntime.sleep(3600)"
    failing = (
        f"import pathlib, sys, time\nbegan = pathlib.Path({str(tmp_path / 'began')!r})\n"
        "while not began.exists(): time.sleep(0.01)\nsys.exit('broken')"
    )
    never, failed = build(de=endless, en=failing)
    assert never.stopped
    assert not never.ok
    assert never.errors == ()
    assert failed.errors == ("mkdocs ended with code 1: broken",)


def test_more_jobs_than_processors_are_all_built(
    build: Callable[..., list[BuildOutcome]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert [outcome.ok for outcome in build(de=GOOD, en=GOOD, fr=GOOD)] == [True, True, True]


def test_a_failure_leaves_waiting_jobs_unbegun(
    build: Callable[..., list[BuildOutcome]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    outcomes = build(de="raise SystemExit(1)", en=GOOD)
    assert [outcome.stopped for outcome in outcomes] == [False, True]
    assert not (tmp_path / "en").exists()


@pytest.mark.posix
def test_an_interruption_ends_the_builders(build: Callable[..., list[BuildOutcome]], tmp_path: Path) -> None:
    program = GOOD + f"pathlib.Path({str(tmp_path / 'pid')!r}).write_text(str(__import__('os').getpid()))\n"

    def interrupt(_: BuildProgress) -> None:
        if (tmp_path / "pid").exists() and (tmp_path / "pid").read_text(encoding="ascii"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        # New pages keep progress coming until the interruption arrives.
        build(
            interrupt,
            de=program
            + "import time\nfor n in range(10**6):\n    (site / f'{n}.html').touch()\n    time.sleep(0.05)\n",
        )
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text(encoding="ascii")), 0)


def test_much_output_does_not_block(build: Callable[..., list[BuildOutcome]]) -> None:
    [outcome] = build(de=GOOD + "print('INFO    -  ' + 'x' * 3_000_000)")
    assert outcome.ok
    assert len(outcome.log) > 3_000_000


def builds_in(file: Path) -> str:
    """Return a program of a builder that adds its process to a file, with what it finds in its environment."""
    found = "os.getpid(), os.environ['SOURCE_DATE_EPOCH'], 'mkdocs.commands.build' in sys.modules"
    return GOOD + f"import os\nwith open({str(file)!r}, 'a') as told:\n    print({found}, file=told)\n"


def test_a_process_that_is_ready_builds_one_language(build: Callable[..., list[BuildOutcome]], tmp_path: Path) -> None:
    file = tmp_path / "builds"
    with ready_builder("mkdocs", tmp_path, os.environ) as ready:
        assert ready
        outcomes = build(ready=ready, de=builds_in(file), en=builds_in(file))
    assert [(outcome.ok, outcome.errors) for outcome in outcomes] == [(True, ())] * 2
    built = dict(line.split(maxsplit=1) for line in file.read_text(encoding="ascii").splitlines())
    assert built.pop(str(ready.popen.pid)) == "0 True"
    assert [*built.values()] == ["0 False"]


def test_a_process_that_was_never_needed_is_ended(tmp_path: Path) -> None:
    with ready_builder("mkdocs", tmp_path, os.environ) as ready:
        assert ready
        assert ready.popen.poll() is None
    assert ready.popen.poll() is not None


def test_a_process_that_ended_early_is_replaced(build: Callable[..., list[BuildOutcome]], tmp_path: Path) -> None:
    with ready_builder("mkdocs", tmp_path, os.environ) as ready:
        assert ready
        ready.kill()
        [outcome] = build(ready=ready, de=GOOD)
    assert outcome.ok


def test_a_process_whose_starter_is_gone_ends_before_it_was_told_anything(tmp_path: Path) -> None:
    process = BuilderProcess.start(tmp_path, os.environ)
    assert process.popen.stdin
    process.popen.stdin.close()
    assert process.popen.wait(timeout=60) == ORPHANED
    process.close()


def test_a_process_that_ends_before_it_is_told_is_reported_as_ended(tmp_path: Path) -> None:
    process = BuilderProcess.start(tmp_path, os.environ)
    process.popen.kill()
    process.popen.wait()
    process.run("mkdocs", ["--version"], os.environ)
    process.kill()
    assert process.popen.stdout
    assert process.popen.stdout.closed


@pytest.mark.parametrize("builder", ["mkdocs", "properdocs"])
def test_what_a_builder_says_does_not_depend_on_what_was_loaded_before(builder: BuilderName, tmp_path: Path) -> None:
    environ = builder_environment(os.environ, 0) | {"PYTHONWARNINGS": "error::RuntimeWarning"}
    said = []
    for modules in ((), builder_modules(builder)):
        process = BuilderProcess.start(tmp_path, environ, modules)
        process.run(builder, ["--version"], environ)
        process.popen.wait(timeout=60)
        process.close()
        said.append((process.popen.returncode, bytes(process.output)))
    assert said[0] == said[1]
    assert said[0][0] == 0
    assert b"version" in said[0][1]


@pytest.mark.parametrize("builder", ["mkdocs", "properdocs"])
def test_modules_that_are_loaded_in_advance_exist(builder: BuilderName) -> None:
    assert all(find_spec(module) for module in builder_modules(builder))


@pytest.mark.parametrize("builder", ["mkdocs", "zensical", "properdocs"])
def test_commands_run_under_this_python(builder: BuilderName) -> None:
    call = builder_command(builder, Path("mkdocs.de.yml"))
    assert call[:3] == [sys.executable, "-m", builder]
    assert call[-2:] == ["-f", "mkdocs.de.yml"]


def test_a_builder_that_is_not_installed_is_not_available(monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_installed("mkdocs")
    monkeypatch.setitem(sys.modules, "zensical", None)
    assert not is_installed("zensical")


def test_the_date_of_a_build_is_that_of_the_latest_review() -> None:
    days = [datetime.date(2026, 1, 2), datetime.date(2025, 1, 1)]
    assert source_date_epoch({}, days) == 1767312000
    assert source_date_epoch({}, []) == 0
    assert source_date_epoch({"SOURCE_DATE_EPOCH": "17"}, days) == 17


@pytest.mark.parametrize("text", ["abc", "-1", "1.5", "٣", "9" * 12, "9" * 5000, "1_0", "0x1"])
def test_a_bad_date_of_a_build_is_reported(text: str) -> None:
    with pytest.raises(MachineError, match="source-date-epoch"):
        source_date_epoch({"SOURCE_DATE_EPOCH": text}, [])


def test_the_environment_keeps_what_was_there() -> None:
    found = builder_environment({"PATH": "/bin", "PYTHONHASHSEED": "random"}, 5)
    assert found["PATH"] == "/bin"
    assert found["PYTHONHASHSEED"] == "0"
    assert found["SOURCE_DATE_EPOCH"] == "5"
