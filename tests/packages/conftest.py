"""Packages of a small library, made once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from commands import ENVIRON
from conftest import ROOT, make_project

from generator.cli import main

LIBRARY = ROOT / "tests" / "library" / "content"
OPTIONS = '      contacts: {help_desk: none}\n      feedback: "mailto:team@example.org"\n'


@pytest.fixture(scope="session")
def project_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the mkdocs.yml of a project with a plan in its programme."""
    config = make_project(tmp_path_factory.mktemp("packages") / "project", content=LIBRARY, paper=True)
    text = config.read_text(encoding="utf-8").replace("site_name: Stufenweise", "site_name: 'Haus: Süd & Nord'")
    config.write_text(
        text.replace("      languages: [de, en]\n", f"      languages: [de, en]\n{OPTIONS}"), encoding="utf-8"
    )
    programme = config.parent / "content" / "programmes" / "small.de.md"
    text = programme.read_text(encoding="utf-8")
    plan = "sessions: 2\nplan:\n  - {kind: agreement}\n  - {tutorials: [second, first]}\n  - {kind: close}\n"
    programme.write_text(text.replace("sessions: 6\n", plan), encoding="utf-8")
    return config


def package(config: Path, output: Path, *arguments: str) -> list[Path]:
    """Make packages and return them."""
    command = ["package", *arguments, "-f", str(config), "-o", str(output)]
    result = CliRunner().invoke(main, command, env={**os.environ, **ENVIRON})
    assert result.exit_code == 0, result.output
    return sorted(output.iterdir())
