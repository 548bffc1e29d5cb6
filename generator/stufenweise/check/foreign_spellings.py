"""Marks of other programs inside of a line: wiki links, marked words, spans of pandoc, paths, bare braces."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from stufenweise.check.spelling import Spelling, WrittenText
from stufenweise.load.load_result import LoadResult
from stufenweise.model.kinds import GUIDE, LEVEL, TUTORIAL
from stufenweise.model.problem import QUOTED_ADDRESS
from stufenweise.source.file_names import in_ascii
from stufenweise.source.html_policy import ADMONITIONS
from stufenweise.source.literal_lines import code_blanked
from stufenweise.source.outline import LineKind
from stufenweise.source.suggest import suggest

_WIKI = re.compile(r"(?P<image>!?)\[\[(?P<target>[^\[\]|#\n]*)(?:#[^\[\]|\n]*)?(?:\|(?P<text>[^\[\]\n]*))?\]\]")
_MARKED = re.compile(r"(?<![=\w])==(?=[^\s=])([^=\n]+?)(?<=\S)==(?![=\w])")
_SPAN = re.compile(r"(?<!!)\[(?P<words>[^\[\]\n]*)\]\{[^{}\n]*\}")
_SIZED = re.compile(r"(?P<image>!\[[^\[\]\n]*\]\([^()\n]*\))[ ]?\{:?[^{}\n]*\}")
_APART = re.compile(
    r"\[(?P<words>[^\[\]\n]+)\][ \t]+\((?P<target>(?:https?://|mailto:|(?:\.\./|[\w-]+/)*[\w-]+\.[a-z]{2}\.md)[^\s()]*)\)"
)
_HALF = re.compile(
    r"\[(?P<words>[^\[\]()\n]+)(?:\]\((?P<open>[^\s()\[\]]+?)(?P<rest>[.,;:!?]?(?=\s|$))|\((?P<target>[^\s()\[\]]+\.md)\))"
)
_PATH = re.compile(r"(?<![\\\w`])(?:\\\\[\w.$-]+|[A-Za-z]:)(?:\\+[^\s\\`|<>\"„“”()]*[^\s\\`|<>\"„“”().,;:!?])+\\?")
_LOST = re.compile(r"\\[!-/:-@\[-`{-~]")
_DASHES = re.compile(r"(?<=[^\s|-] )--(?= [^\s|-])")
_EMOJI = re.compile(r"(?<![\w:]):[a-z][a-z_]{2,30}:(?![\w:])")
_ANCHOR = re.compile(r"[ \t]+\^[a-z0-9][a-z0-9-]*$")
_WORDS = re.compile(r"(?<!!)\[[^\[\]\n]+\][ \t]*$")
_TARGET = re.compile(r"[ \t]*\((?:https?://|mailto:|(?:\.\./|[\w-]+/)*[\w-]+\.[a-z]{2}\.md)[^\s()]*\)")
"""A link whose address stands at the beginning of the next line."""
_CITED = re.compile(r"[ ]?【[^【】\n]{1,60}】")
_TURN = re.compile(r"[ ]?[\ue200-\ue2ff]?(?:file)?cite[\ue200-\ue2ff]?(?:turn\d{1,3}[a-z]+\d{1,3}[\ue200-\ue2ff]?)+")
_CONTENT = re.compile(r"[ ]?:contentReference\[[^\[\]\n]*\](?:\{[^{}\n]*\})?")
_CAMPAIGN = re.compile(r"(?P<before>[?&])utm_source=chatgpt\.com(?P<after>&?)")
_MACRO = re.compile(r"\{(?:info|note|tip|warning|panel|code|expand|toc|quote|noformat|excerpt|status)(?::[^{}\n]*)?\}")
_PIPED = re.compile(
    r"(?<![!\]\[])\[(?P<words>[^\[\]|\n]+)\|(?P<target>(?:https?://|mailto:)[^\[\]|\s]+|[\w./-]+\.md)\](?!\()"
)
_SPACED = re.compile(r"(?<!\S)\*\*[ ]+(?P<words>[^*\n]*[^*\s])[ ]*\*\*(?![*\w])")
_BOX = re.compile(rf"^(?:!{{1,2}}|!{{4,6}}|!!!(?=[a-z]))[ ]?(?P<kind>{'|'.join(ADMONITIONS)})\b")
_DIV = re.compile(r"[ ]{0,3}:{3,}(?P<words>.*)")
_RULED = re.compile(r"[ ]{1,3}-{3,}(?:[ ]+-{3,})*[ ]*")


def foreign_spellings(text: WrittenText) -> Iterator[Spelling]:
    """Yield marks of other programs, which the page would show as they are written, or drop."""
    for index, line in enumerate(text.lines):
        if text.literal[index] or not line.strip():
            continue
        if div := _DIV.fullmatch(line):
            words = div["words"].strip()
            yield Spelling(index, "export-left" if words else "", {"text": line.strip()[:40]}, right=())
            continue
        if (
            _RULED.fullmatch(line)
            and text.is_blank(index - 1)
            and any(_RULED.fullmatch(one) for one in text.lines[index + 1 : index + 40])
            and not any(_RULED.fullmatch(one) for one in text.lines[max(index - 40, 0) : index])
        ):
            yield Spelling(index, "table-drawn", {})
            continue
        below = text.lines[index + 1] if index + 1 < len(text.lines) else ""
        if (words := _WORDS.search(line)) and (target := _TARGET.match(below)) and not text.literal[index + 1]:
            right = line.rstrip() + below.lstrip()
            values = {
                "text": words[0][:QUOTED_ADDRESS],
                "right": (words[0].strip() + target[0].strip())[:QUOTED_ADDRESS],
            }
            yield Spelling(index, "link-apart", values, words.start() + 1, end=index + 2, right=(right,))
            continue
        yield from _in_line(text, index, line)


Right = Callable[[re.Match[str]], str | None]


class _Rule(NamedTuple):
    """Signs that mean something else here, and how they are written; None where only the author knows."""

    code: str
    sign: str
    """What a line has in it that the pattern finds; most lines are told by it alone."""
    pattern: re.Pattern[str]
    right: Right


def _in_line(text: WrittenText, index: int, line: str) -> Iterator[Spelling]:
    """Yield what is odd in one line; its repairs are made one after the other."""
    right, told = line, []
    wiki = _wiki(text)
    rules = (
        _Rule("wiki-link", "[[", _WIKI, wiki),
        _Rule("attributes-left", "![", _SIZED, lambda found: found["image"]),
        _Rule("export-left", "]{", _SPAN, lambda found: found["words"]),
        _Rule("link-apart", "[", _APART, lambda found: f"[{found['words']}]({found['target']})"),
        _Rule(
            "link-half",
            "[",
            _HALF,
            lambda found: f"[{found['words'].strip()}]({found['open'] or found['target']}){found['rest'] or ''}",
        ),
        _Rule("marked-words", "==", _MARKED, lambda found: f"**{found[1]}**"),
        _Rule("marked-words", "** ", _SPACED, lambda found: f"**{found['words']}**"),
        _Rule("wiki-link", "|", _PIPED, lambda found: f"[{found['words']}]({found['target']})"),
        _Rule("export-left", "【", _CITED, lambda _: ""),
        _Rule("export-left", "cite", _TURN, lambda _: ""),
        _Rule("export-left", ":contentReference", _CONTENT, lambda _: ""),
        _Rule("export-left", "utm_source", _CAMPAIGN, lambda found: found["before"] if found["after"] else ""),
        _Rule("export-left", "}", _MACRO, lambda _: ""),
        _Rule("path-unmarked", "\\", _PATH, lambda found: f"`{found[0]}`" if _LOST.search(found[0]) else found[0]),
        _Rule("emoji-code", ":", _EMOJI, lambda _: None),
        _Rule("dash-signs", "--", _DASHES, lambda _: "–"),
        _Rule("export-left", "^", _ANCHOR, lambda _: ""),
        _Rule("box-signs", "!", _BOX, lambda found: f"!!! {found['kind']}"),
    )
    is_plain = True
    for code, sign, pattern, spelled in rules:
        if sign not in right or (code == "box-signs" and not line.startswith("!")):
            continue
        if pattern is _MACRO and text.outline.kinds[index] is LineKind.HEADING:
            continue
        for found in reversed(list(pattern.finditer(code_blanked(right)))):
            if code == "link-half" and _inside_link(right, found):
                continue
            now = spelled(found)
            if now == found[0]:
                continue
            values = {"text": found[0].strip()[:QUOTED_ADDRESS], "right": (now or "").strip()[:QUOTED_ADDRESS]}
            told.append((code, found.start() + 1, values))
            if now is None or "![…]" in now:
                is_plain = False
            else:
                right = right[: found.start()] + now + right[found.end() :]
    once: set[str] = set()
    changed = (right,) if right != line and is_plain else None
    for code, column, values in sorted(told, key=lambda one: one[1]):
        if code not in once:
            yield Spelling(index, code, values, column, right=changed)
            once.add(code)


def _inside_link(line: str, found: re.Match[str]) -> bool:
    """Return whether what looks like half a link is a whole one with brackets in its address."""
    return ")" in line[found.end() :].partition("[")[0] or "](" in found["words"]


def _wiki(text: WrittenText) -> Right:
    """Return how wiki links of a text are written; None where only the author knows where one leads."""

    def spelled(found: re.Match[str]) -> str | None:
        target = found["target"].strip()
        if found["image"]:
            return _image(text, target)
        if not target:
            return None
        path = _page_called(text.loaded, target, text.file.text.language)
        if not path:
            return None
        folder = posixpath.dirname(text.file.text.path)
        return f"[{(found['text'] or target).strip()}]({posixpath.relpath(path, folder or '.')})"

    return spelled


def _image(text: WrittenText, name: str) -> str | None:
    """Return how an image of a wiki is written; None if there is no such image."""
    folder = posixpath.dirname(text.file.text.path)
    same = [path for path in text.loaded.assets if posixpath.basename(path).casefold() == name.casefold()]
    return f"![…]({posixpath.relpath(same[0], folder or '.')})" if same else None


def _page_called(loaded: LoadResult, name: str, language: str) -> str:
    """Return the file of the text that a wiki link names, by slug or title; empty if there is none."""
    slug = in_ascii(name).replace(" ", "-")
    for kind in (TUTORIAL, GUIDE, LEVEL):
        known = loaded.slugs(kind)
        titles = {file.text.title.casefold(): file.slug for file in loaded.of(kind, language)}
        here = titles.get(name.casefold()) or (slug if slug in known else suggest(slug, known))
        if here:
            return f"{kind.folder}/{here}.{language}.md"
    return ""
