"""docs/packages.md followed line by line: every command does what it says; the German one has the same commands."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT, make_project
from day import ENVIRON
from stufenweise.cli import main
from texts import SMALL_LIBRARY
from waiting import wait_until


def commands_of(name: str) -> list[list[str]]:
    """Return the commands of a document as their words."""
    lines = re.findall(r"^ {4}(.*)", (ROOT / "docs" / name).read_text(encoding="utf-8"), re.MULTILINE)
    return [shlex.split(line, comments=True) for line in lines]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a small project that has what the document names."""
    config = make_project(tmp_path_factory.mktemp("followed") / "project", content=SMALL_LIBRARY)
    programmes = config.parent / "content" / "programmes"
    for language in ("de", "en"):
        text = (programmes / f"small.{language}.md").read_text(encoding="utf-8")
        plan = "sessions: 2\nplan:\n  - {kind: agreement}\n  - {tutorials: [first]}\n  - {kind: close}\n"
        named = programmes / f"social-media.{language}.md"
        named.write_text(text.replace("sessions: 6\n", plan), encoding="utf-8")
    return config.parent


def test_both_languages_have_the_same_commands() -> None:
    german = [["en" if word == "de" else word for word in words] for words in commands_of("packages.de.md")]
    assert commands_of("packages.md") == german


@pytest.mark.build
def test_every_command_makes_what_the_document_says(
    root: Path, monkeypatch: pytest.MonkeyPatch, free_port: int
) -> None:
    monkeypatch.chdir(root)
    commands = commands_of("packages.md")
    assert [words[0] for words in commands] == ["stufenweise", "python", *["stufenweise"] * 6]
    for _, *arguments in (words for words in commands if words[0] == "stufenweise"):
        result = CliRunner().invoke(main, arguments, env=ENVIRON)
        assert result.exit_code == 0, (arguments, result.output)
        made = [Path(line.rpartition(": ")[2]) for line in result.output.splitlines() if line.endswith(".zip")]
        assert made, result.output
        assert all(path.is_file() for path in made)
    [server] = [words for words in commands if words[0] == "python"]
    [folder] = (root / "packages").glob("*[!-0-9].zip")
    shutil.unpack_archive(folder, root / "unpacked")
    [unpacked] = (root / "unpacked").iterdir()
    # Another program of this machine may have the document's port.
    command = [sys.executable, *server[1:-1], str(free_port)]
    with subprocess.Popen(command, cwd=unpacked, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:

            def opened() -> str:
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{free_port}/") as answer:
                        return str(answer.read())
                except urllib.error.URLError:
                    return ""

            assert "start" in wait_until(opened, lambda: f"{process.poll()}")
        finally:
            process.terminate()
