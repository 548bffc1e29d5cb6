"""Errors of the operating system become one line with a remedy; printing respects its limits."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from click.testing import CliRunner
from commands import run
from conftest import ROOT
from day import ENVIRON
from stufenweise.cli import main
from stufenweise.core.errors import MachineError
from stufenweise.handouts import worker_process
from stufenweise.handouts.glyph_fallbacks import TypesetPdf
from stufenweise.handouts.handout_branding import BrandData
from stufenweise.handouts.handout_data import DocumentHandoutData
from stufenweise.handouts.typeset import UnprintableError
from stufenweise.handouts.typeset_pool import TypesetJob, TypesetPool
from stufenweise.handouts.worker_process import WorkerProcess
from texts import SMALL_LIBRARY

from .builds import may_mount

FORM: DocumentHandoutData = {
    "kind": "agreement",
    "title": "Blatt",
    "document": {
        "layout": "text", "title": "Blatt", "summary": ["Kurz."], "sections": [], "source": "x", "version": "",
    },
    "brand": {"name": "Haus", "colour": "#17505c", "accent": "#17505c", "logo": None},
    "labels": {},
    "language": "de",
}  # fmt: skip
FILTERS = "".join(f'<feTurbulence baseFrequency="0.9" numOctaves="999999" result="r{n}"/>' for n in range(4))
COSTLY = (
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 999 999"><filter id="f">{FILTERS}</filter>'
    '<rect width="999" height="999" filter="url(#f)"/></svg>'
)


@pytest.fixture
def printers() -> Iterator[TypesetPool]:
    pool = TypesetPool()
    yield pool
    pool.end_workers()


def job(logo: str = "") -> TypesetJob:
    brand: BrandData = {**FORM["brand"], "logo": list(logo.encode()) or None}
    return TypesetJob(data=lambda: {**FORM, "brand": brand}, pages=None, most_pages=1)


@pytest.mark.typst
@pytest.mark.posix
def test_a_drawing_that_costs_without_bound_ends_its_process_and_not_the_command(
    monkeypatch: pytest.MonkeyPatch, printers: TypesetPool
) -> None:
    monkeypatch.setattr(worker_process, "PAGE_SECONDS", 1.0)
    first, second, third = printers.typeset_all([job(), job(COSTLY), job()], 1)
    assert isinstance(first, TypesetPdf)
    assert isinstance(second, UnprintableError)
    assert second.too_costly
    assert third == first


@pytest.mark.typst
@pytest.mark.posix
def test_a_printing_process_that_is_killed_from_outside_is_reported(
    monkeypatch: pytest.MonkeyPatch, printers: TypesetPool
) -> None:
    wait_until_ready = WorkerProcess.wait_until_ready

    def ready_and_killed(worker: WorkerProcess) -> None:
        wait_until_ready(worker)
        os.kill(worker.process.pid, signal.SIGKILL)
        worker.process.wait()

    monkeypatch.setattr(WorkerProcess, "wait_until_ready", ready_and_killed)
    with pytest.raises(MachineError, match=r"printing-ended, reason=SIGKILL"):
        list(printers.typeset_all([job()], 1))


@pytest.mark.typst
@pytest.mark.posix
def test_a_print_that_is_stopped_ends_no_process_of_another(
    monkeypatch: pytest.MonkeyPatch, printers: TypesetPool
) -> None:
    """While a site is served, one thread prints a save and another a build."""
    monkeypatch.setattr(worker_process, "PAGE_SECONDS", 1.0)
    stopped = printers.typeset_all([job()], 1)
    next(stopped)
    busy = Event()
    typeset = WorkerProcess.typeset

    def noted(worker: WorkerProcess, data: bytes, pages: int | None, **limits: int) -> bytes | UnprintableError:
        busy.set()
        return typeset(worker, data, pages, **limits)

    monkeypatch.setattr(WorkerProcess, "typeset", noted)
    with ThreadPoolExecutor(1) as thread:
        other = thread.submit(lambda: list(printers.typeset_all([job(COSTLY)], 1)))
        assert busy.wait(60)
        stopped.close()
        [result] = other.result()
    assert isinstance(result, UnprintableError)
    assert result.too_costly


@pytest.mark.typst
@pytest.mark.linux
@pytest.mark.parametrize(("memory", "processes"), [(0, 3), (1 << 40, 1)])
def test_a_printing_process_that_holds_much_memory_is_followed_by_another(
    monkeypatch: pytest.MonkeyPatch, printers: TypesetPool, memory: int, processes: int
) -> None:
    started: list[WorkerProcess] = []
    wait_until_ready = WorkerProcess.wait_until_ready

    def counted(worker: WorkerProcess) -> None:
        started.append(worker)
        wait_until_ready(worker)

    monkeypatch.setattr(worker_process, "KEPT_MEMORY", memory)
    monkeypatch.setattr(WorkerProcess, "wait_until_ready", counted)
    assert len(list(printers.typeset_all([job()] * 3, 1))) == 3
    assert len(started) == processes


LIMITED = (
    "import resource; from stufenweise.core.worker_limits import limit_memory; most = 3 << 30; "
    "resource.setrlimit(resource.RLIMIT_AS, (most, most)); limit_memory(); "
    "soft, hard = resource.getrlimit(resource.RLIMIT_AS); print(soft <= most, hard == most)"
)


@pytest.mark.linux
def test_a_limit_of_memory_that_the_system_sets_stays() -> None:
    done = subprocess.run([sys.executable, "-c", LIMITED], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True"]


@pytest.mark.parametrize("command", ["check", "status", "build", "handouts"])
@pytest.mark.parametrize("value", ["abc", "-1", "1e9", "9" * 13])
def test_an_invalid_source_date_epoch_exits_with_3(project: Callable[..., Path], command: str, value: str) -> None:
    config = project(content=SMALL_LIBRARY)
    result = CliRunner().invoke(main, [command, "-f", str(config)], env={**ENVIRON, "SOURCE_DATE_EPOCH": value})
    assert result.exit_code == 3
    assert f"SOURCE_DATE_EPOCH is {value}" in result.output
    assert result.output.count("\n") == 1


@pytest.mark.parametrize("parent", ["mkdocs.yml", "[a.yml, b.yml]", "{a: b}", "5", ".", "nowhere.yml"])
def test_an_unusable_inherit_is_one_configuration_error(project: Callable[..., Path], parent: str) -> None:
    config = project(content=SMALL_LIBRARY, extra=f"INHERIT: {parent}")
    result = run(config, "check", "--format", "lines")
    assert result.exit_code == 2
    assert result.output.count(": error: ") == 1


@pytest.mark.posix
@pytest.mark.parametrize("command", ["check", "build", "--version", "init company x"])
def test_a_deleted_current_folder_is_one_line_of_error(tmp_path: Path, command: str) -> None:
    script = (
        "import os, sys\nos.chdir(sys.argv[1]); os.rmdir(sys.argv[1])\n"
        "sys.argv[1:2] = []\nfrom stufenweise.cli import main\nmain()"
    )
    folder = tmp_path / "gone"
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder), *command.split()],
        env={**os.environ, **ENVIRON, "PYTHONPATH": str(ROOT / "generator")},
        capture_output=True,
        text=True,
        check=False,
    )
    if command == "--version":
        assert done.returncode == 0
        return
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1


@pytest.mark.typst
@pytest.mark.posix
def test_reading_commands_work_where_nothing_can_be_written(project: Callable[..., Path]) -> None:
    if not may_mount():
        pytest.skip("needs the right to mount")
    config = project(content=SMALL_LIBRARY, handouts=True)
    folder = str(config.parent)
    subprocess.run(["mount", "--bind", folder, folder], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", folder], check=True)
        for command in ("check", "status", "doctor"):
            reading = run(config, command)
            assert reading.exit_code == 0, (command, reading.stderr)
        result = run(config, "handouts", "first", "-o", f"{folder}/paper")
        assert result.exit_code == 3
        assert result.output.count("\n") == 1
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)
