"""Separate the mentor's guidance from a step: items that begin with the words for do, ask and watch."""

from __future__ import annotations

import re
from collections.abc import Sequence

from stufenweise.load.label_words import GuidanceWords
from stufenweise.model.text import Guidance
from stufenweise.source.markdown.outline import LineKind

_ITEM = re.compile(r"[-*+][ \t]+\*\*(?P<word>[^*:\n]{1,40}?)\s*(?::\*\*|\*\*\s*:)[ \t]*(?P<text>.*)")


def split_guidance(
    lines: Sequence[str], kinds: Sequence[LineKind], first: int, words: GuidanceWords
) -> tuple[list[str], Guidance | None]:
    """Split a step into its body and its guidance for the mentor (None if it has none).

    Args:
        lines: The lines below the step's heading; those of the guidance become empty.
        kinds: Their kinds.
        first: Line of the file at which they start, from 1.
        words: The words for do, ask and watch.
    """
    order = {word.casefold(): index for index, word in enumerate(words)}
    rest = list(lines)
    texts = ["", "", ""]
    places = [first - 1] * 3
    index = 0
    while index < len(rest):
        item = _ITEM.fullmatch(rest[index]) if kinds[index] is LineKind.ITEM else None
        part = order.get(item["word"].casefold()) if item else None
        if item is None or part is None or texts[part]:
            index += 1
            continue
        end = _item_end(lines, kinds, index)
        words_of_item = [item["text"].strip(), *(line.strip() for line in lines[index + 1 : end])]
        texts[part] = "\n".join(line for line in words_of_item if line)
        places[part] = first + index
        rest[index:end] = [""] * (end - index)
        index = end
    if places == [first - 1] * 3:
        return rest, None
    do, ask, watch = texts
    return rest, Guidance(do=do, ask=ask, watch=watch, lines=(places[0], places[1], places[2]))


def _item_end(lines: Sequence[str], kinds: Sequence[LineKind], start: int) -> int:
    """Return the line after the end of the item that begins at `start`."""
    end = start + 1
    while end < len(lines) and kinds[end] is not LineKind.ITEM:
        is_further = kinds[end] is LineKind.TEXT and (kinds[end - 1] is not LineKind.BLANK or lines[end][:1] in " \t")
        if not is_further and kinds[end] is not LineKind.BLANK:
            break
        if kinds[end] is LineKind.TEXT and not is_further:
            break
        end += 1
    while end > start + 1 and kinds[end - 1] is LineKind.BLANK:
        end -= 1
    return end
