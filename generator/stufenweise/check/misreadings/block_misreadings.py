"""Blocks of other markup languages: AsciiDoc, Org, GitBook, MDX.

Their first and last line would be read as a heading, a quote, an expression or HTML. A block is one mistake: its
problem gives the number of its lines, and other problems of these lines are suppressed (`suppress_follow_ups`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from stufenweise.check.misreadings.box_lines import (
    MAX_BOX_LINES,
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
from stufenweise.source.markdown.callouts import box_kind
from stufenweise.source.markdown.html_policy import ADMONITIONS

_ASCIIDOC = re.compile(
    r"\[(?P<kind>NOTE|TIP|IMPORTANT|WARNING|CAUTION|source|listing|quote)\b(?P<rest>[^\[\]\n]*)\][ \t]*$"
)
_DELIMITERS = re.compile(r"(?P<mark>[=_*.-])(?P=mark){3,}[ \t]*")
_ORG = re.compile(r"[ ]{0,3}#\+begin_(?P<kind>[a-z]+)(?:[ \t]+(?P<rest>.*))?$", re.IGNORECASE)
_ORG_KEY = re.compile(r"[ ]{0,3}#\+[A-Z_]+:.*", re.IGNORECASE)
_LIQUID = re.compile(r"[ ]{0,3}\{%-?[ ]*(?P<name>[a-z][\w-]*)(?P<rest>[^%\n]*?)-?%\}[ \t]*$")
_LIQUID_LINK = re.compile(r"\burl=[\"'](?P<url>https?://[^\s\"'()<>]+)[\"']")
_COMPONENT = re.compile(r"[ ]{0,3}<[A-Z](?=\w*[a-z])\w*(?:[\s>/][^\n]*)?$")
_START = re.compile(r"<(?P<name>[A-Z]\w*)(?P<rest>[^<>]*?)(?P<end>/?)>(?P<inner>.*)", re.DOTALL)
_ATTRIBUTE = re.compile(r"(?P<name>[\w-]+)=\{?(?P<quote>[\"'])(?P<value>[^\"'\n]*)(?P=quote)\}?")
_SCRIPT = re.compile(
    r"(?:import[ ].{0,120}\bfrom[ ]+|import[ ]+|export[ ].{0,120}\bfrom[ ]+)[\"'][^\"'\n]+[\"'];?[ \t]*$"
)
_MAX_START = 12
"""Most lines of a component's start tag."""
_BOXES = frozenset({"callout", "admonition", "alert", "aside", "hint", "notice", "banner", "card"})
"""Components that become a box; an attribute gives its kind."""


def block_misreadings(text: WrittenText) -> Iterator[Misreading]:
    """Yield blocks in other programs' markup."""
    for misreading in misreadings_of(text, BLOCK_FORMS, BLOCK_BEGINS):
        yield replace(misreading, covers=misreading.next_line - misreading.line)


def _org_keys(text: WrittenText, index: int, _: re.Match[str]) -> Misreading:
    """Return the settings of an Org file, which mean nothing here."""
    end = text.end_of_run(index, _ORG_KEY.fullmatch, in_code=True)
    return text.misreading(index, "export-left", (), end=end, text=text.lines[index].strip())


def _script(text: WrittenText, index: int, _: re.Match[str]) -> Misreading | None:
    """Return the imports and exports of an MDX file, which mean nothing here."""
    if not text.is_blank(index - 1):
        return None
    end = text.end_of_run(index, _SCRIPT.fullmatch, in_code=True)
    return text.misreading(index, "export-left", (), end=end, text=text.lines[index].strip())


def _asciidoc(text: WrittenText, index: int, head: re.Match[str]) -> Misreading | None:
    """Return the AsciiDoc block below a line such as `[NOTE]`: a delimited block or a paragraph."""
    name = head["kind"].lower()
    below = text.lines[index + 1] if index + 1 < len(text.lines) else ""
    if row := _DELIMITERS.fullmatch(below):
        end = _end_of_delimited(text, index + 2, below.strip())
        inner = text.lines[index + 2 : end - 1]
    elif name in {"source", "listing", "quote"} or not below.strip():
        return None
    else:
        end = next((at for at in range(index + 1, len(text.lines)) if text.is_blank(at)), len(text.lines))
        inner = text.lines[index + 1 : end]
    if not end:
        return None
    if name in {"source", "listing"}:
        language = next(iter(re.findall(r"[a-z]\w*", head["rest"])), "")
        return code_misreading(text, index, end, language, inner)
    if name == "quote":
        return quote_misreading(text, index, end, inner)
    return _box(text, index, end, name, "", inner) if row or inner else None


def _end_of_delimited(text: WrittenText, start: int, row: str) -> int:
    """Return the line after the closing delimiter; 0 if there is none."""
    last = min(start + MAX_BOX_LINES, len(text.lines))
    return next((at + 1 for at in range(start, last) if text.lines[at].strip() == row), 0)


def _org(text: WrittenText, index: int, head: re.Match[str]) -> Misreading | None:
    name = head["kind"].lower()
    end = end_of_box(text, index + 1, re.compile(rf"[ ]{{0,3}}#\+end_{name}[ \t]*", re.IGNORECASE))
    inner = dedented(text.lines[index + 1 : end - 1])
    if not end:
        return None
    if name in {"src", "example", "export"}:
        language = next(iter(re.findall(r"^[\w+-]+", head["rest"] or "")), "")
        return code_misreading(text, index, end, language if name == "src" else "", inner)
    if name == "quote":
        return quote_misreading(text, index, end, inner)
    if box_kind(name) in ADMONITIONS:
        return _box(text, index, end, name, "", inner)
    return _unknown(text, index, end)


def _liquid(text: WrittenText, index: int, tag: re.Match[str]) -> Misreading | None:
    """Return the block between two Liquid tags; most tags have no equivalent here, so they are only reported."""
    name, rest = tag["name"], tag["rest"]
    attributes = _attributes(rest)
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
        return code_misreading(text, index, end, rest.strip().split(" ")[0], inner)
    if name in {"code", "content-ref", "raw", "columns", "column"}:
        return _lines(text, index, end, tuple(inner))
    return _unknown(text, index, end)


def _tabs(text: WrittenText, index: int, end: int) -> Misreading:
    """Return a box for each of several tabs."""
    right: list[str] = []
    for line in text.lines[index + 1 : end - 1]:
        tag = _LIQUID.fullmatch(line)
        title = _attributes(tag["rest"]).get("title", "") if tag else ""
        if tag and tag["name"] == "tab" and title:
            right += [*([""] if right else []), box_head("!!!", "note", title)]
        elif tag and tag["name"] != "endtab":
            return _unknown(text, index, end)
        elif not tag and (right or line.strip()):
            right.append(f"    {line}" if line.strip() else "")
    return _lines(text, index, end, tuple("\n".join(right).strip("\n").split("\n")))


def _component(text: WrittenText, index: int, _: re.Match[str]) -> Misreading | None:
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
    attributes = _attributes(rest)
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
    kind = next((attributes[key] for key in ("type", "kind", "severity", "variant", "intent") if key in attributes), "")
    if name.lower() in _BOXES or box_kind(name) in ADMONITIONS:
        return _box(text, index, end, kind or name, attributes.get("title", ""), inner)
    return _unknown(text, index, end)


BLOCK_FORMS: tuple[MarkupForm, ...] = (
    (_ASCIIDOC, _asciidoc),
    (_ORG, _org),
    (_ORG_KEY, _org_keys),
    (_LIQUID, _liquid),
    (_COMPONENT, _component),
    (_SCRIPT, _script),
)
"""Forms of blocks in the order in which they are tried."""
BLOCK_BEGINS = re.compile(r"\[|[ ]{0,3}(?:#\+|\{%|<)|(?:im|ex)port ")
"""How each of them begins."""


def _box(text: WrittenText, index: int, end: int, written: str, title: str, inner: Sequence[str]) -> Misreading:
    kind = box_kind(written)
    kind = kind if kind in ADMONITIONS else "note"
    head = box_head("!!!", kind, title or usual_title(text, written, kind))
    return box_misreading(text, index, end, head, dedented(inner))


def _lines(text: WrittenText, index: int, end: int, right: tuple[str, ...]) -> Misreading:
    """Return some lines as the replacement of a block."""
    return text.misreading(
        index,
        "other-markup",
        right,
        end=end,
        is_box=True,
        text=text.lines[index].strip(),
        right=right[0] if right else "",
    )


def _unknown(text: WrittenText, index: int, end: int) -> Misreading:
    """Report a block that has no equivalent here; the author has to rewrite it."""
    return text.misreading(index, "other-markup", end=end, is_box=True, text=text.lines[index].strip())


def _attributes(tag: str) -> dict[str, str]:
    """Return the attributes of a tag by name."""
    return {attribute["name"]: attribute["value"] for attribute in _ATTRIBUTE.finditer(tag)}
