"""The allowlist of HTML in a page: elements, attributes and link schemes; everything else is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping

LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
"""Schemes that a link may have; a relative link has none."""

INLINE_ELEMENTS = frozenset({"br", "kbd", "sub", "sup", "small", "mark", "del", "ins", "wbr"})
"""Elements that an author may write as HTML, without attributes."""

VOID = frozenset({"br", "hr", "img", "input", "wbr"})
"""Elements that have no end (https://html.spec.whatwg.org/multipage/syntax.html#void-elements)."""

ADMONITIONS = (
    "note", "abstract", "info", "tip", "success", "question", "warning", "failure", "danger", "bug", "example", "quote",
)  # fmt: skip
"""Kinds of boxes (`!!! tip "Title"`), those of the theme.

Others are refused: a kind becomes a class, and the theme acts upon some classes.
"""

AUTHOR: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(INLINE_ELEMENTS, frozenset()),
    **dict.fromkeys(
        ("hr", "em", "strong", "blockquote", "ul", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr"),
        frozenset(),
    ),
    **dict.fromkeys(("h2", "h3", "h4"), frozenset({"id"})),
    **dict.fromkeys(("p", "code", "div", "pre"), frozenset({"class"})),
    "ol": frozenset({"start"}),
    "details": frozenset({"class", "open"}),
    "summary": frozenset(),
    "a": frozenset({"href", "title"}),
    "img": frozenset({"src", "alt", "title"}),
    "th": frozenset({"style"}),
    "td": frozenset({"style"}),
}
"""Elements that an author's Markdown may become, with their attributes."""

_KIND = "(?:" + "|".join(ADMONITIONS) + ")"

AUTHOR_VALUES: Mapping[tuple[str, str], re.Pattern[str]] = {
    ("p", "class"): re.compile("admonition-title"),
    ("pre", "class"): re.compile("highlight"),
    ("code", "class"): re.compile(r"language-[\w.+#-]{1,30}"),
    ("div", "class"): re.compile(f"admonition {_KIND}"),
    ("details", "class"): re.compile(_KIND),
    ("details", "open"): re.compile("open"),
    ("ol", "start"): re.compile("[0-9]{1,9}"),
    ("td", "style"): re.compile("text-align: (?:left|center|right);"),
    ("th", "style"): re.compile("text-align: (?:left|center|right);"),
}
"""Patterns for attribute values of `AUTHOR`, matched as a whole; other values are free."""

RESERVED_ID = "__"
"""Prefix of the theme's own ids; its scripts read their settings from the first element with such an id."""

_EVERYWHERE = frozenset({"id", "class", "title", "lang", "dir", "role", "tabindex", "hidden"})
SVG_PRESENTATION = frozenset(
    {
        "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "d", "points", "width", "height", "transform",
        "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin",
        "stroke-opacity", "text-anchor", "dominant-baseline", "dx", "dy", "font-size", "font-weight",
        "font-family", "opacity",
    }
)  # fmt: skip
"""Attributes that place and style the parts of a drawing in a page."""
SVG_SHAPES = ("g", "path", "line", "rect", "circle", "ellipse", "polyline", "polygon", "text")
"""Elements that are allowed in a figure."""
_SVG = (*SVG_SHAPES, "title", "tspan", "desc")

PAGE: Mapping[str, frozenset[str]] = {
    **{name: (allowed - {"style"}) | _EVERYWHERE for name, allowed in AUTHOR.items()},
    **dict.fromkeys(
        ("h1", "h5", "h6", "nav", "section", "figure", "figcaption", "caption", "tfoot", "span", "abbr", "table"),
        _EVERYWHERE,
    ),
    "a": _EVERYWHERE | {"href", "rel", "hreflang", "target", "download"},
    "label": _EVERYWHERE | {"for"},
    "input": _EVERYWHERE | {"type", "checked", "disabled"},
    "th": _EVERYWHERE | {"scope", "colspan", "rowspan", "align"},
    "td": _EVERYWHERE | {"colspan", "rowspan", "align"},
    "time": _EVERYWHERE | {"datetime"},
    "svg": _EVERYWHERE | SVG_PRESENTATION | {"viewBox", "preserveAspectRatio", "xmlns", "focusable"},
    **dict.fromkeys(_SVG, _EVERYWHERE | SVG_PRESENTATION),
}
"""Elements of an assembled page, with their attributes; `data-` and `aria-` attributes besides."""

PAGE_PREFIXES = frozenset({"data-", "aria-"})
"""Prefixes of attributes that every element of an assembled page may have."""

PAGE_RELATIONS = frozenset({"prev", "next", "external", "help", "license", "nofollow", "noopener", "noreferrer"})
"""Allowed values of a link's `rel`; the theme fetches addresses with `alternate`."""
