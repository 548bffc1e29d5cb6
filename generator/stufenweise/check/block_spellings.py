"""Blocks of other markup languages: AsciiDoc, Org, GitBook, MDX.

Their first and last line would be read as a heading, a quote, an expression or HTML. A block is one mistake: its
problem gives the number of its lines, and other problems of these lines are suppressed (`suppress_follow_ups`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from stufenweise.check.box_lines import (
    MAX_BOX_LINES,
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

_ASCIIDOC = re.compile(
    r"\[(?P<kind>NOTE|TIP|IMPORTANT|WARNING|CAUTION|source|listing|quote)\b(?P<rest>[^\[\]\n]*)\][ \t]*"
)
_DELIMITERS = re.compile(r"(?P<mark>[=_*.-])(?P=mark){3,}[ \t]*")
_ORG = re.compile(r"[ ]{0,3}#\+begin_(?P<kind>[a-z]+)(?:[ \t]+(?P<rest>.*))?", re.IGNORECASE)
_ORG_KEY = re.compile(r"[ ]{0,3}#\+[A-Z_]+:.*", re.IGNORECASE)
_LIQUID = re.compile(r"[ ]{0,3}\{%-?[ ]*(?P<name>[a-z][\w-]*)(?P<rest>[^%\n]*?)-?%\}[ \t]*")
_LIQUID_LINK = re.compile(r"\burl=[\"'](?P<url>https?://[^\s\"'()<>]+)[\"']")
_COMPONENT = re.compile(r"[ ]{0,3}<[A-Z](?=\w*[a-z])\w*(?:[\s>/][^\n]*)?")
_START = re.compile(r"<(?P<name>[A-Z]\w*)(?P<rest>[^<>]*?)(?P<end>/?)>(?P<inner>.*)", re.DOTALL)
_ATTRIBUTE = re.compile(r"(?P<name>[\w-]+)=\{?(?P<quote>[\"'])(?P<value>[^\"'\n]*)(?P=quote)\}?")
_SCRIPT = re.compile(
    r"(?:import[ ].{0,120}\bfrom[ ]+|import[ ]+|export[ ].{0,120}\bfrom[ ]+)[\"'][^\"'\n]+[\"'];?[ \t]*"
)
_MAX_START = 12
"""Most lines of a component's start tag."""
_BOXES = frozenset({"callout", "admonition", "alert", "aside", "hint", "notice", "banner", "card"})
"""Components that become a box; an attribute gives its kind."""


def block_spellings(text: WrittenText) -> Iterator[Spelling]:
    """Yield blocks in other programs' markup."""
    index = 0
    while index < len(text.lines):
        line = text.lines[index]
        found = (
            None if text.literal[index] or line.lstrip()[:1] not in "[#{<ie" or not line.strip() else _at(text, index)
        )
        if found:
            yield found
        index = found.next_line if found else index + 1


def _at(text: WrittenText, index: int) -> Spelling | None:
    line = text.lines[index]
    found: Spelling | None = None
    if line.startswith("[") and (asciidoc := _ASCIIDOC.fullmatch(line)):
        found = _asciidoc(text, index, asciidoc)
    elif "#+" in line and (org := _ORG.fullmatch(line)):
        found = _org(text, index, org)
    elif "#+" in line and _ORG_KEY.fullmatch(line):
        end = _while(text, index, _ORG_KEY)
        found = Spelling(line=index, code="export-left", values={"text": line.strip()[:QUOTED_TEXT]}, end=end, right=())
    elif "{%" in line and (liquid := _LIQUID.fullmatch(line)):
        found = _liquid(text, index, liquid)
    elif "<" in line and _COMPONENT.fullmatch(line):
        found = _component(text, index)
    elif _SCRIPT.fullmatch(line) and text.is_blank(index - 1):
        end = _while(text, index, _SCRIPT)
        found = Spelling(line=index, code="export-left", values={"text": line.strip()[:QUOTED_TEXT]}, end=end, right=())
    if not found:
        return None
    return replace(found, values={**found.values, "covered": str(found.next_line - found.line)})


def _while(text: WrittenText, start: int, pattern: re.Pattern[str]) -> int:
    """Return the line behind those from `start` on that a pattern matches."""
    end = start
    while end < len(text.lines) and pattern.fullmatch(text.lines[end]):
        end += 1
    return end


def _asciidoc(text: WrittenText, index: int, found: re.Match[str]) -> Spelling | None:
    """Return the AsciiDoc block below a line such as `[NOTE]`: a delimited block or a paragraph."""
    name = found["kind"].lower()
    below = text.lines[index + 1] if index + 1 < len(text.lines) else ""
    if row := _DELIMITERS.fullmatch(below):
        end = _behind_row(text, index + 2, below.strip())
        inner = text.lines[index + 2 : end - 1]
    elif name in {"source", "listing", "quote"} or not below.strip():
        return None
    else:
        end = next((at for at in range(index + 1, len(text.lines)) if text.is_blank(at)), len(text.lines))
        inner = text.lines[index + 1 : end]
    if not end:
        return None
    if name in {"source", "listing"}:
        language = next(iter(re.findall(r"[a-z]\w*", found["rest"])), "")
        return code_spelling(text, index, end, language, inner)
    if name == "quote":
        return quote_spelling(text, index, end, inner)
    return _box(text, index, end, name, "", inner) if row or inner else None


def _behind_row(text: WrittenText, start: int, row: str) -> int:
    """Return the line after the closing delimiter; 0 if there is none."""
    last = min(start + MAX_BOX_LINES, len(text.lines))
    return next((at + 1 for at in range(start, last) if text.lines[at].strip() == row), 0)


def _org(text: WrittenText, index: int, found: re.Match[str]) -> Spelling | None:
    name = found["kind"].lower()
    end = end_of_box(text, index + 1, re.compile(rf"[ ]{{0,3}}#\+end_{name}[ \t]*", re.IGNORECASE))
    inner = dedented(text.lines[index + 1 : end - 1])
    if not end:
        return None
    if name in {"src", "example", "export"}:
        language = next(iter(re.findall(r"^[\w+-]+", found["rest"] or "")), "")
        return code_spelling(text, index, end, language if name == "src" else "", inner)
    if name == "quote":
        return quote_spelling(text, index, end, inner)
    if box_kind(name) in ADMONITIONS:
        return _box(text, index, end, name, "", inner)
    return _unknown(text, index, end)


def _liquid(text: WrittenText, index: int, found: re.Match[str]) -> Spelling | None:
    """Return the block between two Liquid tags; most tags have no equivalent here, so they are only reported."""
    name, rest = found["name"], found["rest"]
    attributes = {one["name"]: one["value"] for one in _ATTRIBUTE.finditer(rest)}
    end = end_of_box(text, index + 1, re.compile(rf"[ ]{{0,3}}\{{%-?[ ]*end{name}[ ]*-?%\}}[ \t]*"))
    if not end:
        link = _LIQUID_LINK.search(rest) if name == "embed" else None
        return _lines(text, index, index + 1, (link["url"],)) if link else None
    inner = text.lines[index + 1 : end - 1]
    if name == "hint":
        return _box(text, index, end, attributes.get("style", "info"), "", inner)
    if name == "tabs":
        return _tabs(text, index, end)
    if name == "highlight":
        return code_spelling(text, index, end, rest.strip().split(" ")[0], inner)
    if name in {"code", "content-ref", "raw", "columns", "column"}:
        return _lines(text, index, end, tuple(inner))
    return _unknown(text, index, end)


def _tabs(text: WrittenText, index: int, end: int) -> Spelling:
    """Return a box for each of several tabs."""
    right: list[str] = []
    for line in text.lines[index + 1 : end - 1]:
        found = _LIQUID.fullmatch(line)
        title = (
            next((one["value"] for one in _ATTRIBUTE.finditer(found["rest"]) if one["name"] == "title"), "")
            if found
            else ""
        )
        if found and found["name"] == "tab" and title:
            right += [*([""] if right else []), box_head("!!!", "note", title)]
        elif found and found["name"] != "endtab":
            return _unknown(text, index, end)
        elif not found and (right or line.strip()):
            right.append(f"    {line}" if line.strip() else "")
    return _lines(text, index, end, tuple("\n".join(right).strip("\n").split("\n")))


def _component(text: WrittenText, index: int) -> Spelling | None:
    """Return the content of a JSX component; a placeholder such as `<Name>` is not one."""
    whole, last = text.lines[index].strip(), index
    while ">" not in whole.replace("=>", "") and last < index + _MAX_START and not text.is_blank(last + 1):
        last += 1
        whole = f"{whole}\n{text.lines[last].strip()}"
    start = _START.fullmatch(whole)
    if not start:
        return None
    name, rest, inline = start["name"], start["rest"], start["inner"]
    if start["end"]:
        return _unknown(text, index, last + 1) if rest.strip() or last > index else None
    attributes = {one["name"]: one["value"] for one in _ATTRIBUTE.finditer(rest)}
    closing = f"</{name}>"
    inner: Sequence[str]
    if inline.rstrip().endswith(closing):
        end, inner = last + 1, (inline.rstrip().removesuffix(closing).strip(),)
    else:
        end = end_of_box(text, last + 1, re.compile(rf"[ ]*{closing}[ \t]*"))
        inner = dedented(
            [inline, *text.lines[last + 1 : end - 1]] if inline.strip() else text.lines[last + 1 : end - 1]
        )
    if not end:
        return None
    kind = next((attributes[one] for one in ("type", "kind", "severity", "variant", "intent") if one in attributes), "")
    if name.lower() in _BOXES or box_kind(name) in ADMONITIONS:
        return _box(text, index, end, kind or name, attributes.get("title", ""), inner)
    return _unknown(text, index, end)


def _box(text: WrittenText, index: int, end: int, written: str, title: str, inner: Sequence[str]) -> Spelling:
    kind = box_kind(written)
    kind = kind if kind in ADMONITIONS else "note"
    head = box_head("!!!", kind, title or usual_title(text, written, kind))
    return box_spelling(text, index, end, head, dedented(inner))


def _lines(text: WrittenText, index: int, end: int, right: tuple[str, ...]) -> Spelling:
    values = {"text": text.lines[index].strip()[:QUOTED_TEXT], "right": right[0][:QUOTED_TEXT] if right else ""}
    return Spelling(line=index, code="other-markup", values=values, end=end, right=right, is_box=True)


def _unknown(text: WrittenText, index: int, end: int) -> Spelling:
    """Report a block that has no equivalent here; the author has to rewrite it."""
    values = {"text": text.lines[index].strip()[:QUOTED_TEXT]}
    return Spelling(line=index, code="other-markup", values=values, end=end, is_box=True)
