"""Report mistakes at line ends: lines joined into one paragraph, split words, marks that end on the next line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stufenweise.check.misreadings.misreading import Misreading
from stufenweise.check.misreadings.written_text import WrittenText
from stufenweise.source.markdown.literal_lines import code_blanked
from stufenweise.source.markdown.outline import LineKind

_LABEL = re.compile(r"\*{0,2}[A-ZÄÖÜ][^:.!?|<>*`\n]{0,28}(?<!\s):\*{0,2}[ ]+(?!_{3,}[ \t]*$)\S[^\t]*")
"""A label with its value, such as `Where: room 3`. Authors mean each of these to stay on its own line."""
_SAID = re.compile(
    r"\[[^\[\]\n]{0,24}\d{1,2}:\d{2}[^\[\]\n]{0,16}\][ \t]+[^\W\d_].*"
    r"|\d{1,2}:\d{2}(?:[ ]?(?:Uhr|[AaPp][Mm]))?"
    r"|[A-ZÄÖÜ][\w.'’-]+,?(?:[ ][A-ZÄÖÜ][\w.'’-]+){1,3}[ \t,]+(?:\S+[ ])?\d{1,2}:\d{2}(?:[ ]?(?:Uhr|[AaPp][Mm]))?"
)
"""Speaker and time as copied from a chat; the message follows on the same line or the next."""
_DOTS = re.compile(r"(?P<words>[^\W\d_][^:|<>\n]*(?::|(?<=\w)))[ \t]*(?:\.{5,}|…{2,})[ \t]*")
"""A field drawn with dots, as in word processors."""
_FIELDS = re.compile(r"(?:[^:_|<>\n]{1,40}:[ \t]*_{3,}[ \t,;]*){2,}")
"""Several fields on one line, as on paper forms."""
_SPLIT = re.compile(r"(?P<word>\w*[a-zäöüß])-$")
_WORD = re.compile(r"(?P<rest>[a-zäöüß]+)(?=\W|$)")
_AND = frozenset({"und", "oder", "bzw", "sowie", "bis", "and", "or", "to"})
"""Words after an intended hyphen, as in "Vor- und Nachteile"."""
_MARKS = (("==", "marked-words", "**"), ("~~", "other-markup", "~~"))
"""Foreign marks, each with the code of its problem and its replacement."""


def line_end_misreadings(text: WrittenText) -> Iterator[Misreading]:
    """Yield problems caused by line breaks, one paragraph at a time."""
    start = 0
    while start < len(text.lines):
        end = start
        while end < len(text.lines) and _is_words(text, end):
            end += 1
        if end > start:
            yield from _in_paragraph(text, start, end)
        start = max(end, start + 1)


def _is_words(text: WrittenText, index: int) -> bool:
    """Return whether a line is running text, not the beginning of a list, quote, table or box."""
    line = text.lines[index]
    is_words = text.outline.kinds[index] is LineKind.TEXT and not text.literal[index] and index not in text.checklist
    return is_words and line[0] not in " \t>|!?:#<{}"


def _in_paragraph(text: WrittenText, start: int, end: int) -> Iterator[Misreading]:
    lines = text.lines[start:end]
    if (".." in lines[0] or "…" in lines[0]) and _DOTS.fullmatch(lines[0]):
        yield from _places(text, start, end)
        return
    if len(lines) == 1 and "___" in lines[0] and (fields := _FIELDS.fullmatch(lines[0])):
        labels = re.findall(r"([^:_]+?):[ \t]*_{3,}", fields[0])
        places = tuple(line for label in labels for line in (f"{label.strip(' ,;')}: ___", ""))[:-1]
        yield text.misreading(start, "other-markup", places, text=lines[0], right=places[0])
        return
    if lines[0].rstrip() == "--" and len(lines) > 1:
        yield text.misreading(start, "other-markup", end=end, covers=len(lines), is_box=True, text=" ".join(lines))
        return
    labels_from = 1 if len(lines) > 2 and len(lines[0]) < 50 and lines[0][-1:].isalnum() else 0
    is_done = all(line.endswith(("\\", "  ")) for line in lines[:-1])
    if (
        len(lines) > 1
        and not is_done
        and (all(_is_label(line) for line in lines[labels_from:]) or any(_is_said(line) for line in lines))
    ):
        right = (*(line if line.endswith("\\") else f"{line.rstrip()}\\" for line in lines[:-1]), lines[-1])
        yield text.misreading(start, "lines-joined", right, end=end, text=lines[0], right=right[0])
        return
    for index in range(start, end - 1):
        if misreading := _split_word(text, index) or _split_mark(text, index):
            yield misreading
            return


def _split_word(text: WrittenText, index: int) -> Misreading | None:
    """Return the repair for a word that is split at the end of a line."""
    line, below = text.lines[index].rstrip(), text.lines[index + 1]
    word, rest = _SPLIT.search(line), _WORD.match(below)
    if not word or not rest or rest["rest"] in _AND:
        return None
    whole = f"{word['word']}{rest['rest']}"
    lines = [line[: word.start()] + whole, below[rest.end() :].lstrip()]
    column = word.start() + 1
    return text.misreading(
        index,
        "word-parted",
        [*filter(None, lines)],
        end=index + 2,
        column=column,
        text=f"{word[0]} {rest['rest']}",
        right=whole,
    )


def _split_mark(text: WrittenText, index: int) -> Misreading | None:
    """Return the repair for a foreign mark that opens on one line and closes on the next."""
    line, below = text.lines[index].rstrip(), text.lines[index + 1]
    for sign, code, mark in _MARKS:
        if sign in line and (columns := _split_at(line, below, sign)):
            first, last = columns
            right = (
                f"{line[:first]}{mark}{line[first + 2 :]}{mark}",
                f"{mark}{below[:last]}{mark}{below[last + 2 :]}",
            )
            written = f"{line[first:]} {below[: last + 2]}"
            shown = f"{right[0][first:]} {right[1][: last + 4]}"
            return text.misreading(index, code, right, end=index + 2, column=first + 1, text=written, right=shown)
    return None


def _is_label(line: str) -> bool:
    """Return whether a line is a short label and value, not the start of a sentence."""
    return (
        bool(_LABEL.fullmatch(line))
        and len(line) < 70
        and not line.endswith(("\\", "  "))
        and not line.rstrip().endswith((",", ";"))
    )


def _is_said(line: str) -> bool:
    """Return whether a line is a chat header, with the message below it."""
    return bool(_SAID.fullmatch(line.rstrip()))


def _places(text: WrittenText, start: int, end: int) -> Iterator[Misreading]:
    """Yield fields that are drawn with dots; each replacement has an empty line above."""
    right: list[str] = []
    last = start
    for index in range(start, end):
        dots = _DOTS.fullmatch(text.lines[index])
        if not dots:
            break
        right += [*([""] if right else []), f"{dots['words'].rstrip(':')}: ___"]
        last = index + 1
    sure = right if last == end else None
    yield text.misreading(start, "other-markup", sure, end=last, text=text.lines[start], right=right[0])


def _split_at(line: str, below: str, sign: str) -> tuple[int, int] | None:
    """Return where a mark begins in a line and ends in the one below; None if it does not."""
    head, tail = code_blanked(line), code_blanked(below)
    first, last = head.rfind(sign), tail.find(sign)
    if head.count(sign) % 2 == 0 or last <= 0 or tail.count(sign) % 2 == 0:
        return None
    before, inside, after = head[:first][-1:], head[first + 2 : first + 3], tail[last + 2 :][:1]
    is_around = inside.strip() and not (before.isalnum() or after.isalnum() or tail[last - 1].isspace())
    return (first, last) if is_around else None
