"""Report a site's health: due reviews, outdated translations, drafts, orphaned pages."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from stufenweise.check.content.reference_rules import tutorials_named
from stufenweise.i18n.labels import Labels
from stufenweise.load.load_result import LoadResult
from stufenweise.model.kinds import GUIDE, LEVEL, PROGRAMME, TUTORIAL
from stufenweise.model.problem import Problem
from stufenweise.overlay.visibility import TEXT_LINK, linked_stem
from stufenweise.status.hidden_traces import recommending_lines, shrunk_programmes
from stufenweise.status.tutorial_status import TranslationState, TutorialStatus, lacking_translations

REVIEW_SOON = datetime.timedelta(days=60)
"""Time before a review is due from which `status` lists it."""

BASE_DRIFT_CODES = frozenset(
    {"base-changed", "base-gone", "base-renamed", "extend-section-gone", "extend-without-text"}
)  # fmt: skip
"""Codes of problems of company texts whose package text changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteHealth:
    """State of the content as a whole: slugs of tutorials, each list in order; other texts with their folder."""

    errors: int
    warnings: int
    due: tuple[str, ...]
    """Tutorials whose review is due."""
    soon: tuple[str, ...]
    """Tutorials whose review is due within `REVIEW_SOON`."""
    stale: tuple[str, ...]
    """Tutorials with a translation older than its source."""
    pending: tuple[str, ...]
    """Tutorials with an unfinished translation."""
    untranslated: tuple[str, ...]
    """Tutorials without a translation."""
    too_long: tuple[str, ...]
    """Tutorials whose handouts don't fit their pages."""
    base_too_long: tuple[str, ...]
    """Package handouts that the company's words, logo or address make too long."""
    drafts: tuple[str, ...]
    hidden: tuple[str, ...]
    """Tutorials that are hidden, by themselves or with their level."""
    shrunk: tuple[str, ...]
    """Programmes that lose hidden levels or tutorials, each with what it loses."""
    recommending: tuple[str, ...]
    """Files and lines that recommend hidden content."""
    base_unnoted: tuple[str, ...]
    """Company files that were never compared with the package's text."""
    base_changed: tuple[str, ...]
    """Company files whose package text was changed or removed."""
    orphaned: tuple[str, ...]
    """Tutorials that only overviews link to: no programme, requirement, text or answer of the self-check does."""
    title_only: tuple[str, ...]
    """Files without search words, which the search finds only by their titles."""


def site_health(
    loaded: LoadResult,
    statuses: Sequence[TutorialStatus],
    problems: Iterable[Problem],
    today: datetime.date,
    labels: Mapping[str, Labels],
) -> SiteHealth:
    """Return the state of the content as a whole.

    Args:
        loaded: The loaded content.
        statuses: The state of each tutorial.
        problems: All problems, those of handouts included.
        today: The day against which reviews are due.
        labels: Labels by language.
    """
    all_problems = list(problems)
    errors = sum(1 for problem in all_problems if problem.is_error)

    lacking = lacking_translations(loaded)

    def slugs_where(applies: Callable[[TutorialStatus], object]) -> tuple[str, ...]:
        return tuple(status.slug for status in statuses if applies(status))

    def files_with(codes: Container[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(problem.place.file for problem in all_problems if problem.code in codes))

    def in_state(state: TranslationState) -> tuple[str, ...]:
        tutorials = [status.slug for status in statuses if any(other == state for _, other in status.languages)]
        other_slugs = [slug for (_, other), slugs in lacking.items() if other == state for slug in slugs]
        return tuple(dict.fromkeys([*tutorials, *other_slugs]))

    hidden = {file.slug for file in loaded.files_of(TUTORIAL) if loaded.visibility.hides(file.slug, file.facts)}
    linked = _linked_slugs(loaded)
    overflows = [problem for problem in all_problems if problem.code == "handout-overflow-base"]
    return SiteHealth(
        errors=errors,
        warnings=len(all_problems) - errors,
        due=slugs_where(lambda status: status.is_due),
        soon=slugs_where(lambda status: status.due and not status.is_due and status.due <= today + REVIEW_SOON),
        stale=in_state("stale"),
        pending=in_state("pending"),
        untranslated=in_state("missing"),
        too_long=slugs_where(lambda status: status.fits is False),
        base_too_long=tuple(dict.fromkeys(problem.subject.name for problem in overflows)),
        drafts=slugs_where(lambda status: status.is_draft),
        hidden=slugs_where(lambda status: status.slug in hidden),
        shrunk=tuple(shrunk_programmes(loaded, labels)),
        recommending=tuple(recommending_lines(loaded, labels)),
        base_unnoted=files_with({"base-unnoted"}),
        base_changed=files_with(BASE_DRIFT_CODES),
        orphaned=slugs_where(lambda status: status.slug not in linked | hidden and not status.is_draft),
        title_only=tuple(_without_search_words(loaded)),
    )


def _without_search_words(loaded: LoadResult) -> Iterator[str]:
    """Yield the paths of the texts with a page of their own that have no search words."""
    for kind in (TUTORIAL, LEVEL, GUIDE):
        for language in loaded.languages:
            for file in loaded.files_of(kind, language):
                source = loaded.source_of(file)
                if not file.text.search and source and not loaded.visibility.hides(file.slug, source.facts):
                    yield file.path


def _linked_slugs(loaded: LoadResult) -> frozenset[str]:
    """Return the slugs of the tutorials that a fact, an answer or a link of another text names."""
    named = {
        slug for kind in (TUTORIAL, PROGRAMME) for file in loaded.files_of(kind) for _, slug in tutorials_named(file)
    }
    for question in loaded.data.questions.values():
        for answer in question.answers.values():
            named |= {slug for slug, points in answer.tutorials.items() if points > 0}
    for file in loaded.texts.values():
        this_text = f"{file.kind.folder}/{file.slug}"
        for link in TEXT_LINK.finditer(file.source_body):
            folder, _, slug = linked_stem(link[2], file.path).rpartition("/")
            if folder == TUTORIAL.folder and f"{folder}/{slug}" != this_text:
                named.add(slug)
    return frozenset(named)
