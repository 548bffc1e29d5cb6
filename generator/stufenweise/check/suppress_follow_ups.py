"""Drop problems that follow from another one: fixing the first removes them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from stufenweise.model.problem import Problem
from stufenweise.source.file_names import slug_of

MISREAD_HEADING_CODES = frozenset(
    {
        "heading-attribute",
        "heading-brace",
        "heading-level",
        "heading-meant",
        "heading-space",
        "heading-too-low",
        "setext-heading",
        "step-attributes",
        "step-minutes-value",
        "step-misplaced",
        "step-short-value",
    }
)
"""Codes of headings that are read in another way than they were meant."""
SAME_LINE_CODES: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        MISREAD_HEADING_CODES,
        frozenset(
            {"attribute", "raw-html", "text-before-section", "id-missing", "section-without-id", "short-unwanted"}
        ),
    ),
    **dict.fromkeys(("unknown-word", "unknown-form", "word-expression"), frozenset({"attribute", "raw-html"})),
    "expected-number": frozenset({"minutes-sum", "meeting-minutes"}),
    "link-definition": frozenset({"link-missing"}),
    "attributes-left": frozenset({"attribute"}),
    "export-left": frozenset({"attribute", "raw-html"}),
    "assistant-left": frozenset({"text-before-section"}),
    "translation-comment": frozenset({"html-comment"}),
    "image-missing": frozenset({"alt-says-nothing"}),
    **dict.fromkeys(
        ("remote-image", "image-in-text"), frozenset({"alt-says-nothing", "image-without-alt", "link-definition"})
    ),
    "event-handler": frozenset({"attributes-left"}),
    "link-half": frozenset({"link-missing", "unsafe-link"}),
    "footnote-unused": frozenset({"link-definition"}),
    "box-marks": frozenset({"admonition-without-title"}),
    "other-markup": frozenset(
        {
            "attribute",
            "raw-html",
            "mark-open",
            "export-left",
            "admonition-empty",
            "heading-level",
            "unclosed-html",
            "field-inline",
        }
    ),
    "marked-words": frozenset({"mark-open"}),
    "path-unmarked": frozenset({"place-unfilled"}),
    "table-drawn": frozenset({"grid-without-head"}),
}
"""Codes of what else is said of a line, by the code that says it all."""
BLOCK_PART_CODES = frozenset(
    {"setext-heading", "heading-level", "heading-space", "word-expression", "raw-html", "unclosed-html", "attribute"}
)
"""Codes of the lines of a block that is written as other programs do."""
HTML_CODES = frozenset({"attribute", "encoded-link", "image-without-alt", "link-without-text", "unclosed-html"})
"""Codes of what is found in an element that may not be there at all."""
MISSING_PART_CODES = frozenset(
    {
        "checklist-length",
        "empty-section",
        "guidance-line",
        "guidance-missing",
        "guidance-part",
        "key-without-material",
        "material-without-key",
        "meeting-minutes",
        "minutes-sum",
        "missing-section",
        "short-missing",
        "short-sum",
        "short-way-parts",
    }
)
"""Codes of parts of a text that are counted or missing."""
IMAGE_PART_CODES = frozenset(
    {"raw-html", "unclosed-html", "encoded-link", "attributes-left", "attribute", "image-without-alt"}
)
"""Codes of the parts of an image that is written as HTML."""
HIDDEN_PART_CODES = frozenset(
    {"duplicate-section", "fence-open", "part-twice", "section-without-id", "unknown-section"}
)
"""Codes of what hides parts of a text from its reader."""
ODD_ITEM_CODES = frozenset({"checklist-item-parted", "checklist-line", "translation-items"})
"""Codes of a checklist whose items can't be counted."""


@dataclass(kw_only=True)
class _FileProblems:
    """What is wrong in one file."""

    codes: set[str] = field(default_factory=set)
    hiding: list[Problem] = field(default_factory=list)
    by_line: dict[int, set[str]] = field(default_factory=dict)
    continued: set[int] = field(default_factory=set)
    """Lines that a value of the front matter goes on in."""
    images: set[int] = field(default_factory=set)
    """Lines of images that are written as HTML."""
    blocks: set[int] = field(default_factory=set)
    """Lines of blocks of other programs."""


def suppress_follow_ups(problems: Iterable[Problem], body_lines: Mapping[str, int]) -> list[Problem]:
    """Return problems without those that follow from another one.

    Of each pair at least one is left, so that nothing wrong passes.

    Args:
        problems: All problems.
        body_lines: The line of each text's file at which its body starts; its facts are not translated.
    """
    every = list(problems)
    files: dict[str, _FileProblems] = {}
    for one in every:
        file = files.setdefault(one.place.file, _FileProblems())
        file.codes.add(one.code)
        file.by_line.setdefault(one.place.line, set()).add(one.code)
        if one.code == "html-image":
            file.images |= {*range(one.place.line, one.place.line + int(dict(one.values)["lines"]))}
        if one.code in {"other-markup", "export-left", "list-mark"} and (lines := dict(one.values).get("covered")):
            file.blocks |= {*range(one.place.line, one.place.line + int(lines))}
        if one.code == "yaml-continued":
            file.continued |= {*range(one.place.line, one.place.line + 1 + int(dict(one.values)["lines"]))}
        if one.code in HIDDEN_PART_CODES | MISREAD_HEADING_CODES:
            file.hiding.append(one)
    wrong_bodies = {
        one.place.file for one in every if one.is_error and one.place.line >= body_lines.get(one.place.file, 1)
    }
    odd_goals = {dict(one.values)["code"].casefold() for one in every if one.code == "bad-goal-code"}
    sourceless = {slug_of(one.place.file) for one in every if one.code == "translation-without-source"}

    unread: dict[str, Problem] = {}
    for one in every:
        if one.code == "yaml-syntax":
            unread.setdefault(one.place.file, one)

    def follows(one: Problem) -> bool:
        file = files[one.place.file]
        here = file.by_line[one.place.line]
        source = dict(one.values).get("source")
        return (
            (one.code == "heading-level" and source is None and _is_reported_in_detail(one, every))
            or (bool(sourceless) and _unknown_slug(one) in sourceless)
            or (one.code == "unknown-goal" and dict(one.values)["code"].casefold() in odd_goals)
            or (one.code == "yaml-syntax" and unread[one.place.file] is not one)
            or ("merge-conflict" in file.codes and one.code != "merge-conflict")
            or any(one.code in SAME_LINE_CODES.get(other, ()) for other in here)
            or (one.code == "heading-level" and "setext-heading" in file.by_line.get(one.place.line + 1, ()))
            or (one.code == "link-definition" and dict(one.values)["name"].strip("^") != dict(one.values)["name"])
            or (one.code == "invisible-character" and one.place.line in file.continued)
            or (one.place.line in file.images and one.code in IMAGE_PART_CODES)
            or (one.place.line in file.blocks and one.code in BLOCK_PART_CODES)
            or ("raw-html" in here and one.code in HTML_CODES)
            or (one.code in MISSING_PART_CODES and any(_hides(cause, one) for cause in file.hiding))
            or (one.code == "checklist-length" and bool(file.codes & ODD_ITEM_CODES))
            or (one.code == "translation-missing" and "bad-slug" in file.codes)
            or (one.code == "anchor-missing" and _is_misread(one, files))
            or (one.code.startswith("translation-") and source in wrong_bodies)
            or (one.code.startswith("translation-") and source is not None and bool(file.hiding))
            or (one.code == "translation-stale" and _has_odd_head(files.get(source or "")))
            or (one.code == "translation-minutes" and "minutes-sum" in files.get(source or "", _FileProblems()).codes)
        )

    return [one for one in every if not follows(one)]


def _unknown_slug(one: Problem) -> str:
    """Return the slug of the text that a problem reports as missing; empty for other problems."""
    values = dict(one.values)
    if one.code == "unknown-requirement":
        return values["slug"]
    return slug_of(values["target"].partition("#")[0]) if one.code == "link-missing" else ""


def _has_odd_head(file: _FileProblems | None) -> bool:
    """Return whether front matter lines were repaired or skipped."""
    return file is not None and any(code.startswith("yaml-") for code in file.codes)


def _is_reported_in_detail(one: Problem, every: Iterable[Problem]) -> bool:
    """Return whether a more detailed problem has the same code and place."""
    return not dict(one.values).get("right") and any(
        other.code == one.code and other.place == one.place and len(other.values) > len(one.values) for other in every
    )


def _is_misread(one: Problem, files: Mapping[str, _FileProblems]) -> bool:
    """Return whether the text that lacks an anchor has unreadable headings."""
    page = dict(one.values)["page"]
    file = posixpath.normpath(posixpath.join(posixpath.dirname(one.place.file), page)) if page else one.place.file
    known = files.get(file)
    return known is not None and bool(known.hiding or known.codes & {"duplicate-id", "bad-id"})


def _hides(cause: Problem, follow_up: Problem) -> bool:
    """Return whether the part that `follow_up` misses is probably there, hidden by `cause`."""
    if follow_up.code != "missing-section":
        return True
    if cause.code in {"section-without-id", "unknown-section"}:
        return dict(cause.values)["nearest"] in {"", dict(follow_up.values)["id"]}
    if cause.code == "duplicate-section":
        return dict(cause.values)["nearest"] == dict(follow_up.values)["id"]
    return cause.code in {
        "fence-open", "heading-level", "heading-meant", "heading-space", "heading-too-low",
        "setext-heading", "heading-brace",
    }  # fmt: skip
