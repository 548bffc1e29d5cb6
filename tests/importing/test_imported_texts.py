"""Texts exported from other programs become drafts that pass `check`, and the report names all that was lost.

`--write-golden` rewrites the drafts and reports; compare the difference with the texts.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from commands import run
from texts import SMALL_LIBRARY

TEXTS = Path(__file__).parent / "texts"
FACTS = ("--level", "1", "--orientation", "operational", "--effort", "1", "--goals", "O1")


@pytest.mark.parametrize(
    ("file", "language"),
    [
        ("word.docx", "de"),
        ("confluence.html", "de"),
        ("sharepoint.html", "en"),
        ("outlook.html", "de"),
        ("obsidian.md", "en"),
        ("plain.txt", "de"),
    ],
)
def test_a_text_becomes_a_draft_and_a_report(
    file: str, language: str, project: Callable[..., Path], request: pytest.FixtureRequest
) -> None:
    config = project(content=SMALL_LIBRARY)
    result = run(config, "new", "tutorial", "mine", *FACTS, "--from", str(TEXTS / file), "--lang", language)
    assert result.exit_code == 0, result.output
    draft = config.parent / "content" / "tutorials" / "mine.de.md"
    assert run(config, "check", str(draft)).exit_code == 0

    _, head, body = draft.read_text(encoding="utf-8").split("---\n", 2)
    facts = [line for line in head.split("\n") if line.startswith(("title:", "summary:", "minutes:"))]
    own = "\n".join(line for line in body.split("## Für Mentorin")[0].split("\n") if not line.startswith("- **"))
    whole = "\n".join(["\n".join(facts), "", own.strip(), "", result.stderr.strip(), ""])
    found = "\n".join(line.rstrip() for line in whole.split("\n"))
    golden = TEXTS / f"{file}.golden"
    if request.config.getoption("--write-golden"):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")
