"""The fast path for plain text makes the same HTML."""

from __future__ import annotations

from re import Match
from xml.etree.ElementTree import Element, SubElement

import markdown
import pytest
from hypothesis import example, given
from hypothesis_profiles import tries
from markdown.blockprocessors import BlockProcessor, HashHeaderProcessor
from markdown.inlinepatterns import BacktickInlineProcessor, InlineProcessor
from safety import soup
from stufenweise.source.markdown.markdown_rendering import EXTENSION_CONFIGS, EXTENSIONS, markdown_to_html

SHORTCUTS = "stufenweise.source.markdown.plain_text_shortcuts:PlainTextShortcuts"


def converter(*extensions: str) -> markdown.Markdown:
    configs = {name: dict(values) for name, values in EXTENSION_CONFIGS.items()}
    return markdown.Markdown(extensions=list(extensions), extension_configs=configs)


LONG_WAY = converter(*(extension for extension in EXTENSIONS if extension != SHORTCUTS))
SHORT_WAY = converter(*EXTENSIONS)


def html(md: markdown.Markdown, text: str) -> str:
    try:
        return md.reset().convert(text)
    except Exception as error:
        md.parser.state[:] = []
        return type(error).__name__


@pytest.mark.parametrize(
    "text",
    [
        "Ein Absatz\nmit zwei Zeilen",
        "Begriff\n: Bedeutung\n\n: noch eine",
        "Begriff\n\n: Bedeutung",
        "- eins\nweiter\n- zwei\n\n    drei",
        "1. # Kopf\nweiter",
        "!!! note\n    Ein Absatz\nbehind it",
        '??? tip "a"\n\n    Ein Absatz\n\nEin anderer',
        "Kopf\n----\nText",
        "Kopf | zwei\n---|---\na | b",
        "Zeile  \nUmbruch",
        "> Zitat\nweiter",
        "„Wort“\n\n(Klammer)\n\n\n\nabc\n",
    ],
)
def test_the_html_is_the_same(text: str) -> None:
    assert html(SHORT_WAY, text) == html(LONG_WAY, text)


@tries(200)
@given(soup.markdown)
@example("a\n\n")
def test_the_html_of_any_text_is_the_same(text: str) -> None:
    assert html(SHORT_WAY, text) == html(LONG_WAY, text)


def test_plain_text_is_not_tried_with_what_can_not_match(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bool:
        raise AssertionError("tried")

    monkeypatch.setattr(HashHeaderProcessor, "test", fail)
    monkeypatch.setattr(BacktickInlineProcessor, "getCompiledRegExp", fail)
    assert markdown_to_html("Ein Satz.\n\nNoch einer,\nin zwei Zeilen.") == (
        "<p>Ein Satz.</p>\n<p>Noch einer,\nin zwei Zeilen.</p>"
    )


def test_patterns_of_a_hook_see_plain_text() -> None:
    class Shout(InlineProcessor):
        def handleMatch(self, m: Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override] # noqa: N802
            return m[0].upper(), m.start(), m.end()

    md = converter(*EXTENSIONS)
    md.inlinePatterns.register(Shout("quiet", md), "shout", 10)
    assert md.convert("be quiet") == "<p>be QUIET</p>"


def test_block_processors_of_a_hook_see_plain_text() -> None:
    class Rule(BlockProcessor):
        def test(self, parent: Element, block: str) -> bool:
            return block == "rule"

        def run(self, parent: Element, blocks: list[str]) -> None:
            blocks.pop(0)
            SubElement(parent, "hr")

    md = converter(*EXTENSIONS)
    md.parser.blockprocessors.register(Rule(md.parser), "rule", 150)
    assert md.convert("rule") == "<hr />"
