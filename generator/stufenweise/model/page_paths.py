"""Paths and anchors of the site's pages, and the addresses that lead from one to another.

Paths are the same in every language, so that the language switch stays on the page.
"""

from __future__ import annotations

import posixpath
from functools import lru_cache

from stufenweise.model.kinds import GUIDE, KIT, LEVEL, TERM_ID, TUTORIAL, Kind

HOME_PAGE = "index.md"
BEGIN = "begin.md"
OUR_PROGRAMME = "our-programme/index.md"
"""The pair's own page."""
LEVELS = "levels/index.md"
TUTORIALS = "tutorials/index.md"
CHECKLISTS = "checklists/index.md"
PROGRAMMES = "programmes/index.md"
PLANNER = "programmes/planner.md"
GOAL_SHEET = "programmes/goal-sheet.md"
COORDINATORS = "coordinators/index.md"
"""What coordinators need: the first page of their tab."""
GUIDES = "guides/index.md"
"""All guides: the first page of the tab with help."""
KIT_INDEX = "kit/index.md"
GOALS = "goals.md"
GLOSSARY = "glossary.md"
DOWNLOADS = "downloads.md"
NOT_FOUND = "404.html"
"""The page for unknown addresses: only a server shows it."""
HANDOUTS = "handouts"
"""Folder of the handouts, below the folder of their language."""
LEVELS_CHART = "levels"
"""Anchor of the chart on the page of levels."""
KIT_HANDOUTS = "sheets"
"""Anchor of the handouts on the page of the kit."""
LEVEL_CHECKLIST = "checklist"
"""Anchor of a level's own checklist, on the page with its checklists."""


def text_path(kind: Kind, slug: str) -> str:
    """Return the path of the page that shows a text; kinds without pages of their own have none."""
    return f"{kind.folder}/{slug}.md"


def level_path(slug: str) -> str:
    """Return the path of a level's page."""
    return text_path(LEVEL, slug)


def tutorial_path(slug: str) -> str:
    """Return the path of a tutorial's page."""
    return text_path(TUTORIAL, slug)


def guide_path(slug: str) -> str:
    """Return the path of a guide's page."""
    return text_path(GUIDE, slug)


def kit_path(slug: str) -> str:
    """Return the path of the page of a piece of the coordinators' kit."""
    return text_path(KIT, slug)


def checklist_path(slug: str) -> str:
    """Return the path of the page with the checklists of a level."""
    return f"checklists/{slug}.md"


def goal_anchor(code: str) -> str:
    """Return the anchor of a goal on the page of goals."""
    return f"goal-{code.lower()}"


def term_anchor(term: str) -> str:
    """Return the anchor of a term, in the glossary and on the pages where it occurs."""
    return f"{TERM_ID}{term}"


def link(page: str, target: str, *, directories: bool) -> str:
    """Return the relative address that leads from one page to another.

    Args:
        page: Path of the page that holds the link.
        target: Path of the page it leads to, with an anchor if need be.
        directories: Whether pages are published as folders (MkDocs's `use_directory_urls`).
    """
    path, hash_mark, anchor = target.partition("#")
    here = posixpath.dirname(address(page, directories=directories))
    return _relative(address(path, directories=directories), here) + hash_mark + anchor


def file_link(page: str, path: str, *, directories: bool) -> str:
    """Return the relative address that leads from a page to a file below the language's folder."""
    return _relative(path, posixpath.dirname(address(page, directories=directories)))


@lru_cache(maxsize=1 << 14)
def _relative(there: str, here: str) -> str:
    """Return the way from the folder `here` to the address `there`."""
    up = "../" * (here.count("/") + 1) if here else ""
    if here and there.startswith(f"{here}/"):
        return there.removeprefix(f"{here}/") or "./"
    shared = posixpath.commonpath((here, there)) if here and there else ""
    if shared:
        up = "../" * (here.count("/") - shared.count("/"))
        there = there.removeprefix(f"{shared}/")
    return f"{up}{there}" or "./"


def address(path: str, *, directories: bool) -> str:
    """Return the address of a page below its language's folder; the home page's is empty where pages are folders."""
    stem = path.removesuffix(".md")
    if not directories:
        return f"{stem}.html"
    if stem == "index" or stem.endswith("/index"):
        return stem.removesuffix("index")
    return f"{stem}/"
