"""The overview pages of a site: path, kind, title, lead, and whether a site has the page.

Pages, navigation and search all read this table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from stufenweise.i18n.labels import Labels
from stufenweise.localized.localized_library import LocalizedLibrary
from stufenweise.model import page_paths


@dataclass(frozen=True, slots=True)
class Overview:
    """An overview page."""

    path: str
    kind: str
    """Kind of the page, and name of its template."""
    title_key: str
    """Key of a label, or group and member with a dot between them."""
    lead_key: str
    is_there: Callable[[LocalizedLibrary], bool] = lambda _: True

    def title(self, labels: Labels) -> str:
        """Return the title of the page."""
        return _label(labels, self.title_key)

    def lead(self, labels: Labels) -> str:
        """Return the sentence below the title, which also describes the page for search engines."""
        return _label(labels, self.lead_key)


_OVERVIEWS = (
    Overview(page_paths.BEGIN, "begin", "begin.title", "begin.lead", lambda site: bool(site.library.questions)),
    Overview(page_paths.OUR_PROGRAMME, "our-programme", "our_programme.title", "our_programme.lead"),
    Overview(page_paths.LEVELS, "levels", "levels_title", "levels_lead"),
    Overview(page_paths.TUTORIALS, "tutorials", "nav.tutorials", "tutorials_lead_plain"),
    Overview(page_paths.CHECKLISTS, "checklists", "checklists_title", "checklists_lead"),
    Overview(page_paths.GOALS, "goals", "goals_title", "goals_lead"),
    Overview(page_paths.PROGRAMMES, "programmes", "programmes_title", "programmes_lead"),
    Overview(page_paths.PLANNER, "planner", "planner.title", "planner.lead"),
    Overview(page_paths.GOAL_SHEET, "goal-sheet", "goal_sheet.title", "goal_sheet.lead"),
    Overview(page_paths.COORDINATORS, "coordinators", "nav.coordinators", "coordinators_lead"),
    Overview(page_paths.GUIDES, "guides", "nav.help", "guides_lead", lambda site: bool(site.library.guides)),
    Overview(page_paths.KIT_INDEX, "kit", "nav.kit", "kit_lead", lambda site: bool(site.library.kit)),
    Overview(page_paths.GLOSSARY, "glossary", "glossary_title", "glossary_lead"),
    Overview(page_paths.DOWNLOADS, "downloads", "downloads_title", "downloads_lead", lambda site: bool(site.downloads)),
)
OVERVIEW_BY_PATH = {overview.path: overview for overview in _OVERVIEWS}


def overviews(localized: LocalizedLibrary) -> Iterator[Overview]:
    """Yield the overview pages of a site, in its order."""
    return (overview for overview in _OVERVIEWS if overview.is_there(localized))


def present_paths(localized: LocalizedLibrary, *paths: str) -> list[str]:
    """Return those of some overviews' paths that the site has."""
    return [path for path in paths if OVERVIEW_BY_PATH[path].is_there(localized)]


def _label(labels: Labels, key: str) -> str:
    group, _, member = key.rpartition(".")
    return labels.member(group, member) if group else labels(member)
