"""A page in a platform that speaks SCORM: it is completed when the pair says so, and nothing else is sent."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe import findings_in_every_look
from browser.watched_page import FORBIDDEN_STORAGE
from playwright.sync_api import Browser, FrameLocator, Page, expect
from searching import search

from .conftest import Visit

RUNTIME = {"1.2": ("scorm12.min.js", "Scorm12API", "API"), "2004": ("scorm2004.min.js", "Scorm2004API", "API_1484_11")}
"""Files, classes and names of scorm-again, which stands in for a platform."""
PLAYER = """<!doctype html><title>Platform</title><script src="/runtime/FILE"></script>
<script>
  const calls = [];
  const api = new KIND({});
  for (const name of ["Initialize", "SetValue", "Commit", "END"].map((one) => `PREFIX${one}`)) {
    const own = api[name].bind(api);
    api[name] = (...values) => { calls.push([name.replace("LMS", ""), ...values]); return own(...values); };
  }
  window.NAME = api;
</script>
BODY"""
ENDS = {"1.2": "Finish", "2004": "Terminate"}
KEYS = {"1.2": "cmi.core.lesson_status", "2004": "cmi.completion_status"}
FIRST = "website/de/tutorials/first.html"
STUB = """(() => {
  const answers = ANSWERS;
  window.calls = [];
  window.NAME = new Proxy({}, { get: (_, name) => (...values) => {
    const call = name.replace("LMS", "");
    calls.push([call, ...values]);
    const answer = answers[[call, ...values].join(" ").trim()] ?? answers[call] ?? "true";
    if (answer === "throws") throw new Error("out of order");
    return answer;
  } });
})()"""
"""A platform whose every answer is set."""


def play(page: Page, platform: str, standard: str, path: str = FIRST, body: str = "") -> FrameLocator:
    """Open an item as a platform does, in a frame with the standard's object around it."""
    file, kind, name = RUNTIME[standard]
    player = PLAYER
    for word, value in {
        "FILE": file,
        "KIND": kind,
        "PREFIX": "LMS" if standard == "1.2" else "",
        "END": ENDS[standard],
        "NAME": name,
        "BODY": body or '<iframe src="PAGE" style="width: 100%; height: 95vh"></iframe>',
        "PAGE": f"/level-1-de-scorm-{standard}/{path}",
    }.items():
        player = player.replace(word, value)
    page.route("**/player.html", lambda route: route.fulfill(body=player, content_type="text/html"))
    page.goto(f"{platform}player.html")
    return page.frame_locator("iframe")


def begun(standard: str) -> list[list[str]]:
    """Return the calls that a platform gets when an item is opened."""
    stays = [["SetValue", "cmi.exit", "suspend"]] if standard == "2004" else []
    return [["Initialize", ""], ["SetValue", KEYS[standard], "incomplete"], *stays, ["Commit", ""]]


def stub(page: Page, answers: dict[str, str], name: str = "API") -> None:
    """Put a platform with these answers into each page."""
    page.add_init_script(STUB.replace("ANSWERS", str(answers)).replace("NAME", name))


def test_a_new_revision_of_a_course_finds_what_the_browser_has_kept(visit: Visit, platform: str) -> None:
    """A platform gives each revision another path; here it is that of the other version of SCORM.

    Moodle clears the storage at every sign-in, before or while the course is open.
    """
    page = visit.page
    box = play(page, platform, "1.2").locator("article").get_by_role("checkbox").first
    box.check()
    page.evaluate("localStorage.clear()")
    page.wait_for_function("Object.keys(localStorage).some((key) => key.endsWith(':ticks'))")
    page.goto("about:blank")
    page.goto(f"{platform}runtime/")
    page.evaluate("localStorage.clear()")
    frame = play(page, platform, "2004")
    expect(frame.locator("article").get_by_role("checkbox").first).to_be_checked()

    # Data that the pair wipes are not restored, even if the page is left at once.
    frame.locator("body").evaluate("() => stufenweise.store.wipe()")
    frame = play(page, platform, "1.2")
    expect(frame.get_by_role("button", name="Wir sind fertig")).to_be_enabled()
    page.wait_for_function("!Object.keys(localStorage).some((key) => key.startsWith('stufenweise'))")
    expect(frame.locator("article").get_by_role("checkbox").first).not_to_be_checked()


@pytest.mark.parametrize("standard", ["1.2", "2004"])
def test_an_item_is_done_when_the_pair_says_so_and_nothing_else_is_told(
    visit: Visit, platform: str, standard: str
) -> None:
    page = visit.page
    frame = play(page, platform, standard)
    done = frame.get_by_role("button", name="Wir sind fertig")
    expect(done).to_be_enabled()

    boxes = frame.locator("article").get_by_role("checkbox").all()
    assert len(boxes) == 3
    for box in boxes:
        box.check()
    assert page.evaluate("calls") == begun(standard)

    done.focus()
    page.keyboard.press("Enter")
    expect(frame.get_by_text("Gemeldet: abgeschlossen.")).to_be_visible()
    expect(done).to_be_focused()
    # Its text is legible, also under the mouse.
    done.hover()
    assert done.evaluate("one => getComputedStyle(one).backgroundColor") == "rgba(0, 0, 0, 0)"
    expect(done).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Enter")
    page.locator("iframe").evaluate("frame => { frame.src = 'about:blank' }")
    page.wait_for_function(f"calls.at(-1)[0] === '{ENDS[standard]}'")
    told = [["SetValue", KEYS[standard], "completed"], ["Commit", ""], [ENDS[standard], ""]]
    assert page.evaluate("calls") == begun(standard) + told


@pytest.mark.parametrize("standard", ["1.2", "2004"])
def test_entries_stay_on_the_device(visit: Visit, platform: str, standard: str) -> None:
    page = visit.page
    frame = play(page, platform, standard, FIRST.replace("first", "second"))
    expect(frame.get_by_role("button", name="Wir sind fertig")).to_be_enabled()
    frame.get_by_label("Mein Satz:").fill("Zuerst die offene Frage.")
    frame.get_by_label("Ergebnis, Wo").fill("im Heft")
    assert page.evaluate("Object.values(localStorage).join().includes('im Heft')")
    frame.get_by_role("button", name="Wir sind fertig").click()
    expect(frame.get_by_text("Gemeldet: abgeschlossen.")).to_be_visible()
    told = [["SetValue", KEYS[standard], "completed"], ["Commit", ""]]
    assert page.evaluate("calls") == begun(standard) + told


@pytest.mark.parametrize("standard", ["1.2", "2004"])
def test_a_frame_that_the_platform_takes_away_has_ended_once(visit: Visit, platform: str, standard: str) -> None:
    page = visit.page
    frame = play(page, platform, standard)
    expect(frame.get_by_role("button", name="Wir sind fertig")).to_be_enabled()
    page.locator("iframe").evaluate("frame => frame.remove()")
    page.wait_for_function(f"calls.at(-1)[0] === '{ENDS[standard]}'")
    assert page.evaluate("calls") == [*begun(standard), [ENDS[standard], ""]]


@pytest.mark.parametrize("standard", ["1.2", "2004"])
def test_a_platform_that_has_opened_a_window_is_found(visit: Visit, platform: str, standard: str) -> None:
    page = visit.page
    play(page, platform, standard, body="<button onclick=\"window.open('PAGE')\">Open</button>")
    with page.expect_popup() as popup:
        page.get_by_role("button").click()
    expect(popup.value.get_by_role("button", name="Wir sind fertig")).to_be_enabled()
    assert page.evaluate("calls") == begun(standard)
    popup.value.close()
    page.wait_for_function(f"calls.at(-1)[0] === '{ENDS[standard]}'")


def test_other_pages_open_beside_the_item_and_its_session_goes_on(visit: Visit, platform: str) -> None:
    page = visit.page
    frame = play(page, platform, "1.2")
    done = frame.get_by_role("button", name="Wir sind fertig")
    expect(done).to_be_enabled()
    with page.expect_popup() as popup:
        frame.get_by_role("link", name="Tutorial second").first.click()
    expect(popup.value.locator("h1")).to_contain_text("Tutorial second")
    expect(popup.value.get_by_role("button", name="Wir sind fertig")).to_be_hidden()
    popup.value.close()
    with page.expect_popup() as popup:
        frame.locator("a[lang=en]:visible").first.click()
    popup.value.close()
    frame.locator("a.md-skip").press("Enter")
    expect(done).to_be_enabled()
    assert page.evaluate("calls") == begun("1.2")


def test_at_the_end_of_the_hour_the_pair_stands_where_it_says_so(visit: Visit, platform: str) -> None:
    page = visit.page
    stub(page, {})
    # Another item's session is paused meanwhile.
    page.goto(f"{platform}level-1-de-scorm-1.2/{FIRST.replace('first', 'second')}")
    for name in ("Sitzung beginnen", "Los geht’s", "Verlassen"):
        page.get_by_role("button", name=name).click()
    expect(page.get_by_role("button", name="Sitzung fortsetzen")).to_be_visible()
    page.goto(f"{platform}level-1-de-scorm-1.2/{FIRST}")
    done = page.get_by_role("button", name="Wir sind fertig")
    expect(done).to_be_enabled()
    page.get_by_role("button", name="Sitzung beginnen").click()
    # Another tutorial would be another item.
    expect(page.get_by_text("Danach noch")).to_be_hidden()
    session = page.locator("dialog.session")
    page.get_by_role("button", name="Los geht’s").click()
    page.get_by_role("button", name="Verlassen").click()
    expect(session).to_be_hidden()
    expect(done).not_to_be_focused()
    page.get_by_role("button", name="Sitzung fortsetzen").click()
    # The address opens the session, and the hashchange event comes a moment later.
    expect(session).to_be_visible()
    for _ in range(30):
        if not session.is_visible():
            break
        page.locator(".session__turn button").last.click()
    expect(session).to_be_hidden()
    expect(done).to_be_focused()
    expect(done).to_be_in_viewport()
    assert "Finish" not in {call[0] for call in page.evaluate("calls")}


def test_the_search_finds_in_a_course_and_opens_beside_the_item(visit: Visit, platform: str) -> None:
    page = visit.page
    stub(page, {})
    page.goto(f"{platform}level-1-de-scorm-1.2/{FIRST}")
    search(page, "Gerät")
    with page.expect_popup() as popup:
        page.keyboard.press("Enter")
    expect(popup.value.locator("h1")).to_contain_text("Tutorial")
    assert "Finish" not in {call[0] for call in page.evaluate("calls")}


@pytest.mark.parametrize("standard", ["1.2", "2004"])
def test_a_page_that_the_platform_has_not_opened_is_silent(visit: Visit, platform: str, standard: str) -> None:
    page = visit.page
    frame = play(page, platform, standard)
    expect(frame.get_by_role("button", name="Wir sind fertig")).to_be_enabled()
    before = page.evaluate("calls").__len__()
    frame.locator("body").evaluate("() => { location.href = 'second.html' }")
    expect(frame.locator("h1")).to_contain_text("Tutorial second")
    expect(frame.get_by_role("button", name="Wir sind fertig")).to_be_hidden()
    assert page.evaluate("calls")[before:] == [[ENDS[standard], ""]]


def test_the_page_works_in_a_window_of_another_origin(visit: Visit, platform: str, tmp_path: Path) -> None:
    page = visit.page
    frame = f'<iframe style="width: 100%; height: 95vh" src="{platform}level-1-de-scorm-1.2/{FIRST}"></iframe>'
    portal = f'<!doctype html><title>Portal</title><link rel="icon" href="data:,">{frame}'
    (tmp_path / "platform" / "portal.html").write_text(portal, encoding="utf-8")
    page.goto(f"{platform.replace('127.0.0.1', 'localhost')}portal.html")
    expect(page.frame_locator("iframe").locator("h1")).to_contain_text("Tutorial first")
    expect(page.frame_locator("iframe").get_by_role("button", name="Wir sind fertig")).to_be_hidden()
    # Chromium lets such a frame store nothing.
    page.frame_locator("iframe").get_by_role("button", name="Suchen").click()
    page.keyboard.type("Gerät")
    expect(page.frame_locator("iframe").get_by_role("option").first).to_be_visible()


@pytest.mark.parametrize("standard", ["1.2", "2004"])
def test_a_platform_of_another_origin_is_spoken_to_through_its_bridge_with_storage_forbidden(
    visit: Visit, platform: str, tmp_path: Path, standard: str
) -> None:
    """Platforms that keep courses on a host of their own put a frame in between, whose object forwards the calls."""
    file, kind, name = RUNTIME[standard]
    content, portal = platform.rstrip("/"), platform.replace("127.0.0.1", "localhost").rstrip("/")
    frame = '<iframe style="width: 100%; height: 95vh" src="{}"></iframe>'
    player = (
        f'<!doctype html><title>Platform</title><link rel="icon" href="data:,"><script src="/runtime/{file}"></script>'
        f'<script src="/runtime/cross-frame-lms.min.js"></script><script>const api = new {kind}({{}});'
        f'new CrossFrameLMS(api, "{content}")</script>{frame.format(f"{content}/bridge.html")}'
    )
    bridge = (
        '<!doctype html><title>Bridge</title><script src="/runtime/cross-frame-api.min.js"></script>'
        f'<script>window.{name} = new CrossFrameAPI("{portal}")</script>'
        f"{frame.format(f'/level-1-de-scorm-{standard}/{FIRST}')}"
    )
    for path, text in (("player", player), ("bridge", bridge)):
        (tmp_path / "platform" / f"{path}.html").write_text(text, encoding="utf-8")
    page = visit.page
    page.add_init_script(FORBIDDEN_STORAGE)
    page.goto(f"{portal}/player.html")
    inner = page.frame_locator("iframe").frame_locator("iframe")
    inner.locator("article").get_by_role("checkbox").first.check()
    inner.get_by_role("button", name="Wir sind fertig").click()
    expect(inner.get_by_text("Gemeldet: abgeschlossen.")).to_be_visible()
    page.wait_for_function(f"api.lmsGetValue('{KEYS[standard]}') === 'completed'")


def test_the_page_works_without_a_platform(visit: Visit, platform: str) -> None:
    page = visit.page
    page.goto(f"{platform}level-1-de-scorm-1.2/{FIRST}")
    expect(page.locator("h1")).to_contain_text("Tutorial first")
    expect(page.get_by_role("button", name="Wir sind fertig")).to_be_hidden()
    page.get_by_role("link", name="Tutorial second").first.click()
    expect(page.locator("h1")).to_contain_text("Tutorial second")


@pytest.mark.parametrize("answer", ["false", "throws"])
def test_a_platform_that_does_not_answer_is_told_calmly_and_left_alone(
    visit: Visit, platform: str, answer: str
) -> None:
    page = visit.page
    stub(page, {"Initialize": answer, "Finish": "throws", "GetValue": "throws"})
    page.goto(f"{platform}level-1-de-scorm-1.2/{FIRST}")
    expect(page.get_by_text("Die Lernplattform antwortet gerade nicht.")).to_be_visible()
    expect(page.get_by_role("button", name="Wir sind fertig")).to_be_hidden()
    page.locator("article").get_by_role("checkbox").first.check()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert page.evaluate("calls") == [["Initialize", ""], ["GetLastError"]]


@pytest.mark.parametrize("answer", ["false", "throws"])
def test_a_refused_report_can_be_sent_again(visit: Visit, platform: str, answer: str) -> None:
    page = visit.page
    stub(page, {"SetValue cmi.core.lesson_status completed": answer})
    page.goto(f"{platform}level-1-de-scorm-1.2/{FIRST}")
    done = page.get_by_role("button", name="Wir sind fertig")
    done.click()
    expect(page.get_by_text("Die Lernplattform hat es nicht angenommen.")).to_be_visible()
    expect(done).to_be_enabled()
    expect(page.get_by_text("Gemeldet: abgeschlossen.")).to_be_hidden()


def test_of_two_objects_the_one_that_answers_is_used(visit: Visit, platform: str) -> None:
    page = visit.page
    page.add_init_script("window.API_1484_11 = { Initialize: () => 'false' }")
    stub(page, {})
    page.goto(f"{platform}level-1-de-scorm-1.2/{FIRST}")
    expect(page.get_by_role("button", name="Wir sind fertig")).to_be_enabled()
    assert ["SetValue", "cmi.core.lesson_status", "incomplete"] in page.evaluate("calls")


@pytest.mark.parametrize(("standard", "name"), [("1.2", "API"), ("2004", "API_1484_11")])
def test_an_item_done_before_stays_done(visit: Visit, platform: str, standard: str, name: str) -> None:
    page = visit.page
    stub(page, {f"GetValue {KEYS[standard]}": "completed"}, name)
    page.goto(f"{platform}level-1-de-scorm-{standard}/{FIRST}")
    expect(page.get_by_text("Gemeldet: abgeschlossen.")).to_be_visible()
    expect(page.get_by_role("button", name="Wir sind fertig")).to_have_attribute("aria-disabled", "true")
    assert not [call for call in page.evaluate("calls") if KEYS[standard] in call and call[0] == "SetValue"]


@pytest.mark.parametrize(("mode", "told"), [("browse", [["SetValue", KEYS["1.2"], "browsed"]]), ("review", [])])
def test_a_visit_that_does_not_count_says_why_there_is_no_button(
    visit: Visit, platform: str, mode: str, told: list[list[str]]
) -> None:
    """Moodle counts a preview without a status as completed."""
    page = visit.page
    stub(page, {"GetValue cmi.core.lesson_mode": mode, "GetValue": "not attempted"})
    page.goto(f"{platform}level-1-de-scorm-1.2/{FIRST}")
    expect(page.get_by_text("Vorschau oder Rückschau")).to_be_visible()
    expect(page.get_by_role("button", name="Wir sind fertig")).to_be_hidden()
    assert [call for call in page.evaluate("calls") if call[0] == "SetValue"] == told


def test_a_platform_whose_session_is_over_is_left_and_opened_anew(visit: Visit, platform: str) -> None:
    """Moodle keeps one object of SCORM 2004 for all items of a visit; it ends with the first."""
    page = visit.page
    stub(page, {"Initialize": "false", "GetLastError": "104"}, "API_1484_11")
    page.goto(f"{platform}level-1-de-scorm-2004/{FIRST}")
    expect(page.get_by_text("den Kurs verlassen und das Tutorial von dort aus noch einmal öffnen")).to_be_visible()


def test_a_page_back_from_the_browsers_memory_says_that_the_session_is_over(visit: Visit, platform: str) -> None:
    page = visit.page
    stub(page, {})
    page.goto(f"{platform}level-1-de-scorm-1.2/{FIRST}")
    expect(page.get_by_role("button", name="Wir sind fertig")).to_be_enabled()
    for kind in ("pagehide", "pageshow", "pagehide"):
        page.evaluate(f"dispatchEvent(new PageTransitionEvent('{kind}', {{ persisted: true }}))")
    expect(page.get_by_text("Die Sitzung mit der Lernplattform ist beendet.")).to_be_visible()
    expect(page.get_by_role("button", name="Wir sind fertig")).to_be_hidden()
    assert [call[0] for call in page.evaluate("calls")].count("Finish") == 1


def test_axe_finds_nothing_where_the_pair_says_that_it_is_done(browser: Browser, platform: str) -> None:
    page = browser.new_page(locale="de-DE", viewport={"width": 1280, "height": 6000})
    stub(page, {})
    page.goto(f"{platform}level-1-de-scorm-1.2/{FIRST}")
    expect(page.get_by_role("button", name="Wir sind fertig")).to_be_enabled()
    assert findings_in_every_look(page) == []
    page.get_by_role("button", name="Wir sind fertig").click()
    expect(page.get_by_text("Gemeldet: abgeschlossen.")).to_be_visible()
    assert findings_in_every_look(page) == []
    page.close()
