"""The package's handouts with a company's address, vocabulary and extensions: they fit, or a problem says where not."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from commands import run
from conftest import LANGUAGES_OPTION, ROOT
from stufenweise.cli import main
from texts import replace_once

SUFFIX = {"de": " der Nordwind-Gruppe", "en": " of Northwind Group"}
"""Makes each word as long as a company's own can be."""


def begun(folder: Path, words: Mapping[str, object]) -> Path:
    """Return the mkdocs.yml of a company's project as it is begun, with words of its own."""
    assert CliRunner().invoke(main, ["init", "company", str(folder)]).exit_code == 0
    config = folder / "mkdocs.yml"
    own = f"      vocabulary: {json.dumps(words)}\n"
    text = config.read_text(encoding="utf-8").replace("      overlay: true\n", f"      overlay: true\n{own}")
    config.write_text(
        f"site_url: https://intranet.nordwind-gruppe.example.org/lernen/reverse-mentoring/\n{text}", encoding="utf-8"
    )
    return config


def only_level_1_in_german(config: Path) -> Path:
    """Leave out what a test does not need: printing everything takes long."""
    replace_once(config, LANGUAGES_OPTION, "      languages: [de]\n      hide: {levels: [2, 3, 4, 5]}\n")
    for path in (config.parent / "content").rglob("*.en.*"):
        path.unlink()
    return config


@pytest.mark.typst
def test_the_packages_handouts_fit_with_an_address_a_wide_logo_and_long_words(tmp_path: Path) -> None:
    default = yaml.safe_load((ROOT / "content" / "vocabulary.yml").read_text(encoding="utf-8"))
    words = {
        language: {
            word: {form: f"{text}{suffix}" for form, text in forms[language].items()} for word, forms in default.items()
        }
        for language, suffix in SUFFIX.items()
    }
    config = begun(tmp_path / "ours", words)
    logo = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 100"><path d="M0 0h400v100H0z"/></svg>'
    (config.parent / "theme" / "logo.svg").write_text(logo, encoding="utf-8")
    result = run(config, "check", "--strict")
    assert result.exit_code == 0, result.output


@pytest.mark.typst
def test_a_handout_of_the_package_that_the_companys_words_make_too_long_stops_no_build(tmp_path: Path) -> None:
    default = yaml.safe_load((ROOT / "content" / "vocabulary.yml").read_text(encoding="utf-8"))["platform"]["de"]
    long = dict.fromkeys(default, " ".join(["Unternehmenskommunikation"] * 11))
    config = only_level_1_in_german(begun(tmp_path / "ours", {"de": {"platform": long}}))
    result = run(config, "check")
    assert result.exit_code == 0, result.output
    assert re.search(
        r"stufenweise/content/tutorials/[a-z-]+\.de\.md:\d+:1: warning \[handout-overflow-base\]", result.stderr
    )
    assert run(config, "check", "--strict").exit_code == 1
    assert len(json.loads(run(config, "doctor", "--format", "json").stdout)["base_too_long"]) > 1


@pytest.mark.typst
def test_an_extension_that_makes_a_handout_too_long_is_reported_at_its_file(tmp_path: Path) -> None:
    config = only_level_1_in_german(begun(tmp_path / "ours", {}))
    extension = tmp_path / "ours" / "content" / "tutorials" / "find-people.de.extend.md"
    extension.write_text("## Bei uns {#local}\n\n" + "Ein Absatz.\n\n" * 40, encoding="utf-8")
    result = run(config, "check")
    assert result.exit_code == 0, result.output
    said = "content/tutorials/find-people.de.extend.md:1:1: warning [handout-overflow]"
    assert said in result.stderr
    printed = run(config, "handouts", "find-people", "-o", str(tmp_path / "paper"))
    assert printed.exit_code == 0, printed.output
    assert said in printed.stderr
