"""Drop problems that follow from another one: fixing the first removes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from stufenweise.model.problem import Problem

MISREAD_HEADING_CODES = frozenset(
    {
        "heading-attribute",
        "heading-brace",
        "heading-level",
        "setext-heading",
        "step-minutes-value",
        "step-misplaced",
        "step-short-value",
    }
)
"""Codes of headings that are read in another way than they were meant."""
SAME_LINE_CODES = frozenset({"attribute", "raw-html", "text-before-section"})
"""Codes of what Markdown makes of such a heading, on its line."""
MISSING_PART_CODES = frozenset({"checklist-length", "empty-section", "minutes-sum", "missing-section"})
"""Codes of parts of a text that are counted or missing."""
HIDDEN_PART_CODES = frozenset({"fence-open", "section-without-id", "unknown-section"})
"""Codes of what hides parts of a text from its reader."""


def suppress_follow_ups(problems: Iterable[Problem], body_lines: Mapping[str, int]) -> list[Problem]:
    """Return problems without those that follow from another one.

    Of each pair at least one is left, so that nothing wrong passes.

    Args:
        problems: All problems.
        body_lines: The line of each text's file at which its body starts; its facts are not translated.
    """
    every = list(problems)
    misread_headings = {(one.place.file, one.place.line) for one in every if one.code in MISREAD_HEADING_CODES}
    hiding: dict[str, list[Problem]] = {}
    for one in every:
        if one.code in HIDDEN_PART_CODES | MISREAD_HEADING_CODES:
            hiding.setdefault(one.place.file, []).append(one)
    misnamed = {one.place.file for one in every if one.code == "bad-slug"}
    wrong_bodies = {
        one.place.file for one in every if one.is_error and one.place.line >= body_lines.get(one.place.file, 1)
    }
    stub_comments = {(one.place.file, one.place.line) for one in every if one.code == "translation-comment"}
    sourceless = {_slug(one.place.file) for one in every if one.code == "translation-without-source"}
    return [
        one
        for one in every
        if not (sourceless and _unknown_slug(one) in sourceless)
        and not (one.code in SAME_LINE_CODES and (one.place.file, one.place.line) in misread_headings)
        and not (one.code in MISSING_PART_CODES and any(_hides(cause, one) for cause in hiding.get(one.place.file, ())))
        and not (one.code == "html-comment" and (one.place.file, one.place.line) in stub_comments)
        and not (one.code == "translation-missing" and one.place.file in misnamed)
        and not (one.code.startswith("translation-") and dict(one.values).get("source") in wrong_bodies)
    ]


def _slug(path: str) -> str:
    """Return the slug in the path of a text."""
    return path.rpartition("/")[2].partition(".")[0]


def _unknown_slug(one: Problem) -> str:
    """Return the slug of the text that a problem reports as missing; empty for other problems."""
    values = dict(one.values)
    if one.code == "unknown-requirement":
        return values["slug"]
    return _slug(values["target"].partition("#")[0]) if one.code == "link-missing" else ""


def _hides(cause: Problem, follow_up: Problem) -> bool:
    """Return whether the part that `follow_up` misses is probably there, hidden by `cause`."""
    if follow_up.code != "missing-section":
        return True
    if cause.code in {"section-without-id", "unknown-section"}:
        return dict(cause.values)["nearest"] in {"", dict(follow_up.values)["id"]}
    return cause.code in {"fence-open", "heading-level", "setext-heading", "heading-brace"}
