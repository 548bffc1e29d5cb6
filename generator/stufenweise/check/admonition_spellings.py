"""Boxes, folds and tabs in other programs' markup: `:::` containers, HTML elements, `=== "Tab"`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stufenweise.check.box_lines import (
    box_head,
    box_spelling,
    code_spelling,
    dedented,
    end_of_box,
    quote_spelling,
    usual_title,
)
from stufenweise.check.spelling import Spelling, WrittenText
from stufenweise.model.problem import QUOTED_TEXT
from stufenweise.source.callouts import box_kind
from stufenweise.source.html_policy import ADMONITIONS

_COLONS = re.compile(r"[ ]{0,3}:{3,}")
_CONTAINER = re.compile(
    r"[ ]{0,3}:{3,}[ ]*\{?\.?(?P<kind>[\w-]+)\}?[ ]*(?:\[(?P<title>[^\[\]\n]*)\]|(?P<words>[^\[\]{}\n]*))[ ]*"
)
_COLONS_END = re.compile(r"[ ]{0,3}:{3,}[ ]*")
_ELEMENT = re.compile(
    r"[ ]{0,3}<(?P<name>details|aside)(?P<open>[ ]+open)?[^<>\n]*>[ ]*"
    r"(?P<rest>.*?)[ ]*(?P<end></(?:details|aside)>)?[ ]*",
    re.IGNORECASE,
)
_SUMMARY = re.compile(r"[ ]*<summary>(?P<title>[^\n]*?)</summary>[ ]*(?P<rest>.*)", re.IGNORECASE)
_TAGS = re.compile(r"</?(?:b|strong|em|i|h[1-6])>", re.IGNORECASE)
_TAB = re.compile(r"[ ]{0,3}===[!+]?[ ]+\"(?P<title>[^\"\n]+)\"[ ]*")
_ALONE = re.compile(r"[ ]{0,3}>[ ]?(?P<head>\[![\w-]{1,30}\][-+]?)[ ]+(?P<words>\S.*)")
_BOLD = re.compile(r"[ ]{0,3}>[ ]?\*\*(?P<kind>[^\W\d_]+)\*\*[ \t]*")
_DIRECTIVE = re.compile(r"[ ]{0,3}\.\.[ ](?P<kind>[a-z]+)::[ ]*(?P<title>.*)")
_MACRO = re.compile(
    r"[ ]{0,3}\{(?P<name>info|note|tip|warning|panel|expand|code|noformat|quote)(?::(?P<rest>[^{}\n]*))?\}[ \t]*"
)
_MACRO_TITLE = re.compile(r"(?:^|\|)(?:title=)?(?P<title>[^|=]+)(?:\||$)")
_TOGGLE = re.compile(r"[▶▸►▼▾][ \t]+(?P<title>\S.*)")


def admonition_spellings(text: WrittenText) -> Iterator[Spelling]:
    """Yield boxes in other programs' markup."""
    index = 0
    while index < len(text.lines):
        found = None if text.literal[index] or not text.lines[index].strip() else _at(text, index)
        if found:
            yield found
        index = found.next_line if found else index + 1


def _at(text: WrittenText, index: int) -> Spelling | None:
    line = text.lines[index]
    if tab := _TAB.fullmatch(line):
        return box_spelling(text, index, index + 1, box_head("!!!", "note", tab["title"]), ())
    if _COLONS.match(line):
        return _container(text, index)
    if "<" in line and (element := _ELEMENT.fullmatch(line)):
        return _element(text, index, element)
    if bold := _BOLD.fullmatch(line):
        return _named_quote(text, index, bold["kind"])
    if (directive := _DIRECTIVE.fullmatch(line)) and box_kind(directive["kind"]) in ADMONITIONS:
        return _directive(text, index, directive)
    if (macro := _MACRO.fullmatch(line)) and (end := end_of_box(text, index + 1, _end_of(macro["name"]))):
        return _macro(text, index, end, macro)
    if (toggle := _TOGGLE.fullmatch(line)) and (end := _behind_indented(text, index + 1)) > index + 1:
        head = box_head("???", "question" if toggle["title"].endswith("?") else "note", toggle["title"].strip())
        return box_spelling(text, index, end, head, dedented(text.lines[index + 1 : end]))
    if "[!" in line and (alone := _ALONE.fullmatch(line)) and not _is_quote(text, index - 1, index + 1):
        right = (f"> {alone['head']}", f"> {alone['words']}")
        return Spelling(
            line=index,
            code="other-markup",
            values={"text": line.strip()[:QUOTED_TEXT], "right": " / ".join(right)},
            right=right,
        )
    return None


def _named_quote(text: WrittenText, index: int, name: str) -> Spelling | None:
    """Return the box for a quote that begins with a bold kind, such as `> **Note**` (an older form of GitHub)."""
    kind, end = box_kind(name), index + 1
    while end < len(text.lines) and text.lines[end].lstrip().startswith(">"):
        end += 1
    if kind not in ADMONITIONS or _is_quote(text, index - 1) or end == index + 1:
        return None
    inner = [re.sub(r"^[ ]{0,3}>[ ]?", "", line) for line in text.lines[index + 1 : end]]
    return box_spelling(text, index, end, box_head("!!!", kind, usual_title(text, name, kind)), inner)


def _directive(text: WrittenText, index: int, found: re.Match[str]) -> Spelling:
    """Return the box for a reStructuredText directive and the indented lines below it."""
    kind, end = box_kind(found["kind"]), _behind_indented(text, index + 1)
    title = found["title"].strip() or usual_title(text, found["kind"], kind)
    return box_spelling(text, index, end, box_head("!!!", kind, title), dedented(text.lines[index + 1 : end]))


def _end_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"[ ]*\{{{name}\}}[ \t]*")


def _macro(text: WrittenText, index: int, end: int, found: re.Match[str]) -> Spelling:
    """Return the replacement for a wiki macro: a box, a foldable box, code or a quote."""
    name, inner = found["name"], text.lines[index + 1 : end - 1]
    if name in {"code", "noformat"}:
        language = found["rest"] if re.fullmatch(r"[a-z]+", found["rest"] or "") else ""
        return code_spelling(text, index, end, language, inner)
    if name == "quote":
        return quote_spelling(text, index, end, inner)
    kind = name if name in ADMONITIONS else "note"
    given = _MACRO_TITLE.search(found["rest"] or "")
    title = given["title"].strip() if given else usual_title(text, kind, kind)
    return box_spelling(text, index, end, box_head("???" if name == "expand" else "!!!", kind, title), inner)


def _behind_indented(text: WrittenText, start: int) -> int:
    """Return the line behind the indented ones from `start` on."""
    end = start
    while end < len(text.lines) and text.lines[end].startswith(("  ", "\t")):
        end += 1
    return end


def _container(text: WrittenText, index: int) -> Spelling:
    """Return the box for a `:::` container; if its kind is unknown, only the colons are removed."""
    line = text.lines[index]
    found = _CONTAINER.fullmatch(line)
    kind = box_kind(found["kind"]) if found else ""
    end = end_of_box(text, index + 1, _COLONS_END)
    if found and kind in ADMONITIONS and end:
        title = (found["title"] or found["words"] or "").strip() or usual_title(text, found["kind"], kind)
        return box_spelling(text, index, end, box_head("!!!", kind, title), text.lines[index + 1 : end - 1])
    is_end = bool(_COLONS_END.fullmatch(line))
    return Spelling(line=index, code="" if is_end else "export-left", values={"text": line.strip()[:40]}, right=())


def _element(text: WrittenText, index: int, element: re.Match[str]) -> Spelling | None:
    """Return the box for a `<details>` or `<aside>` element."""
    name = element["name"].lower()
    closing = re.compile(rf"(?P<last>.*?)[ ]*</{name}>[ ]*", re.IGNORECASE)
    end = index + 1 if element["end"] else end_of_box(text, index + 1, closing)
    if not end:
        return None
    inner = [element["rest"]]
    if not element["end"]:
        last = closing.fullmatch(text.lines[end - 1])
        inner += [*text.lines[index + 1 : end - 1], last["last"] if last else ""]
    title = ""
    first = next((at for at, one in enumerate(inner) if one.strip()), 0)
    if summary := _SUMMARY.fullmatch(inner[first]):
        title = _TAGS.sub("", summary["title"]).strip()
        inner = [summary["rest"], *inner[first + 1 :]]
    kind = "question" if title.endswith("?") else "note"
    marker = "!!!" if name == "aside" else "???+" if element["open"] else "???"
    return box_spelling(text, index, end, box_head(marker, kind, title or usual_title(text, kind, kind)), inner)


def _is_quote(text: WrittenText, *around: int) -> bool:
    return any(not text.is_blank(one) and text.lines[one].lstrip().startswith(">") for one in around)
