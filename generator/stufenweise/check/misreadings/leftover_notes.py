"""Report leftovers: other programs' comments, TODO notes, chat assistants' phrases."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stufenweise.check.misreadings.misreading import Misreading
from stufenweise.check.misreadings.written_text import WrittenText
from stufenweise.model.facts import TutorialFacts
from stufenweise.model.problem import QUOTED_ADDRESS
from stufenweise.source.files.file_names import slug_of
from stufenweise.source.markdown.literal_lines import code_blanked
from stufenweise.source.markdown.outline import LineKind

_COMMENT = re.compile(r"%%(?=\S|\s\S).*?(?:%%|$)")
_TO_DO = re.compile(
    r"\b(?:TODO|FIXME|TBD|XXX)\b|\bLorem ipsum\b"
    r"|\[(?:Kommentar |Comment )?[A-Z]{2,3}\d{1,3}(?:R\d{1,2})?(?:: ?[^\[\]\n]*)?\](?![(:\[])"
    r"|\[[A-ZÄÖÜ][\w-]+, [A-ZÄÖÜ][\w.-]*\d{1,2}\](?![(:\[])"
    r"|^\[[a-z]\](?=[^\s(\[:])(?!.*\[/)|^(?:\.\.\.|…)[ \t]*$"
)
"""Reminders, filling text, the marks of a word processor's comments, and three dots in the place of a paragraph."""
_NOTE_WORDS = ("TODO", "FIXME", "TBD", "XXX", "Lorem ipsum")
"""One of these or a bracket is in each reminder within a line. To look for them costs a tenth of what the pattern
does."""
_ASSISTANT = re.compile(
    r"(?:(?:Gerne|Natürlich|Klar|Selbstverständlich|Sure|Certainly|Of course|Absolutely)[!,.]? )?"
    r"(?:(?:Hier (?:ist|sind|kommt|findest du)|Here (?:is|are)|Here['’]s) .{0,80}"
    r"(?:Tutorial|Text|Fassung|Version|Entwurf|Vorschlag|tutorial|text|version|draft)\b.{0,60}[:!.]"
    r"|(?:Wenn du möchtest|Soll ich|Lass mich wissen|Möchtest du, dass ich|"
    r"Möchten Sie, dass ich|Ich hoffe, (?:das|dies) hilft|I hope this helps|Let me know if|"
    r"Would you like me to|Sag(?:en Sie)? (?:mir )?(?:gern |gerne )?(?:einfach )?Bescheid, (?:wenn|ob|falls) ich|"
    r"(?:Falls|Wenn) (?:du|ihr|Sie) (?:möchtest|möchtet|möchten|willst|wollt|wollen|magst)?[^.\n]{0,20}, kann ich|"
    r"Just let me know|If you['’]d like, I)\b.*)[ \t]*"
)
_COMMENTED = re.compile(r"(?<=[^\W\d])(?:\[[a-z]\])+(?=[\s.,;:!?]|$)")
_COMMENT_OF = re.compile(r"\[[a-z]\](?=[^\s(\[:])")
"""A comment mark of an exported document at the beginning of a line: the text of the comment follows it."""
_SENT = re.compile(
    r"(?:Von meinem \w+ gesendet|Sent from my \w+|Gesendet von Outlook.{0,40}|(?:Get|Holen Sie sich) Outlook .{0,40}"
    r"|(?:Source: Conversation with|Quelle: (?:Unterhaltung|Konversation|Gespräch) mit) (?:Copilot|Bing)\b.*"
    r"|\d{1,3} (?:(?:Gefällt[ -]mir|Herz|Lachen|Überrascht)-?(?:Reaktion|Angabe)(?:en)?"
    r"|(?:like|heart|laugh) reactions?)\.?"
    r"|(?:Klicken Sie hier, um zu erweitern|Click here to expand)(?:\.{3}|…)?)[ \t]*",
    re.IGNORECASE,
)
"""Lines that mail programs, chats, wikis and assistants add above or below a text."""
_ITSELF = re.compile(
    r"\bAls (?:KI|AI|Sprachmodell)[\w-]*(?: [\w-]+){0,3} (?:kann|habe|bin|darf) ich\b|\bAs an AI\b[^.\n]{0,40}\bI\b"
)
"""A sentence in which an assistant speaks of itself."""
_ITSELF_WORDS = ("Als ", "As an AI")
_LOST = re.compile(
    "\ufffd+|(?:(?![\uf04a\uf04c\uf0a7\uf0b7\uf0d8\uf0df\uf0e0\uf0e8\uf0fc])[\uf020-\uf0ff])+"
    "|Fehler! (?:Verweisquelle|Textmarke)[^.]*\\.?|Error! (?:Reference source|Bookmark) not [^.]*\\.?"
    "|https?://\\w[^\\s<>()\\[\\]…]*?(?:…|\\.{3})(?=[\\s)>\\]]|$)"
    "|\\w*(?:[ÃÂ][\u0080-\u00bf\u0152-\u0161\u0178-\u017e\u2013-\u203a\u20ac\u2122]|â€.)\\w*"
)
"""Traces of lost characters: an unknown one, a dead reference, a cut address, UTF-8 read as Latin-1."""
_LOST_CHARACTER = re.compile("[\ufffd\uf020-\uf0ffÃÂâ…]")
_LOST_WORDS = ("Fehler!", "Error!", "...")
_INCLUDED = re.compile(r"[ \t]*(?:-{1,}8<-{1,}.*|\[TOC\]|\[\[_TOC_\]\]|\[\[toc\]\])[ \t]*", re.IGNORECASE)
_ALT = re.compile(r"!\[(?P<alt>[^\[\]\n]+)\]\((?P<file>[^()\s]*)")
_LINK = re.compile(r"(?<!!)\[(?P<text>[^\[\]\n]+)\]\((?P<target>[^()\s]*)")
_OWN_MACHINE = re.compile(r"https?://(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?=[:/]|$)", re.IGNORECASE)
"""Address at which `serve` shows the site only to its author."""
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


def leftover_notes(text: WrittenText) -> Iterator[Misreading]:
    """Yield leftovers of the author or of a program."""
    comment_end = 0
    """The line after a multi-line comment."""
    is_draft = isinstance(text.file.facts, TutorialFacts) and text.file.facts.draft
    body = text.file.source_body
    has_note = _has_one(body, _NOTE_WORDS)
    has_lost = _LOST_CHARACTER.search(body) or _has_one(body, _LOST_WORDS)
    has_itself = _has_one(body, _ITSELF_WORDS)
    for index, line in text.written:
        bare = code_blanked(line)
        if "%%" in line and line.strip() == "%%" and index >= comment_end:
            comment_end = next(
                (at + 1 for at in range(index + 1, len(text.lines)) if text.lines[at].strip() == "%%"), 0
            )
            if comment_end:
                about = " ".join(" ".join(text.lines[index:comment_end]).split())
                yield text.misreading(index, "comment-left", text=about)
                continue
        if "%%" in bare and (match := _COMMENT.search(bare)):
            quoted = line[match.start() : match.end()]
            yield text.misreading(index, "comment-left", column=match.start() + 1, text=quoted)
        has_bracket = "[" in bare
        if has_bracket and (marks := _COMMENTED.search(bare)):
            # The comment text itself is reported where it stands, so its mark is only removed.
            code = "" if any(_COMMENT_OF.match(other) for other in text.lines) else "export-left"
            replacement = line[: marks.start()] + line[marks.end() :]
            yield text.misreading(index, code, (replacement,), column=marks.start() + 1, text=marks[0])
        may_be_note = has_bracket or (has_note and _has_one(bare, _NOTE_WORDS)) or bare.startswith(("...", "…"))
        if may_be_note and not is_draft and (match := _TO_DO.search(bare)):
            yield text.misreading(index, "note-left", column=match.start() + 1, text=line[match.start() :])
        may_be_lost = has_lost and (_LOST_CHARACTER.search(bare) or _has_one(bare, _LOST_WORDS))
        if may_be_lost and (match := _LOST.search(bare)):
            replacement = _read_rightly(match[0])
            right = replacement if replacement != match[0] else ""
            yield text.misreading(index, "characters-lost", column=match.start() + 1, text=match[0], right=right)
        if _INCLUDED.fullmatch(line) or _SENT.fullmatch(line.removeprefix("> ")):
            yield text.misreading(index, "export-left", (), text=line.strip())
        if assistant := _assistant_words(text, index, bare if has_itself else ""):
            yield assistant
        if has_bracket:
            yield from _useless_links(text, index, bare)
            yield from _useless_alt_texts(text, index, bare)


def _has_one(line: str, words: tuple[str, ...]) -> bool:
    return any(word in line for word in words)


def _assistant_words(text: WrittenText, index: int, bare: str) -> Misreading | None:
    """Return a line in which a chat assistant speaks of itself, or greets its reader."""
    line = text.lines[index]
    if text.outline.kinds[index] is LineKind.TEXT and text.is_blank(index - 1) and _ASSISTANT.fullmatch(line):
        below = index + 2 if text.is_blank(index + 1) else index + 1
        return text.misreading(index, "assistant-left", (), end=min(below, len(text.lines)), text=line.strip())
    if _has_one(bare, _ITSELF_WORDS) and (match := _ITSELF.search(bare)):
        return text.misreading(index, "assistant-left", column=match.start() + 1, text=line.strip())
    return None


def _useless_links(text: WrittenText, index: int, bare: str) -> Iterator[Misreading]:
    """Yield links to the author's own machine, and links whose words don't say where they lead."""
    for link in _LINK.finditer(bare):
        if _OWN_MACHINE.match(link["target"]):
            column = link.start("target") + 1
            yield text.misreading(index, "unsafe-link", column=column, about=link["target"], disk="")
        elif _NO_PLACE.fullmatch(link["text"].strip()):
            yield text.misreading(
                index,
                "link-says-nothing",
                column=link.start() + 2,
                longest=QUOTED_ADDRESS,
                text=link["text"].strip(),
                target=link["target"],
            )


def _useless_alt_texts(text: WrittenText, index: int, bare: str) -> Iterator[Misreading]:
    """Yield images whose alternative text is a file name or was made by a program."""
    for image in _ALT.finditer(bare):
        if image["file"].startswith(("data:", "http")):
            continue  # The image itself has to go
        alt = image["alt"].strip()
        name = slug_of(image["file"])
        if _NO_ALT.fullmatch(alt) or alt.casefold() == name.casefold():
            yield text.misreading(index, "alt-says-nothing", column=image.start() + 3, alt=alt, file=image["file"])


def _read_rightly(text: str) -> str:
    """Undo decoding with the wrong encoding; return an empty text if that is not possible."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return ""
