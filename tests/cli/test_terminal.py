"""What depends on the terminal: the language of messages, and characters it can't show."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from stufenweise.i18n.messages import message_language


@pytest.mark.parametrize(
    ("wanted", "environ", "system", "language"),
    [
        (None, {"LANG": "de_DE.UTF-8"}, "", "de"),
        (None, {"LANG": "C.UTF-8"}, "de_DE", "en"),
        (None, {"LC_ALL": "en_GB.UTF-8", "LANG": "de_DE.UTF-8"}, "", "en"),
        (None, {"LANG": "fr_FR.UTF-8"}, "", "en"),
        (None, {}, "", "en"),
        (None, {}, "de_AT", "de"),
        (None, {}, "fr_CH", "en"),
        ("de", {"LANG": "en_GB.UTF-8"}, "en_US", "de"),
    ],
)
def test_messages_come_in_the_language_wanted_or_of_the_terminal_or_of_windows(
    wanted: str | None, environ: dict[str, str], system: str, language: str
) -> None:
    assert message_language(wanted, environ, lambda: system) == language


@pytest.mark.parametrize("form", ["text", "lines", "json", "github"])
def test_a_character_that_the_terminal_lacks_stops_nothing(config: Path, form: str) -> None:
    """On German Windows a pipe is cp1252; other characters are replaced, nothing crashes."""
    tutorial = config.parent / "content" / "tutorials" / "first.de.md"
    text = tutorial.read_text(encoding="utf-8")
    tutorial.write_text(text.replace("## Worum es geht {#why}", "## Über Žluťoučký 🎉"), encoding="utf-8")
    command = [sys.executable, "-m", "stufenweise", "check", "-f", str(config), "--lang", "de", "--format", form]
    environ = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, env=environ, check=False)
    said = (done.stdout + done.stderr).decode("cp1252")
    assert done.returncode == 1
    assert "Traceback" not in said
    assert "Über Žlu?ou?ký ?" in said
