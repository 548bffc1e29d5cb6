"""Texts are rendered by several threads at once: while a site is served, one checks a save and another builds."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from stufenweise.source.markdown.markdown_rendering import (
    UnreadableMarkdownError,
    markdown_to_html,
    render_markdown,
)
from stufenweise.source.markdown.rendering_comparison import editor_words

TOO_DEEP = "\n".join(f"{' ' * 4 * depth}- item" for depth in range(400))


@pytest.fixture
def eager_switches() -> Iterator[None]:
    """Let threads take turns as often as possible."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


def text_of(number: int) -> str:
    """Return a text with lists, a table, links and HTML, different for each number."""
    items = "\n".join(f"- item {number}.{item} with **words** and [a link](page-{number}.md)" for item in range(20))
    return f"# Text {number}\n\n{items}\n\n| a | b |\n|---|---|\n| {number} | `code` |\n\n<div>{number}</div>\n"


@pytest.mark.usefixtures("eager_switches")
@pytest.mark.parametrize("read", [render_markdown, editor_words], ids=["the site", "an editor"])
def test_threads_do_not_mix_their_texts(read: Callable[[str], object]) -> None:
    texts = [text_of(number) for number in range(40)]
    alone = [read(text) for text in texts]
    with ThreadPoolExecutor(4) as threads:
        assert [*threads.map(read, texts)] == alone


def test_a_text_that_fails_does_not_spoil_the_next() -> None:
    before = markdown_to_html(text_of(1))
    with pytest.raises(UnreadableMarkdownError):
        markdown_to_html(TOO_DEEP)
    assert markdown_to_html(text_of(1)) == before
