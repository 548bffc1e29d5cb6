"""The wall behind the checks: of what is rendered, only what the allowlist knows reaches a page."""

from __future__ import annotations

from pathlib import Path

import nh3

from generator.load.allowlist import LINK_SCHEMES, PAGE, PAGE_PREFIXES

_CLEAN_WITH_CONTENT = {"script", "style", "template", "iframe", "object", "embed", "noscript", "textarea", "xmp"}


def _attribute(element: str, name: str, value: str) -> str | None:
    """Return an attribute's value, or None to drop it: boxes are the only inputs, images are the site's own."""
    if element == "input" and name == "type" and value != "checkbox":
        return None
    if element == "img" and name == "src" and (":" in value or value.startswith(("//", "\\"))):
        return None
    return value


_CLEANER = nh3.Cleaner(
    tags=set(PAGE),
    clean_content_tags=_CLEAN_WITH_CONTENT,
    attributes={name: set(allowed) for name, allowed in PAGE.items()},
    generic_attribute_prefixes=set(PAGE_PREFIXES),
    attribute_filter=_attribute,
    url_schemes=set(LINK_SCHEMES),
    strip_comments=True,
    link_rel=None,
)


def sanitise(html: str) -> str:
    """Return rendered HTML with nothing in it that could run, fetch or take over a page."""
    return _CLEANER.clean(html)


def sanitise_pages(site: Path, wall: str) -> None:
    """Sanitise the text of every page of a site in place, between the marks that the templates put around it.

    Args:
        site: The rendered site.
        wall: The secret that makes the marks; no author can have written it.

    Raises:
        ValueError: A page has one mark without the other.
    """
    begin, end = f"<!--{wall}-->", f"<!--/{wall}-->"
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        if begin in text or end in text:
            before, first, rest = text.partition(begin)
            inside, last, after = rest.partition(end)
            if not (first and last) or begin in rest or end in after:
                raise ValueError(f"{path.name}: the marks around the text don't match")
            path.write_text(before + sanitise(inside) + after, encoding="utf-8", newline="\n")
