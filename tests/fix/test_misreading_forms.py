"""Lines that begin otherwise are passed over by all forms of other programs' markup."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stufenweise.check.misreadings.admonition_misreadings import BOX_BEGINS, BOX_FORMS
from stufenweise.check.misreadings.block_misreadings import BLOCK_BEGINS, BLOCK_FORMS
from stufenweise.check.misreadings.list_misreadings import LIST_BEGINS, LIST_FORMS

BEGINNINGS = [
    pytest.param(pattern, begins, id=pattern.pattern)
    for begins, forms in ((BOX_BEGINS, BOX_FORMS), (BLOCK_BEGINS, BLOCK_FORMS), (LIST_BEGINS, LIST_FORMS))
    for pattern, _ in forms
]


@pytest.mark.parametrize(("pattern", "begins"), BEGINNINGS)
def test_each_form_begins_as_said(pattern: re.Pattern[str], begins: re.Pattern[str]) -> None:
    @given(st.from_regex(re.compile(rf"\A(?:{pattern.pattern})", pattern.flags)))
    def begins_so(line: str) -> None:
        assert begins.match(line)

    begins_so()


@pytest.mark.parametrize("begins", [BOX_BEGINS, BLOCK_BEGINS, LIST_BEGINS])
def test_running_text_begins_otherwise(begins: re.Pattern[str]) -> None:
    assert not begins.match("Ein Satz.")
    assert not begins.match("### Ein Titel {#titel}")
