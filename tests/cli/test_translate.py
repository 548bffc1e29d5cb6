"""A new translation passes the check, has comments for missing words, and is not published until they are written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import run
from conftest import build_project
from texts import SMALL_LIBRARY, content_file, replace_once


@pytest.fixture
def config(project: Callable[..., Path]) -> Path:
    config = project(content=SMALL_LIBRARY)
    translation(config).unlink()
    return config


def translation(config: Path) -> Path:
    return config.parent / "content" / "tutorials" / "first.en.md"


def begun(config: Path) -> str:
    result = run(config, "translate", "first", "en")
    assert result.exit_code == 0, result.output
    return translation(config).read_text(encoding="utf-8")


def filled(text: str) -> str:
    """Return a translation with words instead of each comment; the items for the mentor stay."""

    def words(found: re.Match[str]) -> str:
        return "\n".join(["Some words.", "", *re.findall(r"(?m)^- \*\*(?:Do|Ask|Watch):\*\* .*$", found[0])])

    return re.sub(r"<!--.*?-->", words, text, flags=re.DOTALL)


def test_headings_ids_minutes_and_boxes_are_in_place(config: Path) -> None:
    text = begun(config)
    source = (SMALL_LIBRARY / "tutorials" / "first.de.md").read_text(encoding="utf-8")
    assert re.findall(r"\{#.*?\}", text) == re.findall(r"\{#.*?\}", source)
    assert text.startswith(
        "---\ntitle: Tutorial first\nsummary: Ein Satz zu first.\ntranslates: pending\n---\n\n## What"
    )
    assert "## What this is about {#why}\n\n<!--\nFrau Arslan" in text
    assert "### Ansehen {#look minutes=5}\n\n<!--\nZuerst ansehen. Siehe [das zweite](second.en.md).\n" in text
    assert "\n\n- **Do:** Die Führungskraft hat die Tastatur.\n- **Ask:** „Was fällt auf?“\n- **Watch:** Sie" in text
    assert "### Red lines {#red-lines}" in text
    assert "- [ ] Angesehen {#looked}\n- [ ] **Selbst**" in text


@pytest.mark.parametrize("code", ["~~~\n```\n## Keine {#none}\n~~~", "````\n```\n- [ ] Kein Punkt {#none}\n````"])
def test_code_stays_whole_in_its_comment(config: Path, code: str) -> None:
    source = translation(config).with_name("first.de.md")
    text = source.read_text(encoding="utf-8").replace("Zuerst ansehen.", f"Zuerst ansehen.\n\n{code}\n\n")
    source.write_text(text, encoding="utf-8")
    assert f"<!--\nZuerst ansehen.\n\n{code}\n" in begun(config)
    result = run(config, "check")
    assert result.exit_code == 0, result.stderr


@pytest.mark.build
def test_code_of_a_translation_in_work_stays(config: Path) -> None:
    """A comment shown as code does not count as missing words."""
    text = begun(config)
    code = "```\n<!-- code -->\n```"
    translation(config).write_text(filled(text).replace("Some words.", code, 1), encoding="utf-8")
    assert build_project(config).published
    page = config.parent / "site" / "en" / "tutorials" / "first" / "index.html"
    assert "&lt;!-- code --&gt;" in page.read_text(encoding="utf-8")


def test_a_new_translation_passes_the_check_as_pending(config: Path) -> None:
    begun(config)
    result = run(config, "check")
    assert result.exit_code == 0, result.stderr
    assert "Errors: 0, warnings: 1." in result.stderr
    assert "[translation-pending]" in result.stderr


@pytest.mark.build
def test_the_source_is_shown_until_no_comment_is_left(config: Path) -> None:
    text = begun(config)
    assert build_project(config).published
    page = config.parent / "site" / "en" / "tutorials" / "first" / "index.html"
    assert "Frau Arslan sucht" in page.read_text(encoding="utf-8")
    assert "<!--\nFrau" not in page.read_text(encoding="utf-8")
    translation(config).write_text(filled(text), encoding="utf-8")
    assert build_project(config).published
    assert "Some words." in page.read_text(encoding="utf-8")


def test_an_empty_part_without_its_comment_is_an_error(config: Path) -> None:
    text = begun(config)
    translation(config).write_text(re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL), encoding="utf-8")
    result = run(config, "check")
    assert result.exit_code == 1
    assert "[empty-section]" in result.stderr


def test_a_comment_is_no_way_around_the_rules(config: Path) -> None:
    text = begun(config)
    for word in ("<script>x</script>", "before <!-- x --> after", "-->\n\n<script>x</script>"):
        translation(config).write_text(text.replace("<!--\nFrau", f"{word}\n\n<!--\nFrau", 1), encoding="utf-8")
        assert run(config, "check").exit_code == 1, word


def test_a_finished_translation_has_no_comments(config: Path) -> None:
    begun(config)
    result = run(config, "check", "--reviewed", str(translation(config)))
    assert result.exit_code == 1
    assert "comments still hold the source's text" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("frist", "en"), "Did you mean first?"),
        (("first", "fr"), "Write languages: [de, en, fr] in mkdocs.yml first."),
        (("first", "de"), "source language"),
        (("second", "en"), "already exists"),
    ],
)
def test_an_impossible_translation_is_wrong_use(config: Path, arguments: tuple[str, str], said: str) -> None:
    result = run(config, "translate", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_other_kinds_are_found_by_their_slug(config: Path) -> None:
    file = config.parent / "content" / "levels" / "level-1.en.md"
    before = file.read_text(encoding="utf-8")
    file.unlink()
    assert run(config, "translate", "level-1", "en").exit_code == 0
    assert re.findall(r"\{#.*?\}", file.read_text(encoding="utf-8")) == re.findall(r"\{#.*?\}", before)
    assert run(config, "check").exit_code == 0


@pytest.mark.parametrize(
    ("find", "replace", "wanted"),
    [
        (
            "Angesehen {#looked}",
            "Im {{ network.dative }} gesucht {#looked}",
            "- [ ] Im {{ network }} gesucht {#looked}",
        ),
        ("### Ansehen", "### In {{ network.dative }} sehen", "### In {{ network }} sehen {#look minutes=5}"),
        ("title: Tutorial first", "title: 'In {{ network.dative }}'", "title: In internen Netzwerk"),
        ("Angesehen {#looked}", "[Das zweite](second.de.md) {#looked}", "- [ ] [Das zweite](second.en.md) {#looked}"),
    ],
)
def test_a_pending_translation_stops_no_build(config: Path, find: str, replace: str, wanted: str) -> None:
    replace_once(content_file(config, "tutorials/first.de.md"), find, replace)
    assert wanted in begun(config)
    result = run(config, "check")
    assert result.exit_code == 0, result.stderr


def reviewed(config: Path) -> tuple[int, str]:
    result = run(config, "check", "--reviewed", str(translation(config)))
    return result.exit_code, result.stderr


def test_an_unfinished_translation_is_not_recorded_as_compared(config: Path) -> None:
    text = begun(config)
    assert reviewed(config)[0] == 1
    assert "comments still hold the source's text" in reviewed(config)[1]
    translation(config).write_text(filled(text), encoding="utf-8")
    assert reviewed(config)[0] == 0


def test_comments_that_are_left_are_named_as_what_they_are(config: Path) -> None:
    text = begun(config)
    digest = "7a11089200bf"
    translation(config).write_text(text.replace("translates: pending", f"translates: {digest}"), encoding="utf-8")
    said = run(config, "check").stderr
    assert said.count("[translation-comment]") == text.count("<!--\n")
    assert "[html-comment]" not in said
    before = translation(config).read_bytes()
    assert reviewed(config)[0] == 1
    assert translation(config).read_bytes() == before
    status = run(config, "status", "--format", "json")
    first = next(entry for entry in json.loads(status.stdout) if entry["slug"] == "first")
    assert "pending" in str(first["languages"])
