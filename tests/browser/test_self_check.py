"""Where do we begin: answers lead to a level and three tutorials with reasons; no answer is stored."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from axe import LOOKS_OF, findings_in_every_look
from conftest import ROOT
from playwright.sync_api import Browser, Locator, Page, expect
from stufenweise.load.library_builder import build_library
from stufenweise.load.loader import load_content
from stufenweise.model.hour_table import short_minutes
from stufenweise.model.library import Library
from stufenweise.source.files.content_files import read_content_files

from .watched_page import Watched

PERSONAS = yaml.safe_load((ROOT / "tests" / "node" / "recommendations.yml").read_text(encoding="utf-8"))
"""Leaders and what suits them; tests/node/test_recommendations.py computes it for all of them, without a page."""
SHOWN = [
    persona
    for persona in PERSONAS
    if persona["answers"].get("time") == "half-hour" or any("before " in why for why in persona["tutorials"].values())
]
"""Those whose suggestion shows what differs on the page: a short time, and all kinds of reasons."""
PATH = "de/begin/"
LANGUAGES = ("de", "en")
SHOW = {"de": "Vorschlag zeigen", "en": "Show a suggestion"}


@pytest.fixture(scope="module")
def library() -> Library:
    return build_library(load_content(read_content_files(ROOT / "content"), LANGUAGES))


def answer(page: Page, answers: Mapping[str, Any]) -> None:
    """Tick the answers, several where there is a list."""
    for question, chosen in answers.items():
        for name in chosen if isinstance(chosen, list) else [chosen]:
            page.locator(f"#answer-{question}-{name}").check()


def show(page: Page, language: str = "de") -> None:
    page.get_by_role("button", name=SHOW[language]).click()


def result(page: Page) -> Locator:
    return page.locator("#recommendation")


def reason(library: Library, persona: Mapping[str, Any], name: str, language: str = "de") -> str:
    """Return the sentence for a reason in the list."""
    if name.startswith("before "):
        prepared = next(tutorial for tutorial in library.tutorials if tutorial.slug == name.removeprefix("before "))
        return f"Bereitet auf „{prepared.text(language).title}“ vor."
    for goal in library.goals:
        if goal.code == name:
            return f"Trägt bei zum Ziel „{goal.title(language)}“."
    for question in library.questions:
        chosen = persona["answers"].get(question.id, [])
        if name in (chosen if isinstance(chosen, list) else [chosen]):
            return question.facts.answers[name].because[language]
    raise AssertionError(name)


@pytest.mark.parametrize("persona", SHOWN, ids=lambda persona: persona["who"])
def test_the_page_shows_what_suits_and_why(watched: Watched, persona: Mapping[str, Any], library: Library) -> None:
    page = watched.open(PATH)
    answer(page, persona["answers"])
    show(page)
    level = result(page).locator("[data-result=level]")
    assert level.locator("a").get_attribute("href") == f"../levels/level-{persona['level']}/"
    (named,) = (candidate.text("de").verb for candidate in library.levels if candidate.facts.level == persona["level"])
    assert level.locator("a").inner_text() == named
    assert level.locator(".recommendation__reason").inner_text() == (
        f"Warum: {reason(library, persona, persona['because'])}"
    )
    items = result(page).locator("[data-result=tutorials] > li")
    links = [item.locator("a").get_attribute("href") or "" for item in items.all()]
    found = [link.strip("./").removeprefix("tutorials/") for link in links]
    assert found == list(persona["tutorials"])
    is_short = persona["answers"].get("time") == "half-hour"
    minutes = {
        tutorial.slug: short_minutes(tutorial) if is_short else tutorial.facts.minutes for tutorial in library.tutorials
    }
    for item, (slug, why) in zip(items.all(), persona["tutorials"].items(), strict=True):
        assert item.locator(".recommendation__minutes").inner_text() == f"({minutes[slug]} Minuten)"
        assert item.locator(".recommendation__reason").inner_text() == f"Warum: {reason(library, persona, why)}"


# The page


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_way_there_is_on_the_home_page_above_the_tutorials_and_in_the_navigation(
    watched: Watched, language: str
) -> None:
    for path, way in (("", ".ways-in a:last-child"), ("tutorials/", "p.begin a")):
        page = watched.open(f"{language}/{path}")
        page.locator(way).click()
        assert page.url == f"{watched.address}{language}/begin/"
    assert page.locator(".md-sidebar--primary a[href='./']").count() == 1


def test_too_few_answers_are_reported_and_three_are_enough(watched: Watched) -> None:
    page = watched.open(PATH)
    expect(page.get_by_role("button", name=SHOW["de"])).to_be_in_viewport()
    status = page.locator("#self-check [aria-live]")
    show(page)
    assert status.inner_text() == (
        "Noch 3 Antworten, dann gibt es einen Vorschlag. Offen: Frage 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 und 11."
    )
    answer(page, {"platform": "reads", "purpose": ["dialogue", "platform"]})
    assert status.inner_text() == ""
    show(page)
    assert status.inner_text() == (
        "Noch eine Antwort, dann gibt es einen Vorschlag. Offen: Frage 2, 3, 4, 5, 6, 8, 9, 10 und 11."
    )
    assert not result(page).is_visible()
    answer(page, {"time": "hour"})
    show(page)
    expect(result(page)).to_be_focused()
    expect(result(page)).to_contain_text("Fragen ohne Antwort: 2, 3, 4, 5, 6, 8, 9 und 10.")


def test_the_self_check_works_by_keyboard_and_can_be_repeated(watched: Watched) -> None:
    page = watched.open(PATH)
    for question in ("platform", "profile", "outside"):
        page.locator(f"#question-{question} input").first.focus()
        page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(result(page)).to_be_focused()
    assert page.url == watched.address + PATH
    page.get_by_role("button", name="Noch einmal").focus()
    page.keyboard.press("Enter")
    assert page.locator("#self-check :checked").count() == 0
    assert not result(page).is_visible()
    expect(page.locator("#answer-platform-rarely")).to_be_focused()
    assert page.locator("#self-check [aria-live]").inner_text() == "Alle Antworten sind entfernt."


def test_a_changed_answer_takes_the_suggestion_away(watched: Watched) -> None:
    page = watched.open(PATH)
    answer(page, PERSONAS[0]["answers"])
    show(page)
    answer(page, {"platform": "works"})
    assert not result(page).is_visible()


def test_nothing_is_stored_not_even_in_the_address(watched: Watched) -> None:
    page = watched.open(PATH)
    before = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    answer(page, PERSONAS[0]["answers"])
    show(page)
    assert page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])") == before
    assert page.evaluate("document.cookie") == ""
    assert page.url == watched.address + PATH
    page.reload()
    assert page.locator("#self-check :checked").count() == 0
    assert not result(page).is_visible()


@pytest.mark.parametrize("watched", [{"scripts": False}], indirect=True)
def test_a_table_replaces_the_form_without_scripts(watched: Watched) -> None:
    page = watched.open(PATH)
    assert not page.locator("#self-check").is_visible()
    assert "Ohne JavaScript hilft die Übersicht" in page.locator("article").inner_text()
    levels = page.locator(".self-check-table dt a")
    assert [link.get_attribute("href") for link in levels.all()] == [f"../levels/level-{n}/" for n in range(1, 6)]
    levels.last.click()
    assert page.url == f"{watched.address}de/levels/level-5/"


def test_the_suggestion_is_explained_in_words(watched: Watched) -> None:
    page = watched.open("en/begin/")
    page.get_by_text("How the suggestion comes about").click()
    expect(page.get_by_text("at most one comes from another level")).to_be_visible()


def test_the_self_check_works_from_a_folder(browser: Browser, built_site: Path) -> None:
    page = browser.new_page()
    page.goto(f"{built_site.as_uri()}/en/begin/index.html")
    answer(page, PERSONAS[0]["answers"])
    show(page, "en")
    result(page).locator("[data-result=tutorials] a").first.click()
    assert page.url.startswith(f"{built_site.as_uri()}/en/tutorials/platform-tour/")
    page.close()


def test_the_suggestion_and_the_given_answers_are_printed(watched: Watched) -> None:
    page = watched.open(PATH)
    answer(page, PERSONAS[0]["answers"])
    show(page)
    page.emulate_media(media="print")
    answers = page.locator(".self-check__answer").filter(visible=True)
    assert answers.all_inner_texts() == [
        "Sie ist selten offen.",
        "Es gibt keines, oder es ist fast leer.",
        "Erst einmal mehr verstehen und mitreden können.",
    ]
    for hidden in ("button", ".self-check-table", ".self-check-how", ".self-check input"):
        assert page.locator(f".md-content {hidden}").filter(visible=True).count() == 0, hidden
    top = "node => node.getBoundingClientRect().top"
    assert result(page).evaluate(top) < page.locator("#self-check").evaluate(top)
    page.reload()
    assert page.locator("#self-check input").filter(visible=True).count() > 30


def test_the_print_button_prints(watched: Watched) -> None:
    page = watched.open(PATH)
    page.evaluate("() => { globalThis.printed = 0; globalThis.print = () => { globalThis.printed += 1; }; }")
    answer(page, PERSONAS[0]["answers"])
    show(page)
    page.get_by_role("button", name="Drucken", exact=True).click()
    assert page.evaluate("printed") == 1


@pytest.mark.parametrize("language", ["de", "en"])
def test_axe_finds_nothing_in_any_state(watched: Watched, language: str) -> None:
    page = watched.open(f"{language}/begin/")
    show(page, language)
    assert findings_in_every_look(page, LOOKS_OF[language]) == []
    answer(page, PERSONAS[2]["answers"])
    show(page, language)
    page.locator(".self-check-how summary").click()
    assert findings_in_every_look(page, LOOKS_OF[language]) == []


def test_recommendations_are_loaded_when_asked_for(watched: Watched) -> None:
    page = watched.open(PATH)
    assert not page.evaluate("'recommend' in stufenweise")
    answer(page, PERSONAS[0]["answers"])
    show(page)
    expect(result(page)).to_be_visible()
    assert page.evaluate("'recommend' in stufenweise")


def test_recommendations_that_fail_to_load_are_reported(watched: Watched) -> None:
    page = watched.open(PATH)
    page.route("**/recommendation.*.js", lambda route: route.abort())
    answer(page, PERSONAS[0]["answers"])
    show(page)
    expect(page.locator("#self-check [aria-live]")).to_have_text("Der Vorschlag lässt sich nicht laden.")
    page.unroute("**/recommendation.*.js")
    show(page)
    expect(result(page)).to_be_visible()
    watched.faults.clear()
