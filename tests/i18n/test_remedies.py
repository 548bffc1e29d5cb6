"""What a message says to write fixes what it is about, letter by letter, in every case that the rules are proven by."""

from __future__ import annotations

import datetime
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import yaml
from case import CASES, apply
from stufenweise.check import check
from stufenweise.load.loader import load_content
from stufenweise.model.problem import Problem
from stufenweise.source.content_files import read_content_files
from texts import SMALL_LIBRARY

TODAY = datetime.date(2026, 11, 24)
Line = Callable[[str, int, Mapping[str, str]], str]
"""Returns what becomes of a line, given the column of the problem (from 0) and its values; empty if it says nothing."""


def whole(line: str, _column: int, values: Mapping[str, str]) -> str:
    indent = line[: len(line) - len(line.lstrip())]
    return f"{indent}{values['right']}" if values["right"] else ""


def braces(line: str, _column: int, values: Mapping[str, str]) -> str:
    return f"{line[: line.rindex('{')]}{values['right']}" if values.get("right") else ""


def value(line: str, column: int, values: Mapping[str, str]) -> str:
    return f"{line[:column]}{values['nearest']}" if values["nearest"] else ""


def above(line: str, _column: int, values: Mapping[str, str]) -> str:
    return f"{values['above']}\n{line}" if values["above"] else ""


def section(line: str, _column: int, values: Mapping[str, str]) -> str:
    text = "Text.\n"
    return f"{values['above']}\n\n{text}\n{line}" if values["above"] else f"{line}\n\n{values['below']}\n\n{text}"


def _id_of(values: Mapping[str, str]) -> Callable[[re.Match[str]], str]:
    return lambda found: ("#" if found[0].startswith("#") else "") + values["proposal"]


REMEDIES: Mapping[str, Line] = {
    "yaml-colon": whole,
    "yaml-no-colon": whole,
    "yaml-quote": whole,
    "yaml-character": whole,
    "yaml-open": lambda line, _column, values: line + values["closing"],
    "yaml-indent": lambda line, _column, values: " " * int(values["expected"]) + line.lstrip(),
    "heading-brace": braces,
    "heading-attribute": braces,
    "step-minutes-value": braces,
    "checklist-line": whole,
    "heading-meant": whole,
    "heading-space": whole,
    "heading-too-low": whole,
    "number-as-list": whole,
    "step-attributes": whole,
    "table-without-head": lambda line, _column, values: f"{line}\n{values['right']}",
    "yaml-cut": whole,
    "yaml-escape": whole,
    "yaml-list-character": whole,
    "checklist-box": lambda line, column, _values: f"{line[:column]}[ ]{line[line.index(']') + 1 :]}",
    "expected-number": value,
    "expected-date": value,
    "expected-true-false": value,
    "expected-list": lambda line, column, values: f"{line[:column]}[{values['value']}]",
    "unknown-value": value,
    "unknown-key": lambda line, _column, values: (
        values["nearest"] and line.replace(values["key"], values["nearest"], 1)
    ),
    "missing-key": above,
    "missing-section": section,
    "minutes-sum": lambda _line, _column, values: f"minutes: {values['total']}",
    "link-turned": lambda line, column, values: re.sub(
        r"\([^()]*\)\[[^\]]*\]", lambda _: values["right"], line[column:], count=1
    ),
    "id-missing": lambda line, _column, values: f"{line.partition(' {')[0]} {{#{values['proposal']}}}",
    "bad-id": lambda line, _column, values: re.sub(rf"#?\b{re.escape(values['id'])}", _id_of(values), line, count=1),
}


def problems(content: Path) -> list[Problem]:
    return check(load_content(read_content_files(content), ("de", "en")), TODAY)


@pytest.mark.parametrize(
    "path",
    [path for path in CASES if path.parent.name in REMEDIES and path.stem.startswith("fail-")],
    ids=lambda path: f"{path.parent.name}/{path.stem}",
)
def test_each_remedy_fixes_its_problem(path: Path, tmp_path: Path) -> None:
    code = path.parent.name
    content = tmp_path / "content"
    shutil.copytree(SMALL_LIBRARY, content)
    apply(yaml.safe_load(path.read_text(encoding="utf-8")), content)
    one = next(one for one in problems(content) if one.code == code)
    file = tmp_path / one.place.file
    lines = file.read_text(encoding="utf-8").split("\n")
    fixed = REMEDIES[code](lines[one.place.line - 1], one.place.column - 1, dict(one.values))
    if not fixed:
        return  # It says in words what to do: nothing is there to be written letter by letter
    lines[one.place.line - 1] = fixed
    file.write_text("\n".join(lines), encoding="utf-8")
    left = [other for other in problems(content) if other.place.file == one.place.file and other.is_error]
    assert (code, one.values) not in [(other.code, other.values) for other in left]
    assert not any(other.code.startswith("yaml-") for other in left), left


def test_most_remedies_can_be_followed_letter_by_letter() -> None:
    proven = {path.parent.name for path in CASES if path.stem.startswith("fail-")}
    assert set(REMEDIES) <= proven
