"""One file a case in `builder_logs/`: what a builder printed, and the warnings and errors in it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from stufenweise.render.builder_log import builder_messages, without_escapes

CASES = sorted(Path(__file__).with_name("builder_logs").glob("*.yml"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_complaints_are_found(case: Path) -> None:
    expected = yaml.safe_load(case.read_text(encoding="utf-8"))
    found = builder_messages(expected["log"])
    assert list(found.warnings) == expected["warnings"]
    assert list(found.errors) == expected["errors"]


def test_there_are_cases() -> None:
    assert len(CASES) >= 8


def test_escape_sequences_go() -> None:
    assert without_escapes("\x1b[38;5;246m╭\x1b[0m\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x07\r\n") == "╭link\n"
