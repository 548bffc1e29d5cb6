"""A library in one language: labels, glossary and relations between documents, worked out once for all pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from stufenweise.assemble.glossary_terms import Glossary, compile_glossary
from stufenweise.i18n.labels import Labels
from stufenweise.model.library import Goal, Level, Library, Tutorial

RELATED = 3
"""How many related tutorials a page names."""


@dataclass(frozen=True, slots=True)
class Download:
    """A printed handout, as pages offer it."""

    kind: str
    """Kind of handout: mentee, mentor, workbook and so on."""
    path: str
    """Path below the language's folder."""
    title: str
    pages: int
    size: int
    """Bytes."""


@dataclass(frozen=True)
class LocalizedLibrary:
    """A library in one language of the site, and how its pages are published."""

    library: Library
    language: str
    labels_by_language: Mapping[str, Labels]
    """Labels in each language of the site; a page whose text is not translated has those of the text's language."""
    directories: bool = True
    """Whether pages are published as folders (MkDocs's `use_directory_urls`)."""
    downloads: Mapping[str, Download] = field(default_factory=dict)
    """Handouts by their name, such as find-people-mentee; empty where none are printed."""

    @property
    def labels(self) -> Labels:
        """Labels in the site's language."""
        return self.labels_by_language[self.language]

    def foreign(self, language: str) -> str:
        """Return the language of a text where it is not the site's; empty where it is."""
        return "" if language == self.language else language

    @cached_property
    def glossary(self) -> Glossary:
        """Terms in the site's language."""
        return compile_glossary(self.library.terms, self.language, self.library.source)

    @cached_property
    def goals(self) -> Mapping[str, Goal]:
        """Goals by code."""
        return {goal.code: goal for goal in self.library.goals}

    @cached_property
    def by_level(self) -> Mapping[int, Sequence[Tutorial]]:
        """Tutorials by the number of their level, in order of effort."""
        result: dict[int, list[Tutorial]] = {level.facts.level: [] for level in self.library.levels}
        for tutorial in self.library.tutorials:
            result[tutorial.facts.level].append(tutorial)
        return result

    @cached_property
    def level(self) -> Mapping[int, Level]:
        """Levels by number."""
        return {level.facts.level: level for level in self.library.levels}

    @cached_property
    def tutorial(self) -> Mapping[str, Tutorial]:
        """Tutorials by slug."""
        return {tutorial.slug: tutorial for tutorial in self.library.tutorials}

    @cached_property
    def neighbours(self) -> Mapping[str, Neighbours]:
        """The tutorials around each tutorial, by slug."""
        return _neighbours(self.library.tutorials)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Slugs of the tutorials around one: required before, building on it, and serving the same goal."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    related: tuple[str, ...]


def _first_goal(tutorial: Tutorial) -> str:
    """Return the goal that matters most to a tutorial; empty if the site shows none of its goals."""
    return next(iter(tutorial.facts.goals), "")


def _neighbours(tutorials: Sequence[Tutorial]) -> dict[str, Neighbours]:
    following: dict[str, list[str]] = {tutorial.slug: [] for tutorial in tutorials}
    by_goal: dict[str, list[str]] = {}
    place: dict[str, int] = {}
    for tutorial in tutorials:
        for slug in tutorial.facts.requires:
            following[slug].append(tutorial.slug)
        same_goal = by_goal.setdefault(_first_goal(tutorial), [])
        place[tutorial.slug] = len(same_goal)
        same_goal.append(tutorial.slug)
    order = [tutorial.slug for tutorial in tutorials]
    result: dict[str, Neighbours] = {}
    for index, tutorial in enumerate(tutorials):
        slug = tutorial.slug
        before = tutorial.facts.requires or tuple(order[index - 1 : index])
        after = tuple(following[slug][:RELATED]) or tuple(order[index + 1 : index + 2])
        same_goal, here = by_goal[_first_goal(tutorial)], place[slug]
        near = same_goal[max(here - 2 * RELATED, 0) : here + 2 * RELATED + 1]
        near.sort(key=lambda other, at=here, places=place: abs(places[other] - at))  # type: ignore[misc]
        related = [other for other in near if other != slug and other not in before and other not in after]
        result[slug] = Neighbours(before, after, tuple(related[:RELATED]))
    return result
