"""Ask questions at the terminal until the answer is usable.

A wrong answer is explained in the person's language; click's own loop begins each explanation with the English word
"Error".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import click

from stufenweise.i18n.messages import command_text
from stufenweise.model.facts import MAX_PLAIN

T = TypeVar("T")


class UnusableAnswerError(ValueError):
    """An unusable answer; its text is the reason, in the language of the question."""


def ask(
    question: str,
    read: Callable[[str], T],
    meanings: Sequence[tuple[object, str]] = (),
    default: str = "",
) -> T:
    """Ask until the answer is usable, and return it.

    Args:
        question: The question.
        read: Parses an answer, or raises `UnusableAnswerError`.
        meanings: Possible answers with their meanings, printed before the question.
        default: The answer if a person only presses Enter.
    """
    width = max((len(str(answer)) for answer, _ in meanings), default=0)
    for answer, meaning in meanings:
        click.echo(f"  {str(answer).ljust(width)}  {meaning}")
    while True:
        answer = click.prompt(question, default=default or None, type=str)
        try:
            return read(answer.strip())
        except UnusableAnswerError as error:
            click.echo(f"  {error}")


def number_answer(language: str, low: int, high: int) -> Callable[[str], int]:
    """Return a function that reads a whole number from an answer."""

    def read(answer: str) -> int:
        if not (answer.isascii() and answer.isdigit() and len(answer) < 5 and low <= int(answer) <= high):
            raise UnusableAnswerError(command_text("ask-number", language, low=low, high=high))
        return int(answer)

    return read


def choice_answer(language: str, choices: Sequence[str]) -> Callable[[str], str]:
    """Return a function that reads one of some words from an answer."""

    def read(answer: str) -> str:
        if answer.lower() not in choices:
            raise UnusableAnswerError(command_text("ask-choice", language, choices=", ".join(choices)))
        return answer.lower()

    return read


def plain_answer(language: str) -> Callable[[str], str]:
    """Return a function that reads a line of plain text from an answer."""

    def read(answer: str) -> str:
        if not answer or len(answer) > MAX_PLAIN or {"<", ">"} & set(answer):
            raise UnusableAnswerError(command_text("ask-plain", language))
        return answer

    return read
