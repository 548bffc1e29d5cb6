"""Limits on the size and nesting of a text, so that rendering it always takes well under a second.

For many constructs, Python-Markdown needs quadratic time, or a call stack as deep as the nesting. The limits were
measured with hostile texts: each is several times what a long tutorial needs, and the slowest text within all limits
took a quarter of a second of computing time (Python-Markdown 3.11).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stufenweise.model.paths import ShownPath
from stufenweise.model.problem import Place, Problem, new_problem
from stufenweise.source.files.decoding import place_at, too_large_problem

MAX_CHARACTERS = 64 * 1024
"""Longest body of a text with filled-in vocabulary, in characters: ten long tutorials."""
MAX_LINES = 1000
"""Most lines of a body."""
MAX_LINE = 5000
"""Longest line, in characters."""
MAX_BLOCK = 10_000
"""Longest run of lines without an empty one, in characters: 1,500 words. From each character, Python-Markdown looks for
inline markup up to the end of the block."""
MAX_DEPTH = 10
"""Deepest nesting of lists and quotes: levels of indentation, four columns each."""
MAX_MARKERS = 4
"""Most list and quote marks at the beginning of one line; each begins another level."""
MAX_COLUMNS = 20
"""Most `|` in a line; each row of a table gets as many cells as its head."""
MAX_HEADINGS = 200
"""Most lines that begin with `#`; each splits the rest of its block."""
MAX_DEFINITIONS = 40
"""Most lines of a block that begin with `:`; each definition is a nested call."""
MAX_OF_ONE = {"[": 400, "{": 500, "<": 100, "`": 600, "*": 1500, "_": 1500, "&": 400, "\\": 600, "|": 1500}
"""Most characters of one kind in a body; at each of them Python-Markdown looks ahead."""
MAX_UNPAIRED = 20
"""Most unpaired `[`, `](` and `<` in a body; for these Python-Markdown looks ahead furthest."""

_MARKERS = re.compile(rf"^[ \t]*(?:(?:>|[-*+:][ \t]|\d{{1,9}}\.[ \t])[ \t]*){{{MAX_MARKERS + 1}}}", re.MULTILINE)
_RULE = re.compile(r"[ \t]*(?:(?:-[ \t]*)+|(?:\*[ \t]*)+)$", re.MULTILINE)
_DEEP = " " * 4 * (MAX_DEPTH + 1)
_PAIRS = (
    ("[", re.compile(r"\[[^\[\]]{0,500}\]")),
    ("](", re.compile(r"\]\([^()\"'\n]{0,500}+(?:\"[^\"()\n]{0,500}\"|'[^'()\n]{0,500}')?[ \t]*\)")),
    ("<", re.compile(r"<[^<>]{0,500}>")),
)


def limit_problem(file: ShownPath, body: str, first: int) -> Problem | None:
    """Return the problem of the first limit that a body exceeds, or None.

    Args:
        file: Path for positions, as people write it.
        body: The text's Markdown with filled-in vocabulary.
        first: Line of the file at which it starts, from 1.
    """
    return next(_beyond(file, body, first), None)


def _beyond(file: ShownPath, body: str, first: int) -> Iterator[Problem]:
    """Yield a problem for each exceeded limit; cheap tests come first, because almost no text exceeds any."""
    if len(body) > MAX_CHARACTERS:
        yield too_large_problem(Place(file, first), len(body), MAX_CHARACTERS)
    lines = body.split("\n")
    if len(lines) > MAX_LINES:
        yield new_problem(Place(file, first + MAX_LINES), "too-many-lines", count=len(lines), limit=MAX_LINES)
    if len(max(lines, key=len)) > MAX_LINE:
        number, line = next((number, line) for number, line in enumerate(lines, first) if len(line) > MAX_LINE)
        yield new_problem(Place(file, number, MAX_LINE + 1), "line-too-long", length=len(line), limit=MAX_LINE)
    for character, most in MAX_OF_ONE.items():
        if body.count(character) > most:
            yield _too_many(file, body, first, character, most)
    yield from _nesting(file, body, first)
    for character, pair in _PAIRS:
        if body.count(character) > MAX_UNPAIRED and body.count(character) - len(pair.findall(body)) > MAX_UNPAIRED:
            yield _too_many(file, pair.sub(lambda match: " " * len(match[0]), body), first, character, MAX_UNPAIRED)
    if (
        len(body) > MAX_BLOCK
        or body.count("\n:") > MAX_DEFINITIONS
        or body.count("\n#") > MAX_HEADINGS
        or body.count("|") > MAX_COLUMNS
    ):
        yield from _blocks(file, lines, first)


def _too_many(file: ShownPath, body: str, first: int, character: str, most: int) -> Problem:
    """Return the problem of the first character beyond the limit."""
    offset = -1
    for _ in range(most + 1):
        offset = body.find(character, offset + 1)
    return new_problem(
        place_at(file, body, max(offset, 0), first), "too-many-characters", character=character, limit=most
    )


def _nesting(file: ShownPath, body: str, first: int) -> Iterator[Problem]:
    """Yield problems of nesting that is too deep."""
    flat = body.expandtabs(4) if "\t" in body else body
    if _DEEP in flat and (match := re.search(rf"^{_DEEP}", flat, re.MULTILINE)):
        yield new_problem(place_at(file, flat, match.start(), first), "nested-too-deep", limit=MAX_DEPTH)
    for match in _MARKERS.finditer(body):
        if not _RULE.match(body, match.start()):
            yield new_problem(place_at(file, body, match.start(), first), "nested-too-deep", limit=MAX_MARKERS)


def _blocks(file: ShownPath, lines: list[str], first: int) -> Iterator[Problem]:
    """Yield blocks that are too long, tables that are too wide, and too many headings or definitions."""
    size = definitions = headings = 0
    for number, line in enumerate(lines, first):
        if not line.strip():
            size = definitions = 0
            continue
        size += len(line) + 1
        definitions += line.lstrip(" \t>").startswith(":")
        headings += line.startswith("#")
        if size > MAX_BLOCK:
            yield new_problem(Place(file, number), "block-too-long", limit=MAX_BLOCK)
        if line.count("|") > MAX_COLUMNS:
            yield new_problem(Place(file, number), "too-many-characters", character="|", limit=MAX_COLUMNS)
        if definitions > MAX_DEFINITIONS:
            yield new_problem(Place(file, number), "too-many-characters", character=":", limit=MAX_DEFINITIONS)
        if headings > MAX_HEADINGS:
            yield new_problem(Place(file, number), "too-many-characters", character="#", limit=MAX_HEADINGS)
