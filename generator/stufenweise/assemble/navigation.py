"""One language's navigation: five top-level tabs, however many tutorials there are."""

from __future__ import annotations

from stufenweise.assemble.overviews import present_paths
from stufenweise.localized.localized_library import LocalizedLibrary
from stufenweise.model import page_paths
from stufenweise.model.facts import COORDINATOR

NavEntry = dict[str, object]
"""Title of an entry -> path of its page, or a list of entries and paths (MkDocs's `nav`)."""


def navigation(localized: LocalizedLibrary) -> list[NavEntry]:
    """Return the entries of the navigation, without missing pages; a tab leads to the first page below it."""
    tabs: dict[str, object] = {
        "home": page_paths.HOME_PAGE,
        "our_programme": _our_programme(localized),
        "tutorials": _tutorials(localized),
        "coordinators": _coordinators(localized),
        "help": _help(localized),
    }
    return [{localized.labels.member("nav", name): pages} for name, pages in tabs.items()]


def _our_programme(localized: LocalizedLibrary) -> list[object]:
    """Return the pages on which a pair plans."""
    paths = (page_paths.OUR_PROGRAMME, page_paths.BEGIN, page_paths.PLANNER, page_paths.GOAL_SHEET)
    return [*present_paths(localized, *paths)]


def _tutorials(localized: LocalizedLibrary) -> list[object]:
    """Return the list of tutorials and its views, by level and by progress."""
    levels = [page_paths.level_path(level.slug) for level in localized.library.levels]
    checklists = [page_paths.checklist_path(level.slug) for level in localized.library.levels]
    return [
        page_paths.TUTORIALS,
        _group(localized, "levels", page_paths.LEVELS, levels),
        _group(localized, "checklists", page_paths.CHECKLISTS, checklists),
    ]


def _coordinators(localized: LocalizedLibrary) -> list[object]:
    """Return the pages for coordinators who build a programme."""
    library = localized.library
    guides = [page_paths.guide_path(guide.slug) for guide in library.guides if guide.facts.audience == COORDINATOR]
    kit = [page_paths.kit_path(piece.slug) for piece in library.kit]
    return [
        page_paths.COORDINATORS,
        *guides,
        *([_group(localized, "kit", page_paths.KIT_INDEX, kit)] if kit else []),
        *present_paths(localized, page_paths.PROGRAMMES, page_paths.GOALS, page_paths.DOWNLOADS),
    ]


def _help(localized: LocalizedLibrary) -> list[object]:
    """Return the other guides, and the glossary."""
    guides = localized.library.guides
    paths = [page_paths.guide_path(guide.slug) for guide in guides if guide.facts.audience != COORDINATOR]
    return [*present_paths(localized, page_paths.GUIDES), *paths, page_paths.GLOSSARY]


def _group(localized: LocalizedLibrary, name: str, index: str, pages: list[str]) -> NavEntry:
    """Return the overview page of a kind, followed by the pages of the kind."""
    return {localized.labels.member("nav", name): [index, *pages]}
