"""Messages: every problem gives a line that people can read."""

from __future__ import annotations

import string

import pytest
from stufenweise.core.errors import failure
from stufenweise.i18n.messages import (
    PROBLEM_TEXTS,
    Message,
    command_text,
    failure_text,
    message_languages,
    problem_message,
)
from stufenweise.model.paths import ShownPath
from stufenweise.model.problem import Place, new_problem

HERE = Place(ShownPath("content/a.de.md"), 3, 4)
CODES = [(language, code) for language in message_languages() for code in PROBLEM_TEXTS.complete(language)]
SENTENCES = [
    (language, code, text) for language, code in CODES for text in PROBLEM_TEXTS.complete(language)[code].values()
]


def test_message_names_the_values() -> None:
    said = problem_message(new_problem(HERE, "minutes-sum", parts="5 + 10", total=15, minutes=20), "en")
    assert said == Message(
        "The steps take 5 + 10 = 15 minutes; 20 are given at the top.", "Change a step, or write minutes: 15."
    )


def test_nearest_is_named_where_there_is_one() -> None:
    near = problem_message(new_problem(HERE, "unknown-key", key="titel", nearest="title"), "de")
    assert near.remedy == "Ist title gemeint? Berichtigen oder entfernen."
    assert (
        problem_message(new_problem(HERE, "unknown-key", key="titel", nearest=""), "de").remedy
        == "Berichtigen oder entfernen."
    )


@pytest.mark.parametrize(("least", "most", "remedy"), [("5", "", "The least is 5."), ("", "120", "The most is 120.")])
def test_sentence_about_an_empty_value_is_left_out(least: str, most: str, remedy: str) -> None:
    values = {"key": "minutes", "value": "4", "least": least, "most": most}
    assert problem_message(new_problem(HERE, "out-of-range", **values), "en").remedy == remedy


def test_sentences_stand_in_the_order_of_the_catalogue() -> None:
    said = problem_message(new_problem(HERE, "yaml-syntax", detail="found a tail"), "en")
    assert said.remedy.endswith("above. (The YAML reader says: found a tail.)")


def test_braces_in_a_value_are_shown_as_they_are() -> None:
    assert problem_message(new_problem(HERE, "word-expression", text="{{ 7 * 7 }}"), "en").what.startswith(
        "{{ 7 * 7 }} is not"
    )


@pytest.mark.parametrize("language", message_languages())
def test_unknown_code_is_reported_with_its_values(language: str) -> None:
    assert problem_message(new_problem(HERE, "no-such-code", a=1, b="x"), language) == Message(
        "no-such-code", "a: 1, b: x"
    )


@pytest.mark.parametrize("language", message_languages())
def test_unknown_keys_of_other_messages_are_shown_with_their_values(language: str) -> None:
    assert command_text("no-such-key", language, file="a") == "no-such-key (file: a)"
    assert failure_text(failure("no-such-code"), language) == "no-such-code"


def fields(text: str) -> list[str]:
    """Return the texts in braces."""
    return [field for _, field, _, _ in string.Formatter().parse(text) if field is not None]


def test_missing_value_is_shown_by_its_name() -> None:
    hidden = []
    for language, code in CODES:
        said = problem_message(new_problem(HERE, code), language).what
        named = fields(PROBLEM_TEXTS.complete(language)[code]["what"])
        hidden += [(language, code, field) for field in named if field and f"{{{field}}}" not in said]
    assert hidden == []


def test_missing_values_of_other_messages_are_shown_by_their_names() -> None:
    assert command_text("wrote-figure", "en") == "Wrote {file}."
    assert "{path}" in failure_text(failure("disk-full"), "en")


def test_sentences_are_whole() -> None:
    """Each is one line that begins with a capital, a mark or a value; `what` ends as a sentence or with a value."""
    broken = [sentence for sentence in SENTENCES if sentence[2] != " ".join(sentence[2].split())]
    small = [
        sentence for sentence in SENTENCES if sentence[2][0].islower() and not sentence[2].startswith("stufenweise ")
    ]
    open_ended = [
        (language, code) for language, code in CODES if PROBLEM_TEXTS.complete(language)[code]["what"][-1] not in ".:}"
    ]
    assert (broken, small, open_ended) == ([], [], [])


def test_placeholders_are_names() -> None:
    """So no value can be asked for its attributes."""
    assert [sentence for sentence in SENTENCES if not all(field.isidentifier() for field in fields(sentence[2]))] == []


def test_marks_are_those_of_the_language() -> None:
    assert [sentence for sentence in SENTENCES if "..." in sentence[2]] == []
    assert [sentence for sentence in SENTENCES if (" - " in sentence[2]) is not ("- [ ] " in sentence[2])] == []
    assert [
        sentence for sentence in SENTENCES if sentence[0] == "en" and {"„", "ß", "ä", "ö", "ü"} & set(sentence[2])
    ] == []
