"""A translation to begin with: headings, ids, minutes and boxes in place, the source's text as comments."""

from __future__ import annotations

import re
from collections import Counter

from stufenweise.fix.text_edits import FENCE
from stufenweise.load.load_result import LoadResult, TextFile

_HEADING = re.compile(r"(#{2,4})[ \t]+(.*?)[ \t]*(\{#([^\s{}]+)[^{}]*\})[ \t]*")


def translation_stub(reading: LoadResult, source: TextFile, language: str) -> str:
    """Return the Markdown below the front matter of a new translation.

    Section headings are those of the other translations of that kind. The comments are left out of every page; while
    they stand there, the translation says `pending`.

    Args:
        reading: What was read of the content folder.
        source: The text to translate.
        language: The language to come.
    """
    known = _headings(reading, source, language)
    items = {item.line for item in source.text.items}
    parts: list[str] = []
    waiting: list[str] = []

    def close() -> None:
        text = "\n".join(waiting).strip("\n")
        if text.strip():
            parts.append(f"<!--\n{_for(text, source.text.language, language)}\n-->\n")
        waiting.clear()

    fenced = False
    for number, line in enumerate(source.written.split("\n"), source.body_line):
        fenced ^= bool(FENCE.match(line))
        heading = None if fenced else _HEADING.fullmatch(line)
        if heading:
            close()
            signs, title, attributes, own_id = heading.groups()
            parts.append(f"{signs} {known.get(own_id, title)} {attributes}\n")
        elif number in items:
            close()
            parts.append(line)
        elif waiting or line.strip():
            if number - 1 in items:
                parts.append("")
            waiting.append(line)
        elif number - 1 in items:
            parts.append("")
    close()
    return "\n" + "\n".join(parts).rstrip("\n") + "\n"


def _headings(reading: LoadResult, source: TextFile, language: str) -> dict[str, str]:
    """Return the words that the other translations have for headings that the texts of a kind share, by their ids."""
    seen: dict[str, Counter[str]] = {}
    own = {step.id for step in source.text.steps}
    for file in reading.of(source.kind, language):
        for heading in map(_HEADING.fullmatch, file.written.split("\n")):
            if heading and heading[4] not in own and "minutes=" not in heading[3]:
                seen.setdefault(heading[4], Counter())[heading[2]] += 1
    return {one: counts.most_common(1)[0][0] for one, counts in seen.items()}


def _for(text: str, source: str, language: str) -> str:
    """Return a source's text with links to the other language's files, and nothing that ends a comment."""
    linked = re.sub(rf"(\]\([^)\s]*)\.{re.escape(source)}\.md\b", rf"\1.{language}.md", text)
    return linked.replace("-->", "-- >")
