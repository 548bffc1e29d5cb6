"""Explain every problem: its message, and a wrong and a right example from the tests' cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from stufenweise.core.package_files import load_resource_as
from stufenweise.i18n.messages import PROBLEM_TEXTS, Message, problem_message
from stufenweise.model.problem import Place, Problem
from stufenweise.source.files.content_files import CONTENT

EXAMPLES = "examples.yml"
"""File with the examples by code; `make docs` writes it from `tests/cases`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemExplanation:
    """A problem with its message, a wrong and a right example."""

    code: str
    is_error: bool
    place: str
    """Line and column of the problem in the wrong example."""
    message: Message
    """The message of the wrong example."""
    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class _Example:
    at: str
    values: dict[str, Any]
    wrong: str
    right: str


def explain_problem(code: str, language: str) -> ProblemExplanation:
    """Return the explanation of a code in `language`.

    Raises:
        KeyError: There is no such code.
    """
    example = _examples()[code]
    example_problem = Problem(Place(CONTENT), code, tuple(example.values.items()))
    return ProblemExplanation(
        code=code,
        is_error=example_problem.is_error,
        place=example.at,
        message=problem_message(example_problem, language),
        wrong=example.wrong.rstrip("\n"),
        right=example.right.rstrip("\n"),
    )


def explain_all_problems(language: str) -> Iterator[ProblemExplanation]:
    """Yield the explanations of all codes, in the order of the catalogue of messages."""
    for code in PROBLEM_TEXTS.complete(language):
        yield explain_problem(code, language)


@lru_cache
def _examples() -> dict[str, _Example]:
    return load_resource_as(dict[str, _Example], __package__, EXAMPLES)
