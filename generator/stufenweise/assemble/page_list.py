"""List all pages of one language's site, and find the page of a text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import partial

from stufenweise.assemble import overview_pages, text_pages
from stufenweise.assemble.page_source import Page
from stufenweise.localized.localized_library import LocalizedLibrary
from stufenweise.model import page_paths


def all_pages(localized: LocalizedLibrary, known: Collection[str] = ()) -> Iterator[Page]:
    """Yield all pages of the site, home first, except those whose path is in `known`."""
    return (make() for path, make in page_makers(localized).items() if path not in known)


def page_makers(localized: LocalizedLibrary) -> dict[str, Callable[[], Page]]:
    """Return a function that makes each page, by path, the home page first."""
    library = localized.library

    def of(make: Callable[..., Page], *given: object) -> Callable[[], Page]:
        return partial(make, localized, *given)

    return {
        page_paths.HOME_PAGE: of(text_pages.home_page),
        **({page_paths.BEGIN: of(overview_pages.begin_page)} if library.questions else {}),
        page_paths.OUR_PROGRAMME: of(overview_pages.our_programme_page),
        page_paths.LEVELS: of(overview_pages.levels_page),
        **{page_paths.level_path(level.slug): of(text_pages.level_page, level) for level in library.levels},
        page_paths.TUTORIALS: of(overview_pages.tutorials_page),
        **{page_paths.tutorial_path(one.slug): of(text_pages.tutorial_page, one) for one in library.tutorials},
        page_paths.CHECKLISTS: of(overview_pages.checklists_page),
        **{
            page_paths.checklist_path(level.slug): of(overview_pages.level_checklists_page, level)
            for level in library.levels
        },
        page_paths.GOALS: of(overview_pages.goals_page),
        page_paths.PROGRAMMES: of(overview_pages.programmes_page),
        page_paths.PLANNER: of(overview_pages.planner_page),
        page_paths.GOAL_SHEET: of(overview_pages.goal_sheet_page),
        page_paths.COORDINATORS: of(overview_pages.coordinators_page),
        **({page_paths.GUIDES: of(overview_pages.guides_page)} if library.guides else {}),
        **{page_paths.guide_path(guide.slug): of(text_pages.guide_page, guide) for guide in library.guides},
        **({page_paths.KIT_INDEX: of(overview_pages.kit_page)} if library.kit else {}),
        **{page_paths.kit_path(piece.slug): of(text_pages.kit_piece_page, piece) for piece in library.kit},
        page_paths.GLOSSARY: of(overview_pages.glossary_page),
        **({page_paths.DOWNLOADS: of(overview_pages.downloads_page)} if localized.downloads else {}),
    }


def page_of_text(localized: LocalizedLibrary, path: str) -> Page | None:
    """Return the page of a text, or None if it has no page of its own.

    Args:
        localized: The library in the language of the page.
        path: Path of the text's file below the content folder, in any language.
    """
    folder, _, name = path.rpartition("/")
    slug = name.split(".")[0]
    if not folder:
        return text_pages.home_page(localized)
    if folder == "tutorials" and slug in localized.tutorial_by_slug:
        return text_pages.tutorial_page(localized, localized.tutorial_by_slug[slug])
    levels = {level.slug: level for level in localized.library.levels}
    if folder == "levels" and slug in levels:
        return text_pages.level_page(localized, levels[slug])
    kit = {piece.slug: piece for piece in localized.library.kit}
    if folder == "kit" and slug in kit:
        return text_pages.kit_piece_page(localized, kit[slug])
    guides = {guide.slug: guide for guide in localized.library.guides}
    return text_pages.guide_page(localized, guides[slug]) if folder == "guides" and slug in guides else None
