"""A repair of a line of front matter points to the mistake, and keeps all that YAML could read."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from stufenweise.model.paths import ShownPath
from stufenweise.source.yaml.front_matter_lines import read_head
from stufenweise.source.yaml.yaml_positions import YamlDocument, read_yaml

PLACES = yaml.safe_load(Path(__file__).with_name("yaml_mistakes.yml").read_text(encoding="utf-8"))


def head(*lines: str) -> YamlDocument:
    return read_head(list(lines), ShownPath("a.md"), 1)


@pytest.mark.parametrize("case", PLACES, ids=lambda case: case["line"])
def test_the_caret_stands_at_the_mistake(case: dict[str, str]) -> None:
    line, caret = case["line"], case["caret"].index("^") + 1
    document = head(line, "level: 1")
    assert [(problem.code, problem.place.column) for problem in document.repaired_problems] == [(case["code"], caret)]


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
