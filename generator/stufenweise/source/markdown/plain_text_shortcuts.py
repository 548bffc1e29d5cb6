"""Markdown extension: keep plain text from all the patterns of Python-Markdown that can't match it.

Python-Markdown tries each block with sixteen block processors and each text with fourteen inline patterns, which takes
most of its time; but most blocks are plain paragraphs, and most texts have no mark. The HTML stays the same. Where
somebody's hook has added a processor or a pattern of its own, nothing is left out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from markdown import Markdown
from markdown.blockprocessors import ParagraphProcessor
from markdown.extensions import Extension
from markdown.treeprocessors import InlineProcessor
from markdown.util import STX, AtomicString, Registry

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_NAME = "plain_paragraph"
BLOCK_PROCESSORS = frozenset(
    {
        _NAME, "empty", "indent", "code", "hashheader", "setextheader", "hr", "olist", "ulist", "quote", "reference",
        "paragraph", "table", "admonition", "defindent", "deflist", "details",
    }
)  # fmt: skip
"""Names of the block processors that take no plain paragraph, but for the last one that takes all."""
MARKED_PATTERNS = frozenset(
    {
        "backtick", "escape", "reference", "link", "image_link", "image_reference", "short_reference",
        "short_image_ref", "autolink", "automail", "linebreak", "html", "entity", "not_strong", "em_strong",
        "em_strong2",
    }
)  # fmt: skip
"""Names of the inline patterns that match no text without a mark."""
DELIMITER_TOKENS = frozenset({"*", "_"})
_LINE = "(?:[^\\W\\d_]|[„“”»«\"'(])[^\\n|]*"
_PLAIN_BLOCK = re.compile(rf"{_LINE}(?:\n{_LINE})*\n?")
"""Lines that begin with a letter or a quote, and are no row of a table."""
_MARK = re.compile(rf"[\\`\[\]!<>&*_{STX}]|  \n")


def _has_only(registry: Registry[Any], names: Collection[str]) -> bool:
    """Return whether what is registered has none but these names."""
    return len(registry) == sum(name in registry for name in names)


class _PlainParagraphs(ParagraphProcessor):
    """Takes plain paragraphs before the other block processors look at them."""

    _count = 0
    _is_sure = False

    def test(self, parent: Element, block: str) -> bool:
        """Return whether a block is a plain paragraph."""
        registered = self.parser.blockprocessors
        if len(registered) != self._count:
            self._count, self._is_sure = len(registered), _has_only(registered, BLOCK_PROCESSORS)
        return self._is_sure and bool(_PLAIN_BLOCK.fullmatch(block))


class _MarkedTexts(InlineProcessor):
    """Does what its base does, but passes over texts without a mark."""

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Return the tree with the inline elements of its texts."""
        plain = [*_plain_texts(tree)] if self._is_sure() else []
        for element, name in plain:
            # What its base leaves alone.
            setattr(element, name, AtomicString(getattr(element, name)))
        result = super().run(tree, ancestors)
        for element, name in plain:
            setattr(element, name, str(getattr(element, name)))
        return result

    def _is_sure(self) -> bool:
        delimiters = getattr(self.md, "delimiters", None)  # Since Python-Markdown 3.11
        return _has_only(self.md.inlinePatterns, MARKED_PATTERNS) and DELIMITER_TOKENS.issuperset(
            getattr(delimiters, "tokens", ())
        )


def _plain_texts(tree: Element) -> Iterator[tuple[Element, str]]:
    """Yield the elements of a tree with a plain text, and where each has it."""
    for element in tree.iter():
        for name, text in (("text", element.text), ("tail", element.tail)):
            if text and not isinstance(text, AtomicString) and not _MARK.search(text):
                yield element, name


class PlainTextShortcuts(Extension):
    """Puts both in their places."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 -- Python-Markdown's name
        """Register the block processor before all others, and the tree processor in place of the one it extends."""
        md.parser.blockprocessors.register(_PlainParagraphs(md.parser), _NAME, 200)
        md.treeprocessors.register(_MarkedTexts(md), "inline", 20)
