"""Mistakes as authors make them: each one is told, once, in words that lead to what is right.

A mistake is a small change to the library in `tests/library`, and a family of them a file in `tests/mistakes`. Keys:
`name`; `edit`: what stands in `file` (the first tutorial if left out) and what an author puts there; `works` where
nothing needs to be said; `files`, `bytes` and `copies` as in tests/test_cases.py. What is said of them stands, word for
word, in `tests/golden/mistakes`, one file a family and language, to be read as a person would: `make golden` writes it
anew.
"""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from case import TESTS, apply
from stufenweise.check import check
from stufenweise.i18n.messages import problem_message
from stufenweise.load.loader import load_content
from stufenweise.model.problem import Problem
from stufenweise.source.content_files import read_content_files
from texts import SMALL_LIBRARY

TODAY = datetime.date(2026, 11, 24)
FAMILIES = sorted((TESTS / "mistakes").glob("*.yml"))
GOLDEN = TESTS / "golden" / "mistakes"
FIRST = "tutorials/first.de.md"


def problems(mistake: Mapping[str, Any], content: Path) -> list[Problem]:
    """Return what is said of a mistake; what follows from a text having changed is no part of it."""
    shutil.copytree(SMALL_LIBRARY, content)
    edits = [[mistake.get("file", FIRST), *mistake["edit"]]] if "edit" in mistake else []
    apply({**mistake, "edits": edits}, content)
    found = check(load_content(read_content_files(content, "content"), ("de", "en")), TODAY)
    return [one for one in found if one.code not in {"translation-stale", "translation-missing", "translation-places"}]


def told(found: list[Problem], language: str) -> str:
    """Return problems as people read them, without the colours and the line of the text."""
    lines = []
    for one in found:
        message = problem_message(one, language)
        lines.append(f"    {one.place} [{one.code}] {message.what}\n        {message.remedy}\n")
    return "".join(lines) or "    -\n"


@pytest.mark.parametrize("family", FAMILIES, ids=lambda path: path.stem)
def test_mistakes_are_told(family: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    written: dict[str, str] = {"de": "", "en": ""}
    silent, loud = [], []
    for number, mistake in enumerate(yaml.safe_load(family.read_text(encoding="utf-8"))):
        found = problems(mistake, tmp_path / str(number))
        if bool(found) == mistake.get("works", False):
            silent.append(mistake["name"])
        if len(found) > len({one.place.file for one in found}):
            loud.append(mistake["name"])
        for language, text in written.items():
            written[language] = f"{text}{mistake['name']}\n{told(found, language)}\n"
    for language, text in written.items():
        golden = GOLDEN / f"{family.stem}.{language}.txt"
        if request.config.getoption("--write-golden"):
            GOLDEN.mkdir(parents=True, exist_ok=True)
            golden.write_text(text, encoding="utf-8")
        assert golden.read_text(encoding="utf-8") == text
    assert not silent, "Nothing is said of these, or something of what works."
    assert not loud, "One mistake, one message."
