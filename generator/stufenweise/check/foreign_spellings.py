"""Inline marks of other programs: wiki links, highlights, pandoc spans, local paths, bare braces."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from stufenweise.check.foreign_marks import FOREIGN_MARKS, TARGET, ForeignMark, Right
from stufenweise.check.spelling import Spelling, WrittenText
from stufenweise.load.load_result import LoadResult
from stufenweise.model.kinds import GUIDE, LEVEL, TUTORIAL
from stufenweise.model.problem import QUOTED_ADDRESS
from stufenweise.source.file_names import in_ascii
from stufenweise.source.html_policy import ADMONITIONS
from stufenweise.source.literal_lines import code_blanked
from stufenweise.source.outline import LineKind
from stufenweise.source.suggest import suggest

_WIKI = re.compile(r"(?P<image>!?)\[\[(?P<target>[^\[\]|#\n]*)(?:#[^\[\]|\n]*)?(?:\|(?P<text>[^\[\]\n]*))?\]\](?!\()")
_WIKI_FILE = re.compile(r"(?<![\w!])!(?P<target>[\w][\w .-]*\.(?:png|jpe?g|gif|svg|webp))(?:\|[^!|\n]*)?!(?![\w(\[])")
_HALF = re.compile(
    r"\[(?P<words>[^\[\]()\n]+)(?:\]\((?P<open>[^\s()\[\]]+?)(?P<rest>[.,;:!?]?(?=\s|$))|\((?P<target>[^\s()\[\]]+\.md)\))"
)
_PATH = re.compile(r"(?<![\\\w`])(?:\\\\[\w.$-]+|[A-Za-z]:)(?:\\+[^\s\\`|<>\"„“”()]*[^\s\\`|<>\"„“”().,;:!?])+\\?")
_LOST = re.compile(r"\\[!-/:-@\[-`{-~]")
_WORDS = re.compile(r"(?<!!)\[[^\[\]\n]+\][ \t]*$")
_TARGET = re.compile(rf"[ \t]*\({TARGET}\)")
"""The address of a link at the beginning of the next line."""
_BOX = re.compile(rf"^(?:!{{1,2}}|!{{4,6}}|!!!(?=[a-z]))[ ]?(?P<kind>{'|'.join(ADMONITIONS)})\b")
_RULED = re.compile(r"[ ]{1,3}-{3,}(?:[ ]+-{3,})*[ ]*")
_CONTENTS = re.compile(r"[ ]{0,3}(?:[-*+]|1\.)[ ]+\S.*")
_CONTENTS_MARK = re.compile(r"[ ]{0,4}\{:[ ]?toc\}[ \t]*")
"""A list item and the marker below it, which another program replaces by a table of contents."""
_TAKEN = "\0"
"""Placeholder for a mark that has already been reported."""
_SPELT = (
    ForeignMark(
        "link-half",
        "[",
        _HALF,
        lambda found: f"[{found['words'].strip()}]({found['open'] or found['target']}){found['rest'] or ''}",
    ),
    ForeignMark(
        "path-unmarked",
        "\\",
        _PATH,
        lambda found: f"`{found[0]}`" if _LOST.search(found[0]) else found[0],
    ),
    ForeignMark("box-marks", "!", _BOX, lambda found: f"!!! {found['kind']}"),
)
_ANY = re.compile("|".join(sorted({re.escape(one.mark) for one in (*FOREIGN_MARKS, *_SPELT)})))
"""Matches every line that can contain a foreign mark; other lines are skipped."""


def foreign_spellings(text: WrittenText) -> Iterator[Spelling]:
    """Yield other programs' marks, which the page would show literally or drop."""
    unknown = -2
    """The last line with markup that only its author can read: what goes on with it is the same mistake."""
    for index, line in enumerate(text.lines):
        if text.literal[index] or not line.strip():
            continue
        if (
            _RULED.fullmatch(line)
            and (text.is_blank(index - 1) or "- -" in line)
            and ("- -" in line or any(_RULED.fullmatch(one) for one in text.lines[index + 1 : index + 40]))
            and not any(_RULED.fullmatch(one) for one in text.lines[max(index - 40, 0) : index])
        ):
            yield Spelling(line=index, code="table-drawn", values={})
            continue
        below = text.lines[index + 1] if index + 1 < len(text.lines) else ""
        if (words := _WORDS.search(line)) and (target := _TARGET.match(below)) and not text.literal[index + 1]:
            right = line.rstrip() + below.lstrip()
            values = {
                "text": words[0][:QUOTED_ADDRESS],
                "right": (words[0].strip() + target[0].strip())[:QUOTED_ADDRESS],
            }
            yield Spelling(
                line=index, code="link-apart", values=values, column=words.start() + 1, end=index + 2, right=(right,)
            )
            continue
        if _CONTENTS.fullmatch(line) and _CONTENTS_MARK.fullmatch(below):
            yield Spelling(
                line=index,
                code="export-left",
                values={"text": f"{line.strip()} {below.strip()}"},
                end=index + 2,
                right=(),
            )
            continue
        if index and _CONTENTS_MARK.fullmatch(line) and _CONTENTS.fullmatch(text.lines[index - 1]):
            continue
        found = list(_in_line(text, index, line))
        if index != unknown + 1 or any(one.code != "other-markup" or one.right for one in found):
            yield from found
        unknown = index if any(one.code == "other-markup" and not one.right for one in found) else unknown


def _in_line(text: WrittenText, index: int, line: str) -> Iterator[Spelling]:
    """Yield the foreign marks of one line, with one replacement for all of them."""
    if not _ANY.search(line):
        return
    right, found_marks = line, []
    is_plain = True
    is_heading = text.outline.kinds[index] is LineKind.HEADING
    for code, mark, pattern, spelled, in_code in (
        ForeignMark("wiki-link", "[[", _WIKI, _wiki(text)),
        ForeignMark("wiki-link", "!", _WIKI_FILE, lambda found: _image(text, found["target"])),
        *FOREIGN_MARKS,
        *_SPELT,
    ):
        if mark not in right or (is_heading and mark in {"{", "}", "[#"}):
            continue
        for found in reversed(list(pattern.finditer(right if in_code else code_blanked(right)))):
            if code == "link-half" and _inside_link(right, found):
                continue
            now = spelled(found)
            if now == found[0]:
                continue
            values = {"text": found[0].strip()[:QUOTED_ADDRESS], "right": (now or "").strip()[:QUOTED_ADDRESS]}
            if code == "hyphen-marks":
                values = {"text": values["text"], "words": found["words"][:QUOTED_ADDRESS]}
            found_marks.append((code, found.start() + 1, values))
            if now is None or "![…]" in now:
                is_plain = False
                now = _TAKEN * len(found[0])
            right = right[: found.start()] + now + right[found.end() :]
    once: set[str] = set()
    changed = ((right,) if right.strip() else ()) if right != line and is_plain else None
    for code, column, values in sorted(found_marks, key=lambda one: one[1]):
        if code not in once:
            yield Spelling(line=index, code=code, values=values, column=column, right=changed)
            once.add(code)


def _inside_link(line: str, found: re.Match[str]) -> bool:
    """Return whether an apparent half link is a complete link with brackets in its address."""
    return ")" in line[found.end() :].partition("[")[0] or "](" in found["words"]


def _wiki(text: WrittenText) -> Right:
    """Return the function that replaces wiki links of a text; it returns None if the target is unknown."""

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
    """Return the Markdown for a wiki image; None if there is no such image."""
    folder = posixpath.dirname(text.file.text.path)
    same = [path for path in text.loaded.assets if posixpath.basename(path).casefold() == name.casefold()]
    return f"![…]({posixpath.relpath(same[0], folder or '.')})" if same else None


def _page_called(loaded: LoadResult, name: str, language: str) -> str:
    """Return the file of the text that a wiki link names, by slug or title; empty if there is none."""
    slug = in_ascii(name).replace(" ", "-")
    for kind in (TUTORIAL, GUIDE, LEVEL):
        known = loaded.slugs(kind)
        titles = {file.text.title.casefold(): file.slug for file in loaded.files_of(kind, language)}
        here = titles.get(name.casefold()) or (slug if slug in known else suggest(slug, known))
        if here:
            return f"{kind.folder}/{here}.{language}.md"
    return ""
