"""Packages of a small library, made once, and a small platform that opens them."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner
from conftest import ROOT, make_project
from day import ENVIRON
from local_server import Quiet, serving
from once import once
from playwright.sync_api import Browser, Error, Page
from stufenweise.cli import main
from stufenweise.source.files.attachments import OFFICE
from texts import SMALL_LIBRARY, content_file, replace_once

NODE = ROOT / "tests" / "node" / "node_modules"
OPTIONS = '      contacts: {help_desk: none}\n      feedback: "mailto:team@example.org"\n'


@pytest.fixture(scope="session")
def project_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the mkdocs.yml of a project with a plan in its programme."""
    folder = tmp_path_factory.mktemp("packages") / "project"
    config = make_project(folder, content=SMALL_LIBRARY, options=OPTIONS, handouts=True)
    replace_once(config, "site_name: Stufenweise", "site_name: 'Haus: Süd & Nord'")
    sessions = ("kind: agreement", "tutorials: [second]", "tutorials: [first]", "kind: close")
    plan = "sessions: 3\nplan:\n" + "".join(f"  - {{{session}}}\n" for session in sessions)
    replace_once(content_file(config, "programmes/small.de.md"), "sessions: 6\n", plan)
    offer_attachment(config.parent / "content" / "tutorials")
    return config


def offer_attachment(folder: Path) -> None:
    """Let a tutorial offer a document."""
    (folder / "files").mkdir()
    with zipfile.ZipFile(folder / "files" / "vorlage.docx", "w") as document:
        # With no date of today: each test process writes it.
        document.writestr(zipfile.ZipInfo("[Content_Types].xml"), OFFICE[".docx"])
    third = folder / "third.de.md"
    text = third.read_text(encoding="utf-8")
    heading = text.index("## Ablauf")
    third.write_text(f"{text[:heading]}[Vorlage](files/vorlage.docx)\n\n{text[heading:]}", encoding="utf-8")


def package(config: Path, output: Path, *arguments: str) -> list[Path]:
    """Make packages and return them."""
    command = ["package", *arguments, "-f", str(config), "-o", str(output)]
    result = CliRunner().invoke(main, command, env={**os.environ, **ENVIRON})
    assert result.exit_code == 0, result.output
    return sorted(output.iterdir())


@pytest.fixture(scope="session")
def unpacked_courses(project_file: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the folders of unpacked courses by the name of their file."""

    def make(root: Path) -> None:
        for standard, arguments in (("1.2", ("scorm",)), ("2004", ("scorm", "--version", "2004")), ("cmi5", ("cmi5",))):
            for file in package(project_file, root / standard, *arguments):
                with zipfile.ZipFile(file) as archive:
                    archive.extractall(root / "unpacked" / file.stem)

    return {folder.name: folder for folder in sorted((once(tmp_path_factory, "courses", make) / "unpacked").iterdir())}


class Platform(Quiet):
    """A small platform: it serves courses, and is the record store of cmi5 with the rules of its sessions (9.3)."""

    statements: ClassVar[list[dict[str, Any]]] = []
    """What this session has said."""
    earlier: ClassVar[list[dict[str, Any]]] = []
    """What earlier sessions of the same registration have said."""
    launch: ClassVar[dict[str, Any]] = {}
    """Launch data beside the usual."""
    breaches: ClassVar[list[str]] = []
    """What a unit must not do."""
    tokens: ClassVar[list[str]] = []

    def do_POST(self) -> None:  # noqa: N802 -- http.server calls it by this name
        data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path.startswith("/fetch"):
            self.tokens.append("dG9rZW4=")
            self._answer({"auth-token": "dG9rZW4="} if len(self.tokens) == 1 else {"error-code": "1"})
            return
        statement = json.loads(data)
        self._expect_headers()
        said = [self._verb(earlier) for earlier in self.statements]
        verb = self._verb(statement)
        if not said and verb != "initialized":
            self.breaches.append(f"{verb} before initialized")
        if verb in said or (verb == "completed" and verb in map(self._verb, self.earlier)):
            self.breaches.append(f"{verb} twice")
        if "terminated" in said:
            self.breaches.append(f"{verb} after terminated")
        self.statements.append(statement)
        self._answer([statement["id"]])

    def do_GET(self) -> None:  # noqa: N802
        query = {key: values[0] for key, values in parse_qs(urlsplit(self.path).query).items()}
        if self.path.startswith("/xapi/"):
            self._expect_headers()
        if self.path.startswith("/xapi/activities/state") and query["stateId"] == "LMS.LaunchData":
            template = {
                "contextActivities": {"grouping": [{"id": "urn:publisher"}], "category": [{"id": "urn:category"}]},
                "extensions": {"https://w3id.org/xapi/cmi5/context/extensions/sessionid": "s1"},
            }
            usual = {"contextTemplate": template, "launchMode": "Normal", "moveOn": "Completed"}
            self._answer(usual | self.launch)
        elif self.path.startswith("/xapi/statements"):
            found = [statement for statement in self.earlier if statement["verb"]["id"] == query["verb"]]
            self._answer({"statements": found[: int(query["limit"])], "more": ""})
        elif self.path.startswith("/xapi/agents/profile"):
            if "preferences" in self.launch:
                self._answer(self.launch["preferences"])
            else:
                self.send_error(404)
        else:
            super().do_GET()

    def _expect_headers(self) -> None:
        if self.headers["Authorization"] != "Basic dG9rZW4=" or self.headers["X-Experience-API-Version"] != "1.0.3":
            self.breaches.append(f"headers of {self.path}")

    @staticmethod
    def _verb(statement: dict[str, Any]) -> str:
        return str(statement["verb"]["id"].rpartition("/")[2])

    def _answer(self, data: object) -> None:
        body = json.dumps(data).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def platform(unpacked_courses: dict[str, Path], tmp_path: Path) -> Iterator[str]:
    """Return the address of a platform that serves the courses, each below its name."""
    for noted in (Platform.statements, Platform.earlier, Platform.launch, Platform.breaches, Platform.tokens):
        noted.clear()
    Platform.launch["preferences"] = {"languagePreference": "de-DE,en"}
    root = tmp_path / "platform"
    root.mkdir()
    for name, folder in unpacked_courses.items():
        (root / name).symlink_to(folder)
    (root / "runtime").symlink_to(NODE / "scorm-again" / "dist")
    with serving(root, Platform) as top:
        yield top
    assert Platform.breaches == []


class Visit:
    """A page opened from a course, with the errors it logged."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        page.on("console", lambda message: self.faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", self._note)

    def _note(self, error: Error) -> None:
        # Leaving a page aborts the loading of its search.
        if "importScripts" not in str(error):
            self.faults.append(str(error.stack))


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Return a visit in which nothing may go wrong."""
    context = browser.new_context(locale="de-DE")
    found = Visit(context.new_page())
    yield found
    faults = [*found.faults]
    context.close()
    assert faults == []
