"""List HTML that the allowlist forbids, and all links, without line numbers.

This is stricter than a browser: each `<` must begin an element of the allowlist, spelt as Python-Markdown spells it, so
that no two parsers can disagree about odd HTML.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from stufenweise.i18n.labels import label_languages, package_labels
from stufenweise.model.problem import QUOTED_ADDRESS, QUOTED_TEXT, Place, Problem, new_problem
from stufenweise.source.files.disk_paths import disk_path, is_on_disk
from stufenweise.source.images.figure_drawing import FIGURE_TARGET
from stufenweise.source.markdown.html_policy import (
    ADMONITIONS,
    AUTHOR,
    AUTHOR_VALUES,
    INLINE_ELEMENTS,
    LINK_SCHEMES,
    RESERVED_ID,
    VOID,
)
from stufenweise.source.markdown.markdown_rendering import RenderedMarkdown
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
_QUOTED_NAME = 20
"""Most characters of odd HTML that a message quotes where it has no name."""
_IN_MARKDOWN = {
    **dict.fromkeys(("b", "strong"), "**…**"), **dict.fromkeys(("i", "em", "cite", "var"), "*…*"),
    **dict.fromkeys(("s", "strike"), "~~…~~"), **dict.fromkeys(("code", "tt", "samp"), "`…`"),
    **dict.fromkeys(("img", "figure", "picture"), "![…](images/….png)"), "a": "[…](…)", "hr": "---",
    **dict.fromkeys(("ul", "li"), "- …"), "ol": "1. …", "blockquote": "> …", "q": "„…“ “…”",
    **dict.fromkeys(("details", "summary"), '??? question "…"'),
    **dict.fromkeys(("table", "tr", "td", "th"), "| … | … |"),
    **dict.fromkeys(("h1", "h2"), "## … {#…}"), **dict.fromkeys(("h3", "h4", "h5", "h6"), "### …"), "u": "**…**",
    **dict.fromkeys(("iframe", "video", "audio", "embed", "object"), "[…](https://…)"),
}  # fmt: skip
"""Markdown equivalents of HTML elements."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CONTAINERS = frozenset({"blockquote", "li", "dd", "div", "details", "td", "th", "p"})


@dataclass(frozen=True, slots=True)
class HtmlFinding:
    """Something that is not allowed in a page."""

    code: str
    """The code of the problem."""
    about: str | None
    """The element, attribute or address that is not allowed; None for other findings."""
    values: tuple[tuple[str, str], ...]
    """Further values for the message."""
    search: tuple[str, ...]
    """Strings to search for in the source, the most reliable first."""
    also: tuple[str, ...] = ()
    """Other elements that were pasted with this one."""

    @property
    def key(self) -> tuple[object, ...]:
        """Identifies the finding, so that the same one can be recognised in a part of the text."""
        return self.code, self.about, self.values

    def problem(self, place: Place) -> Problem:
        """Return the finding as a problem."""
        about = {} if self.about is None else {"about": self.about, "also": ", ".join(self.also)}
        return new_problem(place, self.code, **about, **dict(self.values))


@dataclass
class HtmlFindings:
    """Everything found in the HTML of one text."""

    findings: list[HtmlFinding] = field(default_factory=list)
    links: list[tuple[str, bool]] = field(default_factory=list)
    """Targets of links and images in order, each with whether it is an image; without those that are findings."""
    headings: list[str] = field(default_factory=list)
    """Ids of top-level headings, in order."""

    def add(self, code: str, search: str | tuple[str, ...], about: str | None = None, **values: str) -> None:
        """Add a finding; its values are cut to the length of a message, except the list of valid words."""
        search = (search,) if isinstance(search, str) else search
        short = tuple((name, value if name == "known" else value[:QUOTED_ADDRESS]) for name, value in values.items())
        self.findings.append(HtmlFinding(code, about and about[:QUOTED_ADDRESS], short, search))


def html_findings(rendered: RenderedMarkdown) -> HtmlFindings:
    """Return problems of rendered Markdown, and its links."""
    result = HtmlFindings()
    for name in rendered.definitions:
        if "^" not in (name[:1], name[-1:]):  # Other rules check footnotes
            result.add("link-definition", f"[{name}]:", name=name)
    for piece in rendered.raw:
        if not _RAW.fullmatch(piece.strip()):
            _add_raw(result, piece.strip())
    _elements(result, rendered.html)
    return result


def _add_raw(result: HtmlFindings, piece: str) -> None:
    """Add HTML outside the allowlist; an end tag only if its start was not added."""
    begun = _NAME.match(piece)
    name = (begun[1] if begun else piece[:_QUOTED_NAME]).lower()
    if name.startswith("!--"):
        result.add("html-comment", "<!--")
    elif not (name.startswith("/") and _is_reported(result, name[1:])):
        search = f"<{name}" if begun else piece[:_QUOTED_NAME]
        result.add("raw-html", search, about=name, right=_IN_MARKDOWN.get(name, ""))


def _is_reported(result: HtmlFindings, about: str) -> bool:
    return any(finding.about == about for finding in result.findings)


def _elements(result: HtmlFindings, text: str) -> None:
    """Walk the elements of `text` and add what is not in the allowlist."""
    opened: list[tuple[str, int]] = []
    end = 0
    while (start := text.find("<", end)) >= 0:
        tag = _TAG.match(text, start)
        if not tag:
            _add_raw(result, text[start : start + QUOTED_TEXT])
            end = _end_of_odd(text, start)
            continue
        end = tag.end()
        name = tag[2].lower()
        if name in _HEADINGS and not tag[1]:
            _heading(result, name, text[end : text.find("</", end)], {outer for outer, _ in opened})
            if not opened:
                result.headings.append(dict(_ATTRIBUTE.findall(tag[3])).get("id", ""))
        elif name not in AUTHOR and name not in _HEADINGS:
            _add_raw(result, tag[0])
        if name not in AUTHOR:
            continue
        if not tag[1]:
            _attributes(result, name, tag[3])
            if name == "pre" and any(outer == "p" for outer, _ in opened):
                result.add("code-in-paragraph", ("```", "~~~"))
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
    """Return the end of a comment, a declaration or anything else that is not an element."""
    for begin, end in (("<!--", "-->"), ("<![", "]>"), ("<?", "?>")):
        if text.startswith(begin, start) and (last := text.find(end, start + len(begin))) >= 0:
            return last + len(end)
    return start + 1


def _unclosed(result: HtmlFindings, name: str) -> None:
    """Add an element without a start or an end; only elements that an author wrote as HTML can lack one."""
    if name in INLINE_ELEMENTS and not _is_reported(result, name):
        result.add("unclosed-html", (f"<{name}", f"</{name}"), about=name)


def _heading(result: HtmlFindings, name: str, words: str, outer: set[str]) -> None:
    """Add a heading of a wrong level, or a section's heading inside another element."""
    if name not in AUTHOR or (name == "h2" and outer & _CONTAINERS):
        words = html.unescape(words)
        result.add("heading-level", (f"{'#' * int(name[1])} {words}", words), found=name)


def _content(result: HtmlFindings, name: str, inner: str) -> None:
    """Add an element without content, or a box with the English title that Python-Markdown gives by itself."""
    if name == "a" and not re.sub(r"<(?!img)[^>]*>", "", inner).strip():
        result.add("link-without-text", ("[](", "[ ]("))
    elif name in {"div", "details"} and (title := _ONLY_TITLE.fullmatch(inner.strip())):
        words = html.unescape(title[1])
        result.add("admonition-empty", (f'"{words}"', words), title=words)
    elif name in {"p", "summary"} and inner[:1].isupper() and inner.lower() in ADMONITIONS:
        marks = ("!!!", "???", "???+")
        result.add("admonition-without-title", tuple(f"{mark} {inner}" for mark in marks), kind=inner.lower())


def _attributes(result: HtmlFindings, element: str, text: str) -> None:
    """Add the attributes of a start tag outside the allowlist, and check its link."""
    values = {name.lower(): html.unescape(value) for name, value in _ATTRIBUTE.findall(text)}
    allowed = AUTHOR[element]
    for name, value in values.items():
        rule = AUTHOR_VALUES.get((element, name))
        if name.startswith("on"):
            result.add("event-handler", name, about=name)
        elif name not in allowed:
            result.add("attribute", _written(name, value), about=name)
        elif rule and not rule.fullmatch(value):
            _add_value(result, element, name, value)
        elif name == "id" and value.startswith(RESERVED_ID):
            result.add("reserved-id", value, id=value)
        elif name == "title" and "<" in value:
            # The theme's tooltips take a title for HTML.
            result.add("markup-in-value", value.partition("<")[0], key="title", character="<")
    if element == "a" and "href" in values:
        _target(result, values["href"], is_image=False)
    elif element == "img":
        _target(result, values.get("src", ""), is_image=True)
        if not values.get("alt", "").strip() and not FIGURE_TARGET.fullmatch(values.get("src", "")):
            result.add("image-without-alt", values.get("src", ""), about=values.get("src", ""))


def _add_value(result: HtmlFindings, element: str, name: str, value: str) -> None:
    """Add an attribute with a forbidden value; for a box, report its unknown kind."""
    words = [word for word in value.split() if word != "admonition"]
    if name == "class" and (element == "details" or (element == "div" and "admonition" in value.split())):
        unknown = next((word for word in words if word not in ADMONITIONS), " ".join(words))
        suggestion = suggest(unknown, ADMONITIONS) or _kind_called(unknown)
        result.add("unknown-admonition", unknown, kind=unknown, nearest=suggestion, known=", ".join(ADMONITIONS))
    else:
        result.add("attribute", _written(name, value), about=name)


def _kind_called(name: str) -> str:
    """Return the kind of box with this title in any language; empty if there is none."""
    for language in label_languages():
        for kind, title in package_labels(language).group("boxes").items():
            if title.casefold() == name.casefold() and kind in ADMONITIONS:
                return kind
    return ""


def _written(name: str, value: str) -> tuple[str, ...]:
    """Return the ways in which an author may have written an attribute, to look for in the source."""
    short = {"id": "#", "class": "."}.get(name)
    words = value.split()
    return (*(f"{short}{word}" for word in reversed(words) if short), *(f"{name}={quote}" for quote in ("", '"')), name)


def _target(result: HtmlFindings, target: str, *, is_image: bool) -> None:
    """Add a link to the links, or to the findings if a browser would run it or load it from elsewhere."""
    clean = _INVISIBLE.sub("", target).replace("\\", "/").lower()
    scheme = _SCHEME.match(clean)
    if is_image and (scheme or clean.startswith("//")):
        is_inside = bool(scheme) and clean.startswith("data:")
        about = f"{target.partition(',')[0][:QUOTED_TEXT]},…" if is_inside else target
        result.add("image-in-text" if is_inside else "remote-image", target, about=about)
    elif clean.startswith("//") or (scheme and not _is_allowed(scheme[0], target)):
        disk = f"`{disk_path(target)}`" if is_on_disk(target) else ""
        result.add("unsafe-link", target, about=target, disk=disk)
    else:
        result.links.append((target, is_image))


def _is_allowed(scheme: str, target: str) -> bool:
    """Return whether a scheme (with its colon) is allowed and stands literally at the beginning of the target."""
    return scheme[:-1] in LINK_SCHEMES and target.lower().startswith(scheme)
