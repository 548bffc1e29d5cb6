"""What may stand in a page: elements, attributes and the schemes of links. Everything else is refused."""

from __future__ import annotations

from collections.abc import Mapping

LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
"""Schemes that a link may have; a relative link has none."""

INLINE = frozenset({"br", "kbd", "sub", "sup", "small", "mark", "del", "ins", "wbr"})
"""Elements that an author may write as HTML, without attributes."""

AUTHOR: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(INLINE, frozenset()),
    **dict.fromkeys(
        ("hr", "em", "strong", "blockquote", "ul", "li", "dl", "dt", "dd", "pre", "table", "thead", "tbody", "tr"),
        frozenset(),
    ),
    **dict.fromkeys(("h2", "h3", "h4"), frozenset({"id"})),
    "p": frozenset({"class"}),
    "ol": frozenset({"start"}),
    "code": frozenset({"class"}),
    "span": frozenset({"class"}),
    "div": frozenset({"class"}),
    "details": frozenset({"class", "open"}),
    "summary": frozenset(),
    "a": frozenset({"href", "title"}),
    "img": frozenset({"src", "alt", "title"}),
    "th": frozenset({"align"}),
    "td": frozenset({"align"}),
}
"""Elements that an author's Markdown may become, with their attributes."""

_EVERYWHERE = frozenset({"id", "class", "title", "lang", "dir", "role", "tabindex", "hidden"})
_SVG_LOOKS = frozenset(
    {
        "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "d", "points", "width", "height", "transform",
        "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-opacity",
        "text-anchor", "dominant-baseline", "dx", "dy", "font-size", "font-weight", "font-family", "opacity",
    }
)  # fmt: skip
_SVG = ("title", "g", "path", "line", "rect", "circle", "ellipse", "polyline", "polygon", "text", "tspan", "desc")

PAGE: Mapping[str, frozenset[str]] = {
    **{name: allowed | _EVERYWHERE for name, allowed in AUTHOR.items()},
    **dict.fromkeys(("h1", "h5", "h6", "nav", "section", "figure", "figcaption", "caption", "tfoot"), _EVERYWHERE),
    "a": _EVERYWHERE | {"href", "rel", "hreflang", "target"},
    "label": _EVERYWHERE | {"for"},
    "input": _EVERYWHERE | {"type", "checked", "disabled"},
    "table": _EVERYWHERE,
    "th": _EVERYWHERE | {"scope", "colspan", "rowspan", "align"},
    "td": _EVERYWHERE | {"colspan", "rowspan", "align"},
    "abbr": _EVERYWHERE,
    "time": _EVERYWHERE | {"datetime"},
    "svg": _EVERYWHERE | _SVG_LOOKS | {"viewBox", "preserveAspectRatio", "xmlns", "focusable"},
    **dict.fromkeys(_SVG, _EVERYWHERE | _SVG_LOOKS),
}
"""Elements of an assembled page, with their attributes; `data-` and `aria-` attributes besides."""

PAGE_PREFIXES = frozenset({"data-", "aria-"})
"""Beginnings of attributes that every element of an assembled page may have."""
