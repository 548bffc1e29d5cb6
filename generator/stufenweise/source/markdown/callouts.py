"""Convert the quote-style callouts of code hosts and note programs to admonitions.

`> [!NOTE]` (GitHub), `> [!tip]- Title` (Obsidian) become `!!! note "Title"` with the text indented; line by line,
so that places stay.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_CALLOUT = re.compile(r"\[!(?P<kind>[\w-]{1,30})\](?P<fold>[-+]?)[ \t]*(?P<title>.*)")
_QUOTE = re.compile(r"[ ]{0,3}>[ ]?")
_KINDS = {
    "important": "info", "caution": "danger", "summary": "abstract", "tldr": "abstract", "todo": "info",
    "hint": "tip", "check": "success", "done": "success", "help": "question", "faq": "question",
    "attention": "warning", "fail": "failure", "missing": "failure", "error": "danger", "cite": "quote",
}  # fmt: skip
"""The site's kinds of boxes by those of other programs."""
_FOLDS = {"": "!!!", "-": "???", "+": "???+"}


def box_kind(written: str) -> str:
    """Return the site's kind of box for another program's kind; the same kind if there is none."""
    return _KINDS.get(written.casefold(), written.casefold())


def default_title(written: str, titles: Mapping[str, str]) -> str:
    """Return the default title of a box; empty if its kind is unknown."""
    return titles.get(written.casefold()) or titles.get(box_kind(written), "")


def boxes_from_callouts(lines: Sequence[str], hidden: Sequence[bool], titles: Mapping[str, str]) -> list[str]:
    """Return the lines with each callout turned into a box.

    Args:
        lines: Lines of Markdown.
        hidden: For each line, whether it is code or a comment.
        titles: Default titles of boxes, by kind.
    """
    result = list(lines)
    index = 0
    while index < len(lines):
        if hidden[index] or not _QUOTE.match(lines[index]):
            index += 1
            continue
        end = index
        while end < len(lines) and not hidden[end] and _QUOTE.match(lines[end]):
            end += 1
        result[index:end] = _quote(result[index:end], titles)
        index = end
    return result


def _quote(lines: list[str], titles: Mapping[str, str]) -> list[str]:
    """Return the lines of a quote, turned into a box if the first line is a callout."""
    inner = [_QUOTE.sub("", line, count=1) for line in lines]
    callout = _CALLOUT.fullmatch(inner[0].rstrip())
    rest = boxes_from_callouts(inner[1:] if callout else inner, [False] * len(inner), titles)
    if not callout:
        return lines if rest == inner else [f"> {line}".rstrip() for line in rest]
    kind = box_kind(callout["kind"])
    title = callout["title"].strip() or default_title(callout["kind"], titles)
    head = f'{_FOLDS[callout["fold"]]} {kind} "{title}"' if title else f"{_FOLDS[callout['fold']]} {kind}"
    return [head, *(f"    {line}" if line.strip() else "" for line in rest)]
