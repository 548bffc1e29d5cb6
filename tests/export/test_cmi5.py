"""A page in a cmi5 platform: which statements it sends, in which order, about whom."""

from __future__ import annotations

import json
import time
import uuid
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from browser.watched_page import FORBIDDEN_STORAGE
from playwright.sync_api import expect
from waiting import PAGE_PATIENCE

from .conftest import Platform, Visit

ACTOR = {"objectType": "Agent", "account": {"homePage": "https://lms.example.org", "name": "a1b2"}}
REGISTRATION = "11111111-2222-4333-8444-555555555555"
CATEGORIES = "https://w3id.org/xapi/cmi5/context/categories/"


def launch(platform: str) -> str:
    """Return the address by which a platform opens a unit (8.1)."""
    query = {
        "endpoint": f"{platform}xapi/",
        "fetch": f"{platform}fetch?k=1",
        "actor": json.dumps(ACTOR),
        "registration": REGISTRATION,
        "activityId": "https://lms.example.org/au/1",
    }
    return f"{platform}level-1-de-cmi5/website/de/tutorials/first.html?" + "&".join(
        f"{key}={quote(value, safe='')}" for key, value in query.items()
    )


def verbs() -> list[str]:
    """Return the verbs of the statements."""
    return [statement["verb"]["id"].rpartition("/")[2] for statement in Platform.statements]


def wait_for(visit: Visit, count: int) -> None:
    """Wait until the platform has received `count` statements."""
    end = time.monotonic() + PAGE_PATIENCE
    while len(Platform.statements) < count:
        assert time.monotonic() < end, verbs()
        visit.page.wait_for_timeout(50)  # Lets the page run, unlike time.sleep


def test_a_session_begins_is_done_and_ends(visit: Visit, platform: str) -> None:
    page = visit.page
    # As on an intranet without TLS.
    page.add_init_script("delete Crypto.prototype.randomUUID")
    page.goto(launch(platform))
    done = page.get_by_role("button", name="Wir sind fertig")
    expect(done).to_be_enabled()
    expect(page.get_by_role("button", name="Zurück zur Lernplattform")).to_be_hidden()
    expect(page.get_by_text("wie lange die Seite offen war")).to_be_visible()
    page.locator("article").get_by_role("checkbox").first.check()
    done.click()
    expect(page.get_by_text("Gemeldet: abgeschlossen.")).to_be_visible()
    done.press("Enter")
    page.goto("about:blank")
    wait_for(visit, 3)
    said = Platform.statements
    assert verbs() == ["initialized", "completed", "terminated"]
    assert len(Platform.tokens) == 1
    for statement in said:
        assert uuid.UUID(statement["id"]).version == 4
        assert statement["verb"]["id"].startswith("http://adlnet.gov/expapi/verbs/")
        assert statement["actor"] == ACTOR
        assert statement["object"] == {"objectType": "Activity", "id": "https://lms.example.org/au/1"}
        assert statement["context"]["registration"] == REGISTRATION
        assert statement["context"]["extensions"] == {"https://w3id.org/xapi/cmi5/context/extensions/sessionid": "s1"}
        assert statement["context"]["contextActivities"]["grouping"] == [{"id": "urn:publisher"}]
        moves = ["moveon"] if "completed" in statement["verb"]["id"] else []
        wanted = ["urn:category", *(f"{CATEGORIES}{name}" for name in ["cmi5", *moves])]
        assert [category["id"] for category in statement["context"]["contextActivities"]["category"]] == wanted
        assert statement["timestamp"].endswith("Z")
        assert set(statement) - {"result"} == {"id", "actor", "verb", "object", "timestamp", "context"}
    assert [datetime.fromisoformat(statement["timestamp"]) for statement in said] == sorted(
        datetime.fromisoformat(statement["timestamp"]) for statement in said
    )
    assert "result" not in said[0]
    assert set(said[1]["result"]) == {"completion", "duration"}
    assert said[1]["result"]["completion"] is True
    assert set(said[2]["result"]) == {"duration"}
    assert len({statement["id"] for statement in said}) == 3


def test_cmi5_works_in_a_foreign_frame_without_storage(visit: Visit, platform: str, tmp_path: Path) -> None:
    frame = f'<iframe style="width: 100%; height: 95vh" src="{launch(platform)}"></iframe>'
    portal = f'<!doctype html><title>Portal</title><link rel="icon" href="data:,">{frame}'
    (tmp_path / "platform" / "portal.html").write_text(portal, encoding="utf-8")
    page = visit.page
    page.add_init_script(FORBIDDEN_STORAGE)
    page.goto(f"{platform.replace('127.0.0.1', 'localhost')}portal.html")
    page.frame_locator("iframe").get_by_role("button", name="Wir sind fertig").click()
    expect(page.frame_locator("iframe").get_by_text("Gemeldet: abgeschlossen.")).to_be_visible()
    assert verbs() == ["initialized", "completed"]


def test_leaving_the_page_does_not_count_as_finished(visit: Visit, platform: str) -> None:
    page = visit.page
    page.goto(launch(platform))
    expect(page.get_by_role("button", name="Wir sind fertig")).to_be_enabled()
    for box in page.locator("article").get_by_role("checkbox").all():
        box.check()
    page.goto("about:blank")
    wait_for(visit, 2)
    assert verbs() == ["initialized", "terminated"]


def test_work_of_an_earlier_session_is_not_reported_again(visit: Visit, platform: str) -> None:
    Platform.earlier.append({"verb": {"id": "http://adlnet.gov/expapi/verbs/completed"}})
    page = visit.page
    page.goto(launch(platform))
    expect(page.get_by_text("Gemeldet: abgeschlossen.")).to_be_visible()
    expect(page.get_by_role("button", name="Wir sind fertig")).to_have_attribute("aria-disabled", "true")
    assert verbs() == ["initialized"]


@pytest.mark.parametrize("mode", ["Browse", "Review"])
def test_a_visit_that_does_not_count_reports_nothing(visit: Visit, platform: str, mode: str) -> None:
    Platform.launch["launchMode"] = mode
    page = visit.page
    page.goto(launch(platform))
    wait_for(visit, 1)
    expect(page.get_by_role("button", name="Wir sind fertig")).to_be_hidden()
    page.goto("about:blank")
    wait_for(visit, 2)
    assert verbs() == ["initialized", "terminated"]


def test_a_platform_that_wants_its_people_back_gets_them_back(visit: Visit, platform: str) -> None:
    """The unit must redirect to `returnURL` when it has ended (10.0)."""
    Platform.launch["returnURL"] = f"{platform}level-1-de-cmi5/website/index.html"
    page = visit.page
    page.goto(launch(platform))
    page.get_by_role("button", name="Zurück zur Lernplattform").click()
    page.wait_for_url("**/website/de/")
    assert verbs() == ["initialized", "terminated"]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "nowhere"])
def test_an_address_that_is_none_is_no_way_back(visit: Visit, platform: str, address: str) -> None:
    Platform.launch["returnURL"] = address
    page = visit.page
    page.goto(launch(platform))
    expect(page.get_by_role("button", name="Wir sind fertig")).to_be_enabled()
    expect(page.get_by_role("button", name="Zurück zur Lernplattform")).to_be_hidden()


def test_a_platform_that_refuses_hears_nothing_more(visit: Visit, platform: str) -> None:
    Platform.tokens.append("used already")
    page = visit.page
    page.goto(launch(platform))
    expect(page.get_by_text("Die Lernplattform antwortet gerade nicht.")).to_be_visible()
    page.locator("article").get_by_role("checkbox").first.check()
    # The statements sent on leaving the page arrive before this request is answered.
    page.goto(platform)
    assert verbs() == []


def test_a_platform_without_preferences_is_no_trouble(visit: Visit, platform: str) -> None:
    del Platform.launch["preferences"]
    page = visit.page
    page.goto(launch(platform))
    expect(page.get_by_role("button", name="Wir sind fertig")).to_be_enabled()
    assert verbs() == ["initialized"]
    [noted] = visit.faults
    assert "404" in noted
    visit.faults.clear()


def test_the_page_works_without_a_platform(visit: Visit, platform: str) -> None:
    page = visit.page
    page.goto(launch(platform).partition("?")[0])
    expect(page.locator("h1")).to_contain_text("Tutorial first")
    expect(page.get_by_role("button", name="Wir sind fertig")).to_be_hidden()
    assert Platform.tokens == []
