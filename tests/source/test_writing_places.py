"""Fields and grids in a text: which are found, with their names and ids."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from stufenweise.source.markdown.writing_places import Block, Field, Grid, Prose, read_blocks, read_places, stray_places

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "writing_places.yml").read_text(encoding="utf-8"))
KINDS = {Prose: "P", Field: "F", Grid: "G"}


def name(place: Block) -> str:
    """Return the name of a place, with its lines or cells."""
    if isinstance(place, Grid):
        return f"{','.join(place.head)}: {' | '.join(','.join(cell or '_' for cell in row) for row in place.rows)}"
    assert isinstance(place, Field)
    number = f"/{place.number}" if place.number else ""
    return f"{place.label or place.group}{number} {place.lines}"


@pytest.mark.parametrize("case", [pytest.param(case, id=case["rule"]) for case in CASES])
def test_writing_places_are_read_with_their_names_and_strays(case: dict[str, Any]) -> None:
    blocks = read_blocks(case["text"], "look")
    assert "".join(KINDS[type(block)] for block in blocks) == case["blocks"]
    assert [name(place) for place in read_places(case["text"], "look")] == case.get("names", [])
    assert stray_places(case["text"]) == case.get("stray", [])


def test_ids_are_those_of_the_step_and_count_its_places() -> None:
    field, grid = read_places("Who: ___\n\n| a | b |\n|---|---|\n| c | |", "look")
    assert (field.id, grid.id) == ("look.1", "look.2")


def test_blocks_know_their_lines() -> None:
    text = "\nLook.\nMore.\n\nWho: ___\n___\n\n| a | b |\n|---|---|\n| c | |\n\nEnd."
    assert [block.line for block in read_blocks(text, "look")] == [1, 4, 7, 11]
