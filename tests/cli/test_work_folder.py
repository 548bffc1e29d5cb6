"""With the work folder elsewhere, nothing is written next to the configuration."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import make_project
from day import ENVIRON
from stufenweise.cli import main
from texts import SMALL_LIBRARY


@pytest.fixture
def config(tmp_path: Path) -> Iterator[Path]:
    """Return a project's configuration in a folder that must stay unchanged."""
    found = make_project(tmp_path / "checkout", content=SMALL_LIBRARY)
    before = sorted(found.parent.rglob("*"))
    yield found
    assert sorted(found.parent.rglob("*")) == before


@pytest.mark.build
@pytest.mark.parametrize("way", ["option", "environment"])
def test_a_checkout_that_is_only_read_builds_elsewhere(config: Path, tmp_path: Path, way: str) -> None:
    work, site = tmp_path / "work", tmp_path / "site"
    option = ["--work", str(work)] if way == "option" else []
    command = ["build", *option, "-d", str(site), "-f", str(config)]
    environ = {**ENVIRON, **({} if option else {"STUFENWEISE_WORK": str(work)})}
    for said in ("pages built", "Nothing has changed"):
        result = CliRunner().invoke(main, command, env=environ)
        assert result.exit_code == 0, result.output
        assert said in result.output
    assert (site / "de" / "index.html").is_file()
    assert [path.name for path in work.iterdir()] == [".stufenweise"]


@pytest.mark.parametrize("command", ["check", "status", "doctor"])
def test_reading_commands_write_nothing(config: Path, command: str) -> None:
    assert CliRunner().invoke(main, [command, "-f", str(config)], env=ENVIRON).exit_code == 0


def test_a_work_folder_in_the_content_is_refused(config: Path) -> None:
    result = CliRunner().invoke(
        main, ["check", "--work", str(config.parent / "content"), "-f", str(config)], env=ENVIRON
    )
    assert result.exit_code == 2
    assert "content" in result.output
