"""`stufenweise doctor`: the state of a site, for its maintainer."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from commands import run
from conftest import build_project
from stufenweise.i18n.messages import command_text
from texts import SMALL_LIBRARY, content_file, replace_once

Project = Callable[..., Path]


def doctor(config: Path) -> dict[str, Any]:
    result = run(config, "doctor", "--format", "json")
    assert result.exit_code in {0, 1}, result.output
    return dict(json.loads(result.stdout))


def test_a_good_library_has_nothing_to_tell(project: Project) -> None:
    found = doctor(project(content=SMALL_LIBRARY))
    lists = (
        "due",
        "soon",
        "stale",
        "pending",
        "untranslated",
        "too_long",
        "base_too_long",
        "drafts",
        "hidden",
        "shrunk",
    )
    assert {key: found[key] for key in lists} == {key: [] for key in lists}
    assert (found["errors"], found["warnings"]) == (0, 0)
    assert found["site"] == {}


def test_versions_are_those_that_build(project: Project) -> None:
    versions = doctor(project(content=SMALL_LIBRARY))["versions"]
    assert set(versions) == {"python", "stufenweise", "mkdocs", "mkdocs-material", "typst"}
    assert all(versions.values())


def test_reviews_that_are_due_or_soon_are_told_apart(project: Project) -> None:
    config = project(content=SMALL_LIBRARY)
    replace_once(content_file(config, "tutorials/first.de.md"), "reviewed: 2026-11-20", "reviewed: 2026-05-23")
    replace_once(content_file(config, "tutorials/second.de.md"), "reviewed: 2026-11-20", "reviewed: 2026-07-01")
    found = doctor(config)
    assert (found["due"], found["soon"]) == (["first"], ["second"])


def test_translations_are_reported_by_their_state(project: Project) -> None:
    config = project(content=SMALL_LIBRARY)
    replace_once(content_file(config, "tutorials/first.de.md"), "Zuerst ansehen.", "Zuerst hinhören.")
    for gone in ("tutorials/third.en.md", "levels/level-1.en.md"):
        (config.parent / "content" / gone).unlink()
    found = doctor(config)
    assert (found["stale"], found["untranslated"]) == (["first"], ["third", "levels/level-1"])


def test_doctor_names_what_is_hidden_or_hard_to_find(project: Project) -> None:
    config = project(content=SMALL_LIBRARY, options="      hide: {tutorials: [second]}\n")
    for language in ("de", "en"):
        small = config.parent / "content" / "programmes" / f"small.{language}.md"
        plan = "sessions: 3\nplan: [{kind: agreement}, {tutorials: [first]}, {tutorials: [second, third]}]\n"
        planned = small.read_text(encoding="utf-8").replace("sessions: 6\n", plan)
        small.with_name(f"planned.{language}.md").write_text(planned, encoding="utf-8")
        first = config.parent / "content" / "tutorials" / f"first.{language}.md"
        (first.with_name(f"alone.{language}.md")).write_text(first.read_text(encoding="utf-8"), encoding="utf-8")
    found = doctor(config)
    assert found["hidden"] == ["second"]
    assert found["shrunk"] == ["planned: second"]
    assert "content/tutorials/first.de.md:34" in found["recommending"]
    assert re.search(r"^  content/tutorials/first\.de\.md:34$", run(config, "doctor").stdout, re.MULTILINE)
    listed = json.loads(run(config, "status", "--format", "json").stdout)
    assert [entry["slug"] for entry in listed if entry["is_hidden"]] == ["second"]
    assert "alone" in found["orphaned"]
    assert "first" not in found["orphaned"]


def test_words_and_contacts_that_are_not_set_are_named(project: Project) -> None:
    own = "      vocabulary: {de: {network: Netz}}\n      contacts: {help_desk: none}\n"
    config = project(content=SMALL_LIBRARY, options=own)
    found = doctor(config)
    assert found["words"] == ["chat", "network (en)"]
    assert found["contacts"] == ["coordinator", "works_council", "guidelines", "data_protection"]


@pytest.mark.build
def test_the_size_of_the_built_site_is_reported(project: Project) -> None:
    config = project(content=SMALL_LIBRARY, handouts=True)
    assert build_project(config).published
    site = doctor(config)["site"]
    assert site["pages"] > 20
    assert site["pdf"] > 10
    assert site["MB"] > 0
    assert len(site["heaviest"]) == 5


@pytest.mark.build
@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        ("de", ["Prüfung fällig: –", "Ansprechstellen fehlen (contacts): 5 (coordinator (Programmkoordination), "]),
        ("en", ["Review due: –", "Contacts missing (contacts): 5 (coordinator (Programme coordination), "]),
    ],
)
def test_doctor_speaks_both_languages(project: Project, lang: str, lines: list[str]) -> None:
    config = project(content=SMALL_LIBRARY)
    before = run(config, "doctor", "--lang", lang)
    assert before.exit_code == 0
    assert all(line in before.stdout for line in lines)
    assert {"de": "Gebaute Website: noch nicht gebaut", "en": "Built site: not built yet"}[lang] in before.stdout
    assert build_project(config).published
    said = run(config, "doctor", "--lang", lang).stdout
    wanted = {
        "de": r"^Gebaute Website: \d+ Seiten, 0 PDF, \d+,\d MB; am größten: \S+ \d+ kB, ",
        "en": r"^Built site: \d+ pages, 0 PDF, \d+\.\d MB; largest: \S+ \d+ kB, ",
    }[lang]
    assert re.search(wanted, said, re.MULTILINE), said


def test_texts_whose_original_in_the_package_has_changed_are_named(company: Project, package: Path) -> None:
    own = {f"tutorials/first.{code}.extend.md": "## X {#local}\n\nText.\n" for code in ("de", "en")}
    config = company(own, ["tutorials/first.de.md", "tutorials/first.en.md"])
    assert doctor(config)["base_changed"] == []
    first = package / "tutorials" / "first.de.md"
    first.write_text(first.read_text(encoding="utf-8").replace("Zuerst ansehen.", "Zuerst hinhören."), "utf-8")
    assert doctor(config)["base_changed"] == ["content/tutorials/first.de.extend.md"]


def test_errors_end_it_with_1(project: Project) -> None:
    config = project(content=SMALL_LIBRARY)
    replace_once(content_file(config, "tutorials/first.de.md"), "level: 1", "level: 9")
    result = run(config, "doctor")
    assert result.exit_code == 1
    assert "To see what is wrong: stufenweise check" in result.stderr


def test_each_part_of_the_report_has_its_line(project: Project) -> None:
    config = project(content=SMALL_LIBRARY)
    report = run(config, "doctor", "--lang", "en").stdout
    headings = [command_text(f"doctor-{name.replace('_', '-')}", "en") for name in doctor(config)]
    assert [line.partition(": ")[0] for line in report.splitlines() if not line.startswith("  ")] == headings
