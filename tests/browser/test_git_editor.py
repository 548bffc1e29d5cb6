"""The editor on a browser folder that stands in for a clone: which bytes it writes.

The page, its policy and the files are those that `stufenweise editor` writes; only the dialog in which a person points
at the clone is answered by the test.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from commands import run
from conftest import ROOT, make_project
from local_server import serving
from playwright.sync_api import Browser, Locator, Page, expect
from stufenweise.fix.starting_text import split_minutes, starting_text
from texts import SMALL_LIBRARY

# Its tests change one folder in turn.
pytestmark = [pytest.mark.node, pytest.mark.browser, pytest.mark.xdist_group("git editor")]

RELEASE = ROOT / "tests" / "node" / "node_modules" / "@sveltia" / "cms"
PICK = "window.showDirectoryPicker = () => navigator.storage.getDirectory()"
FILL = """async (files) => {
  const top = await navigator.storage.getDirectory();
  await top.getDirectoryHandle(".git", { create: true });
  for (const [path, text] of Object.entries(files)) {
    let folder = top;
    const names = path.split("/");
    for (const name of names.slice(0, -1)) folder = await folder.getDirectoryHandle(name, { create: true });
    const file = await (await folder.getFileHandle(names.at(-1), { create: true })).createWritable();
    await file.write(text);
    await file.close();
  }
}"""
READ = """async () => {
  const found = {};
  const walk = async (folder, above) => {
    for await (const [name, entry] of folder.entries()) {
      if (entry.kind === "directory") await walk(entry, `${above}${name}/`);
      else found[`${above}${name}`] = await (await entry.getFile()).text();
    }
  };
  await walk(await navigator.storage.getDirectory(), "");
  return found;
}"""


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the mkdocs.yml of a small project, beside it the folder of its editor."""
    made = make_project(tmp_path_factory.mktemp("edited") / "project", content=SMALL_LIBRARY)
    options = ["--lang", "de", "--repo", "https://gitlab.example.com/group/project", "--app-id", "4711"]
    done = run(made, "editor", *options, "--from", str(RELEASE), "-o", str(made.parent / "editor"))
    assert done.exit_code == 0, done.output
    return made


@pytest.fixture(scope="module")
def editor_address(config: Path) -> Iterator[str]:
    """Return the address at which the editor's folder is served."""
    with serving(config.parent / "editor") as top:
        yield top


@dataclass
class Session:
    """The editor, opened on the project's texts."""

    page: Page
    config: Path
    texts: dict[str, str]
    """Texts of the project by path, as they were."""

    def open(self, place: str) -> None:
        """Go to a form."""
        self.page.evaluate("(place) => { location.hash = place; }", f"#/collections/{place}")

    def saved(self) -> dict[str, str]:
        """Save, and return what has changed by its path."""
        self.page.get_by_role("button", name="Speichern").first.click()
        expect(self.page.get_by_text("Eintrag gespeichert")).to_be_visible()
        now: dict[str, str] = self.page.evaluate(READ)
        assert now.keys() >= self.texts.keys()
        return {path: text for path, text in sorted(now.items()) if text != self.texts.get(path)}

    def check(self, changed: dict[str, str]) -> str:
        """Put what was saved into the project, and return what `check` says."""
        for path, text in changed.items():
            (self.config.parent / path).write_text(text, encoding="utf-8", newline="")
        try:
            done = run(self.config, "check")
        finally:
            for path in changed:
                file = self.config.parent / path
                if path in self.texts:
                    file.write_text(self.texts[path], encoding="utf-8", newline="")
                else:
                    file.unlink()
        return f"{done.exit_code} {done.stderr}"


@contextlib.contextmanager
def edited(browser: Browser, address: str, config: Path) -> Iterator[Session]:
    """Open the editor on the project's texts; fail on errors and on requests to other hosts."""
    faults: list[str] = []
    # As tall as a whole form: the editor does not create fields that are out of sight.
    context = browser.new_context(viewport={"width": 1280, "height": 6000}, locale="de-DE")
    context.add_init_script(PICK)
    page = context.new_page()
    page.on("console", lambda message: faults.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "request",
        lambda request: None if request.url.startswith((address, "blob:", "data:")) else faults.append(request.url),
    )
    page.goto(address)
    content = config.parent / "content"
    texts = {path.relative_to(config.parent).as_posix(): path for path in content.rglob("*.md")}
    data = {path: file.read_bytes().decode() for path, file in texts.items()}
    page.evaluate(FILL, data)
    page.get_by_role("button", name="Mit lokalem Repository arbeiten").click()
    expect(page.get_by_role("button", name="Neu")).to_be_visible()
    yield Session(page, config, data)
    context.close()
    assert faults == []


def field(page: Page, key: str, place: int = 0) -> Locator:
    """Return the input for a key, by the position of its language on the page."""
    return page.locator(f'[data-key-path="{key}"]').nth(place).locator("input, textarea").last


def test_a_new_tutorial_in_two_languages(browser: Browser, editor_address: str, config: Path) -> None:
    english = starting_text("tutorial.md", "en", facts="", steps=split_minutes(30), words=("Do", "Ask", "Watch"))
    with edited(browser, editor_address, config) as session:
        page = session.page
        session.open("tutorials/new")
        field(page, "title").fill("Größe zeigen: Übung #2 für Mentor*innen")
        field(page, "summary").fill("Maß nehmen, „genau“ – und ohne Angst.")
        page.get_by_role("radio", name=re.compile("^2: ")).first.click()
        page.get_by_role("radio", name="operativ", exact=True).click()
        page.get_by_role("radio", name=re.compile("^3: ")).click()
        page.get_by_role("checkbox", name=re.compile("^S1: ")).click()
        page.get_by_role("button", name=re.compile("Englisch.*aktivieren")).click()
        field(page, "title", 1).fill("Show how big: “yes”")
        field(page, "summary", 1).fill("yes")
        field(page, "body", 1).fill(english.split("---\n", 2)[2].strip())
        slug = page.get_by_role("textbox").last
        slug.fill("show-how-big")
        changed = session.saved()
        said = session.check(changed)
    path = "content/tutorials/show-how-big"
    assert list(changed) == [f"{path}.de.md", f"{path}.en.md"]
    german = changed[f"{path}.de.md"]
    head, body = german.split("\n---\n", 1)
    assert head.splitlines()[:3] == [
        "---",
        "title: 'Größe zeigen: Übung #2 für Mentor*innen'",
        "summary: Maß nehmen, „genau“ – und ohne Angst.",
    ]
    assert head.splitlines()[3:9] == [
        *("level: 2", "orientation: operational", "effort: 3", "minutes: 30", "goals: [S1]", "draft: true")
    ]
    sample = starting_text("tutorial.md", "de", facts="", steps=split_minutes(30), words=("Tun", "Fragen", "Achten"))
    assert body == sample.split("---\n", 2)[2]
    assert changed[f"{path}.en.md"].startswith(
        "---\ntitle: 'Show how big: “yes”'\nsummary: 'yes'\ntranslates: pending\n---\n\n## "
    )
    assert said.startswith("0 "), said


def test_a_changed_tutorial_keeps_all_other_bytes(browser: Browser, editor_address: str, config: Path) -> None:
    path = "content/tutorials/first.de.md"
    with edited(browser, editor_address, config) as session:
        before = session.texts[path]
        session.open("tutorials/entries/first")
        field(session.page, "title").fill("Übersicht: erst #1")
        body = field(session.page, "body")
        body.fill(body.input_value().replace("Ein Gerät mitbringen.", "Ein Gerät und 2*3 Minuten Ruhe mitbringen."))
        changed = session.saved()
        said = session.check(changed)
    wanted = before.replace("title: Tutorial first", "title: 'Übersicht: erst #1'")
    wanted = wanted.replace("Ein Gerät mitbringen.", "Ein Gerät und 2*3 Minuten Ruhe mitbringen.")
    assert changed == {path: wanted}
    assert said.startswith("0 "), said


def test_a_bad_tutorial_is_reported_by_check(browser: Browser, editor_address: str, config: Path) -> None:
    path = "content/tutorials/second.de.md"
    with edited(browser, editor_address, config) as session:
        session.open("tutorials/entries/second")
        field(session.page, "minutes").fill("55")
        changed = session.saved()
        said = session.check(changed)
    assert list(changed) == [path]
    assert said.startswith("1 "), said
    assert re.search(rf"{re.escape(path)}:\d+:\d+: error \[minutes-sum\]", said)
