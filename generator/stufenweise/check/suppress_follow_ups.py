"""Drop problems that follow from another one: fixing the first removes them."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from stufenweise.check.follow_up_codes import (
    BLOCK_PART_CODES,
    HIDDEN_PART_CODES,
    HTML_CODES,
    IMAGE_PART_CODES,
    MISREAD_HEADING_CODES,
    MISSING_PART_CODES,
    ODD_ITEM_CODES,
    SAME_LINE_CODES,
)
from stufenweise.model.paths import ShownPath
from stufenweise.model.problem import Problem
from stufenweise.source.files.file_names import slug_of


@dataclass(kw_only=True)
class _FileProblems:
    """The problems of one file."""

    codes: set[str] = field(default_factory=set)
    hiding: list[Problem] = field(default_factory=list)
    """Problems that hide parts of the text from the loader."""
    by_line: dict[int, set[str]] = field(default_factory=dict)
    """Codes by line."""
    continued: set[int] = field(default_factory=set)
    """Lines on which a value of the front matter continues."""
    images: set[int] = field(default_factory=set)
    """Lines of images that are written as HTML."""
    blocks: set[int] = field(default_factory=set)
    """Lines of blocks in other programs' markup."""
    yaml_error: Problem | None = None
    """The first syntax error of YAML."""

    def add(self, problem: Problem) -> None:
        """Note a problem of the file."""
        line = problem.place.line
        self.codes.add(problem.code)
        self.by_line.setdefault(line, set()).add(problem.code)
        if problem.code == "html-image":
            self.images |= {*range(line, line + int(problem.value("lines")))}
        if problem.code in {"other-markup", "export-left", "list-mark"} and (lines := problem.value("covered")):
            self.blocks |= {*range(line, line + int(lines))}
        if problem.code == "yaml-continued":
            self.continued |= {*range(line, line + 1 + int(problem.value("lines")))}
        if problem.code in HIDDEN_PART_CODES | MISREAD_HEADING_CODES:
            self.hiding.append(problem)
        if problem.code == "yaml-syntax" and self.yaml_error is None:
            self.yaml_error = problem


@dataclass(frozen=True, slots=True)
class _Context:
    """All problems of a run, arranged as the rules below ask for them."""

    problems: tuple[Problem, ...]
    files: Mapping[ShownPath, _FileProblems]
    """The problems of each file."""
    wrong_bodies: frozenset[ShownPath]
    """Files with an error below the front matter."""
    odd_goals: frozenset[str]
    """Goal codes of a wrong form, in lower case."""
    sourceless: frozenset[str]
    """Slugs that have only translations."""

    def file(self, problem: Problem) -> _FileProblems:
        """Return the problems of the file that a problem is in."""
        return self.files[problem.place.file]

    def line_codes(self, problem: Problem) -> set[str]:
        """Return the codes at the line of a problem."""
        return self.file(problem).by_line[problem.place.line]

    def source(self, problem: Problem) -> _FileProblems:
        """Return the problems of the source text that a translation's problem names."""
        return self.files.get(ShownPath(problem.value("source")), _FileProblems())


def suppress_follow_ups(problems: Iterable[Problem], body_lines: Mapping[ShownPath, int]) -> list[Problem]:
    """Return problems without those that follow from another one.

    At least one of each pair stays, so that a wrong text never passes.

    Args:
        problems: All problems.
        body_lines: First line of each text's body by file; problems above it don't affect translations.
    """
    context = _context(tuple(problems), body_lines)
    return [problem for problem in context.problems if not any(rule(problem, context) for rule in FOLLOW_UP_RULES)]


def _context(problems: tuple[Problem, ...], body_lines: Mapping[ShownPath, int]) -> _Context:
    files: dict[ShownPath, _FileProblems] = {}
    for problem in problems:
        files.setdefault(problem.place.file, _FileProblems()).add(problem)
    return _Context(
        problems=problems,
        files=files,
        wrong_bodies=frozenset(
            problem.place.file
            for problem in problems
            if problem.is_error and problem.place.line >= body_lines.get(problem.place.file, 1)
        ),
        odd_goals=frozenset(
            problem.value("code").casefold() for problem in problems if problem.code == "bad-goal-code"
        ),
        sourceless=frozenset(
            slug_of(problem.place.file) for problem in problems if problem.code == "translation-without-source"
        ),
    )


def _is_reported_in_detail(problem: Problem, context: _Context) -> bool:
    """A heading's level is reported again, with more values, at the same place."""
    if problem.code != "heading-level" or "source" in dict(problem.values) or problem.value("right"):
        return False
    return any(
        other.code == problem.code and other.place == problem.place and len(other.values) > len(problem.values)
        for other in context.problems
    )


def _names_sourceless_text(problem: Problem, context: _Context) -> bool:
    """A link or a requirement names a text that has only translations."""
    return bool(context.sourceless) and _unknown_slug(problem) in context.sourceless


def _names_misspelt_goal(problem: Problem, context: _Context) -> bool:
    """A text names a goal whose code has a wrong form in goals.yml."""
    return problem.code == "unknown-goal" and problem.value("code").casefold() in context.odd_goals


def _is_later_yaml_error(problem: Problem, context: _Context) -> bool:
    """The file has an earlier syntax error of YAML."""
    return problem.code == "yaml-syntax" and context.file(problem).yaml_error is not problem


def _is_in_merge_conflict(problem: Problem, context: _Context) -> bool:
    """The file has marks of an unfinished merge."""
    return problem.code != "merge-conflict" and "merge-conflict" in context.file(problem).codes


def _is_explained_on_line(problem: Problem, context: _Context) -> bool:
    """Another problem on the line includes this one."""
    return any(problem.code in SAME_LINE_CODES.get(other, ()) for other in context.line_codes(problem))


def _is_underlined(problem: Problem, context: _Context) -> bool:
    """The heading is underlined; the problem of the line below includes its level."""
    below = context.file(problem).by_line.get(problem.place.line + 1, ())
    return problem.code == "heading-level" and "setext-heading" in below


def _is_in_continued_value(problem: Problem, context: _Context) -> bool:
    """The character is in a value of the front matter that its repair rewrites anyway."""
    return problem.code == "invisible-character" and problem.place.line in context.file(problem).continued


def _is_in_html_image(problem: Problem, context: _Context) -> bool:
    """The element is part of an image that is written as HTML."""
    return problem.code in IMAGE_PART_CODES and problem.place.line in context.file(problem).images


def _is_in_foreign_block(problem: Problem, context: _Context) -> bool:
    """The line belongs to a block in another program's markup."""
    return problem.code in BLOCK_PART_CODES and problem.place.line in context.file(problem).blocks


def _names_footnote(problem: Problem, _: _Context) -> bool:
    """The definition is that of a footnote, which other rules check."""
    return problem.code == "link-definition" and "^" in (problem.value("name")[:1], problem.value("name")[-1:])


def _is_in_raw_html(problem: Problem, context: _Context) -> bool:
    """The element itself is forbidden."""
    return problem.code in HTML_CODES and "raw-html" in context.line_codes(problem)


def _is_hidden_part(problem: Problem, context: _Context) -> bool:
    """A misread heading or an open fence hides the part that is missing or counted wrongly."""
    return problem.code in MISSING_PART_CODES and any(_hides(cause, problem) for cause in context.file(problem).hiding)


def _has_odd_items(problem: Problem, context: _Context) -> bool:
    """The checklist's items can't be counted."""
    return problem.code == "checklist-length" and bool(context.file(problem).codes & ODD_ITEM_CODES)


def _is_misnamed(problem: Problem, context: _Context) -> bool:
    """The text has no translation because of its name."""
    return problem.code == "translation-missing" and "bad-slug" in context.file(problem).codes


def _is_anchor_misread(problem: Problem, context: _Context) -> bool:
    """The text that lacks an anchor has headings that can't be read."""
    if problem.code != "anchor-missing":
        return False
    page = problem.value("page")
    file = problem.place.file
    linked = context.files.get(
        ShownPath(posixpath.normpath(posixpath.join(posixpath.dirname(file), page))) if page else file
    )
    return linked is not None and bool(linked.hiding or linked.codes & {"duplicate-id", "bad-id"})


def _is_source_wrong(problem: Problem, context: _Context) -> bool:
    """A translation differs from a source with errors, or hides parts of itself."""
    if not problem.code.startswith("translation-") or "source" not in dict(problem.values):
        return False
    return problem.value("source") in context.wrong_bodies or bool(context.file(problem).hiding)


def _is_source_head_odd(problem: Problem, context: _Context) -> bool:
    """A translation is older than a source whose front matter had to be repaired."""
    is_odd = any(code.startswith("yaml-") for code in context.source(problem).codes)
    return problem.code == "translation-stale" and is_odd


def _are_source_minutes_wrong(problem: Problem, context: _Context) -> bool:
    """A translation has other minutes than a source whose minutes don't add up."""
    return problem.code == "translation-minutes" and "minutes-sum" in context.source(problem).codes


FOLLOW_UP_RULES: tuple[Callable[[Problem, _Context], bool], ...] = (
    _is_reported_in_detail,
    _names_sourceless_text,
    _names_misspelt_goal,
    _is_later_yaml_error,
    _is_in_merge_conflict,
    _is_explained_on_line,
    _is_underlined,
    _is_in_continued_value,
    _is_in_html_image,
    _is_in_foreign_block,
    _names_footnote,
    _is_in_raw_html,
    _is_hidden_part,
    _has_odd_items,
    _is_misnamed,
    _is_anchor_misread,
    _is_source_wrong,
    _is_source_head_odd,
    _are_source_minutes_wrong,
)
"""Rules that each return whether a problem only follows from another one."""


def _unknown_slug(problem: Problem) -> str:
    """Return the slug of the text that a problem reports as missing; empty for other problems."""
    if problem.code == "unknown-requirement":
        return problem.value("slug")
    return slug_of(problem.value("target").partition("#")[0]) if problem.code == "link-missing" else ""


def _hides(cause: Problem, follow_up: Problem) -> bool:
    """Return whether the part that `follow_up` misses is probably there, hidden by `cause`."""
    if follow_up.code != "missing-section":
        return True
    if cause.code in {"section-without-id", "unknown-section"}:
        return cause.value("nearest") in {"", follow_up.value("id")}
    if cause.code == "duplicate-section":
        return cause.value("nearest") == follow_up.value("id")
    return cause.code in {
        "fence-open", "heading-level", "heading-meant", "heading-space", "heading-too-low",
        "setext-heading", "heading-brace",
    }  # fmt: skip
