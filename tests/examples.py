"""A wrong and a right example of every problem, taken from the cases, for `stufenweise/reference/examples.yml`.

A case changes a library that is right. The lines it changes are therefore wrong as the case writes them and right as
they were. A case that only adds lines has no right side; it takes that of the shortest case of the same rule that
passes. `cases/elsewhere.yml` holds the examples of rules that no case can prove, or whose cases are too long to read.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from case import CASES, TESTS, changes
from memory_library import library

ELSEWHERE = TESTS / "cases" / "elsewhere.yml"
MAX_EXAMPLE_LINES = 12
"""Lines of an example; what is longer is cut, since it is only long by being too long."""
MAX_EXAMPLE_LINE = 110
CUT = "…"
ALIKE = 0.5
"""Likeness of the two sides from which one is the other put right, and not just another text."""


def examples() -> dict[str, dict[str, Any]]:
    """Return the examples by code."""
    by_code = {code: _example(code) for code in sorted({path.parent.name for path in CASES})}
    by_hand: dict[str, dict[str, Any]] = yaml.safe_load(ELSEWHERE.read_text(encoding="utf-8"))
    for code, example in by_hand.items():
        by_code[code] = by_code.get(code, {}) | example
    return dict(sorted(by_code.items()))


def as_yaml(by_code: Mapping[str, object]) -> str:
    """Return the examples as the text of their file."""
    head = "# Written by `make docs` (tools/reference.py) from tests/cases; changes made by hand get lost.\n"
    return head + yaml.safe_dump(dict(by_code), allow_unicode=True, sort_keys=False, width=1000)


class Sides(NamedTuple):
    """The lines that a case changes, as it has them and as they were; "" is a side without lines."""

    case: Mapping[str, Any]
    wrong: str
    right: str

    def swapped(self) -> Sides:
        """Return the sides of a case that passes: its own lines are the right ones."""
        return self._replace(wrong=self.right, right=self.wrong)


def _example(code: str) -> dict[str, Any]:
    """Return the example of a code: of the cases that fail, the shortest that has both sides."""
    cases = [path for path in CASES if path.parent.name == code]
    fails = [_sides(path) for path in cases if path.stem.startswith("fail-")]
    passes = [_sides(path).swapped().right for path in cases if path.stem.startswith("pass-")]
    spare = min(filter(None, passes), key=len, default="")
    case, wrong, right = min(fails, key=lambda sides: (not _is_complete(sides, spare), _weight(sides)))
    if spare and (not right or _is_unrelated(wrong, right)):
        right = spare
    problem = next(problem for problem in case["problems"] if problem["code"] == code)
    return {"at": problem["at"], "values": _values(case, problem), "wrong": wrong, "right": right}


def _is_complete(sides: Sides, spare: str) -> bool:
    """Return whether both sides have lines; the right ones may come from a case that passes."""
    return bool(sides.wrong and (sides.right or spare))


def _is_unrelated(wrong: str, right: str) -> bool:
    """Return whether the lines of one side are another text and no correction of the other side."""
    wrong_lines, right_lines = wrong.split("\n"), right.split("\n")
    only_wrong = "\n".join(line for line in wrong_lines if line not in right_lines)
    only_right = "\n".join(line for line in right_lines if line not in wrong_lines)
    return bool(only_wrong and only_right) and SequenceMatcher(a=only_wrong, b=only_right).ratio() < ALIKE


def _weight(sides: Sides) -> tuple[int, int]:
    return len(sides.case["problems"]), len(sides.wrong) + len(sides.right)


def _values(case: Mapping[str, Any], problem: Mapping[str, Any]) -> dict[str, str]:
    """Return all values of a case's problem, of which the case names only some."""
    from test_cases import problems_of

    problems = problems_of(case, {problem["at"].split(":")[0]})
    wanted = problem["at"], problem["code"]
    reported = next(other for other in problems if (str(other.place), other.code) == wanted)
    return {name: value for name, value in reported.message_values.items() if value}


def _sides(path: Path) -> Sides:
    """Return a case with the lines that it changes, each file headed by its path."""
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    wrong: list[str] = []
    right: list[str] = []
    for name, data in sorted(changes(case, library()).items()):
        old, new = _lines(library().get(name)), _lines(data)
        if old == new:
            continue
        if old is not None and new is not None:
            new_lines, old_lines = _hunks(new, old)
            wrong.append(f"# {name}\n{new_lines}")
            right.append(f"# {name}\n{old_lines}")
        elif new is not None:
            wrong.append(_whole(name, new))
        elif old is not None:
            right.append(_whole(name, old))
    return Sides(case, "\n".join(wrong), "\n".join(right))


def _lines(data: bytes | None) -> list[str] | None:
    return None if data is None else data.decode("utf-8", "backslashreplace").split("\n")


def _whole(name: str, lines: list[str]) -> str:
    return "\n".join([f"# {name}", *_cut(lines)])


def _hunks(new: list[str], old: list[str]) -> tuple[str, str]:
    """Return the lines that differ, each side with two lines around them."""
    new_lines: list[str] = []
    old_lines: list[str] = []
    for group in SequenceMatcher(a=old, b=new, autojunk=False).get_grouped_opcodes(2):
        _, first_old, _, first_new, _ = group[0]
        _, _, last_old, _, last_new = group[-1]
        new_lines += [CUT, *new[first_new:last_new]] if new_lines else new[first_new:last_new]
        old_lines += [CUT, *old[first_old:last_old]] if old_lines else old[first_old:last_old]
    return "\n".join(_cut(new_lines)), "\n".join(_cut(old_lines))


def _cut(lines: list[str]) -> list[str]:
    """Return lines as an example shows them: without blank ones around, few enough, short enough, all signs visible."""
    first = next((place for place, line in enumerate(lines) if line), len(lines))
    last = next((place for place in range(len(lines), first, -1) if lines[place - 1]), first)
    shown = [_shown(line) for line in lines[first : min(last, first + MAX_EXAMPLE_LINES)]]
    return [*shown, CUT] if last - first > MAX_EXAMPLE_LINES else shown


def _shown(line: str) -> str:
    line = f"{line[:MAX_EXAMPLE_LINE]}{CUT}" if len(line) > MAX_EXAMPLE_LINE else line
    return "".join(sign if sign.isprintable() else f"\\x{ord(sign):02x}" for sign in line)
