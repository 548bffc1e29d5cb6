"""Whether and how German pages address a pair is a setting; a project's own labels stay."""

from __future__ import annotations

import re
import string
from typing import get_args

import pytest
from stufenweise.i18n.labels import ADDRESS_TEXTS, Labels, addressing, package_labels
from stufenweise.model.settings import FormOfAddress

FORMS = ADDRESS_TEXTS.own("de")
FAMILIAR = re.compile(r"\b(?:[Ii]hr|[Ee]uch|[Ee]ure\w?|[Ww]ählt|[Pp]rüft|[Ff]üllt)\b")
POLITE = re.compile(r"\b(?:Sie|Ihnen|Ihre\w?)\b")


def values_in(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text)}


def test_the_setting_has_the_forms_of_the_catalogue_and_none() -> None:
    assert set(get_args(FormOfAddress)) == {"neutral", *FORMS}
    words = [{(key, name) for key, group in form.items() for name in group} for form in FORMS.values()]
    assert words[0] == words[1]


@pytest.mark.parametrize(("form", "address"), [("ihr", FAMILIAR), ("Sie", POLITE)])
def test_each_word_addresses_the_pair_and_puts_in_the_same_values(form: str, address: re.Pattern[str]) -> None:
    neutral = package_labels("de")
    addressed = addressing(neutral, form)
    for key, group in FORMS[form].items():
        for name, text in group.items():
            before = neutral.member(key, name)
            assert addressed.member(key, name) == text
            assert address.search(text), text
            assert not FAMILIAR.search(before), before
            assert values_in(text) == values_in(before), text
    assert addressed.member("session", "back") == neutral.member("session", "back")


def test_the_form_of_address_leaves_other_languages_and_own_words_alone() -> None:
    english = package_labels("en")
    assert addressing(english, "Sie") == english
    assert addressing(package_labels("de"), "neutral") == package_labels("de")
    words = package_labels("de").words
    group = words["session"]
    assert not isinstance(group, str)
    own = Labels("de", {**words, "session": {**group, "done": "Geschafft"}})
    assert addressing(own, "ihr").member("session", "done") == "Geschafft"
    assert addressing(own, "ihr").member("session", "step_text") == "Was habt ihr vereinbart?"
