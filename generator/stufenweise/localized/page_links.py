"""Turn the links of content files into links between pages."""

from __future__ import annotations

import posixpath
import re

from stufenweise.model.kinds import HOME
from stufenweise.source.markdown.outline import replace_outside_code

_CONTENT_LINK = re.compile(
    r"(?P<start>\]\(\s*<?(?:[^\s()<>#?:]*/)?)(?P<slug>[^\s()<>#?:/]+)\.(?P<language>[A-Za-z-]{2,10})\.md(?=[#?\s)>])"
)
"""A link to a text of the content, up to the end of its path."""
_RELATIVE_LINK = re.compile(r"(?P<start>\]\(\s*<?)(?P<target>(?![A-Za-z][A-Za-z0-9+.-]*:|/)[^\s()<>]+)")
"""A link or an image, up to the end of an address that counts from the page."""


def moved_links(markdown: str, origin: str, page: str) -> str:
    """Adjust the links and images of a line from one page, for showing it on another.

    Args:
        markdown: The line, with links of the assembled tree.
        origin: Path of the page that it comes from.
        page: Path of the page that repeats it.
    """
    here, there = posixpath.dirname(page) or ".", posixpath.dirname(origin)

    def moved(match: re.Match[str]) -> str:
        path, hash_mark, anchor = match["target"].partition("#")
        whole = posixpath.join(there, path) if path else origin
        return f"{match['start']}{posixpath.relpath(whole, here)}{hash_mark}{anchor}"

    return _RELATIVE_LINK.sub(moved, markdown)


def rewrite_links(markdown: str, language: str) -> str:
    """Turn links to content files into links to the pages of the assembled tree.

    `find-people.de.md` becomes `find-people.md`: the tree has one language; `home.de.md` is its `index.md`.
    """
    if ".md" not in markdown:
        return markdown

    def page(match: re.Match[str]) -> str:
        if match["language"] != language:
            return match[0]
        slug = "index" if match["slug"] == HOME.name else match["slug"]
        return f"{match['start']}{slug}.md"

    return replace_outside_code(_CONTENT_LINK, page, markdown)
