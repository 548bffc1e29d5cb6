"""Writing literally what a message tells to write fixes the problem, in every case of the rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from case import CASES
from memory_library import check_files
from stufenweise.model.paths import path_below
from stufenweise.source.files.content_files import CONTENT
from test_cases import case_of, files_of

Line = Callable[[str, int, Mapping[str, str]], str]
"""Returns what becomes of a line, given the column of the problem (from 0) and its values; empty if it says nothing."""


def whole(line: str, _column: int, values: Mapping[str, str]) -> str:
    indent = line[: len(line) - len(line.lstrip())]
    return f"{indent}{values['right']}" if values["right"] else ""


def braces(line: str, _column: int, values: Mapping[str, str]) -> str:
    return f"{line[: line.rindex('{')]}{values['right']}" if values.get("right") else ""


def value(line: str, column: int, values: Mapping[str, str]) -> str:
    return f"{line[:column]}{values['nearest']}" if values.get("nearest") else ""


def above(line: str, _column: int, values: Mapping[str, str]) -> str:
    return f"{values['above']}\n{line}" if values["above"] else ""


def section(line: str, _column: int, values: Mapping[str, str]) -> str:
    text = "Text.\n"
    return f"{values['above']}\n\n{text}\n{line}" if values["above"] else f"{line}\n\n{values['below']}\n\n{text}"


def _id_of(values: Mapping[str, str]) -> Callable[[re.Match[str]], str]:
    return lambda match: ("#" if match[0].startswith("#") else "") + values["proposal"]


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
        line.replace(values["key"], values["nearest"], 1) if values.get("nearest") else ""
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


def followed(path: Path) -> bool:
    """Write what the first message of a case says to write, and assert that this fixes it.

    Returns whether it says that at all; some of a code's messages say in other words what to do.
    """
    code = path.parent.name
    files = files_of(case_of(path)).data
    reported = next(problem for problem in check_files(files) if problem.code == code)
    name = path_below(CONTENT, reported.place.file)
    assert name
    lines = files[name].decode().split("\n")
    fixed = REMEDIES[code](lines[reported.place.line - 1], reported.place.column - 1, reported.message_values)
    if not fixed:
        return False
    lines[reported.place.line - 1] = fixed
    after = check_files({**files, name: "\n".join(lines).encode()})
    left = [other for other in after if other.place.file == reported.place.file and other.is_error]
    assert reported not in [replace(other, place=reported.place) for other in left], path
    assert not any(other.code.startswith("yaml-") for other in left), (path, left)
    return True


@pytest.mark.parametrize("code", REMEDIES)
def test_each_remedy_that_is_written_out_fixes_its_problem(code: str) -> None:
    cases = [path for path in CASES if path.parent.name == code and path.stem.startswith("fail-")]
    written_out = [path for path in cases if followed(path)]
    assert written_out
