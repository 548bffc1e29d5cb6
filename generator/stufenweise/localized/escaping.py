"""Escape plain text for a line of Markdown, for HTML, or for an attribute inside Markdown."""

from __future__ import annotations

import html
import re

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~])")
_ATTRIBUTE = {ord(letter): f"&#{ord(letter)};" for letter in "\\`*_{}[]()!|~:"}


def as_html(text: str) -> str:
    """Return plain text escaped for HTML, quotes included."""
    return html.escape(text, quote=True)


def as_markdown(text: str) -> str:
    """Return plain text escaped for a line of Markdown.

    The characters are those of Python-Markdown's `ESCAPED_CHARS`; others become entities.
    """
    escaped = html.escape(text, quote=False)
    return _MARKDOWN.sub(lambda match: _escape_character(match[1]), escaped)


def _escape_character(letter: str) -> str:
    return f"&#{ord(letter)};" if letter in "|~" else f"\\{letter}"


def as_attribute(text: str) -> str:
    """Return plain text escaped for an attribute of inline HTML in Markdown, which reads inline markup there."""
    return html.escape(text, quote=True).translate(_ATTRIBUTE)
