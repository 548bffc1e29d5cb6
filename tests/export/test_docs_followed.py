"""docs/packages.md followed line by line, in each language: every command makes what it says."""

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
from commands import ENVIRON
from conftest import ROOT, make_project
from stufenweise.cli import main
from texts import SMALL_LIBRARY
from waiting import wait_until

LINES = {
    name: re.findall(r"^ {4}(.*)", (ROOT / "docs" / name).read_text(encoding="utf-8"), re.MULTILINE)
    for name in ("packages.md", "packages.de.md")
}


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


@pytest.mark.build
@pytest.mark.parametrize("name", LINES)
def test_the_way_to_packages(name: str, root: Path, monkeypatch: pytest.MonkeyPatch, free_port: int) -> None:
    monkeypatch.chdir(root)
    commands = [shlex.split(line, comments=True) for line in LINES[name]]
    assert [words[0] for words in commands] == ["stufenweise", "python", *["stufenweise"] * 6]
    for _, *arguments in (words for words in commands if words[0] == "stufenweise"):
        result = CliRunner().invoke(main, arguments, env=ENVIRON)
        assert result.exit_code == 0, (arguments, result.output)
        made = [Path(line.rpartition(": ")[2]) for line in result.output.splitlines() if line.endswith(".zip")]
        assert made, result.output
        assert all(path.is_file() for path in made)
    [server] = [words for words in commands if words[0] == "python"]
    [folder] = (root / "packages").glob("*[!-0-9].zip")
    shutil.unpack_archive(folder, root / "unpacked" / name)
    [unpacked] = (root / "unpacked" / name).iterdir()
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
