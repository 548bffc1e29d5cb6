"""What was left behind in a text: comments of other programs, notes to oneself, the words of an assistant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stufenweise.check.spelling import Spelling, WrittenText
from stufenweise.model.facts import TutorialFacts
from stufenweise.model.problem import QUOTED_TEXT
from stufenweise.source.literal_lines import code_blanked
from stufenweise.source.outline import LineKind

_COMMENT = re.compile(r"%%(?=\S|\s\S).*?(?:%%|$)")
_TO_DO = re.compile(r"\b(?:TODO|FIXME|TBD|XXX)\b")
_ASSISTANT = re.compile(
    r"(?:(?:Gerne|Natürlich|Klar|Selbstverständlich|Sure|Certainly|Of course|Absolutely)[!,.]? )?"
    r"(?:(?:Hier (?:ist|sind|kommt|findest du)|Here (?:is|are)|Here['’]s) .{0,80}"
    r"(?:Tutorial|Text|Fassung|Version|Entwurf|Vorschlag|tutorial|text|version|draft)\b.{0,60}[:!.]"
    r"|(?:Wenn du möchtest|Soll ich|Lass mich wissen|Let me know if|"
    r"Would you like me to|If you['’]d like, I)\b.*)[ \t]*"
)
_INCLUDED = re.compile(r"[ \t]*(?:-{1,}8<-{1,}.*|\[TOC\]|\[\[_TOC_\]\]|\[\[toc\]\])[ \t]*", re.IGNORECASE)
_ALT = re.compile(r"!\[(?P<alt>[^\[\]\n]+)\]\((?P<file>[^()\s]*)")
_LINK = re.compile(r"(?<!!)\[(?P<text>[^\[\]\n]+)\]\((?P<target>[^()\s]*)")
_NO_PLACE = re.compile(
    r"(?:hier|klick(?:e|en Sie)? hier|hier klicken|link|mehr|weiter(?:lesen)?|"
    r"here|click here|this link|more|read more)[.!…]?",
    re.IGNORECASE,
)
_NO_ALT = re.compile(
    r"(?:(?:Bild|Abbildung|Abb\.|Grafik|Foto|Screenshot|Bildschirmfoto|Image|Picture|Figure|Fig\.|Photo|Untitled|Unbenannt)"
    r"[ \t]*[\d.]*|.*\.(?:png|jpe?g|gif|webp|svg|bmp)"
    r"|(?:Ein Bild, das .*|A picture containing .*|.*(?:KI-generierte|AI-generated).*)"
    r"|image[-_ ]?\d+)",
    re.IGNORECASE,
)


def left_behind(text: WrittenText) -> Iterator[Spelling]:
    """Yield what its author, or a program, left behind in a text."""
    is_draft = isinstance(text.file.facts, TutorialFacts) and text.file.facts.draft
    for index, line in enumerate(text.lines):
        if text.literal[index] or not line.strip():
            continue
        bare = code_blanked(line)
        if "%%" in bare and (found := _COMMENT.search(bare)):
            values = {"text": line[found.start() : found.end()][:QUOTED_TEXT]}
            yield Spelling(index, "comment-left", values, found.start() + 1)
        if not is_draft and (found := _TO_DO.search(bare)):
            yield Spelling(index, "note-left", {"text": line[found.start() :][:QUOTED_TEXT]}, found.start() + 1)
        if _INCLUDED.fullmatch(line):
            yield Spelling(index, "export-left", {"text": line.strip()[:40]}, right=())
        if text.outline.kinds[index] is LineKind.TEXT and text.is_blank(index - 1) and _ASSISTANT.fullmatch(line):
            below = index + 2 if text.is_blank(index + 1) else index + 1
            values = {"text": line.strip()[:QUOTED_TEXT]}
            yield Spelling(index, "assistant-left", values, end=min(below, len(text.lines)), right=())
        for found in _LINK.finditer(bare):
            if _NO_PLACE.fullmatch(found["text"].strip()):
                values = {"text": found["text"].strip(), "target": found["target"]}
                yield Spelling(index, "link-says-nothing", values, found.start() + 2)
        for found in _ALT.finditer(bare):
            if found["file"].startswith(("data:", "http")):
                continue  # The image itself has to go
            alt = found["alt"].strip()
            name = found["file"].rpartition("/")[2].partition(".")[0]
            if _NO_ALT.fullmatch(alt) or alt.casefold() == name.casefold():
                values = {"alt": alt[:QUOTED_TEXT], "file": found["file"]}
                yield Spelling(index, "alt-says-nothing", values, found.start() + 3)
