"""Sanitise rendered HTML: remove everything the allowlist does not name."""

from __future__ import annotations

import re
from pathlib import Path

import nh3

from stufenweise.core.errors import MachineError
from stufenweise.core.safe_folders import SafeFolder
from stufenweise.model import page_paths
from stufenweise.source.markdown.html_policy import LINK_SCHEMES, PAGE, PAGE_PREFIXES, PAGE_RELATIONS, RESERVED_ID
from stufenweise.source.markdown.line_breaks import html_with_no_break_spaces

_CLEAN_WITH_CONTENT = {"script", "style", "template", "iframe", "object", "embed", "noscript", "textarea", "xmp"}
_THEMES_DATA = "data-md-"
"""Prefix of attributes by which the theme's scripts find their elements."""
_LOADING_CLASSES = frozenset({"mermaid"})
"""Classes for which the theme fetches a script from another host."""
_REMOTE = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]{2}", re.IGNORECASE)
_IGNORED_IN_URL = re.compile(r"[\x00-\x20]")
_PERMALINK = '<a class="headerlink" '
_HIDDEN_PERMALINK = f'{_PERMALINK}tabindex="-1" aria-hidden="true" '
"""Attributes that hide a heading's permalink from screen readers and the tab order; it is for mouse users."""
_ALIGNED = re.compile(r'<(t[dh]) style="text-align: (left|center|right);">')


def _attribute(_element: str, name: str, value: str) -> str | None:
    """Return an attribute's value, or None to drop it: rules that need more than the attribute's name."""
    if name == "class":
        if any(loading in value for loading in _LOADING_CLASSES):
            return " ".join(word for word in value.split() if word not in _LOADING_CLASSES) or None
        return value
    if name in {"id", "for"}:
        return None if value.startswith(RESERVED_ID) else value
    if name == "src":
        return None if _REMOTE.match(_IGNORED_IN_URL.sub("", value)) else value
    if name == "title":
        # The theme's tooltips render a title as HTML.
        return None if "<" in value else value
    if name == "rel":
        return " ".join(word for word in value.split() if word in PAGE_RELATIONS) or None
    if name.startswith(_THEMES_DATA):
        return None
    if name in {"fill", "stroke"}:
        return None if "(" in value and not value.startswith(("url(#", "var(--", "rgb", "hsl")) else value
    return value


_CLEANER = nh3.Cleaner(
    tags=set(PAGE),
    clean_content_tags=_CLEAN_WITH_CONTENT,
    attributes={name: set(allowed) for name, allowed in PAGE.items()},
    generic_attribute_prefixes=set(PAGE_PREFIXES),
    # A checkbox is the only form control in pages.
    set_tag_attribute_values={"input": {"type": "checkbox"}},
    attribute_filter=_attribute,
    url_schemes=set(LINK_SCHEMES),
    strip_comments=True,
    link_rel=None,
)


def sanitise(html: str) -> str:
    """Remove everything from rendered HTML that could run, load or take over a page.

    The alignment of table cells becomes a class, because a strict policy forbids style attributes.
    """
    return _CLEANER.clean(_ALIGNED.sub(r'<\1 class="align-\2">', html).replace(_PERMALINK, _HIDDEN_PERMALINK))


def sanitise_pages(site: Path, marker_secret: str) -> None:
    """Sanitise the text of every page of a site in place, between the marks that the templates put around it.

    Non-breaking spaces are added, too, as in a builder with our plugin.

    Args:
        site: The rendered site.
        marker_secret: The secret in the marks, which no author can know.

    Raises:
        MachineError: A page has not exactly one pair of marks, as with a template of the project's own without them.
        OSError: A page could not be read or written.
    """
    begin, end = f"<!--{marker_secret}-->", f"<!--/{marker_secret}-->"
    folder = SafeFolder(site)
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        if path.name == page_paths.NOT_FOUND:  # It has no text of authors
            continue
        before, first, rest = text.partition(begin)
        inside, last, after = rest.partition(end)
        if not (first and last) or begin in rest or end in after:
            raise MachineError("page-marks", page=path.relative_to(site).as_posix())
        folder.write(
            path.relative_to(site).as_posix(), f"{before}{html_with_no_break_spaces(sanitise(inside))}{after}".encode()
        )
