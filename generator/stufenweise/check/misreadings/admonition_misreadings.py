"""Boxes, folds and tabs in other programs' markup: `:::` containers, HTML elements, `=== "Tab"`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stufenweise.check.misreadings.box_lines import (
    box_head,
    box_misreading,
    code_misreading,
    dedented,
    end_of_box,
    quote_misreading,
    usual_title,
)
from stufenweise.check.misreadings.misreading import Misreading
from stufenweise.check.misreadings.written_text import MarkupForm, WrittenText, misreadings_of
from stufenweise.model.problem import QUOTED_ADDRESS
from stufenweise.source.markdown.callouts import box_kind
from stufenweise.source.markdown.html_policy import ADMONITIONS

_COLONS = re.compile(r"[ ]{0,3}:{3,}")
_CONTAINER = re.compile(
    r"[ ]{0,3}:{3,}[ ]*\{?\.?(?P<kind>[\w-]+)\}?[ ]*(?:\[(?P<title>[^\[\]\n]*)\]|(?P<words>[^\[\]{}\n]*))[ ]*"
)
_COLONS_END = re.compile(r"[ ]{0,3}:{3,}[ ]*")
_ELEMENT = re.compile(
    r"[ ]{0,3}<(?P<name>details|aside)(?P<open>[ ]+open)?[^<>\n]*>[ ]*"
    r"(?P<rest>.*?)[ ]*(?P<end></(?:details|aside)>)?[ ]*$",
    re.IGNORECASE,
)
_SUMMARY = re.compile(r"[ ]*<summary>(?P<title>[^\n]*?)</summary>[ ]*(?P<rest>.*)", re.IGNORECASE)
_TAGS = re.compile(r"</?(?:b|strong|em|i|h[1-6])>", re.IGNORECASE)
_TAB = re.compile(r"[ ]{0,3}===[!+]?[ ]+\"(?P<title>[^\"\n]+)\"[ ]*$")
_ALONE = re.compile(r"[ ]{0,3}>[ ]?(?P<head>\[![\w-]{1,30}\][-+]?)[ ]+(?P<words>\S.*)")
_BOLD = re.compile(r"[ ]{0,3}>[ ]?\*\*(?P<kind>[^\W\d_]+)\*\*[ \t]*$")
_DIRECTIVE = re.compile(r"[ ]{0,3}\.\.[ ](?P<kind>[a-z]+)::[ ]*(?P<title>.*)")
_MACRO = re.compile(
    r"[ ]{0,3}\{(?P<name>info|note|tip|warning|panel|expand|code|noformat|quote)(?::(?P<rest>[^{}\n]*))?\}[ \t]*$"
)
_MACRO_TITLE = re.compile(r"(?:^|\|)(?:title=)?(?P<title>[^|=]+)(?:\||$)")
_TOGGLE = re.compile(r"[▶▸►▼▾][ \t]+(?P<title>\S.*)")


def admonition_misreadings(text: WrittenText) -> Iterator[Misreading]:
    """Yield boxes in other programs' markup."""
    return misreadings_of(text, BOX_FORMS, BOX_BEGINS)


def _tab(text: WrittenText, index: int, tab: re.Match[str]) -> Misreading:
    """Return the box for the label of a tab; its lines are indented already."""
    return box_misreading(text, index, index + 1, box_head("!!!", "note", tab["title"]), ())


def _container(text: WrittenText, index: int, _: re.Match[str]) -> Misreading:
    """Return the box for a `:::` container; if its kind is unknown, only the colons are removed."""
    line = text.lines[index]
    container = _CONTAINER.fullmatch(line)
    kind = box_kind(container["kind"]) if container else ""
    end = end_of_box(text, index + 1, _COLONS_END)
    if container and kind in ADMONITIONS and end:
        title = (container["title"] or container["words"] or "").strip() or usual_title(text, container["kind"], kind)
        return box_misreading(text, index, end, box_head("!!!", kind, title), text.lines[index + 1 : end - 1])
    is_end = bool(_COLONS_END.fullmatch(line))
    return text.misreading(index, "" if is_end else "export-left", (), text=line.strip())


def _element(text: WrittenText, index: int, element: re.Match[str]) -> Misreading | None:
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
    first = next((at for at, line in enumerate(inner) if line.strip()), 0)
    if summary := _SUMMARY.fullmatch(inner[first]):
        title = _TAGS.sub("", summary["title"]).strip()
        inner = [summary["rest"], *inner[first + 1 :]]
    kind = "question" if title.endswith("?") else "note"
    marker = "!!!" if name == "aside" else "???+" if element["open"] else "???"
    return box_misreading(text, index, end, box_head(marker, kind, title or usual_title(text, kind, kind)), inner)


def _named_quote(text: WrittenText, index: int, name: re.Match[str]) -> Misreading | None:
    """Return the box for a quote that begins with a bold kind, such as `> **Note**` (an older form of GitHub)."""
    kind, end = box_kind(name["kind"]), text.end_of_run(index + 1, _is_quoted, in_code=True)
    if kind not in ADMONITIONS or _is_quote(text, index - 1) or end == index + 1:
        return None
    inner = [re.sub(r"^[ ]{0,3}>[ ]?", "", line) for line in text.lines[index + 1 : end]]
    return box_misreading(text, index, end, box_head("!!!", kind, usual_title(text, name["kind"], kind)), inner)


def _directive(text: WrittenText, index: int, directive: re.Match[str]) -> Misreading | None:
    """Return the box for a reStructuredText directive and the indented lines below it."""
    kind, end = box_kind(directive["kind"]), text.end_of_run(index + 1, _is_indented, in_code=True)
    if kind not in ADMONITIONS:
        return None
    title = directive["title"].strip() or usual_title(text, directive["kind"], kind)
    return box_misreading(text, index, end, box_head("!!!", kind, title), dedented(text.lines[index + 1 : end]))


def _macro(text: WrittenText, index: int, macro: re.Match[str]) -> Misreading | None:
    """Return the replacement for a wiki macro: a box, a foldable box, code or a quote."""
    name = macro["name"]
    end = end_of_box(text, index + 1, re.compile(rf"[ ]*\{{{name}\}}[ \t]*"))
    if not end:
        return None
    inner = text.lines[index + 1 : end - 1]
    if name in {"code", "noformat"}:
        language = macro["rest"] if re.fullmatch(r"[a-z]+", macro["rest"] or "") else ""
        return code_misreading(text, index, end, language, inner)
    if name == "quote":
        return quote_misreading(text, index, end, inner)
    kind = name if name in ADMONITIONS else "note"
    given = _MACRO_TITLE.search(macro["rest"] or "")
    title = given["title"].strip() if given else usual_title(text, kind, kind)
    return box_misreading(text, index, end, box_head("???" if name == "expand" else "!!!", kind, title), inner)


def _toggle(text: WrittenText, index: int, toggle: re.Match[str]) -> Misreading | None:
    """Return the foldable box for a line with a triangle and the indented lines below it."""
    end = text.end_of_run(index + 1, _is_indented, in_code=True)
    if end == index + 1:
        return None
    head = box_head("???", "question" if toggle["title"].endswith("?") else "note", toggle["title"].strip())
    return box_misreading(text, index, end, head, dedented(text.lines[index + 1 : end]))


def _callout_head(text: WrittenText, index: int, callout: re.Match[str]) -> Misreading | None:
    """Return the two lines for a callout of one line, whose words would become its title."""
    if _is_quote(text, index - 1, index + 1):
        return None
    right = (f"> {callout['head']}", f"> {callout['words']}")
    text_value = text.lines[index].strip()
    return text.misreading(
        index, "other-markup", right, text=text_value, right=" / ".join(right), longest=QUOTED_ADDRESS
    )


BOX_FORMS: tuple[MarkupForm, ...] = (
    (_TAB, _tab),
    (_COLONS, _container),
    (_ELEMENT, _element),
    (_BOLD, _named_quote),
    (_DIRECTIVE, _directive),
    (_MACRO, _macro),
    (_TOGGLE, _toggle),
    (_ALONE, _callout_head),
)
"""Forms of boxes in the order in which they are tried."""
BOX_BEGINS = re.compile(r"[ ]{0,3}(?:===|:::|<[adAD]|>|\.\.|\{)|[▶▸►▼▾]")
"""How each of them begins."""


def _is_indented(line: str) -> bool:
    return line.startswith(("  ", "\t"))


def _is_quoted(line: str) -> bool:
    return line.lstrip().startswith(">")


def _is_quote(text: WrittenText, *around: int) -> bool:
    return any(not text.is_blank(index) and _is_quoted(text.lines[index]) for index in around)
