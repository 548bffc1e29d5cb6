"""Mistakes as authors make them: each is reported once, in words that lead to the remedy.

A mistake is a small change to the library in `tests/library`, and a family of them a file in `tests/mistakes`. Keys:
`name`; `edit`: what stands in `file` (the first tutorial if left out) and what an author puts there; `works` where
nothing needs to be said; `files`, `bytes` and `copies` as in tests/test_cases.py. What is reported of them stands, word
for word, in `tests/golden/mistakes`, one file a family and language, to be read as a person would: `make golden` writes
it anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from case import TESTS
from memory_library import changed_library, check_files
from stufenweise.i18n.messages import problem_message
from stufenweise.model.paths import ContentPath
from stufenweise.model.problem import Problem
from stufenweise.source.files.content_files import ContentFiles

FAMILIES = sorted((TESTS / "mistakes").glob("*.yml"))
GOLDEN = TESTS / "golden" / "mistakes"
FIRST = ContentPath("tutorials/first.de.md")


def files_of_mistake(mistake: Mapping[str, Any]) -> ContentFiles:
    """Return the library with a mistake in it."""
    edits = [[mistake.get("file", FIRST), *mistake["edit"]]] if "edit" in mistake else []
    return changed_library({**mistake, "edits": edits})


def problems_of_mistake(mistake: Mapping[str, Any]) -> list[Problem]:
    """Return the problems that a mistake yields, except those of any changed text."""
    found = check_files(files_of_mistake(mistake))
    return [
        problem
        for problem in found
        if problem.code not in {"translation-stale", "translation-missing", "translation-places"}
    ]


def as_read(problems: list[Problem], language: str) -> str:
    """Return problems as people read them, without the colours and the line of the text."""
    lines = []
    for problem in problems:
        message = problem_message(problem, language)
        lines.append(f"    {problem.place} [{problem.code}] {message.what}\n        {message.remedy}\n")
    return "".join(lines) or "    -\n"


@pytest.mark.parametrize("family", FAMILIES, ids=lambda path: path.stem)
def test_each_mistake_is_reported_once_as_in_the_golden_file(family: Path, request: pytest.FixtureRequest) -> None:
    written: dict[str, str] = {"de": "", "en": ""}
    misjudged, reported_twice = [], []
    for mistake in yaml.safe_load(family.read_text(encoding="utf-8")):
        found = problems_of_mistake(mistake)
        if bool(found) == mistake.get("works", False):
            misjudged.append(mistake["name"])
        if len(found) > len({problem.place.file for problem in found}):
            reported_twice.append(mistake["name"])
        for language, text in written.items():
            written[language] = f"{text}{mistake['name']}\n{as_read(found, language)}\n"
    for language, text in written.items():
        golden = GOLDEN / f"{family.stem}.{language}.txt"
        if request.config.getoption("--write-golden"):
            GOLDEN.mkdir(parents=True, exist_ok=True)
            golden.write_text(text, encoding="utf-8")
        assert golden.read_text(encoding="utf-8") == text
    assert not misjudged, "Nothing is reported of these, or something of what works."
    assert not reported_twice, "One mistake, one message."
