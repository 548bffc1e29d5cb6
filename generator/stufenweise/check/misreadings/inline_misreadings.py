"""Inline marks of other programs: wiki links, highlights, pandoc spans, local paths, bare braces."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from stufenweise.check.misreadings.foreign_marks import FOREIGN_MARKS, TARGET, ForeignMark, Replacement
from stufenweise.check.misreadings.misreading import Misreading
from stufenweise.check.misreadings.written_text import WrittenText
from stufenweise.load.load_result import LoadResult
from stufenweise.model.kinds import GUIDE, LEVEL, TUTORIAL
from stufenweise.model.problem import QUOTED_ADDRESS
from stufenweise.source.files.file_names import in_ascii
from stufenweise.source.markdown.html_policy import ADMONITIONS
from stufenweise.source.markdown.literal_lines import code_blanked
from stufenweise.source.markdown.outline import LineKind
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
_ATTRIBUTES = frozenset({"{", "}", "[#"})
"""Marks with these are not looked for in headings: those have attributes, which another rule checks."""
_TAKEN = "\0"
"""Placeholder for a mark that has already been reported."""
_MORE_MARKS = (
    ForeignMark(
        "link-half",
        "[",
        _HALF,
        lambda match: f"[{match['words'].strip()}]({match['open'] or match['target']}){match['rest'] or ''}",
    ),
    ForeignMark(
        "path-unmarked",
        "\\",
        _PATH,
        lambda match: f"`{match[0]}`" if _LOST.search(match[0]) else match[0],
    ),
    ForeignMark("box-marks", "!", _BOX, lambda match: f"!!! {match['kind']}"),
)
_SIGN = re.compile(r"[^\w\s.,]")
_SIGNS_OF = {
    quick: {*_SIGN.findall(quick)} for quick in ("[[", "!", *(mark.quick_text for mark in FOREIGN_MARKS + _MORE_MARKS))
}
"""The signs in each mark's quick text: to look for all quick texts in a text takes five times as long."""


def inline_misreadings(text: WrittenText) -> Iterator[Misreading]:
    """Yield other programs' marks, which the page would show literally or drop."""
    all_marks, body = [*_marks(text)], text.file.source_body
    signs = {*_SIGN.findall(body)}
    quick_texts = {quick for quick, its_signs in _SIGNS_OF.items() if its_signs <= signs and quick in body}
    in_text = [mark for mark in all_marks if mark.quick_text in quick_texts]
    in_heading = [mark for mark in in_text if mark.quick_text not in _ATTRIBUTES]
    has_contents = "toc" in body
    unknown = -2
    """The last line with unknown markup; unknown markup on the line below belongs to the same mistake."""
    for index, line in text.written:
        if has_contents and _is_contents_marker(text, index):
            continue
        if misreading := (
            _drawn_table(text, index) or _wrapped_link(text, index) or (has_contents and _contents(text, index))
        ):
            yield misreading
            continue
        of_line = in_heading if text.outline.kinds[index] is LineKind.HEADING else in_text
        if not _has_one(line, of_line):
            continue
        marks = list(_in_line(text, index, line, all_marks))
        if index != unknown + 1 or any(mark.code != "other-markup" or mark.replacement for mark in marks):
            yield from marks
        unknown = index if any(mark.code == "other-markup" and not mark.replacement for mark in marks) else unknown


def _drawn_table(text: WrittenText, index: int) -> Misreading | None:
    """Return a table that pandoc draws with rules, reported at the first of them."""
    line = text.lines[index]
    if (
        line[0] != " "
        or not _RULED.fullmatch(line)
        or any(map(_RULED.fullmatch, text.lines[max(index - 40, 0) : index]))
    ):
        return None
    has_columns = "- -" in line
    is_closed = text.is_blank(index - 1) and any(map(_RULED.fullmatch, text.lines[index + 1 : index + 40]))
    return text.misreading(index, "table-drawn") if has_columns or is_closed else None


def _wrapped_link(text: WrittenText, index: int) -> Misreading | None:
    """Return a link whose address stands at the beginning of the next line."""
    line, below = text.lines[index], _line_below(text, index)
    words, target = (_WORDS.search(line), _TARGET.match(below)) if "]" in line else (None, None)
    if not words or not target or text.literal[index + 1]:
        return None
    replacement, column = line.rstrip() + below.lstrip(), words.start() + 1
    return text.misreading(
        index,
        "link-apart",
        (replacement,),
        end=index + 2,
        column=column,
        longest=QUOTED_ADDRESS,
        text=words[0],
        right=words[0].strip() + target[0].strip(),
    )


def _contents(text: WrittenText, index: int) -> Misreading | None:
    """Return an item that another program replaces by a table of contents, with the marker below it."""
    line, below = text.lines[index], _line_below(text, index)
    if not (_CONTENTS.fullmatch(line) and _CONTENTS_MARK.fullmatch(below)):
        return None
    return text.misreading(index, "export-left", (), end=index + 2, text=f"{line.strip()} {below.strip()}")


def _is_contents_marker(text: WrittenText, index: int) -> bool:
    """Return whether a line is the marker of a table of contents, which is reported with the item above."""
    above = text.lines[index - 1] if index else ""
    return bool(_CONTENTS_MARK.fullmatch(text.lines[index]) and _CONTENTS.fullmatch(above))


def _line_below(text: WrittenText, index: int) -> str:
    return text.lines[index + 1] if index + 1 < len(text.lines) else ""


def _has_one(line: str, marks: Sequence[ForeignMark]) -> bool:
    """Return whether one of these marks has something to find in a line."""
    blanked = code_blanked(line)
    for mark in marks:
        if mark.quick_text in line and mark.pattern.search(line if mark.searches_code else blanked):
            return True
    return False


def _in_line(text: WrittenText, index: int, line: str, marks: Sequence[ForeignMark]) -> Iterator[Misreading]:
    """Yield the foreign marks of one line, with one replacement for all of them."""
    changed, is_sure = line, True
    reported: dict[str, Misreading] = {}
    is_heading = text.outline.kinds[index] is LineKind.HEADING
    for mark in marks:
        if mark.quick_text not in changed or (is_heading and mark.quick_text in _ATTRIBUTES):
            continue
        for match in reversed(list(mark.pattern.finditer(changed if mark.searches_code else code_blanked(changed)))):
            right = mark.replacement(match)
            if right == match[0] or (mark.code == "link-half" and _inside_link(changed, match)):
                continue
            if mark.code not in reported or match.start() + 1 < reported[mark.code].column:
                reported[mark.code] = _reported(text, index, mark, match, right)
            if right is None or "![…]" in right:
                is_sure = False
                right = _TAKEN * len(match[0])
            changed = changed[: match.start()] + right + changed[match.end() :]
    replacement = ((changed,) if changed.strip() else ()) if changed != line and is_sure else None
    for misreading in sorted(reported.values(), key=lambda misreading: misreading.column):
        yield replace(misreading, replacement=replacement)


def _marks(text: WrittenText) -> Iterator[ForeignMark]:
    """Yield all foreign marks, those whose replacement depends on the other files first."""
    yield ForeignMark("wiki-link", "[[", _WIKI, _wiki(text))
    yield ForeignMark("wiki-link", "!", _WIKI_FILE, lambda match: _image(text, match["target"]))
    yield from FOREIGN_MARKS
    yield from _MORE_MARKS


def _reported(text: WrittenText, index: int, mark: ForeignMark, match: re.Match[str], right: str | None) -> Misreading:
    """Return the misreading of a mark, without its replacement."""
    quoted, column = match[0].strip(), match.start() + 1
    if mark.code == "hyphen-marks":
        words = match["words"]
        return text.misreading(index, mark.code, column=column, longest=QUOTED_ADDRESS, text=quoted, words=words)
    right = (right or "").strip()
    return text.misreading(index, mark.code, column=column, longest=QUOTED_ADDRESS, text=quoted, right=right)


def _inside_link(line: str, match: re.Match[str]) -> bool:
    """Return whether an apparent half link is a complete link with brackets in its address."""
    return ")" in line[match.end() :].partition("[")[0] or "](" in match["words"]


def _wiki(text: WrittenText) -> Replacement:
    """Return the function that replaces wiki links of a text; it returns None if the target is unknown."""

    def replaced(match: re.Match[str]) -> str | None:
        target = match["target"].strip()
        if match["image"]:
            return _image(text, target)
        if not target:
            return None
        path = _page_called(text.loaded, target, text.language)
        if not path:
            return None
        folder = posixpath.dirname(text.path)
        return f"[{(match['text'] or target).strip()}]({posixpath.relpath(path, folder or '.')})"

    return replaced


def _image(text: WrittenText, name: str) -> str | None:
    """Return the Markdown for a wiki image; None if there is no such image."""
    folder = posixpath.dirname(text.path)
    same = [path for path in text.loaded.media.images if posixpath.basename(path).casefold() == name.casefold()]
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
