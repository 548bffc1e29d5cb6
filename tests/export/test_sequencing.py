"""A course of SCORM 2004 in a platform that sequences: only what the manifest says completes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from playwright.sync_api import Page, expect

from .conftest import Visit

COURSE = "small-de-scorm-2004"
CP = {"cp": "http://www.imsglobal.org/xsd/imscp_v1p1", "s": "http://www.imsglobal.org/xsd/imsss"}
PLAYER = """<!doctype html><title>Platform</title><script src="/runtime/scorm2004.min.js"></script>
<iframe src="about:blank" style="width: 100%; height: 95vh"></iframe>
<script>
  const api = new Scorm2004API({ sequencing: { activityTree: TREE } });
  window.API_1484_11 = api;
  const service = api.getSequencingService();
  const choose = (id) => { service.processNavigationRequest("choice", id); api.reset(); };
  const state = (id) => {
    const root = api.getSequencingState().rootActivity;
    const one = [root, ...root.children].find((activity) => activity.id === id);
    return [one.completionStatus, one.objectiveSatisfiedStatusKnown];
  };
</script>"""


def values(node: Any) -> dict[str, bool]:
    """Return the attributes of an element of sequencing."""
    return {name: value == "true" for name, value in node.attrib.items()}


def tree(folder: Path) -> tuple[dict[str, Any], dict[str, str]]:
    """Return a course's activities as the run-time wants them, and the page of each item, both from its manifest."""
    root = etree.parse(str(folder / "imsmanifest.xml")).getroot()
    organization = root.find(".//cp:organization", CP)
    pages = {element.get("identifier"): element.get("href") for element in root.iterfind(".//cp:resource", CP)}
    items = organization.findall("cp:item", CP)
    activities = {
        "id": "course",
        "title": organization.findtext("cp:title", None, CP),
        "sequencingControls": values(organization.find("s:sequencing/s:controlMode", CP)),
        "children": [
            {
                "id": item.get("identifier"),
                "title": item.findtext("cp:title", None, CP),
                "deliveryControls": values(item.find("s:sequencing/s:deliveryControls", CP)),
            }
            for item in items
        ],
    }
    return activities, {item.get("identifier"): pages[item.get("identifierref")] for item in items}


def attend(page: Page, item: str, address: str, *, done: bool) -> None:
    """Open an item, say that it is done or not, and leave it."""
    page.evaluate("(id) => choose(id)", item)
    page.locator("iframe").evaluate("(frame, address) => { frame.src = address }", address)
    button = page.frame_locator("iframe").get_by_role("button", name="Wir sind fertig")
    expect(button).to_be_enabled()
    if done:
        button.click()
        expect(page.frame_locator("iframe").get_by_text("Gemeldet: abgeschlossen.")).to_be_visible()
    page.locator("iframe").evaluate("frame => { frame.src = 'about:blank' }")
    page.wait_for_function("api.isTerminated()")


@pytest.mark.parametrize("done", [True, False], ids=["done", "only opened"])
def test_a_course_is_done_when_the_pair_has_said_so_of_each_item(
    visit: Visit, platform: str, unpacked_courses: dict[str, Path], *, done: bool
) -> None:
    page = visit.page
    activities, pages = tree(unpacked_courses[COURSE])
    player = PLAYER.replace("TREE", json.dumps(activities))
    page.route("**/player.html", lambda route: route.fulfill(body=player, content_type="text/html"))
    page.goto(f"{platform}player.html")
    # In any order.
    for item in reversed(pages):
        attend(page, item, f"/{COURSE}/{pages[item]}", done=done)
    # An item opened again is as it was left.
    for item in pages:
        page.evaluate("(id) => choose(id)", item)
    reached = "completed" if done else "incomplete"
    for name in ("course", *pages):
        assert page.evaluate("(id) => state(id)", name) == [reached, False], name
