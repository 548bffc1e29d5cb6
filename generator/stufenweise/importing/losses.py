"""Find what an imported text lost on the way to a draft, and the place in its file."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from difflib import SequenceMatcher

from stufenweise.importing.foreign_file import ForeignText, Loss
from stufenweise.importing.import_plan import plain
from stufenweise.source.markdown.tables import DELIMITER_ROW

_HEADING = re.compile(r"#{1,6}[ ]+(?P<words>.*\S)")
_ITEM = re.compile(r"[ ]*(?:[-*+]|\d{1,3}[.)])[ ]")
_WORD = re.compile(r"\w+")
_CHUNK = re.compile(r"\S+")
_COUNTING = re.compile(r"\(?\w{1,3}[.)]\)?")
"""A list mark with letters or numbers, which repairs rewrite."""
_SEARCHED = (40, 20, 12, 6)
"""Numbers of characters with which a loss is searched, one after the other: its words may be on two lines."""


def words_left_out(before: str, after: str) -> list[Loss]:
    """Return the words of a text that are missing after repairs, each with its context."""
    chunks = [match[0] for match in _CHUNK.finditer(before)]
    kept = [match[0] for match in _CHUNK.finditer(after)]
    losses = []
    for kind, start, end, new_start, new_end in SequenceMatcher(a=chunks, b=kept, autojunk=False).get_opcodes():
        if kind in {"equal", "insert"}:
            continue
        there = Counter(_WORD.findall(" ".join(kept[new_start:new_end]).casefold()))
        missing = [
            chunk
            for chunk in chunks[start:end]
            if (words := Counter(_WORD.findall(chunk.casefold())))
            and not _COUNTING.fullmatch(chunk)
            and not _take(there, words)
        ]
        if missing:
            losses.append(Loss(kind="import-mended", text=" ".join(missing)[:80]))
    return losses


def _take(there: Counter[str], words: Counter[str]) -> bool:
    """Remove words from those available; return whether all of them were."""
    if words - there:
        return False
    there.subtract(words)
    return True


def placed(loss: Loss, foreign: ForeignText) -> Loss:
    """Return a loss with its place: its line, or the heading above it and its paragraph."""
    lines = foreign.markdown.split("\n")
    if not loss.line and not loss.paragraph:
        loss = replace(loss, line=_line_of(loss.text, lines))
    if foreign.has_lines or not loss.line:
        return loss
    heading, paragraph, was_blank = "", 0, True
    for line in lines[: loss.line]:
        if match := _HEADING.match(line):
            heading = match["words"]
        is_row = line.startswith("|") and not DELIMITER_ROW.fullmatch(line)
        paragraph += bool(line.strip()) and (was_blank or bool(_ITEM.match(line)) or is_row)
        was_blank = not line.strip()
    return replace(loss, line=0, heading=heading[:60], paragraph=max(paragraph, 1))


def _line_of(text: str, lines: list[str]) -> int:
    """Return the first line that starts like `text`, with or without Markdown marks; 0 if there is none."""
    for number, line in enumerate(lines, 1):
        if text and line.strip() == text:
            return number
    for searched in _SEARCHED:
        for wanted, shown in ((text[:searched], str), (plain(text)[:searched].strip(), plain)):
            if len(wanted) > 2:
                for number, line in enumerate(lines, 1):
                    if wanted.casefold() in shown(line).casefold():
                        return number
    return 0
