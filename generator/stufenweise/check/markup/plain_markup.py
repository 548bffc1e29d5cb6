"""Recognise texts that are harmless without rendering them, because they lack special characters.

A text without characters that can make an element, an attribute or an unusual link can't become anything dangerous.
Most texts pass; the others are rendered, and their HTML is checked (`markup_rules`).
"""

from __future__ import annotations

import re

_HEADING_ID = re.compile(
    r"^(?:#{2,4}(?!#)[^\n{}]*\{#[a-z][a-z0-9-]*\}"
    r"|###(?!#)[^\n{}]*\{#[a-z][a-z0-9-]* minutes=\d+(?: short=\d+)?(?: part=\d)?\})[ \t]*$",
    re.MULTILINE,
)
_MARKS = ("![", "]:", "!!!", "???", "```", "~~~")
"""Every image, link definition, box and fence contains one of these."""
_LINES = re.compile(
    r"^[ \t]*(?:(?:>|[-*+:]|\d+\.)[ \t]*)+#"  # a heading inside a list or quote
    r"|^[ \t]+#"
    r"|^[ \t>]*(?:=+|-+)[ \t]*$"  # a line that makes a heading of the one above
    r"|^#.*[_&\u2123-\U0010ffff]",  # a heading whose own id could be one of the theme's
    re.MULTILINE,
)
_PLAIN_ANGLE = re.compile(r"<(?![A-Za-z/!?])|<br>|<https?://[\w./~#?=%+-]+>")
_LINK = re.compile(r"\]\(((?:https?://|mailto:|tel:)[\w./~#?=%+@-]+|(?!/)[\w./~#?=%+@-]+)\)")
_PLAIN_WORDS = re.compile(r"\[[^\[\]\\`<>|\n]*[^\s\[\]\\`<>|][^\[\]\\`<>|\n]*")
_BEFORE_NO_LINK = frozenset({"\\", "!", "]"})
_INDENTED_LINK = re.compile(r"^(?: {4}| {0,3}\t).*\]\(", re.MULTILINE)


def plain_link_targets(text: str, item_ids: int) -> list[tuple[int, int]] | None:
    """Return start and end of each link target, or None if the text has to be rendered to be checked.

    A text is harmless if it can only become plain elements and usual links.

    Args:
        text: Markdown.
        item_ids: How many items of its checklist have an id.
    """
    if any(character in text for character in _MARKS) or _LINES.search(text):
        return None
    if "{" in text or "}" in text:
        plain_marks = len(_HEADING_ID.findall(text)) + item_ids
        if text.count("{") != plain_marks or text.count("}") != plain_marks:
            return None
    if "<" in text and text.count("<") != len(_PLAIN_ANGLE.findall(text)):
        return None
    targets: list[tuple[int, int]] = []
    if links := text.count("]("):
        plain_links = [link for link in _LINK.finditer(text) if _is_plain_link(text, link.start())]
        if links != len(plain_links) or "`" in text or _INDENTED_LINK.search(text):
            return None
        targets += [link.span(1) for link in plain_links]
    return targets


def _is_plain_link(text: str, end: int) -> bool:
    """Return whether the words of a link that end at `end` hold no markup that could make it something else."""
    start = text.rfind("[", 0, end)
    return (
        start >= 0 and text[start - 1 : start] not in _BEFORE_NO_LINK and bool(_PLAIN_WORDS.fullmatch(text, start, end))
    )
