"""The line scanner finds the same headings and code as Python-Markdown."""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Callable
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis_profiles import tries
from stufenweise.source.markdown.checklist_syntax import parse_checklist_box
from stufenweise.source.markdown.markdown_rendering import markdown_to_html
from stufenweise.source.markdown.outline import CodeFence, LineKind, Outline, read_outline, replace_outside_code

CASES = yaml.safe_load(Path(__file__).with_name("outlines.yml").read_text(encoding="utf-8"))
KINDS = {
    ".": LineKind.BLANK,
    "t": LineKind.TEXT,
    "H": LineKind.HEADING,
    "u": LineKind.UNDERLINE,
    "i": LineKind.ITEM,
    "F": LineKind.FENCE,
    "c": LineKind.CODE,
    "x": LineKind.COMMENT,
}
LINES = (
    "```", "~~~", "````", "  ```", "    ```", "\t~~~", "  ~~~", "> ```", "> > ~~~", ">", "``` a b", "``` py", "~~~ `",
    "~~~{.py #a}", "```.py {b=c}", "- ```", "## h", "### h", "## h ##", "> w", "- w", "1. w", "", "", "w", "  w",
    "   w", "<!-- w -->", "<!--", "-->", "-- >", "w -->", "    w", "    w\t", "| w |", "===", "!!! tip \"t\"",
)  # fmt: skip


def with_numbers(text: str) -> str:
    """Return a text in which each `w` and each heading is unlike all others."""
    return "\n".join(re.sub(r"\b[wh]\b", rf"\g<0>{number}", line) for number, line in enumerate(text.split("\n")))


def words(text: str) -> list[str]:
    return re.findall(r"\b[wh]\d+\b", text)


def code_and_headings(text: str) -> tuple[list[str], list[str]]:
    """Return the words that Python-Markdown shows as code, and those of headings."""
    page = re.sub(r"<!--.*?-->", "", markdown_to_html(text), flags=re.DOTALL)
    blocks = re.findall(r"<pre\b.*?</pre>", page, re.DOTALL)
    for block in blocks:
        page = page.replace(block, "")
    headings = re.findall(r"<h([2-6])[^>]*>(.*?)</h\1>", page, re.DOTALL)
    code = [word for block in blocks for word in words(html.unescape(block))]
    return sorted(code), sorted(word for _, inner in headings for word in words(inner))


def agrees(text: str, outline: Outline) -> bool:
    """Return whether an outline of a text with numbers has the code and the headings of the rendered page."""
    code, headings = code_and_headings(text)
    fenced = {word for index, line in enumerate(outline.lines) if outline.is_code(index) for word in words(line)}
    # Lines indented by four columns are code or not by what stands before them; the outline does not say.
    indented = {word for line in outline.lines if line.startswith(("    ", "\t")) for word in words(line)}
    own = sorted(word for heading in outline.headings for word in words(heading.title))
    return set(code) - indented == fenced - indented and headings == own


def is_below_indented_code(outline: Outline, fence: CodeFence) -> bool:
    """Return whether indented code stands above a fence without an empty line between them.

    Python-Markdown takes such a fence back; where it hides or shows a heading then, `check` says so.
    """
    above = takewhile(str.strip, reversed(outline.lines[: fence.first]))
    return any(line.startswith(("    ", "\t")) for line in above)


@pytest.mark.parametrize("case", CASES, ids=[case["rule"] for case in CASES])
def test_each_line_has_the_expected_kind(case: dict[str, Any]) -> None:
    outline = read_outline(case["text"])
    assert outline.kinds == tuple(KINDS[letter] for letter in case["kinds"])
    assert [fence.first for fence in outline.fences if not fence.is_closed] == case.get("open", [])
    assert "titles" not in case or [heading.title for heading in outline.headings] == case["titles"]


@pytest.mark.parametrize(
    "case", [case for case in CASES if "open" not in case and "u" not in case["kinds"]], ids=lambda case: case["rule"]
)
def test_kinds_are_those_of_the_page(case: dict[str, Any]) -> None:
    text = with_numbers(case["text"].replace("## a", "## h"))
    assert agrees(text.replace("\r\n", "\n"), read_outline(text)), markdown_to_html(text)


@given(st.lists(st.sampled_from(LINES), max_size=16).map("\n".join))
@example("<!--\n```\n-->\n```\n## h\n-->\n\nw")
@example("~~~\n```\n~~~\n## h")
@tries(1000)
def test_outline_agrees_with_the_page(text: str) -> None:
    """Where all code is closed and all comments are whole, headings and code are those of the page."""
    text = with_numbers(text)
    outline = read_outline(text)
    shown = [line for index, line in enumerate(outline.lines) if not outline.is_hidden(index)]
    if any(not fence.is_closed for fence in outline.fences) or any("<!--" in line for line in shown):
        return  # Each is an error that keeps the text from being shown
    if LineKind.UNDERLINE in outline.kinds or any(is_below_indented_code(outline, fence) for fence in outline.fences):
        return
    assert agrees(text, outline), markdown_to_html(text)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- [ ] a {#b}", (" ", 3, "a", "b", 10)),
        ("* [x]  a", ("x", 3, "a", None, 9)),
        ("- [] a {#b} c", ("", 3, "a {#b} c", None, 14)),
        ("- a", None),
        ("  - [ ] a", None),
    ],
)
def test_a_line_is_a_checklist_item_only_with_a_box(line: str, expected: tuple[object, ...] | None) -> None:
    found = parse_checklist_box(line)
    assert (found and (found.box, found.box_column, found.text, found.id, found.id_column)) == expected


@pytest.mark.parametrize("line", ["```", "  ```", "<!--", "> ~~~", "<!-- a --> b", "~~~\n  ```"])
def test_ten_times_the_lines_take_ten_times_the_steps(line: str) -> None:
    """However many fences and comments begin, each line is scanned a few times at most."""
    assert steps_of_reading(f"{line}\n" * 5_000) < 12 * steps_of_reading(f"{line}\n" * 500)


def steps_of_reading(text: str) -> int:
    """Return how many lines of Python are run to read an outline."""
    steps = 0

    def count(*_: object) -> Callable[..., Any]:
        nonlocal steps
        steps += 1
        return count

    previous = sys.gettrace()
    sys.settrace(count)
    try:
        read_outline(text)
    finally:
        sys.settrace(previous)
    return steps


def test_replacing_outside_code_leaves_code_as_it_is() -> None:
    text = "w\n\n~~~\n```\nw\n~~~\n\n> ```\n> w\n> ```\n\nw"
    assert replace_outside_code(re.compile("w"), lambda _: "x", text) == f"x{text[1:-1]}x"
