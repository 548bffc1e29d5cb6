"""Problems that only follow from another one: they are not said, for who mends the one is rid of the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from stufenweise.model.problem import Problem

HEADINGS = frozenset(
    {"heading-attribute", "heading-brace", "heading-level", "setext-heading", "step-minutes-value", "step-misplaced"}
)
"""Codes of headings that are read in another way than they were meant."""
SAME_LINE = frozenset({"attribute", "raw-html", "text-before-section"})
"""What Markdown makes of such a heading."""
PARTS = frozenset({"checklist-length", "empty-section", "minutes-sum", "missing-section"})
"""What is counted or missed among the parts of a text."""
LOST = frozenset({"fence-open", "section-without-id", "unknown-section"})
"""Codes of what hides parts of a text from us."""


def suppress_follow_ups(problems: Iterable[Problem], bodies: Mapping[str, int]) -> list[Problem]:
    """Return problems without those that only follow from another one.

    Of each pair at least one is left, so that nothing wrong passes.

    Args:
        problems: All problems.
        bodies: The line of each text's file at which its body starts; its facts are no part of what is translated.
    """
    found = list(problems)
    headings = {(one.place.file, one.place.line) for one in found if one.code in HEADINGS}
    lost: dict[str, list[Problem]] = {}
    for one in found:
        if one.code in LOST | HEADINGS:
            lost.setdefault(one.place.file, []).append(one)
    misnamed = {one.place.file for one in found if one.code == "bad-slug"}
    wrong = {one.place.file for one in found if one.is_error and one.place.line >= bodies.get(one.place.file, 1)}
    nameless = {_slug(one.place.file) for one in found if one.code == "translation-without-source"}
    return [
        one
        for one in found
        if not (nameless and _slug_named(one) in nameless)
        and not (one.code in SAME_LINE and (one.place.file, one.place.line) in headings)
        and not (one.code in PARTS and any(_hides(cause, one) for cause in lost.get(one.place.file, ())))
        and not (one.code == "translation-missing" and one.place.file in misnamed)
        and not (one.code.startswith("translation-") and dict(one.values).get("source") in wrong)
    ]


def _slug(path: str) -> str:
    """Return the slug in the path of a text."""
    return path.rpartition("/")[2].partition(".")[0]


def _slug_named(one: Problem) -> str:
    """Return the slug of the text that a problem says is not there; empty for other problems."""
    values = dict(one.values)
    if one.code == "unknown-requirement":
        return values["slug"]
    return _slug(values["target"].partition("#")[0]) if one.code == "link-missing" else ""


def _hides(cause: Problem, one: Problem) -> bool:
    """Return whether a part that `one` misses is likely there, behind `cause`."""
    if one.code != "missing-section":
        return True
    if cause.code in {"section-without-id", "unknown-section"}:
        return dict(cause.values)["nearest"] in {"", dict(one.values)["id"]}
    return cause.code in {"fence-open", "heading-level", "setext-heading", "heading-brace"}
