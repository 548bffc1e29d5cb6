"""What strangers write: each attempt is reported with its line, and the sanitiser removes what gets past the checks.

A case's text stands in the first section of a tutorial. Its keys:

- `text`: the Markdown; `repeat` times, if that is given, with `head` before and `tail` behind it
- `problems`: what the check has to say: line (counted from the text's first), code, and perhaps what it is about
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from stufenweise.model.problem import Problem
from stufenweise.render.sanitiser import sanitise
from stufenweise.source.markdown.markdown_rendering import UnreadableMarkdownError, markdown_to_html

from .hostile_texts import TUTORIAL, faults, problems, tutorial

CASES = Path(__file__).parent / "cases"
KEYS = {"name", "text", "repeat", "head", "tail", "problems"}


def cases() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.yml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield pytest.param(case, id=f"{path.stem}: {case['name']}")


def text_of(case: dict[str, Any]) -> str:
    assert set(case) <= KEYS
    text: str = case.get("head", "") + case["text"] * case.get("repeat", 1) + case.get("tail", "")
    return text


def told(problem: Problem, first: int) -> list[str]:
    """Return what is reported for a line; a message about several elements counts for each."""
    values = problem.message_values
    names = [values.get("about", ""), *filter(None, values.get("also", "").split(", "))]
    return [f"{problem.place.line - first + 1} {problem.code} {name}".strip() for name in names]


@pytest.mark.parametrize("case", list(cases()))
def test_forbidden_html_is_reported_at_its_line(case: dict[str, Any]) -> None:
    text, first = tutorial(text_of(case))
    found = [words for problem in problems({TUTORIAL: text.encode()}) for words in told(problem, first)]
    expected = [str(problem) for problem in case["problems"]]
    # Compare a problem's subject only if the case names it.
    for want in expected:
        match = next((line for line in found if line == want or line.startswith(f"{want} ")), None)
        assert match, f"{want} is not told, but {found}"
        found.remove(match)
    assert found == []


@pytest.mark.parametrize("case", list(cases()))
def test_nothing_that_runs_or_fetches_passes_the_sanitiser(case: dict[str, Any]) -> None:
    try:
        html = markdown_to_html(text_of(case)[:2000])
    except UnreadableMarkdownError:
        return
    clean = sanitise(html)
    assert faults(clean) == []
    assert sanitise(clean) == clean
