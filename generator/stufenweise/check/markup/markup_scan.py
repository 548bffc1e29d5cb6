"""Read the links and problems of a text's Markdown.

Two tiers: `plain_markup` proves most texts harmless by their characters. The others are rendered, and their HTML is
judged (`rendered_text`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from stufenweise.check.markup.plain_markup import plain_link_targets
from stufenweise.check.markup.rendered_text import Link, RenderedText
from stufenweise.load.text_file import TextFile
from stufenweise.model.problem import Place, Problem, new_problem
from stufenweise.source.files.decoding import place_at
from stufenweise.source.files.text_limits import MAX_DEPTH, limit_problem
from stufenweise.source.markdown.markdown_rendering import UnreadableMarkdownError

_STEP = re.compile(r"^#{2,3}(?!#)[^\n{}]*\{[^\n{}]*\}[ \t]*$", re.MULTILINE)
_STEP_NUMBERS = re.compile(r"(?<![^\s{:])(?:(?:minutes|short)=[\"']?\d+[\"']?|part=\d)(?=[\s}])")
_ITEM_ID = re.compile(r"\{#[^{}\s]*\}[ \t]*$")


@dataclass(frozen=True, slots=True)
class MarkupScan:
    """Links and problems of a text's Markdown."""

    links: tuple[Link, ...] = ()
    problems: tuple[Problem, ...] = ()


def scan_markup(text: TextFile) -> MarkupScan:
    """Return links and problems of a text's Markdown."""
    items = text.text.items
    boxes = [item.id for item in items if item.id]
    headings = tuple(heading_id for heading_id in text.ids if heading_id not in boxes)
    file, body, first = text.shown_path, text.body, text.body_line
    # The loader has checked the limits of the source; words that are filled in may exceed them.
    if body != text.source_body and (beyond := limit_problem(file, body, first)):
        return MarkupScan((), (beyond,))
    targets = plain_link_targets(body, len(boxes))
    if targets is not None:
        return MarkupScan(
            tuple(Link(target=body[start:end], place=place_at(file, body, start, first)) for start, end in targets)
        )
    bare = _without_own_attributes(body, first, tuple(item.line for item in items))
    try:
        rendered = RenderedText(file, bare, first, headings)
    except UnreadableMarkdownError:
        return MarkupScan((), (new_problem(Place(file, first), "nested-too-deep", limit=MAX_DEPTH),))
    return MarkupScan(tuple(rendered.links()), tuple(rendered.problems()))


def _without_own_attributes(body: str, first: int, items: tuple[int, ...]) -> str:
    """Blank out `minutes=` and item ids, keeping offsets."""
    lines = _STEP.sub(lambda match: _STEP_NUMBERS.sub(_blank, match[0]), body).split("\n")
    for number in items:
        line = lines[number - first]
        lines[number - first] = _ITEM_ID.sub("", line).ljust(len(line))
    return "\n".join(lines)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
