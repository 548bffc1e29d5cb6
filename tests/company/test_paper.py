"""The package's sheets in a company's hands: its address, its words and its own lines must not be too much for them."""

from __future__ import annotations

import json
from pathlib import Path

import yaml
from click.testing import CliRunner
from commands import run
from conftest import ROOT

from generator.cli import main

SUFFIX = {"de": " der Nordwind-Gruppe", "en": " of Northwind Group"}
"""Makes each word as long as a company's own can be."""


def test_the_package_fits_on_paper_with_an_address_and_long_words(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["init", "company", str(tmp_path / "ours")]).exit_code == 0
    default = yaml.safe_load((ROOT / "content" / "vocabulary.yml").read_text(encoding="utf-8"))
    words = {
        language: {
            word: {form: f"{text}{suffix}" for form, text in forms[language].items()} for word, forms in default.items()
        }
        for language, suffix in SUFFIX.items()
    }
    config = tmp_path / "ours" / "mkdocs.yml"
    text = config.read_text(encoding="utf-8").replace(
        "      overlay: true\n", f"      overlay: true\n      vocabulary: {json.dumps(words)}\n"
    )
    config.write_text(
        f"site_url: https://intranet.nordwind-gruppe.example.org/lernen/reverse-mentoring/\n{text}", encoding="utf-8"
    )
    result = run(config, "check", "--strict")
    assert result.exit_code == 0, result.output
