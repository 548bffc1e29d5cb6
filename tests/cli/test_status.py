"""What `status` reports about each tutorial, and its output formats."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from commands import run
from texts import SMALL_LIBRARY, content_file, replace_once


def status(config: Path, *arguments: str) -> Result:
    result = run(config, "status", *arguments)
    assert result.exit_code == 0, result.output
    return result


def data(config: Path) -> dict[str, dict[str, Any]]:
    return {entry["slug"]: entry for entry in json.loads(status(config, "--format", "json").stdout)}


def test_each_tutorial_has_a_row_by_level(config: Path) -> None:
    found = json.loads(status(config, "--format", "json").stdout)
    assert [(entry["level"], entry["slug"]) for entry in found] == [(1, "first"), (1, "second"), (2, "third")]
    assert found[0]["languages"] == {"de": "source", "en": "current"}
    assert found[0]["minutes"] == 20
    assert found[0]["due"] == "2027-05-20"
    assert found[0]["is_due"] is False
    assert found[0]["fits"] is None


def test_words_are_those_of_the_pair(config: Path) -> None:
    """The mentor's section, headings and ids are not counted."""
    before = data(config)["first"]["words"]
    replace_once(
        content_file(config, "tutorials/first.de.md"), "Nichts weitererzählen.", "Nichts weitererzählen, gar nichts."
    )
    assert data(config)["first"]["words"] == before
    replace_once(content_file(config, "tutorials/first.de.md"), "Zu viel auf einmal.", "Viel zu viel auf einmal.")
    assert data(config)["first"]["words"] == before + 1


def test_states_of_translations_are_told_apart(config: Path) -> None:
    replace_once(content_file(config, "tutorials/first.de.md"), "Zu viel auf einmal.", "Viel auf einmal.")
    replace_once(content_file(config, "tutorials/second.en.md"), "translates: 12944697300a", "translates: pending")
    (config.parent / "content" / "tutorials" / "third.en.md").unlink()
    found = {slug: entry["languages"]["en"] for slug, entry in data(config).items()}
    assert found == {"first": "stale", "second": "pending", "third": "missing"}
    said = status(config).stdout
    assert all(word in said for word in ("STALE", "pending", "MISSING"))


def test_a_review_that_is_due_is_reported_in_words(config: Path) -> None:
    replace_once(content_file(config, "tutorials/first.de.md"), "reviewed: 2026-11-20", "reviewed: 2026-01-20")
    assert [slug for slug, entry in data(config).items() if entry["is_due"]] == ["first"]
    assert "2026-07-20 DUE" in status(config).stdout
    assert "2026-07-20 FÄLLIG" in status(config, "--lang", "de").stdout


def test_an_unreadable_tutorial_has_a_row_too(config: Path) -> None:
    replace_once(content_file(config, "tutorials/first.de.md"), "level: 1", "level: 9")
    result = status(config)
    assert "UNREADABLE" in result.stdout
    assert "Errors: 1" in result.stderr
    assert [*data(config)][-1] == "first"


@pytest.mark.typst
def test_sheets_that_fit_and_one_that_does_not(project: Callable[..., Path]) -> None:
    config = project(content=SMALL_LIBRARY, handouts=True)
    replace_once(content_file(config, "tutorials/second.de.md"), "2. Das *andere* tun.", "2. Das *andere* tun.\n" * 90)
    first = status(config, "--lang", "de")
    assert first.stderr.startswith("Blätter, die erst gedruckt werden (das dauert etwas): ")
    assert {slug: entry["fits"] for slug, entry in data(config).items()} == {
        "first": True,
        "second": False,
        "third": True,
    }
    assert "Blätter, die" not in status(config, "--lang", "de").stderr, "they are printed"


def test_csv_has_the_keys_of_the_json_and_no_formula(config: Path) -> None:
    replace_once(content_file(config, "tutorials/first.de.md"), "title: Tutorial first", 'title: "=1+1, genau"')
    rows = list(csv.DictReader(io.StringIO(status(config, "--format", "csv").stdout.removeprefix("\ufeff"))))
    assert rows[0]["title"] == "'=1+1, genau"
    assert (rows[0]["de"], rows[0]["en"], rows[0]["is_due"], rows[0]["fits"]) == ("source", "stale", "false", "")


def test_a_spreadsheet_opens_the_csv_with_its_letters_and_columns(config: Path) -> None:
    replace_once(content_file(config, "tutorials/first.de.md"), "title: Tutorial first", 'title: "Größe; und Übermut"')
    german, english = (status(config, "--format", "csv", "--lang", language).stdout_bytes for language in ("de", "en"))
    assert german.startswith(b"\xef\xbb\xbflevel;slug;title;de;en;")
    assert english.startswith(b"\xef\xbb\xbflevel,slug,title,de,en,")
    assert 'first;"Größe; und Übermut";source;'.encode() in german


def test_html_is_one_page_with_a_table(config: Path) -> None:
    replace_once(content_file(config, "tutorials/first.de.md"), "title: Tutorial first", 'title: "Fragen & Antworten"')
    said = status(config, "--format", "html", "--lang", "de").stdout
    assert said.startswith('<!doctype html><html lang="de">')
    assert "Fragen &amp; Antworten" in said
    assert "VERALTET" in said
    assert said.count('<th scope="row">') == 3
    assert "<script" not in said
    assert "http" not in said
