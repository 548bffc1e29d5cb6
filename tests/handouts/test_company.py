"""A company's name, logo, colours and vocabulary reach its handouts; `stufenweise handouts` and the cache of PDFs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from conftest import make_project
from day import TODAY
from pypdf import PdfReader
from pypdf.generic import Destination
from stufenweise.cli import main
from stufenweise.handouts.print_handouts import PrintedHandouts, print_handouts
from stufenweise.load.library_builder import build_library
from stufenweise.load.loader import load_content
from stufenweise.source.files.content_files import read_content_files
from stufenweise.stages.project_stage import open_project
from texts import SMALL_LIBRARY, replace_once

from .conftest import library, pdf, text_of

pytestmark = pytest.mark.typst

Printed = Callable[..., tuple[PrintedHandouts, Path]]
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><text x="0" y="9" font-family="Source Sans 3">'
    "LOGOWORT</text></svg>"
)
SETTINGS = """      colour: "#aa0000"
      accent: "#0000aa"
      vocabulary:
        de:
          network: {base: Hausnetz, dative: Hausnetz am See}
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
    """Return a function that runs a command in a project with the small library."""
    config = make_project(tmp_path / "p", content=SMALL_LIBRARY, handouts=True)
    monkeypatch.chdir(config.parent)

    def command(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(main, [*arguments], env={"LANG": "en_GB.UTF-8", "LC_ALL": "en_GB.UTF-8"})
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.output

    return command


def pdf_names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.pdf"))


def test_name_logo_colour_and_vocabulary_reach_the_handouts(tmp_path: Path) -> None:
    config = make_project(tmp_path, content=SMALL_LIBRARY, options=SETTINGS, handouts=True)
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme" / "logo.svg").write_text(LOGO, encoding="utf-8")
    replace_once(config, "site_name: Stufenweise", "site_name: Haus Nord")
    replace_once(config, "  name: material\n", "  name: material\n  custom_dir: theme\n  logo: logo.svg\n")
    project = open_project(config, TODAY).value
    assert project
    content = read_content_files(config.parent / "content")
    result = print_handouts(project, build_library(load_content(content, ("de", "en"), project.load_options)))
    assert not result.problems
    mentor = pdf(result, "first-mentor")
    assert "Haus Nord · Tutorial 1.1" in text_of(mentor)
    assert mentor.metadata
    assert (mentor.metadata.title or "").endswith("– Haus Nord")
    contents = mentor.pages[0].get_contents()
    assert contents is not None
    assert b"0.6666667 0 0" in contents.get_data()
    assert b"0 0 0.6666667" in contents.get_data()
    assert "Hausnetz am See" in text_of(mentor)
    assert "LOGOWORT" in text_of(mentor)


def test_handouts_makes_only_what_is_asked_for(run: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    code, said = run("handouts", "first", "--language", "de", "--copy", "mentee")
    assert (code, said.strip()) == (0, "Handouts in handouts: 1")
    assert pdf_names(tmp_path / "p" / "handouts") == ["de/first-mentee.pdf"]


@pytest.mark.parametrize("options", [(), ("--bind",)])
def test_warnings_are_shown_and_the_handouts_are_made_and_opened(
    run: Callable[..., tuple[int, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    tutorial = tmp_path / "p" / "content" / "tutorials" / "first.de.md"
    lines = "\n".join(f"{number}. Das eine tun." for number in range(1, 160))
    replace_once(tutorial, "1. Das eine tun.\n2. Das *andere* tun.", lines)
    replace_once(tutorial, "reviewed: 2026-11-20", "reviewed: 2019-01-01")
    opened: list[str] = []
    monkeypatch.setattr(click, "launch", opened.append)
    code, said = run("handouts", "first", "--language", "de", "--copy", "mentee", "--open", *options)
    assert code == 0, said
    assert "warning [handout-overflow]" in said
    assert "warning [review-due]" in said
    assert said.endswith("Handouts in handouts: 1\n")
    assert len(opened) == 1


def test_handouts_makes_all_of_a_level_with_its_workbook(run: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    code, _ = run("handouts", "level-2", "--language", "en", "-o", "out")
    assert code == 0
    names = pdf_names(tmp_path / "p" / "out")
    assert "en/level-2-workbook.pdf" in names
    assert all(name.startswith("en/") for name in names)
    assert "en/first-mentee.pdf" not in names


def test_a_selection_is_bound_in_the_order_given(run: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    code, _ = run("handouts", "second", "first", "--language", "de", "--bind", "--copy", "mentee", "--copy", "mentor")
    assert code == 0
    found = PdfReader(tmp_path / "p" / "handouts" / "de" / "selection.pdf")
    assert len(found.pages) == 1 + 2 * 3
    titles = [entry.title or "" for entry in found.outline if isinstance(entry, Destination)]
    assert len(titles) == len(found.outline)
    assert [title.partition("\N{NO-BREAK SPACE}(")[0] for title in titles[1:]] == [
        "Tutorial second", "Tutorial second", "Tutorial first", "Tutorial first",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(("frist",), "Did you mean first?"), (("first", "--language", "fr"), "The site has no language fr")],
)
def test_wrong_use_is_reported_with_the_remedy(
    arguments: tuple[str, ...], words: str, run: Callable[..., tuple[int, str]]
) -> None:
    code, said = run("handouts", *arguments)
    assert code == 2
    assert words in said


def test_unchanged_handouts_are_not_printed_again(printed: Printed) -> None:
    first, cache = printed()
    times = {path: path.stat().st_mtime_ns for path in cache.rglob("*.pdf")}
    again, _ = printed()
    assert len(times) == len(first.handouts)
    assert all(handout.from_cache for handout in again.handouts)
    assert {path: path.stat().st_mtime_ns for path in cache.rglob("*.pdf")} == times


def test_a_changed_word_prints_its_handouts_again_and_no_other(printed: Printed) -> None:
    printed()
    again, _ = printed({"tutorials/second.de.md": ("## Stolpersteine", "## Hindernisse")})
    fresh = {f"{sheet.handout.language}/{sheet.handout.name}" for sheet in again.handouts if not sheet.from_cache}
    assert {"de/second-mentee", "de/second-mentor"} <= fresh
    assert not [name for name in fresh if name.startswith("en/") or "first" in name]


def test_a_handout_that_is_no_more_leaves_the_cache(printed: Printed) -> None:
    _, cache = printed()
    index = json.loads((cache / "index-chosen.json").read_text(encoding="utf-8"))
    index["de/gone-mentee.pdf"] = index["de/first-mentee.pdf"]
    (cache / "index-chosen.json").write_text(json.dumps(index), encoding="utf-8")
    [first] = cache.glob("de/first-mentee.*.pdf")
    gone = first.with_name(first.name.replace("first", "gone"))
    gone.write_bytes(first.read_bytes())
    printed()
    assert not gone.exists()


def test_an_untranslated_tutorial_is_printed_in_the_language_of_its_source(printed: Printed, tmp_path: Path) -> None:
    printed()
    (tmp_path / "p" / "content" / "tutorials" / "first.en.md").unlink()
    project = open_project(tmp_path / "p" / "mkdocs.yml", TODAY).value
    assert project
    result = print_handouts(project, library(tmp_path / "p" / "content"))
    found = pdf(result, "first-mentee", "en")
    assert str(found.root_object["/Lang"]) == "de"
    assert "Arbeitsblatt für die Führungskraft" in text_of(found)
