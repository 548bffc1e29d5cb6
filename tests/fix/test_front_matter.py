"""A repair of front matter changes what it names: comments and other keys stay as they are, byte for byte."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
import yaml
from memory_library import library, load
from stufenweise.fix.front_matter_repairs import write_repaired_lines
from stufenweise.fix.repairs import repair_content
from stufenweise.load.text_file import TextFile
from stufenweise.model.paths import ContentPath, ShownPath
from stufenweise.source.yaml.front_matter import split_front_matter
from stufenweise.source.yaml.text_edits import set_list
from stufenweise.source.yaml.yaml_positions import YamlDocument

HEADS = yaml.safe_load((Path(__file__).parent / "front_matter.yml").read_text(encoding="utf-8"))
FIRST = ContentPath("tutorials/first.de.md")


def as_file(head: str) -> str:
    return f"---\n{head}---\n\nText\n"


def document_of(text: str) -> YamlDocument:
    split = split_front_matter(text, ShownPath("content/a.md")).value
    assert split
    return split.front_matter


def repaired(text: str) -> str:
    return write_repaired_lines(text, cast("TextFile", SimpleNamespace(front_matter=document_of(text))))


@pytest.mark.parametrize("head", HEADS, ids=lambda head: head["name"])
def test_a_repair_changes_what_it_names_and_yaml_reads_what_was_meant(head: dict[str, Any]) -> None:
    after = as_file(head.get("after", head["before"]))
    assert repaired(as_file(head["before"])) == after
    assert repaired(as_file(head["before"]).replace("\n", "\r\n")) == after.replace("\n", "\r\n")
    assert repaired(after) == after
    if "value" in head:
        document = document_of(after)
        assert not document.problems
        assert document.value == {
            key: tuple(value) if isinstance(value, list) else value for key, value in head["value"].items()
        }


@pytest.mark.parametrize(
    ("line", "wrong", "right"),
    [
        ("goals: [S1, O1]", 'goals: "S1/O1" # both', "goals: [S1, O1] # both"),
        ("goals: [S1, O1]", 'goals: ["S1/O1"] # both', 'goals: ["S1/O1"] # both'),
        (
            "goals: [S1, O1]",
            "goals:\n  - S1/O1 # both\n  # no more",
            "goals:\n  - S1 # both\n  - O1 # both\n  # no more",
        ),
        ("level: 1\n", "level: 'Stufe 1' # it's the first\n", "level: 1 # it's the first\n"),
        ("level: 1\n", "level: >-\n  Stufe 1\n", "level: >-\n  Stufe 1\n"),
        ("level: 1\n", 'search: "a: b, c" # words\nlevel: 1\n', 'search: ["a: b", c] # words\nlevel: 1\n'),
        ("level: 1\n", "search: a, #b, c # words\nlevel: 1\n", 'search: [a, "#b", c] # words\nlevel: 1\n'),
        ("level: 1\n", "search: '[a], b'\nlevel: 1\n", "search: '[a], b'\nlevel: 1\n"),
    ],
)
def test_a_corrected_fact_is_read_as_meant_or_stays_as_it_is(line: str, wrong: str, right: str) -> None:
    before = library()[FIRST].decode()
    assert before.count(line) == 1
    data = {**library(), FIRST: before.replace(line, wrong).encode()}
    after = repair_content(data, load, None, ()).data.get(FIRST, data[FIRST]).decode()
    assert after == before.replace(line, right)


def test_a_block_of_text_keeps_a_last_line_that_looks_like_a_comment() -> None:
    before = library()[FIRST].decode()
    summary = "summary: >-\n  Ein Satz\n  # zu first.\n"
    swapped = before.replace(
        "title: Tutorial first\nsummary: Ein Satz zu first.\n", f"{summary}title: Tutorial first\n"
    )
    after = repair_content({**library(), FIRST: swapped.encode()}, load, None, ()).data[FIRST].decode()
    assert f"---\ntitle: Tutorial first\n{summary}level: 1\n" in after


@pytest.mark.parametrize(
    ("formerly", "after"),
    [
        ("formerly: [a] # since 2024", "formerly: [a, b] # since 2024"),
        ("formerly:\n  - a # since 2024\n  # and no more", "formerly: [a, b] # since 2024  # and no more"),
    ],
)
def test_a_changed_list_keeps_its_comments(formerly: str, after: str) -> None:
    for line_end in ("\n", "\r\n"):
        text = as_file(f"title: x\n{formerly}\nlevel: 1\n").replace("\n", line_end)
        expected = as_file(f"title: x\n{after}\nlevel: 1\n").replace("\n", line_end)
        assert set_list(text, document_of(text), "formerly", ("a", "b"), ()) == expected
