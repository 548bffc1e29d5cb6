"""A third language: labels in one file, texts one by one, and every fallback is reported."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import run
from conftest import ROOT, build_project, built
from stufenweise.config.label_overrides import completed_labels
from stufenweise.model.paths import ContentPath, ShownPath
from stufenweise.overlay.base_languages import base_in_languages
from stufenweise.source.files.content_files import read_content_files
from stufenweise.source.yaml.front_matter import split_front_matter
from texts import SMALL_LIBRARY

ITALIAN = {
    "# level: Level": "level: Livello",
    "# level_n: Level {n}": "level_n: Livello {n}",
    "  # tutorials: Tutorials": "  tutorials: Tutorial",
}
Project = Callable[..., Path]
TRANSLATED = "Un testo.\n\n- **Do:** Uno.\n- **Ask:** Due?\n- **Watch:** Tre.\n"
"""What stands in the place of each of the source's texts; labels in English say what begins the mentor's words."""


def begun(project: Project) -> Path:
    """Return the mkdocs.yml of a project whose labels in Italian are begun."""
    config = project(content=SMALL_LIBRARY)
    assert run(config, "translate", "labels", "it").exit_code == 0
    labels = config.parent / "labels" / "it.yml"
    text = labels.read_text(encoding="utf-8")
    for english, italian in ITALIAN.items():
        assert text.count(f"\n{english}\n") == 1, english
        text = text.replace(f"\n{english}\n", f"\n{italian}\n")
    labels.write_text(text, encoding="utf-8")
    return config


def with_italian(config: Path) -> Path:
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("languages: [de, en]", "languages: [de, it]"), encoding="utf-8")
    for path in (config.parent / "content").rglob("*.en.md"):
        path.unlink()
    for name in ("glossary.yml", "goals.yml", "vocabulary.yml", "self-check.yml"):
        data = config.parent / "content" / name
        data.write_text(re.sub(r"\ben:", "it:", data.read_text(encoding="utf-8")), encoding="utf-8")
    return config


@pytest.mark.build
def test_a_third_language_is_built_with_its_own_labels(project: Project) -> None:
    config = with_italian(begun(project))
    assert run(config, "translate", "first", "it").exit_code == 0
    first = config.parent / "content" / "tutorials" / "first.it.md"
    text = re.sub(r"<!--.*?-->\n", TRANSLATED, first.read_text(encoding="utf-8"), flags=re.DOTALL)
    first.write_text(text.replace("title: Tutorial first", "title: Primo tutorial"), encoding="utf-8")
    assert run(config, "check", "--reviewed", str(first)).exit_code == 0

    assert build_project(config).published

    page = (config.parent / "site/it/tutorials/first/index.html").read_text(encoding="utf-8")
    assert '<html lang="it"' in page
    assert "Primo tutorial" in page
    assert "Livello 1" in page
    assert "Tutorial" in page
    other = (config.parent / "site/it/tutorials/second/index.html").read_text(encoding="utf-8")
    assert 'class="text" lang="de"' in other
    assert re.search(r'<span class="md-ellipsis" lang="de">\s*Stufe', other), (
        "The navigation says what is German in it."
    )
    assert not re.search(r'<span class="md-ellipsis" lang="de">\s*Livello', other)
    assert "Italiano" in (config.parent / "site/index.html").read_text(encoding="utf-8")


def test_a_missing_translation_is_reported(project: Project) -> None:
    result = run(with_italian(begun(project)), "check")
    assert result.exit_code == 0, result.output
    assert "warning [translation-missing] There is no translation to it." in result.stderr


def test_a_language_without_labels_is_reported_with_the_way_to_them(project: Project) -> None:
    config = with_italian(project(content=SMALL_LIBRARY))
    result = run(config, "check")
    assert result.exit_code == 2
    assert "error [language-without-labels]" in result.stderr
    assert "stufenweise translate labels it" in result.stderr


def test_everything_wrong_with_labels_is_reported_at_its_place(project: Project) -> None:
    config = begun(project)
    labels = config.parent / "labels" / "it.yml"
    text = labels.read_text(encoding="utf-8")
    text = text.replace("level: Livello\n", "").replace("Livello {n}", "Livello {numero}")
    text = text.replace("\nnav:\n", "\nnav:\n  hoem: Inizio\n")
    labels.write_text(f"{text}extra: Nulla\n", encoding="utf-8")
    result = run(with_italian(config), "check")
    assert result.exit_code == 0, "a label of another release never stops a build"
    found = re.findall(r"^labels/it\.yml:(\d+):\d+: warning \[([a-z-]+)\] (.*)$", result.stderr, re.MULTILINE)
    assert sorted(code for _, code, _ in found) == [
        "label-unknown",
        "label-unknown",
        "label-untranslated",
        "label-values",
    ]
    said = " ".join(what for _, _, what in found)
    for part in ("{n}", "hoem", "extra"):
        assert part in said


@pytest.mark.build
def test_labels_that_a_further_language_lacks_are_english_and_counted_once(project: Project) -> None:
    config = with_italian(project(content=SMALL_LIBRARY))
    labels = config.parent / "labels" / "it.yml"
    labels.parent.mkdir()
    labels.write_text("language: Italiano\nlevel_n: Livello {n}\ntutorials: {other: '{n} lezioni'}\n", encoding="utf-8")

    found = run(config, "check").stderr
    assert found.count("[label-untranslated]") == 1
    counted = re.search(r"labels/it\.yml:1:1: warning \[label-untranslated\] (\d+) of (\d+)", found)
    assert counted
    total = int(counted[2])
    assert f"{total - 3} of {total} labels are not in it yet and appear in English: nav.home, nav." in found

    assert build_project(config).published
    page = (config.parent / "site/it/levels/index.html").read_text(encoding="utf-8")
    assert "Livello 1" in page
    assert "1 lezioni" in page
    assert "For coordinators" in page


def test_a_slip_in_a_file_of_labels_is_one_message(project: Project) -> None:
    config = with_italian(begun(project))
    (config.parent / "labels" / "it.yml").write_text("level: [\n", encoding="utf-8")
    result = run(config, "check")
    assert result.exit_code == 2
    assert result.stderr.count(": error [") == 1
    assert "labels/it.yml:" in result.stderr


def test_a_text_is_translated_once_its_language_is_listed_and_the_command_says_so(project: Project) -> None:
    config = project(content=SMALL_LIBRARY)
    result = run(config, "translate", "first", "it")
    assert result.exit_code == 2
    assert "First stufenweise translate labels it; then write languages: [de, en, it]" in result.stderr
    assert run(config, "translate", "labels", "it").exit_code == 0
    result = run(config, "translate", "first", "it")
    assert result.exit_code == 2
    assert "Write languages: [de, en, it] in mkdocs.yml first" in result.stderr


def test_texts_of_an_unlisted_language_are_no_problem(
    project: Project,
) -> None:
    config = project(content=SMALL_LIBRARY)
    content = config.parent / "content"
    for name, text in (("home.fr.md", "---\ntitle: A\n---\n"), ("tutorials/first.fr.md", "Texte")):
        (content / name).write_text(text, encoding="utf-8")
    goals = content / "goals.yml"
    goals.write_text(
        goals.read_text(encoding="utf-8").replace("en: Closeness", "fr: Proximité, en: Closeness"), "utf-8"
    )
    result = run(config, "check", "--strict")
    assert result.exit_code == 0, result.output
    assert json.loads(run(config, "doctor", "--format", "json").stdout)["paused"] == {"fr": 2}


def test_words_of_a_language_that_the_package_lacks_can_be_given_before_a_text_uses_them(project: Project) -> None:
    config = with_italian(begun(project))
    text = config.read_text(encoding="utf-8")
    own = "      vocabulary: {it: {network: {base: rete interna, of: della rete interna}}}\n"
    config.write_text(text.replace("      handouts: false\n", f"      handouts: false\n{own}"), encoding="utf-8")
    vocabulary = config.parent / "content" / "vocabulary.yml"
    vocabulary.write_text(re.sub(r"(?m)^  it:.*\n(?:    .*\n)*", "", vocabulary.read_text(encoding="utf-8")), "utf-8")
    found = run(config, "check")
    assert found.exit_code == 0, found.output
    assert "unused" not in found.stderr


def test_labels_of_one_project_are_not_those_of_the_next(project: Project, tmp_path: Path) -> None:
    from conftest import make_project

    config = with_italian(begun(project))
    assert run(config, "check").exit_code == 0
    assert run(with_italian(make_project(tmp_path / "other", content=SMALL_LIBRARY)), "check").exit_code == 2
    assert run(config, "check").exit_code == 0


@pytest.mark.build
def test_words_of_ones_own_leave_all_others_as_the_package_has_them(project: Project) -> None:
    """Also those beside them in a group."""
    config = project(content=SMALL_LIBRARY)
    (config.parent / "labels").mkdir()
    own = "level_n: Stage {n}\nnav: {tutorials: Lessons}\nminutes: {other: '{n} short minutes'}\n"
    (config.parent / "labels" / "en.yml").write_text(own, encoding="utf-8")
    result = run(config, "check", "--strict")
    assert result.exit_code == 0, result.output
    page = (built(config) / "en/tutorials/first/index.html").read_text(encoding="utf-8")
    for word in ("Stage 1", "Lessons", "20 short minutes", "Levels"):
        assert word in page


@pytest.mark.build
def test_a_company_can_have_other_words_for_a_language_of_the_package(project: Project) -> None:
    config = project(content=SMALL_LIBRARY)
    assert run(config, "translate", "labels", "de").exit_code == 0
    labels = config.parent / "labels" / "de.yml"
    text = labels.read_text(encoding="utf-8")
    labels.write_text(text.replace("# level_n: Stufe {n}", "level_n: Etappe {n}"), encoding="utf-8")
    assert build_project(config).published
    assert "Etappe 1" in (config.parent / "site/de/tutorials/first/index.html").read_text(encoding="utf-8")
    labels.write_text(text.replace("# level_n: Stufe {n}", "level_n: Schritt {n}"), encoding="utf-8")
    assert not build_project(config).unchanged
    labels.write_text(f"{text}\npermalink: Hierher\n", encoding="utf-8")
    assert build_project(config).published
    assert 'title="Hierher"' in (config.parent / "site/de/tutorials/first/index.html").read_text(encoding="utf-8")


OVERLAY = """site_name: Haus
plugins:
  - stufenweise:
      overlay: true
      handouts: false
      languages: [{languages}]
"""


@pytest.mark.build
@pytest.mark.parametrize("languages", ["de", "en", "en, de"])
def test_a_site_has_some_of_the_packages_languages_in_any_order(languages: str, package: Path, tmp_path: Path) -> None:
    config = tmp_path / "company" / "mkdocs.yml"
    config.parent.mkdir()
    config.write_text(OVERLAY.format(languages=languages), encoding="utf-8")
    before = {path: path.read_bytes() for path in package.rglob("*.*")}

    result = run(config, "check", "--strict")
    assert result.exit_code == 0, result.output
    assert build_project(config).published

    codes = languages.split(", ")
    site = config.parent / "site"
    assert {path.name for path in site.iterdir() if path.name in {"de", "en"}} == set(codes)
    for code in codes:
        page = (site / code / "tutorials/first/index.html").read_text(encoding="utf-8")
        assert {"de": "Zuerst ansehen.", "en": "Look first."}[code] in page
        assert {"de": "20 Minuten", "en": "20 minutes"}[code] in page
        assert page.count('type="checkbox"') >= 3
        assert 'class="text" lang=' not in page
    assert {path: path.read_bytes() for path in package.rglob("*.*")} == before


def facts_of(data: bytes) -> dict[str, object]:
    text = split_front_matter(data.decode(), ShownPath("text")).value
    assert text
    assert isinstance(text.front_matter.value, dict)
    return {str(key): value for key, value in text.front_matter.value.items()}


def test_words_of_the_shipped_texts_stay_in_their_language_whichever_is_first() -> None:
    package = read_content_files(ROOT / "content").data
    moved = base_in_languages(package, ("en", "de"))
    for path in ("levels/level-1", "tutorials/find-people"):
        for language in ("de", "en"):
            name = ContentPath(f"{path}.{language}.md")
            old, new = (facts_of(files[name]) for files in (package, moved))
            for key in ("title", "summary", "search", "verb"):
                assert new.get(key) == old.get(key), (name, key)


@pytest.mark.usefixtures("package")
def test_a_text_of_ones_own_has_its_facts_in_the_first_language(tmp_path: Path) -> None:
    config = tmp_path / "company" / "mkdocs.yml"
    guides = config.parent / "content" / "guides"
    guides.mkdir(parents=True)
    config.write_text(OVERLAY.format(languages="en, de"), encoding="utf-8")
    (guides / "house.en.md").write_text(
        "---\ntitle: Our house\nsummary: What goes here.\naudience: mentor\nreviewed: 2026-11-20\n"
        "review_months: 12\n---\n\n## Rooms {#rooms}\n\nSee [the first](../tutorials/first.en.md).\n",
        encoding="utf-8",
    )
    (guides / "hof.de.md").write_text("---\ntitle: Hof\nsummary: Der Hof.\n---\n\n## Hof {#hof}\n\nText.\n", "utf-8")
    found = run(config, "check").stderr
    assert "content/guides/house.en.md:1:1: warning [translation-missing]" in found
    assert "content/guides/hof.de.md" in found


@pytest.mark.build
@pytest.mark.usefixtures("package")
def test_a_language_that_the_package_lacks_is_reported_once_and_its_texts_are_ones_own(tmp_path: Path) -> None:
    config = tmp_path / "company" / "mkdocs.yml"
    (config.parent / "content" / "tutorials").mkdir(parents=True)
    config.write_text(OVERLAY.format(languages="de, en, it"), encoding="utf-8")
    assert run(config, "check").exit_code == 2
    assert run(config, "translate", "labels", "it").exit_code == 0

    found = run(config, "check").stderr
    assert found.count("warning [") == 2
    assert "labels/it.yml:1:1: warning [label-untranslated]" in found
    assert (
        "stufenweise/content:1:1: warning [package-untranslated] Texts of the package without words in it: 7;" in found
    )

    assert run(config, "translate", "first", "it").exit_code == 0
    first = config.parent / "content" / "tutorials" / "first.it.md"
    text = re.sub(r"<!--.*?-->\n", TRANSLATED, first.read_text(encoding="utf-8"), flags=re.DOTALL)
    first.write_text(text.replace("title: Tutorial first", "title: Primo tutorial"), encoding="utf-8")
    assert run(config, "check", "--reviewed", str(first)).exit_code == 0
    assert "without words in it: 6;" in run(config, "check").stderr
    assert build_project(config).published
    assert "Primo tutorial" in (config.parent / "site/it/tutorials/first/index.html").read_text(encoding="utf-8")


def test_gaps_of_a_shipped_language_are_counted_once_and_listed_by_status(package: Path, tmp_path: Path) -> None:
    config = tmp_path / "company" / "mkdocs.yml"
    (config.parent / "content").mkdir(parents=True)
    config.write_text(OVERLAY.format(languages="de, en"), encoding="utf-8")
    for gone in ("tutorials/first.en.md", "levels/level-2.en.md", "home.en.md"):
        (package / gone).unlink()

    found = run(config, "check").stderr
    assert re.findall(r"warning \[([a-z-]+)\]", found) == ["package-untranslated"]
    assert "without words in en: 3; entries of its data files: 0." in found
    said = run(config, "status").stdout
    assert "Not tutorials, MISSING in en: 2 (levels/level-2, home)" in said
    assert "Keine Tutorials, auf en FEHLT: 2 (levels/level-2, home)" in run(config, "status", "--lang", "de").stdout
    untranslated = json.loads(run(config, "doctor", "--format", "json").stdout)["untranslated"]
    assert untranslated == ["first", "levels/level-2", "home"]


@pytest.mark.parametrize("code", ["français", "../x", "FR"])
def test_only_a_language_gets_labels(project: Project, code: str) -> None:
    result = run(project(content=SMALL_LIBRARY), "translate", "labels", code)
    assert result.exit_code == 2
    assert "is no code of a language" in result.stderr


def test_a_language_that_is_begun_is_called_as_it_calls_itself(project: Project) -> None:
    config = project(content=SMALL_LIBRARY)
    assert run(config, "translate", "labels", "pl").exit_code == 0
    begun_labels = (config.parent / "labels" / "pl.yml").read_text(encoding="utf-8")
    assert "\nlanguage: Polski\n" in begun_labels
    assert re.findall(r"(?m)^[a-z_]+: \S.*$", begun_labels) == ["language: Polski"], "All others are comments."
    assert completed_labels("pl", {}).words["language"] == "Polski"


def test_labels_that_are_there_are_left_alone(project: Project) -> None:
    config = begun(project)
    before = (config.parent / "labels" / "it.yml").read_bytes()
    assert run(config, "translate", "labels", "it").exit_code == 2
    assert (config.parent / "labels" / "it.yml").read_bytes() == before
