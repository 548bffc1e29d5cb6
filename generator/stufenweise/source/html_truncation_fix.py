"""Markdown extension: keep Python's HTML parser from dropping text after `&#`, `<![` or `<?`.

Python's HTML parser stops at `&#` without a number and at `<![` or `<?` without an end, and drops the text before it.
Python-Markdown continues with wrong offsets (`HTMLExtractor.line_offset`), so links and headings further down break.
"""

from __future__ import annotations

import re

from markdown import Markdown
from markdown.extensions import Extension
from markdown.htmlparser import HTMLExtractor
from markdown.preprocessors import HtmlBlockPreprocessor
from markdown.util import AMP_SUBSTITUTE

_HALF_REFERENCE = re.compile(r"&(?=#(?!(?:[0-9]+|[xX][0-9a-fA-F]+)[^0-9a-fA-F]))")
"""The `&` of what `html.parser.charref` does not match: the one thing at which the parser stops even at the end."""


class _WholeExtractor(HTMLExtractor):
    """Takes a text at once, so that nothing in it waits for more to come."""

    def feed(self, data: str) -> None:
        """Read the whole text."""
        self.rawdata = data
        self.goahead(True)


class _WholeHtmlBlocks(HtmlBlockPreprocessor):
    """Does what its base does, with the other extractor, and hides half references from it."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines with a mark in place of each block of HTML."""
        extractor = _WholeExtractor(self.md)
        extractor.feed(_HALF_REFERENCE.sub(AMP_SUBSTITUTE, "\n".join([*lines, ""])))
        extractor.close()
        return "".join(extractor.cleandoc).replace(AMP_SUBSTITUTE, "&").split("\n")[:-1]


class HtmlTruncationFix(Extension):
    """Puts the preprocessor in the place of Python-Markdown's own."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 -- Python-Markdown's name
        """Register the preprocessor under the name and priority of the one it replaces."""
        md.preprocessors.register(_WholeHtmlBlocks(md), "html_block", 20)


def makeExtension(**options: object) -> HtmlTruncationFix:  # noqa: N802 -- Python-Markdown's name
    """Return the extension, as Python-Markdown asks for it by the name of this module."""
    return HtmlTruncationFix(**options)
