"""Front matter is text: it never becomes markup, wherever it is inserted."""

from __future__ import annotations

import pytest
from stufenweise.localized.escaping import as_attribute, as_html, as_markdown
from stufenweise.source.markdown.markdown_rendering import markdown_to_html

TEXTS = [
    "<script>alert(1)</script>",
    "a & b",
    "*a* _b_ `c`",
    "[x](javascript:1)",
    "{: onclick=1}",
    "1. a",
    "# a",
    "a | b",
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_line_of_markdown_shows_the_text_itself(text: str) -> None:
    assert (
        markdown_to_html(as_markdown(text)).replace("&#124;", "|")
        == f"<p>{as_html(text).replace('&quot;', chr(34))}</p>"
    )


@pytest.mark.parametrize("text", TEXTS)
def test_an_attribute_in_markdown_shows_the_text_itself(text: str) -> None:
    html = markdown_to_html(f'a <span title="{as_attribute(text)}">b</span>')
    assert html.startswith('<p>a <span title="')
    assert html.endswith('">b</span></p>')
    assert html.count("<") == 4
