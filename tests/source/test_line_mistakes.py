"""A mistake in a line of YAML is the same in front matter and in a data file, and the line that was meant is read."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st
from stufenweise.model.paths import ShownPath
from stufenweise.source.yaml.front_matter_lines import read_head
from stufenweise.source.yaml.line_mistakes import value_mistake
from stufenweise.source.yaml.yaml_positions import YamlDocument, read_yaml

MISTAKES = yaml.safe_load(Path(__file__).with_name("yaml_mistakes.yml").read_text(encoding="utf-8"))


def head(*lines: str) -> YamlDocument:
    return read_head(list(lines), ShownPath("a.md"), 1)


@pytest.mark.parametrize("case", MISTAKES, ids=lambda case: case["line"])
@pytest.mark.parametrize("is_data", [False, True], ids=["front matter", "data file"])
def test_a_mistake_has_its_code_place_and_remedy(case: dict[str, str], is_data: bool) -> None:
    lines = [case["line"], "summary: Ein Satz"]
    document = read_yaml("\n".join(lines), ShownPath("a.yml")) if is_data else head(*lines)
    (problem,) = document.problems if is_data else document.repaired_problems
    assert (problem.code, problem.place.line, problem.place.column) == (case["code"], 1, case["caret"].index("^") + 1)
    assert problem.message_values.get("right", case["right"]) == case["right"]
    assert is_data or document.lines[0] == case["right"]


LINES = st.text("ab:, '\"\\[]{}@|>-\t", max_size=12)


@given(LINES, st.booleans())
def test_a_line_that_yaml_reads_as_text_has_no_mistake(value: str, is_text: bool) -> None:
    document = read_yaml(f"key: {value}", ShownPath("a.yml"))
    assume(not document.problems and isinstance(document.value, dict) and isinstance(document.value["key"], str))
    mistake = value_mistake(f"key: {value}", is_text=is_text)
    assert mistake is None or mistake.code == "yaml-tab"


WORDS = st.text("ab ,:'\"\\[]#é", max_size=8)
ENTRIES = st.one_of(
    WORDS.map(lambda word: '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'),
    WORDS.map(lambda word: "'" + word.replace("'", "''") + "'"),
    st.from_regex(r"[a-z][a-z' ]{0,4}[a-z]", fullmatch=True),
)


@given(st.lists(ENTRIES, max_size=4), st.sampled_from(["#c", "@c", "#c d", '#"c"', "#it's"]), st.integers(0, 4))
def test_a_repaired_list_keeps_every_entry_that_yaml_reads(entries: list[str], odd: str, at: int) -> None:
    readable = read_yaml(f"search: [{', '.join(entries)}]", ShownPath("a.md"))
    assert not readable.problems
    assert isinstance(readable.value, dict)
    kept = readable.value["search"]
    assert isinstance(kept, tuple)
    at = min(at, len(entries))
    document = head(f"search: [{', '.join([*entries[:at], odd, *entries[at:]])}]", "level: 1")
    assert [problem.code for problem in document.repaired_problems] == ["yaml-list-character"]
    assert document.value == {"search": (*kept[:at], odd, *kept[at:]), "level": 1}
