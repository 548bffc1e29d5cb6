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
"""The `&` of an incomplete character reference: `html.parser` stops there even at the end of the text."""


class _WholeExtractor(HTMLExtractor):
    """Parses the whole text in one call, so that the parser never waits for more input."""

    def feed(self, data: str) -> None:
        """Parse the whole text."""
        self.rawdata = data
        self.goahead(True)


class _WholeHtmlBlocks(HtmlBlockPreprocessor):
    """Like Python-Markdown's preprocessor, but with `_WholeExtractor`; incomplete character references are masked."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines with a placeholder for each block of HTML."""
        extractor = _WholeExtractor(self.md)
        extractor.feed(_HALF_REFERENCE.sub(AMP_SUBSTITUTE, "\n".join([*lines, ""])))
        extractor.close()
        return "".join(extractor.cleandoc).replace(AMP_SUBSTITUTE, "&").split("\n")[:-1]


class HtmlTruncationFix(Extension):
    """Replaces Python-Markdown's preprocessor."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 -- Python-Markdown's name
        """Register the preprocessor under the name and priority of the one it replaces."""
        md.preprocessors.register(_WholeHtmlBlocks(md), "html_block", 20)
