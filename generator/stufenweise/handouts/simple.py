"""The short way from Markdown to nodes, for text in which there is nothing to find out.

Four of five pieces of a tutorial are paragraphs, flat lists and headings without any other sign that Markdown reads.
Python-Markdown takes twenty looks at each of them. What is read here is read as it would read it
(`tests/paper/test_simple.py`); for all else there is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stufenweise.handouts.markdown_tree import Node

_SIGNS = re.compile(r"[\\`_\[\]<>&{}|~\x00-\x09\x0b-\x1f\x7f-\xa0\u2028\u2029]|  |\s(?:\n|\Z)|\*(?!\*)(?<!\*\*)")
"""Signs that may mean something, or white space that is not kept as it is."""
_LINE = r"(?:\*\*)?[^\W\d_\s*][^\n]*"
_QUOTED = r"(?:\*\*)?[\"„‚“‘«»(…][^\W_][^\n]*"
_TEXT = rf"(?:{_LINE}|{_QUOTED})"
_PARAGRAPH = re.compile(rf"{_TEXT}(?:\n{_TEXT})*")
_LIST = re.compile(rf"- {_TEXT}(?:\n- {_TEXT})*")
_NUMBERED = re.compile(rf"(\d{{1,3}})\. {_TEXT}(?:\n\d{{1,3}}\. {_TEXT})*")
_HEADING = re.compile(r"(#{3,4}) ([^\W\d_][^\n{}#*]*?)(?: \{#[a-z][a-z0-9-]*\})?")
_ITEM = re.compile(r"^(?:-|\d+\.) ", re.MULTILINE)
_STRONG = re.compile(r"(?<![^\s(„])\*\*([^\s*](?:[^*\n]*[^\s*])?)\*\*(?![^\s.,:;!?)“])")


def simple_line(text: str) -> list[Node | str] | None:
    """Return one line of Markdown as nodes, or None if it takes a closer look."""
    if _SIGNS.search(text) or not re.fullmatch(_TEXT, text):
        return None
    return _inline(text)


def simple_blocks(text: str) -> list[Node | str] | None:
    """Return Markdown as nodes, or None if it takes a closer look."""
    result: list[Node | str] = []
    for block in re.split(r"\n\n+", text.strip("\n")) if text.strip("\n") else ():
        found = _heading(block) or _block(block)
        if not found or (result and _is_list(found) and _is_list(result[-1])):
            return None
        result.append(found)
    return result


def _is_list(node: Node | str) -> bool:
    return not isinstance(node, str) and node["k"] in {"ul", "ol"}


def _heading(block: str) -> Node | None:
    found = _HEADING.fullmatch(block)
    if not found or _SIGNS.search(found[2]):
        return None
    return {"k": f"h{len(found[1])}", "c": [found[2]]}


def _block(block: str) -> Node | None:
    if _SIGNS.search(block):
        return None
    if _PARAGRAPH.fullmatch(block):
        inner = _inline(block.replace("\n", " "))
        return None if inner is None else {"k": "p", "c": inner}
    numbered = _NUMBERED.fullmatch(block)
    if not numbered and not _LIST.fullmatch(block):
        return None
    items = list(_items(block))
    if any(inner is None for inner in items):
        return None
    node: Node = {"k": "ol" if numbered else "ul", "c": [{"k": "li", "c": inner or []} for inner in items]}
    if numbered:
        node["start"] = int(numbered[1])
    return node


def _items(block: str) -> Iterator[list[Node | str] | None]:
    return (_inline(line) for line in _ITEM.sub("", block).split("\n"))


def _inline(text: str) -> list[Node | str] | None:
    """Return running text, in which nothing but strong words may be marked; None if a mark is left over."""
    if "*" not in text:
        return [text]
    result: list[Node | str] = []
    for index, part in enumerate(_STRONG.split(text)):
        if "*" in part:
            return None
        if part:
            result.append({"k": "strong", "c": [part]} if index % 2 else part)
    return result
