"""The content is complete: each example of the article, each goal, each term; and each tutorial fits an hour."""

from __future__ import annotations

import re
from typing import Any

import pytest
from conftest import ROOT
from stufenweise.load.library_builder import build_library
from stufenweise.load.loader import load_content
from stufenweise.localized.glossary_terms import compile_glossary, mark_terms
from stufenweise.model.library import Document, Library
from stufenweise.model.text import Section
from stufenweise.source.files.content_files import read_content_files

from .conftest import LANGUAGES, rules

COVERAGE: dict[str, dict[str, str]] = rules("coverage.yml")
ARTICLE, ADDED = COVERAGE["article"], COVERAGE["added"]


@pytest.fixture(scope="module")
def library() -> Library:
    return build_library(load_content(read_content_files(ROOT / "content"), LANGUAGES))


def test_every_topic_has_its_tutorial(library: Library) -> None:
    slugs = {tutorial.slug for tutorial in library.tutorials}
    assert set(ARTICLE.values()) | set(ADDED.values()) <= slugs


def test_every_tutorial_stands_in_a_plan_or_is_named_to_swap_in(library: Library) -> None:
    planned = {
        slug for programme in library.programmes for session in programme.facts.plan for slug in session.tutorials
    }
    for language in LANGUAGES:
        named = {
            slug
            for programme in library.programmes
            for slug in _linked(programme.texts[language].sections.get("swaps"))
        }
        assert {tutorial.slug for tutorial in library.tutorials} - planned - named == set(), language


def test_additions_to_the_article_are_named(library: Library) -> None:
    page = next(guide for guide in library.guides if guide.slug == "where-this-comes-from")
    for language in LANGUAGES:
        assert _linked(*page.texts[language].sections.values()) == set(ADDED.values()), language


def _linked(*sections: Section | None) -> set[str]:
    """Return the slugs of the tutorials that sections link to."""
    bodies = " ".join(section.body for section in sections if section)
    return set(re.findall(r"\]\(\.\./tutorials/([a-z0-9-]+)\.", bodies))


def test_every_text_is_there_in_both_languages(library: Library) -> None:
    documents: tuple[Document[Any], ...] = (
        library.home, *library.levels, *library.tutorials, *library.programmes, *library.guides, *library.forms,
        *library.kit,
    )  # fmt: skip
    assert [document.slug for document in documents if set(document.texts) != set(LANGUAGES)] == []


def test_every_goal_is_reached_from_some_tutorial(library: Library) -> None:
    reached = {code for tutorial in library.tutorials for code in tutorial.facts.goals}
    assert {goal.code for goal in library.goals} == reached


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_occurs_somewhere(language: str, library: Library) -> None:
    known = compile_glossary(library.terms, language, library.source_language)
    documents: tuple[Document[Any], ...] = (
        library.home,
        *library.levels,
        *library.tutorials,
        *library.programmes,
        *library.guides,
    )
    found: set[str] = set()
    for document in documents:
        text = document.texts[language]
        for section in text.sections.values():
            for body in (section.body, *(step.body for step in section.steps)):
                found |= set(re.findall(r"#term-([\w-]+)", mark_terms(body, known, "")))
    assert sorted({term.id for term in library.terms} - found) == []


def test_every_programme_begins_with_the_agreement_and_ends_with_the_close(library: Library) -> None:
    """That its sessions fit the clock, keep requirements and hold its core is a rule of the check."""
    for programme in library.programmes:
        assert programme.facts.plan
        assert programme.facts.plan[0].kind == "agreement", programme.slug
        assert programme.facts.plan[-1].kind == "close", programme.slug


def test_tutorials_have_the_parts_that_make_an_hour_work(library: Library) -> None:
    """Few goals, few steps, few items: what is long is not read."""
    for tutorial in library.tutorials:
        for text in tutorial.texts.values():
            where = (tutorial.slug, text.language)
            assert 3 <= len(text.steps) <= 6, where
            assert 3 <= len(text.items) <= 5, where
            assert 2 <= _items(text.sections["learning-goals"].body) <= 3, where
            assert _items(text.sections["talk"].body) == 2, where
            assert 1 <= _items(text.sections["pitfalls"].body) <= 3, where
            for step in text.steps:
                assert step.body[:1] not in "|-*>#0123456789", (*where, step.id)


def _items(body: str) -> int:
    return sum(line.startswith("- ") for line in body.splitlines())


def test_texts_are_as_long_as_an_hour_needs(library: Library) -> None:
    """Some 400 to 600 words of prose.

    Headings, ids, practice material, the mentor's words and section are not counted, nor the marks of tables and lines
    to write on: of those only the words.
    """
    for tutorial in library.tutorials:
        for text in tutorial.texts.values():
            bodies = [
                body
                for section in text.sections.values()
                if section.id not in {"mentor", "material"}
                for body in (
                    section.body,
                    *(step.body for step in section.steps),
                    *(item.text for item in section.items),
                )
            ]
            count = sum(bool(re.search(r"[^\W_]", word)) for body in bodies for word in body.split())
            assert 330 <= count <= 620, (tutorial.slug, text.language, count)


def test_platform_topics_are_looked_at_twice_a_year_and_principles_every_two_years(library: Library) -> None:
    assert {tutorial.facts.review_months for tutorial in library.tutorials} == {6, 24}


KIT = (
    "half-year-plan", "board-page", "works-council-page", "data-protection", "accessibility",
    "invitation-leaders", "invitation-mentors", "for-managers",
    "open-call", "interest", "matching", "apprentices-and-minors", "training", "kick-off", "kick-off-slides",
    "session-zero", "four-week-question", "when-it-stalls", "feedback-leaders", "feedback-mentors", "feedback-later",
    "counting-sheet", "certificate",
)  # fmt: skip
"""The fourteen pieces of the kit, of which invitations, matching, kick-off and evaluation are several each;
and the papers that are made of the site's own facts."""


def test_the_kit_is_whole_and_the_coordinators_guide_leads_to_each_piece(library: Library) -> None:
    assert tuple(piece.slug for piece in library.kit) == KIT
    guide = next(candidate for candidate in library.guides if candidate.facts.audience == "coordinator")
    for language, text in guide.texts.items():
        written = "".join(section.body for section in text.sections.values())
        assert [slug for slug in KIT if f"(../kit/{slug}.{language}.md)" not in written] == []
