"""What somebody who looks after a site wants to know of its content beside what is wrong with it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stufenweise.check.reference_rules import tutorials_named
from stufenweise.load.load_result import LoadResult
from stufenweise.model.kinds import PROGRAMME, TUTORIAL
from stufenweise.model.problem import Problem
from stufenweise.overlay.visibility import TEXT_LINK, linked_text
from stufenweise.status.tutorial_status import TutorialStatus

REVIEW_SOON = datetime.timedelta(days=60)
"""How long before its review is due a tutorial is named."""

BASE_DRIFT_CODES = frozenset(
    {"base-changed", "base-gone", "base-renamed", "base-unnoted", "extend-section-gone",
     "extend-without-text"}
)  # fmt: skip
"""Codes of what a company's own text is told about that of the package."""


@dataclass(frozen=True, slots=True)
class SiteHealth:
    """How the content stands: slugs of tutorials, each list in their order."""

    errors: int
    warnings: int
    due: tuple[str, ...]
    """Their review is due."""
    soon: tuple[str, ...]
    """Their review is due within `REVIEW_SOON`."""
    stale: tuple[str, ...]
    """A translation is older than its source."""
    pending: tuple[str, ...]
    """A translation is being written."""
    untranslated: tuple[str, ...]
    """A translation is missing."""
    too_long: tuple[str, ...]
    """Their handouts don't fit."""
    drafts: tuple[str, ...]
    hidden: tuple[str, ...]
    """The settings hide them, or their level."""
    base_changed: tuple[str, ...]
    """Files of the company's that lie over a text of the package that changed, went or was never compared."""
    orphaned: tuple[str, ...]
    """Nothing leads there but the lists of all: no programme, no requirement, no link, no answer of the self-check."""


def site_health(
    loaded: LoadResult, found: Sequence[TutorialStatus], problems: Iterable[Problem], today: datetime.date
) -> SiteHealth:
    """Return how the content stands.

    Args:
        loaded: What was read.
        found: How each tutorial stands.
        problems: What is wrong, handouts included.
        today: The day against which reviews are due.
    """
    told = list(problems)
    errors = sum(1 for one in told if one.is_error)

    def in_state(*states: str) -> tuple[str, ...]:
        return tuple(one.slug for one in found if any(state in states for _, state in one.languages))

    hidden = {file.slug for file in loaded.of(TUTORIAL) if loaded.visibility.hides(file.slug, file.facts)}
    named = _named(loaded)
    return SiteHealth(
        errors,
        len(told) - errors,
        tuple(one.slug for one in found if one.is_due),
        tuple(one.slug for one in found if one.due and not one.is_due and one.due <= today + REVIEW_SOON),
        in_state("stale"),
        in_state("pending"),
        in_state("missing"),
        tuple(one.slug for one in found if one.fits is False),
        tuple(one.slug for one in found if one.is_draft),
        tuple(one.slug for one in found if one.slug in hidden),
        tuple(dict.fromkeys(one.place.file for one in told if one.code in BASE_DRIFT_CODES)),
        tuple(one.slug for one in found if one.slug not in named | hidden and not one.is_draft),
    )


def _named(loaded: LoadResult) -> frozenset[str]:
    """Return the slugs of the tutorials to which something leads."""
    named = {slug for kind in (TUTORIAL, PROGRAMME) for file in loaded.of(kind) for _, slug in tutorials_named(file)}
    for question in loaded.questions.values():
        for answer in question.answers.values():
            named |= {slug for slug, points in answer.tutorials.items() if points > 0}
    for file in loaded.texts.values():
        own = f"{file.kind.folder}/{file.slug}"
        for link in TEXT_LINK.finditer(file.source_body):
            folder, _, slug = linked_text(link[2], file.text.path).rpartition("/")
            if folder == TUTORIAL.folder and f"{folder}/{slug}" != own:
                named.add(slug)
    return frozenset(named)
