"""List all pages of one language's site, and find the page of a text."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from stufenweise.assemble import overview_pages, page_paths, text_pages
from stufenweise.assemble.localized_library import LocalizedLibrary
from stufenweise.assemble.page_source import Page


def all_pages(localized: LocalizedLibrary, known: Collection[str] = ()) -> Iterator[Page]:
    """Yield all pages of the site, home first, but those of tutorials whose path is in `known`."""
    library = localized.library
    yield text_pages.home_page(localized)
    if library.questions:
        yield overview_pages.begin_page(localized)
    yield overview_pages.our_programme_page(localized)
    yield overview_pages.levels_page(localized)
    yield from (text_pages.level_page(localized, level) for level in library.levels)
    yield overview_pages.tutorials_page(localized)
    for tutorial in library.tutorials:
        if page_paths.tutorial_path(tutorial.slug) not in known:
            yield text_pages.tutorial_page(localized, tutorial)
    yield overview_pages.checklists_page(localized)
    yield from (overview_pages.level_checklists_page(localized, level) for level in library.levels)
    yield overview_pages.goals_page(localized)
    yield overview_pages.programmes_page(localized)
    yield overview_pages.planner_page(localized)
    yield overview_pages.goal_sheet_page(localized)
    yield overview_pages.coordinators_page(localized)
    if library.guides:
        yield overview_pages.guides_page(localized)
    yield from (text_pages.guide_page(localized, guide) for guide in library.guides)
    if library.kit:
        yield overview_pages.kit_page(localized)
    yield from (text_pages.kit_piece_page(localized, piece) for piece in library.kit)
    yield overview_pages.glossary_page(localized)
    if localized.downloads:
        yield overview_pages.downloads_page(localized)


def page_of_text(localized: LocalizedLibrary, path: str) -> Page | None:
    """Return the page that a text of the content stands on, or None if it has no page of its own.

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
