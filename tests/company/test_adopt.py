"""`adopt` copies a text of the package into the project, in every language, recorded, and never twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from commands import run

Company = Callable[..., Path]


def test_a_text_is_adopted_in_each_language_and_noted_as_compared(company: Company, package: Path) -> None:
    config = company({}, [])
    content = config.parent / "content"
    result = run(config, "adopt", "first")
    assert result.exit_code == 0, result.output
    for language in ("de", "en"):
        path = f"tutorials/first.{language}.md"
        assert (content / path).read_bytes() == (package / path).read_bytes()
        assert (content / ".base" / path).read_bytes() == (package / path).read_bytes()
        assert f"content/{path}" in result.stdout
    assert "warning [" not in run(config, "check").stderr
    assert run(config, "adopt", "first").exit_code == 2
    source = package / "tutorials" / "first.de.md"
    source.write_text(source.read_text(encoding="utf-8").replace("Zuerst ansehen.", "Zuerst hinhören."), "utf-8")
    assert "content/tutorials/first.de.md" in run(config, "check").stderr
    assert "[base-changed]" in run(config, "check").stderr


def test_only_texts_of_the_package_can_be_adopted(company: Company) -> None:
    result = run(company({}, []), "adopt", "frist")
    assert result.exit_code == 2
    assert "Did you mean first?" in result.stderr


def test_a_new_tutorial_with_the_name_of_one_of_the_package_leads_to_adopt(company: Company) -> None:
    result = run(company({}, []), "new", "tutorial", "first")
    assert result.exit_code == 2
    assert "stufenweise adopt first" in result.stderr


def test_the_translation_of_ones_own_version_begins_with_the_packages_words(company: Company, package: Path) -> None:
    config = company({"tutorials/first.de.md": "copy"}, ["tutorials/first.de.md"])
    result = run(config, "translate", "first", "en")
    assert result.exit_code == 0, result.output
    text = (config.parent / "content" / "tutorials" / "first.en.md").read_text(encoding="utf-8")
    assert "translates: pending" in text
    assert "Look first." in text
    assert "<!--" not in text
    noted = config.parent / "content" / ".base" / "tutorials" / "first.en.md"
    assert noted.read_bytes() == (package / "tutorials" / "first.en.md").read_bytes()


def test_reviewed_takes_several_files(company: Company) -> None:
    config = company({"tutorials/first.de.md": "copy", "tutorials/second.de.md": "copy"}, [])
    content = config.parent / "content"
    files = [str(content / "tutorials" / f"{name}.de.md") for name in ("first", "second")]
    assert run(config, "check", "--reviewed", *files).exit_code == 0
    assert {path.name for path in (content / ".base" / "tutorials").iterdir()} == {"first.de.md", "second.de.md"}
