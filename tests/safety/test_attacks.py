"""Attempts on a site, one after another: each is reported at its line, and removed even if no rule reports it.

An attack says `what` it is and the `code` that the check has to give; null stands for a text that only looks like one.
`line_offset` is the line at which that is told, counted from 0 at the attack's first line; null is not compared. Where
it stands:

- `body`: Markdown in the first section of a tutorial
- `front_matter`: lines in the place of a tutorial's title
- `file`: a file of the library in which `find` becomes `replace`, or behind which `append` is put
- `asset`: an image that a text uses: `whole`, or a drawing that holds `svg`
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from memory_library import library
from stufenweise.model.paths import ContentPath
from stufenweise.render.sanitiser import sanitise
from stufenweise.source.markdown.markdown_rendering import UnreadableMarkdownError, markdown_to_html

from .hostile_texts import TUTORIAL, faults, problems, tutorial

ATTACKS = Path(__file__).parent / "attacks"
TITLE = "title: Tutorial first\n"


@lru_cache(maxsize=1)
def attacks() -> tuple[Any, ...]:
    found = (
        (path, entry) for path in sorted(ATTACKS.glob("*.yml")) for entry in yaml.safe_load(path.read_text("utf-8"))
    )
    return tuple(pytest.param(attack, id=f"{path.stem}: {attack['what']}") for path, attack in found)


def bodies() -> Iterator[Any]:
    return (attack for attack in attacks() if "body" in attack.values[0])


def laid_out(attack: dict[str, Any]) -> tuple[dict[ContentPath, bytes], ContentPath, int]:
    """Return the changed files of the library, the file in which a problem is expected, and the attack's first line."""
    if "body" in attack:
        text, first = tutorial(attack["body"])
        return {TUTORIAL: text.encode()}, TUTORIAL, first
    if "front_matter" in attack:
        text = library()[TUTORIAL].decode()
        assert text.count(TITLE) == 1
        return {TUTORIAL: text.replace(TITLE, f"{attack['front_matter']}\n").encode()}, TUTORIAL, 2
    if "asset" in attack:
        path = ContentPath(f"tutorials/images/{attack['asset']}")
        drawing = f'<svg xmlns="http://www.w3.org/2000/svg">\n{attack.get("svg", "")}\n</svg>'
        text, _ = tutorial(f"![An image](images/{attack['asset']})")
        return {TUTORIAL: text.encode(), path: attack.get("whole", drawing).encode()}, path, 1
    name = ContentPath(attack["file"])
    text = library()[name].decode()
    if "find" in attack:
        assert text.count(attack["find"]) == 1
        text = text.replace(attack["find"], attack["replace"])
    return {name: (text + attack.get("append", "")).encode()}, name, 1


def test_there_are_attacks_of_every_kind() -> None:
    whole = [attack.values[0] for attack in attacks()]
    assert len(whole) == len({str(attack) for attack in whole}) >= 45
    assert {kind for attack in whole for kind in ("body", "front_matter", "file", "asset") if kind in attack} == {
        "body", "front_matter", "file", "asset",
    }  # fmt: skip
    assert any(attack["code"] is None for attack in whole)


@pytest.mark.parametrize("attack", attacks())
def test_an_attack_is_reported_at_its_line(attack: dict[str, Any]) -> None:
    files, name, first = laid_out(attack)
    found = [problem for problem in problems(files) if problem.is_error]
    if attack["code"] is None:
        assert found == []
        return
    places = {(problem.place.file, problem.code, problem.place.line - first) for problem in found}
    lines = {line for file, code, line in places if file == f"content/{name}" and code == attack["code"]}
    assert lines, places
    if attack.get("line_offset") is not None:
        assert attack["line_offset"] in lines, places


@pytest.mark.parametrize("attack", list(bodies()))
def test_an_attack_that_no_rule_reports_is_removed(attack: dict[str, Any]) -> None:
    try:
        html = markdown_to_html(attack["body"])
    except UnreadableMarkdownError:
        return
    clean = sanitise(html)
    assert faults(clean) == []
    assert sanitise(clean) == clean
