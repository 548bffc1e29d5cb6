"""A term of the glossary is explained at its first mention on a page, in text and nowhere else."""

from __future__ import annotations

import re

import pytest
from stufenweise.localized.glossary_terms import compile_glossary, mark_terms
from stufenweise.model.data_facts import TermText
from stufenweise.model.library import Term

TERMS = (
    Term(
        "community",
        {"de": TermText(term="Community", text='Eine "Gruppe" [mit] Thema.', forms=("Communitys",))},
    ),
    Term("wol", {"de": TermText(term="Working Out Loud", text="Arbeit zeigen.", forms=("offen arbeiten",), lang="en")}),
    Term("work", {"de": TermText(term="Working", text="Arbeiten.")}),
)


ADDRESS = "../glossary/"


def marked(text: str) -> tuple[str, list[str]]:
    """Return a text with its terms marked, and these in its order."""
    result = mark_terms(text, compile_glossary(TERMS, "de", "de"), ADDRESS)
    return result, re.findall(r'href="../glossary/#term-([a-z]+)"', result)


def test_the_first_mention_leads_to_the_explanation() -> None:
    text, found = marked("Die Community und die Community.")
    assert text.count('<a class="term" href="../glossary/#term-community"') == 1
    assert text.startswith("Die <a ")
    assert found == ["community"]


def test_a_term_is_said_in_its_language_and_explained_in_that_of_the_page() -> None:
    assert 'title="Arbeit zeigen."><span lang="en">Working Out Loud</span></a>' in marked("Mit Working Out Loud")[0]
    assert "<span" not in marked("Wir wollen offen arbeiten.")[0]


def test_the_explanation_is_safe_inside_a_line_of_markdown() -> None:
    text, _ = marked("Die Community.")
    assert 'title="Eine &quot;Gruppe&quot; &#91;mit&#93; Thema."' in text


def test_an_inflected_form_is_recognised() -> None:
    assert marked("Zwei Communitys.")[1] == ["community"]


@pytest.mark.parametrize("written", ["C++", "(intern) Chat", "…", "@", "-", "E-Mail", "O’Neill-Test"])
def test_a_term_of_unusual_letters_is_found_or_passed_over(written: str) -> None:
    term = Term("odd", {"de": TermText(term=written, text="Erklärt.")})
    result = mark_terms(f"Das ist {written} im Text.", compile_glossary([term], "de", "de"), ADDRESS)
    assert ("#term-odd" in result) == any(letter.isalpha() for letter in written)


def test_the_longest_form_wins() -> None:
    assert marked("Mit working out loud beginnen.")[1] == ["wol"]


def test_a_term_over_a_line_end_is_recognised() -> None:
    assert marked("Mit Working\nOut Loud beginnen.")[1] == ["wol"]


@pytest.mark.parametrize(
    "text",
    [
        "Communityarbeit",
        "Online-Community",
        "### Die Community {#a}",
        "`Community`",
        "```\nCommunity\n```",
        "~~~\n```\n~~~\n\n~~~\nCommunity\n~~~",
        "````\n```\n\nCommunity\n````",
        "> ```\n> Community\n> ```",
        "[Community](x.md)",
        "[die Community][ref]",
        "https://example.org/Community",
        '!!! note "Community"',
    ],
)
def test_words_in_code_links_headings_and_compounds_stay(text: str) -> None:
    assert marked(text) == (text, [])
