"""List all pages of one language's site, and find the page of a text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import partial

from stufenweise.assemble import overview_pages, text_pages
from stufenweise.assemble.overviews import overviews
from stufenweise.assemble.page_source import Page
from stufenweise.localized.localized_library import LocalizedLibrary
from stufenweise.model import page_paths
from stufenweise.model.kinds import GUIDE, KIT, LEVEL, TUTORIAL
from stufenweise.source.files.text_paths import TextPath

_OVERVIEW_MAKERS = {
    page_paths.BEGIN: overview_pages.begin_page,
    page_paths.OUR_PROGRAMME: overview_pages.our_programme_page,
    page_paths.LEVELS: overview_pages.levels_page,
    page_paths.TUTORIALS: overview_pages.tutorials_page,
    page_paths.CHECKLISTS: overview_pages.checklists_page,
    page_paths.GOALS: overview_pages.goals_page,
    page_paths.PROGRAMMES: overview_pages.programmes_page,
    page_paths.PLANNER: overview_pages.planner_page,
    page_paths.GOAL_SHEET: overview_pages.goal_sheet_page,
    page_paths.COORDINATORS: overview_pages.coordinators_page,
    page_paths.GUIDES: overview_pages.guides_page,
    page_paths.KIT_INDEX: overview_pages.kit_page,
    page_paths.GLOSSARY: overview_pages.glossary_page,
    page_paths.DOWNLOADS: overview_pages.downloads_page,
}
_TEXT_FOLDERS = {kind.folder for kind in (LEVEL, TUTORIAL, GUIDE, KIT)}


def all_pages(localized: LocalizedLibrary, known: Collection[str] = ()) -> Iterator[Page]:
    """Yield all pages of the site, home first, except those whose path is in `known`."""
    return (make() for path, make in page_makers(localized).items() if path not in known)


def page_makers(localized: LocalizedLibrary) -> dict[str, Callable[[], Page]]:
    """Return a function that makes each page, by path, the home page first."""
    library = localized.library

    def of(make: Callable[..., Page], *given: object) -> Callable[[], Page]:
        return partial(make, localized, *given)

    texts = {
        page_paths.LEVELS: {
            page_paths.level_path(level.slug): of(text_pages.level_page, level) for level in library.levels
        },
        page_paths.TUTORIALS: {
            page_paths.tutorial_path(tutorial.slug): of(text_pages.tutorial_page, tutorial)
            for tutorial in library.tutorials
        },
        page_paths.CHECKLISTS: {
            page_paths.checklist_path(level.slug): of(overview_pages.level_checklists_page, level)
            for level in library.levels
        },
        page_paths.GUIDES: {
            page_paths.guide_path(guide.slug): of(text_pages.guide_page, guide) for guide in library.guides
        },
        page_paths.KIT_INDEX: {
            page_paths.kit_path(piece.slug): of(text_pages.kit_piece_page, piece) for piece in library.kit
        },
    }
    makers = {page_paths.HOME_PAGE: of(text_pages.home_page)}
    for overview in overviews(localized):
        makers[overview.path] = of(_OVERVIEW_MAKERS[overview.path])
        makers |= texts.get(overview.path, {})
    return makers


def page_of_text(localized: LocalizedLibrary, path: str) -> Page | None:
    """Return the page of a text, or None if it has no page of its own.

    Args:
        localized: The library in the language of the page.
        path: Path of the text's file below the content folder, in any language.
    """
    text = TextPath.parse(path)
    if text is None:
        return None
    if not text.folder:
        return text_pages.home_page(localized)
    make = page_makers(localized).get(f"{text.stem}.md") if text.folder in _TEXT_FOLDERS else None
    return make() if make else None
