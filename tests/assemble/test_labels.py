"""Every language has every word, and no page shows a word of another one."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

import pytest
from stufenweise.i18n.labels import LABEL_TEXTS, Label, label_languages, package_labels

LANGUAGES = label_languages()
WRITTEN = ("de", "en")
"""Languages that everything is written in; others follow."""
SAME_IN_BOTH = {"Tutorial", "Feedback", "Name"}


def flat(words: Mapping[str, Label]) -> dict[str, str]:
    result: dict[str, str] = {}
    for key, label in words.items():
        if isinstance(label, str):
            result[key] = label
        else:
            result |= {f"{key}.{member}": word for member, word in label.items()}
    return result


@pytest.mark.parametrize("language", WRITTEN)
def test_each_language_has_the_words_of_the_first(language: str) -> None:
    assert flat(package_labels(language).words).keys() == flat(package_labels(LANGUAGES[0]).words).keys()


@pytest.mark.parametrize("language", sorted({*LANGUAGES} - {*WRITTEN}))
def test_a_further_language_is_hardly_behind_and_what_it_lacks_is_english(language: str) -> None:
    english, own = flat(package_labels("en").words), flat(LABEL_TEXTS.own(language))
    assert len(english.keys() ^ own.keys()) <= len(english) / 20, sorted(english.keys() ^ own.keys())
    assert english.keys() <= flat(package_labels(language).words).keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_puts_the_same_values_into_a_label(language: str) -> None:
    first = flat(package_labels(LANGUAGES[0]).words)
    for key, word in flat(package_labels(language).words).items():
        assert key not in first or set(re.findall(r"{\w+}", word)) == set(re.findall(r"{\w+}", first[key])), key


def test_a_count_chooses_the_plural_of_its_language() -> None:
    assert package_labels("de")("minutes", n=1) == "1 Minute"
    assert package_labels("de")("minutes", n=2) == "2 Minuten"
    assert package_labels("en")("tutorials", n=0) == "0 tutorials"


def test_a_date_is_written_as_the_language_writes_it() -> None:
    day = datetime.date(2026, 11, 3)
    assert package_labels("de").date(day) == "3. November 2026"
    assert package_labels("en").date(day) == "3 November 2026"


def test_an_unknown_language_has_no_labels() -> None:
    with pytest.raises(LookupError):
        package_labels("xx")
