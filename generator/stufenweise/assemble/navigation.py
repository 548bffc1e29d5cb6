"""The navigation of one language's site; its length does not depend on how many tutorials there are."""

from __future__ import annotations

from stufenweise.assemble import page_paths
from stufenweise.assemble.localized_library import LocalizedLibrary

NavEntry = dict[str, object]
"""Title of an entry -> path of its page, or a list of paths (MkDocs's `nav`)."""


def navigation(localized: LocalizedLibrary) -> list[NavEntry]:
    """Return the entries of the navigation; those of pages that the site does not have are left out."""
    library = localized.library
    levels = [page_paths.level_path(level.slug) for level in library.levels]
    checklists = [page_paths.checklist_path(level.slug) for level in library.levels]
    guides: list[object] = [page_paths.guide_path(guide.slug) for guide in library.guides]
    if library.kit:
        kit = [page_paths.KIT_INDEX, *(page_paths.kit_path(piece.slug) for piece in library.kit)]
        guides.append({localized.labels.of("nav", "kit"): kit})
    entries: list[tuple[str, object, bool]] = [
        ("home", page_paths.HOME_PAGE, True),
        ("our_programme", page_paths.OUR_PROGRAMME, True),
        ("begin", page_paths.BEGIN, bool(library.questions)),
        ("levels", [page_paths.LEVELS, *levels], True),
        ("tutorials", page_paths.TUTORIALS, True),
        ("checklists", [page_paths.CHECKLISTS, *checklists], True),
        ("programmes", [page_paths.PROGRAMMES, page_paths.PLANNER, page_paths.GOAL_SHEET], True),
        ("guides", [page_paths.GUIDES, *guides], bool(guides)),
        ("goals", page_paths.GOALS, True),
        ("glossary", page_paths.GLOSSARY, True),
        ("downloads", page_paths.DOWNLOADS, bool(localized.downloads)),
    ]
    return [{localized.labels.of("nav", key): pages} for key, pages, exists in entries if exists]
