"""The short way from Markdown to paper says what Python-Markdown says, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st
from stufenweise.handouts.markdown_tree import INLINE, Node, Source, _read, _unwrapped
from stufenweise.handouts.simple import simple_blocks, simple_line
from stufenweise.load.loader import load_content

CONTENT = Path(__file__).parents[2] / "content"
SOURCE = Source("tutorials", lambda _: "")
PIECES = st.sampled_from(
    [
        *"aÄß1.-*#>:|!?_=+~ \n\t", "**", "wort ", "Ein Satz. ", "\n\n", "\n- ", "\n1. ", "\n2. ", "### ", " {#a}",
        "„", "“", "\u00a0", "\u202f", "…", "**stark**", " **Wort:** ", "- [ ] ", "===", "---", "http://a.b", "a:b",
        "(", ")", "&",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=14).map("".join)


def by_the_long_way(text: str) -> list[Node | str]:
    return _read([text], SOURCE)[0]


@settings(max_examples=600, deadline=None)
@given(TEXTS)
@example("- eins\n\n- zwei")
@example("Wort\n- kein Punkt einer Liste")
@example("**a** b ** c **")
@example("1. eins\n1. zwei")
@example("3. drei\n4. vier")
def test_blocks_are_read_as_python_markdown_reads_them(text: str) -> None:
    found = simple_blocks(text)
    assert found is None or found == by_the_long_way(text)


@settings(max_examples=600, deadline=None)
@given(TEXTS)
@example("**Wort:** und mehr")
@example("1. Eins")
def test_a_line_is_read_as_python_markdown_reads_it(text: str) -> None:
    found = simple_line(text)
    assert found is None or found == _unwrapped(by_the_long_way(INLINE + text))


def pieces() -> Iterator[tuple[str, bool]]:
    """Yield every piece of the shipped tutorials, and whether it is one line."""
    for file in load_content(CONTENT, ("de", "en")).texts.values():
        for section in file.text.sections.values():
            yield section.body, False
            yield section.heading, True
            for step in section.steps:
                yield step.body, False
                yield step.title, True
            for item in section.items:
                yield item.text, True


def test_most_of_the_shipped_text_goes_the_short_way_and_says_the_same() -> None:
    short, whole = 0, 0
    for text, is_line in pieces():
        whole += len(text)
        found = simple_line(text) if is_line else simple_blocks(text)
        if found is None:
            continue
        short += len(text)
        assert found == (_unwrapped(by_the_long_way(INLINE + text)) if is_line else by_the_long_way(text)), text
    assert short > whole / 2
