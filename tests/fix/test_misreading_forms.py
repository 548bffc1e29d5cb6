"""Lines that begin with a word are passed over by all forms of other programs' markup."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stufenweise.check.misreadings.admonition_misreadings import BOX_FORMS
from stufenweise.check.misreadings.block_misreadings import BLOCK_FORMS
from stufenweise.check.misreadings.list_misreadings import LIST_FORMS
from stufenweise.check.misreadings.written_text import PLAIN_START

PATTERNS = [pattern for forms in (BOX_FORMS, BLOCK_FORMS, LIST_FORMS) for pattern, _ in forms]


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.pattern)
def test_no_form_begins_like_running_text(pattern: re.Pattern[str]) -> None:
    @given(st.from_regex(re.compile(rf"\A(?:{pattern.pattern})", pattern.flags)))
    def begins_otherwise(line: str) -> None:
        assert not PLAIN_START.match(line)

    begins_otherwise()
