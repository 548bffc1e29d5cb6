"""What a function returns that its input can make fail: a value, or the problems because of which there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from stufenweise.model.problem import Problem

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """A value, or the problems because of which there is none."""

    value: T | None
    """None if there is none."""
    problems: tuple[Problem, ...] = ()
    """With a value, only problems that don't prevent it."""

    @classmethod
    def failure(cls, *problems: Problem) -> Outcome[T]:
        """Return the outcome without a value."""
        return cls(None, problems)
