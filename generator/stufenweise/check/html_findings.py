"""What rendered Markdown holds that the allowlist does not know: findings, without a place, and the links.

The HTML is read more strictly than a browser does: each `<` must begin an element of the allowlist, written as
Python-Markdown writes it. So no two readers of odd HTML can disagree about it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from stufenweise.source.html_policy import (
    ADMONITIONS,
    AUTHOR,
    AUTHOR_VALUES,
    INLINE_ELEMENTS,
    LINK_SCHEMES,
    RESERVED_ID,
    VOID,
)
from stufenweise.source.markdown_rendering import RenderedMarkdown
from stufenweise.source.suggest import suggest

_TAG = re.compile(r'<(/?)([A-Za-z][A-Za-z0-9]*)((?: [A-Za-z_:@][\w:.@-]*="[^"<>]*")*) ?/?>')
_ATTRIBUTE = re.compile(r' ([A-Za-z_:@][\w:.@-]*)="([^"]*)"')
_NAME = re.compile(r"<([!?/]{0,2}[^\s<>/\"'=]{0,40})")
_RAW = re.compile(
    rf"</?(?:{'|'.join(sorted(INLINE_ELEMENTS))}) ?/?>|&[#\w]+;"
    r'|<pre class="highlight"><code[^<>]*>[^<]*</code></pre>',
    re.IGNORECASE,
)
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u00ad\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):")
_ONLY_TITLE = re.compile(r'(?:<p class="admonition-title">|<summary>)([^<]*)</(?:p|summary)>')
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CONTAINERS = frozenset({"blockquote", "li", "dd", "div", "details", "td", "th", "p"})


@dataclass(frozen=True, slots=True)
class HtmlFinding:
    """Something that may not stand in a page: the problem's code and values."""

    code: str
    values: tuple[tuple[str, str], ...]
    search: tuple[str, ...]
    """What to look for in the source, the surest first."""


@dataclass
class HtmlFindings:
    """What rendered Markdown holds."""

    found: list[HtmlFinding] = field(default_factory=list)
    links: list[tuple[str, bool]] = field(default_factory=list)
    """Targets of links and images (true), in order, but for those that are findings."""
    headings: list[str] = field(default_factory=list)
    """Ids of the headings that are not inside of something, in order."""

    def say(self, code: str, search: str | tuple[str, ...], **values: str) -> None:
        """Note a finding."""
        search = (search,) if isinstance(search, str) else search
        self.found.append(
            HtmlFinding(
                code, tuple((name, value if name == "known" else value[:80]) for name, value in values.items()), search
            )
        )


def html_findings(rendered: RenderedMarkdown) -> HtmlFindings:
    """Return what is wrong with rendered Markdown, and its links."""
    result = HtmlFindings()
    for name in rendered.definitions:
        result.say("link-definition", f"[{name}]:", name=name)
    for piece in rendered.raw:
        if not _RAW.fullmatch(piece.strip()):
            _say_raw(result, piece.strip())
    _elements(result, rendered.html)
    return result


def _say_raw(result: HtmlFindings, piece: str) -> None:
    """Note HTML that is not the site's own; its end only where it was not begun."""
    found = _NAME.match(piece)
    name = (found[1] if found else piece[:20]).lower()
    if name.startswith("!--"):
        result.say("html-comment", "<!--")
    elif not (name.startswith("/") and _is_told(result, name[1:])):
        result.say("raw-html", f"<{name}" if found else piece[:20], about=name)


def _is_told(result: HtmlFindings, about: str) -> bool:
    return any(("about", about) in one.values for one in result.found)


def _elements(result: HtmlFindings, text: str) -> None:
    """Walk the elements of `text`; what is not in the allowlist is noted."""
    opened: list[tuple[str, int]] = []
    end = 0
    while (start := text.find("<", end)) >= 0:
        found = _TAG.match(text, start)
        if not found:
            _say_raw(result, text[start : start + 60])
            end = _end_of_odd(text, start)
            continue
        end = found.end()
        name = found[2].lower()
        if name in _HEADINGS and not found[1]:
            _heading(result, name, text[end : text.find("</", end)], {outer for outer, _ in opened})
            if not opened:
                result.headings.append(dict(_ATTRIBUTE.findall(found[3])).get("id", ""))
        elif name not in AUTHOR and name not in _HEADINGS:
            _say_raw(result, found[0])
        if name not in AUTHOR:
            continue
        if not found[1]:
            _attributes(result, name, found[3])
            if name == "pre" and any(outer == "p" for outer, _ in opened):
                result.say("code-in-paragraph", ("```", "~~~"))
            if name not in VOID:
                opened.append((name, end))
        elif any(outer == name for outer, _ in opened):
            while opened[-1][0] != name:
                _unclosed(result, opened.pop()[0])
            _, inner = opened.pop()
            _content(result, name, text[inner:start])
        else:
            _unclosed(result, name)
    for name, _ in opened:
        _unclosed(result, name)


def _end_of_odd(text: str, start: int) -> int:
    """Return where a comment, a declaration or something else that is no element ends."""
    for begin, end in (("<!--", "-->"), ("<![", "]>"), ("<?", "?>")):
        if text.startswith(begin, start) and (last := text.find(end, start + len(begin))) >= 0:
            return last + len(end)
    return start + 1


def _unclosed(result: HtmlFindings, name: str) -> None:
    """Note an element whose start or end is missing; all but an author's own come in pairs."""
    if name in INLINE_ELEMENTS and not _is_told(result, name):
        result.say("unclosed-html", (f"<{name}", f"</{name}"), about=name)


def _heading(result: HtmlFindings, name: str, words: str, outer: set[str]) -> None:
    """Note a heading that can't stand where it does: sections are never inside of something."""
    if name not in AUTHOR or (name == "h2" and outer & _CONTAINERS):
        words = html.unescape(words)
        result.say("heading-level", (f"{'#' * int(name[1])} {words}", words), found=name)


def _content(result: HtmlFindings, name: str, inner: str) -> None:
    """Note an element that has no content, or that of Python-Markdown in English."""
    if name == "a" and not re.sub(r"<(?!img)[^>]*>", "", inner).strip():
        result.say("link-without-text", ("[](", "[ ]("))
    elif name in {"div", "details"} and (title := _ONLY_TITLE.fullmatch(inner.strip())):
        words = html.unescape(title[1])
        result.say("admonition-empty", (f'"{words}"', words), title=words)
    elif name in {"p", "summary"} and inner[:1].isupper() and inner.lower() in ADMONITIONS:
        marks = ("!!!", "???", "???+")
        result.say("admonition-without-title", tuple(f"{mark} {inner}" for mark in marks), kind=inner.lower())


def _attributes(result: HtmlFindings, element: str, text: str) -> None:
    """Note the attributes of a start tag that may not be there, and where it leads."""
    values = {name.lower(): html.unescape(value) for name, value in _ATTRIBUTE.findall(text)}
    allowed = AUTHOR[element]
    for name, value in values.items():
        rule = AUTHOR_VALUES.get((element, name))
        if name.startswith("on"):
            result.say("event-handler", name, about=name)
        elif name not in allowed:
            result.say("attribute", _written(name, value), about=name)
        elif rule and not rule.fullmatch(value):
            _say_value(result, element, name, value)
        elif name == "id" and value.startswith(RESERVED_ID):
            result.say("reserved-id", value, id=value)
        elif name == "title" and "<" in value:
            # The theme's tooltips take a title for HTML.
            result.say("markup-in-value", value.partition("<")[0], key="title", character="<")
    if element == "a" and "href" in values:
        _target(result, values["href"], is_image=False)
    elif element == "img":
        _target(result, values.get("src", ""), is_image=True)
        if not values.get("alt", "").strip():
            result.say("image-without-alt", values.get("src", ""), about=values.get("src", ""))


def _say_value(result: HtmlFindings, element: str, name: str, value: str) -> None:
    """Note an attribute with a value that it may not have; of a box the kind is meant."""
    words = [word for word in value.split() if word != "admonition"]
    if name == "class" and (element == "details" or (element == "div" and "admonition" in value.split())):
        unknown = next((word for word in words if word not in ADMONITIONS), " ".join(words))
        near = suggest(unknown, ADMONITIONS)
        result.say("unknown-admonition", unknown, kind=unknown, nearest=near, known=", ".join(ADMONITIONS))
    else:
        result.say("attribute", _written(name, value), about=name)


def _written(name: str, value: str) -> tuple[str, ...]:
    """Return how an attribute may have been written."""
    short = {"id": "#", "class": "."}.get(name)
    words = value.split()
    return (*(f"{short}{word}" for word in reversed(words) if short), *(f"{name}={one}" for one in ("", '"')), name)


def _target(result: HtmlFindings, target: str, *, is_image: bool) -> None:
    """Note where a link leads or what an image shows, and whether a browser would leave the site or run it."""
    clean = _INVISIBLE.sub("", target).replace("\\", "/").lower()
    scheme = _SCHEME.match(clean)
    if is_image and (scheme or clean.startswith("//")):
        result.say("remote-image", target, about=target)
    elif clean.startswith("//") or (scheme and not _is_allowed(scheme[0], target)):
        result.say("unsafe-link", target, about=target)
    else:
        result.links.append((target, is_image))


def _is_allowed(scheme: str, target: str) -> bool:
    """Return whether a scheme (with its colon) may be used, and is written as it is read."""
    return scheme[:-1] in LINK_SCHEMES and target.lower().startswith(scheme)


def codes(found: Iterator[HtmlFinding] | list[HtmlFinding]) -> set[tuple[str, tuple[tuple[str, str], ...]]]:
    """Return code and values of findings: the same in a text and in a part of it."""
    return {(one.code, one.values) for one in found}
