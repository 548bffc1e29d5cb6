"""A wrong and a right example of every problem, taken from the cases: what `stufenweise/reference/examples.yml` holds.

A case is a change, so the lines that it changes are wrong as the case has them and right as they were. A case that only
puts something in is right as a case of the same rule that passes. `cases/elsewhere.yml` holds the examples of the rules
that no case can prove, and of those whose cases are too long to be read.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import yaml
from case import CASES, TESTS, apply
from texts import SMALL_LIBRARY

ELSEWHERE = TESTS / "cases" / "elsewhere.yml"
MAX_EXAMPLE_LINES = 12
"""Lines of an example; what is longer is cut, since it is only long by being too long."""
MAX_EXAMPLE_LINE = 110
CUT = "…"
ALIKE = 0.5
"""Likeness of the two sides above which what was there before is the wrong put right, and not just another text."""


def examples() -> dict[str, dict[str, Any]]:
    """Return the examples by code."""
    found = {code: _example(code) for code in sorted({path.parent.name for path in CASES})}
    by_hand: dict[str, dict[str, Any]] = yaml.safe_load(ELSEWHERE.read_text(encoding="utf-8"))
    for code, example in by_hand.items():
        found[code] = found.get(code, {}) | example
    return dict(sorted(found.items()))


def as_yaml(found: Mapping[str, object]) -> str:
    """Return the examples as the text of their file."""
    head = "# Written by `make docs` (tools/reference.py) from tests/cases; changes made by hand get lost.\n"
    return head + yaml.safe_dump(dict(found), allow_unicode=True, sort_keys=False, width=1000)


def _example(code: str) -> dict[str, Any]:
    """Return the example of a code: the shortest that has both sides."""
    cases = [path for path in CASES if path.parent.name == code]
    fails = [_sides(path) for path in cases if path.stem.startswith("fail-")]
    passes = [right for _, _, right in (_sides(path, right=True) for path in cases if path.stem.startswith("pass-"))]
    spare = min((text for text in passes if text), key=len, default="")
    case, wrong, right = min(fails, key=lambda one: (not (one[1] and (one[2] or spare)), _weight(*one)))
    problem = next(one for one in case["problems"] if one["code"] == code)
    values = {key: str(value) for key, value in _values(case, problem).items()}
    unlike = not right or _another(wrong, right)
    return {"at": problem["at"], "values": values, "wrong": wrong, "right": spare if spare and unlike else right}


def _another(wrong: str, right: str) -> bool:
    """Return whether what one side alone has is another text, and not the other's put right."""
    ours, theirs = wrong.split("\n"), right.split("\n")
    left = "\n".join(line for line in ours if line not in theirs)
    other = "\n".join(line for line in theirs if line not in ours)
    return bool(left and other) and SequenceMatcher(a=left, b=other).ratio() < ALIKE


def _values(case: Mapping[str, Any], problem: Mapping[str, Any]) -> dict[str, str]:
    """Return all values of the problem that a case finds, of which it names only some."""
    from test_cases import problems_of

    with tempfile.TemporaryDirectory() as folder:
        found = problems_of(case, Path(folder), {problem["at"].split(":")[0]})
    return dict(next(one for one in found if (str(one.place), one.code) == (problem["at"], problem["code"])).values)


def _weight(case: Mapping[str, Any], wrong: str, right: str) -> tuple[int, int]:
    return len(case["problems"]), len(wrong) + len(right)


def _sides(path: Path, *, right: bool = False) -> tuple[dict[str, Any], str, str]:
    """Return a case, the lines that it changes as it has them, and as they were; `right` turns the two about."""
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder) / "content"
        shutil.copytree(SMALL_LIBRARY, content)
        before = _texts(content)
        apply(case, content)
        after = _texts(content)
    changed, were = [], []
    for name in sorted({*before, *after}):
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        if old is None or new is None:
            (changed if old is None else were).append(_whole(name, new if old is None else old))
            continue
        ours, theirs = _hunks(new, old)
        changed.append(f"# {name}\n{ours}")
        were.append(f"# {name}\n{theirs}")
    wrong, was = "\n".join(changed), "\n".join(were)
    return (case, was, wrong) if right else (case, wrong, was)


def _texts(content: Path) -> dict[str, list[str]]:
    return {
        path.relative_to(content).as_posix(): path.read_bytes().decode("utf-8", "backslashreplace").split("\n")
        for path in sorted(content.rglob("*"))
        if path.is_file()
    }


def _whole(name: str, lines: list[str]) -> str:
    return "\n".join([f"# {name}", *_cut(lines)])


def _hunks(new: list[str], old: list[str]) -> tuple[str, str]:
    """Return the lines that differ, each side with two lines around them."""
    ours: list[str] = []
    theirs: list[str] = []
    for group in SequenceMatcher(a=old, b=new, autojunk=False).get_grouped_opcodes(2):
        _, first_old, _, first_new, _ = group[0]
        _, _, last_old, _, last_new = group[-1]
        ours += [CUT, *new[first_new:last_new]] if ours else new[first_new:last_new]
        theirs += [CUT, *old[first_old:last_old]] if theirs else old[first_old:last_old]
    return "\n".join(_cut(ours)), "\n".join(_cut(theirs))


def _cut(lines: list[str]) -> list[str]:
    shown = [f"{line[:MAX_EXAMPLE_LINE]}{CUT}" if len(line) > MAX_EXAMPLE_LINE else line for line in lines]
    shown = [
        "".join(character if character.isprintable() else f"\\x{ord(character):02x}" for character in line)
        for line in shown
    ]
    while shown and not shown[-1]:
        shown.pop()
    while shown and not shown[0]:
        shown.pop(0)
    return [*shown[:MAX_EXAMPLE_LINES], CUT] if len(shown) > MAX_EXAMPLE_LINES else shown
