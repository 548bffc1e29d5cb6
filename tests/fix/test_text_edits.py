"""An edit is made where its text stands, or not at all."""

from __future__ import annotations

import pytest
from stufenweise.model.paths import ShownPath
from stufenweise.model.problem import Place
from stufenweise.source.yaml.text_edits import TextEdit, UnfixableError, apply_edits

TEXT = 'a: first\nb: "first"\n'


@pytest.mark.parametrize(
    ("line", "column", "after"),
    [(1, 4, 'a: second\nb: "first"\n'), (2, 4, 'a: first\nb: "second"\n')],
    ids=["plain", "in-quotes"],
)
def test_an_edit_changes_its_place_alone(line: int, column: int, after: str) -> None:
    assert apply_edits(TEXT, [TextEdit(Place(ShownPath("a.yml"), line, column), "first", "second")]) == after


@pytest.mark.parametrize(("line", "column"), [(1, 1), (1, 99), (9, 1)], ids=["other-text", "no-column", "no-line"])
def test_an_edit_without_its_text_is_refused(line: int, column: int) -> None:
    with pytest.raises(UnfixableError):
        apply_edits(TEXT, [TextEdit(Place(ShownPath("a.yml"), line, column), "first", "second")])
