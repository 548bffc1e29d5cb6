"""Drop problems that follow from another one: fixing the first removes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from stufenweise.check.follow_up_codes import (
    COVERED_CODES,
    HIDDEN_PART_CODES,
    HTML_CODES,
    MISREAD_HEADING_CODES,
    MISSING_PART_CODES,
    ODD_ITEM_CODES,
    SAME_LINE_CODES,
)
from stufenweise.model.paths import ShownPath
from stufenweise.model.problem import Problem
from stufenweise.source.files.file_names import slug_of


@dataclass(frozen=True)
class _FileProblems:
    """The problems of one file."""

    problems: tuple[Problem, ...] = ()

    @cached_property
    def codes(self) -> frozenset[str]:
        return frozenset(problem.code for problem in self.problems)

    @cached_property
    def codes_by_line(self) -> Mapping[int, set[str]]:
        result: defaultdict[int, set[str]] = defaultdict(set)
        for problem in self.problems:
            result[problem.place.line].add(problem.code)
        return result

    @cached_property
    def explained_by_line(self) -> Mapping[int, set[str]]:
        """Codes that a problem explains on the lines that it covers."""
        result: defaultdict[int, set[str]] = defaultdict(set)
        for problem in self.problems:
            for line in problem.covered_lines if problem.code in COVERED_CODES else ():
                result[line] |= COVERED_CODES[problem.code]
        return result

    @cached_property
    def yaml_error(self) -> Problem | None:
        """The first syntax error of YAML."""
        return next((problem for problem in self.problems if problem.code == "yaml-syntax"), None)

    @cached_property
    def hiding(self) -> tuple[Problem, ...]:
        """Problems that hide parts of the text from the loader."""
        return tuple(problem for problem in self.problems if problem.code in HIDDEN_PART_CODES | MISREAD_HEADING_CODES)


@dataclass(frozen=True, kw_only=True)
class _Context:
    """All problems of a run, arranged as the rules below ask for them."""

    problems: tuple[Problem, ...]
    body_lines: Mapping[ShownPath, int]
    """First line of each text's body."""

    @cached_property
    def files(self) -> Mapping[ShownPath, _FileProblems]:
        """The problems of each file."""
        by_file: dict[ShownPath, list[Problem]] = {}
        for problem in self.problems:
            by_file.setdefault(problem.place.file, []).append(problem)
        return {file: _FileProblems(tuple(problems)) for file, problems in by_file.items()}

    @cached_property
    def wrong_bodies(self) -> frozenset[ShownPath]:
        """Files with an error below the front matter."""
        return frozenset(
            problem.place.file
            for problem in self.problems
            if problem.is_error and problem.place.line >= self.body_lines.get(problem.place.file, 1)
        )

    @cached_property
    def odd_goals(self) -> frozenset[str]:
        """Goal codes of a wrong form, in lower case."""
        return frozenset(
            problem.subject.name.casefold() for problem in self.problems if problem.code == "bad-goal-code"
        )

    @cached_property
    def sourceless(self) -> frozenset[str]:
        """Slugs that have only translations."""
        return frozenset(
            slug_of(problem.place.file) for problem in self.problems if problem.code == "translation-without-source"
        )

    def file(self, problem: Problem) -> _FileProblems:
        """Return the problems of the file that a problem is in."""
        return self.files[problem.place.file]

    def line_codes(self, problem: Problem) -> set[str]:
        """Return the codes at the line of a problem."""
        return self.file(problem).codes_by_line[problem.place.line]

    def source(self, problem: Problem) -> _FileProblems:
        """Return the problems of the other text on which a problem depends."""
        return self.files.get(problem.subject.source, _FileProblems())


def suppress_follow_ups(problems: Iterable[Problem], body_lines: Mapping[ShownPath, int]) -> list[Problem]:
    """Return problems without those that follow from another one.

    At least one of each pair stays, so that a wrong text never passes.

    Args:
        problems: All problems.
        body_lines: First line of each text's body by file; problems above it don't affect translations.
    """
    context = _Context(problems=tuple(problems), body_lines=body_lines)
    return [problem for problem in context.problems if not any(rule(problem, context) for rule in FOLLOW_UP_RULES)]


def _names_sourceless_text(problem: Problem, context: _Context) -> bool:
    """A link or a requirement names a text that has only translations."""
    return problem.code in {"unknown-requirement", "link-missing"} and problem.subject.name in context.sourceless


def _names_misspelt_goal(problem: Problem, context: _Context) -> bool:
    """A text names a goal whose code has a wrong form in goals.yml."""
    return problem.code == "unknown-goal" and problem.subject.name.casefold() in context.odd_goals


def _is_later_yaml_error(problem: Problem, context: _Context) -> bool:
    """The file has an earlier syntax error of YAML."""
    return problem.code == "yaml-syntax" and problem is not context.file(problem).yaml_error


def _is_in_merge_conflict(problem: Problem, context: _Context) -> bool:
    """The file has marks of an unfinished merge."""
    return problem.code != "merge-conflict" and "merge-conflict" in context.file(problem).codes


def _is_explained_on_line(problem: Problem, context: _Context) -> bool:
    """Another problem on the line includes this one."""
    return any(problem.code in SAME_LINE_CODES.get(other, ()) for other in context.line_codes(problem))


def _is_covered(problem: Problem, context: _Context) -> bool:
    """The line belongs to a block in another program's markup, an image as HTML, or a value that is rewritten."""
    return problem.code in context.file(problem).explained_by_line.get(problem.place.line, ())


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
    linked = context.source(problem)
    return problem.code == "anchor-missing" and bool(linked.hiding or linked.codes & {"duplicate-id", "bad-id"})


def _is_source_wrong(problem: Problem, context: _Context) -> bool:
    """A translation differs from a source with errors, or hides parts of itself."""
    source = problem.subject.source
    is_compared = bool(source) and problem.code.startswith("translation-")
    return is_compared and (source in context.wrong_bodies or bool(context.file(problem).hiding))


def _is_source_head_odd(problem: Problem, context: _Context) -> bool:
    """A translation is older than a source whose front matter had to be repaired."""
    is_odd = any(code.startswith("yaml-") for code in context.source(problem).codes)
    return problem.code == "translation-stale" and is_odd


def _are_source_minutes_wrong(problem: Problem, context: _Context) -> bool:
    """A translation has other minutes than a source whose minutes don't add up."""
    return problem.code == "translation-minutes" and "minutes-sum" in context.source(problem).codes


FOLLOW_UP_RULES: tuple[Callable[[Problem, _Context], bool], ...] = (
    _names_sourceless_text,
    _names_misspelt_goal,
    _is_later_yaml_error,
    _is_in_merge_conflict,
    _is_explained_on_line,
    _is_covered,
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


def _hides(cause: Problem, follow_up: Problem) -> bool:
    """Return whether the part that `follow_up` misses is probably there, hidden by `cause`."""
    if follow_up.code != "missing-section":
        return True
    if cause.code in {"section-without-id", "unknown-section"}:
        return cause.subject.nearest in {"", follow_up.subject.name}
    if cause.code == "duplicate-section":
        return cause.subject.nearest == follow_up.subject.name
    return cause.code in {
        "fence-open", "heading-level", "heading-meant", "heading-space", "heading-too-low",
        "setext-heading", "heading-brace",
    }  # fmt: skip
