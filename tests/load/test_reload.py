"""Some texts read again give what reading everything anew gives."""

from __future__ import annotations

import pytest
from memory_library import library, load
from stufenweise.load.loader import reload_texts
from stufenweise.model.paths import ContentPath

FIRST = ContentPath("tutorials/first.de.md")
SOUND = library()[FIRST]
WRONG = SOUND.replace(b"{#why}", b"{#what}", 1)
UNREADABLE = SOUND.replace(b"level: ", b"level: x", 1)
BROKEN = b"---\ntitle: [\n---\n"


@pytest.mark.parametrize("after", [SOUND, WRONG, UNREADABLE, BROKEN], ids=["sound", "wrong", "unreadable", "broken"])
@pytest.mark.parametrize("before", [SOUND, WRONG, UNREADABLE, BROKEN], ids=["sound", "wrong", "unreadable", "broken"])
def test_texts_read_again_are_those_of_a_new_run(before: bytes, after: bytes) -> None:
    files = dict(library())
    assert reload_texts(load(files | {FIRST: before}), {FIRST: after}) == load(files | {FIRST: after})


def test_nothing_read_again_is_the_same_content() -> None:
    before = load(dict(library()))
    assert reload_texts(before, {}) == before
