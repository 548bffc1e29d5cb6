"""Two independent checkers accept every PDF as PDF/UA-1; bytes do not depend on the day."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import page
import pytest
from conftest import make_project
from outloud import check
from stufenweise.handouts.print_handouts import PrintedHandouts
from texts import SMALL_LIBRARY

from .conftest import fewer_books

pytestmark = pytest.mark.typst


def test_page_validation_finds_nothing_in_any_handout(handouts: Path) -> None:
    files = sorted(handouts.glob("*/handouts/*.pdf"))
    assert len(files) > 40
    for file in files:
        report = page.validate_pdf(file, profile=page.ValidationProfile.PDF_UA_1)
        assert report.is_compliant, (file.name, [failure.message for failure in report.failures])


def of_each_kind(site: Path) -> list[Path]:
    """Return the handouts in one language: the kit, the forms, one book and some sheets of each kind."""
    files = fewer_books(site)
    sheets = [file for file in files if re.fullmatch(r"(?!kit-).*-(mentee|mentor)", file.stem)]
    assert len(sheets) > 90
    return [file for file in files if file not in sheets] + sheets[::12] + sheets[1::12]


@pytest.mark.parametrize("language", ["de", "en"])
def test_outloud_finds_nothing_in_a_handout_of_any_kind(language: str, handouts: Path) -> None:
    """It takes five times as long as the other checker, which reads all of them."""
    for file in of_each_kind(handouts / language):
        result = check(str(file))
        found = [
            (finding.rule, finding.message) for finding in result.findings if finding.severity in {"error", "warning"}
        ]
        if file.name.endswith(("kit-set.pdf", "-sheets.pdf")):
            # The set has each sheet as often as ten pairs need it, and a programme many of one level: lines come again.
            found = [finding for finding in found if finding[0] != "PAG-001"]
        assert not found, (file.name, found)


def test_both_checkers_can_find_something(tmp_path: Path) -> None:
    """A PDF without tags is refused by both: their silence means something."""
    import typst

    source = tmp_path / "plain.typ"
    source.write_text("= Title\nText without tags.", encoding="utf-8")
    file = tmp_path / "plain.pdf"
    typst.compile(str(source), output=str(file), pdf_tags=False)
    assert not page.validate_pdf(file, profile=page.ValidationProfile.PDF_UA_1).is_compliant
    assert check(str(file)).errors


def test_clock_and_hash_seed_leave_no_trace(
    tmp_path: Path, printed: Callable[..., tuple[PrintedHandouts, Path]]
) -> None:
    here, _ = printed()
    assert here.handouts
    assert not here.problems
    config = make_project(tmp_path / "other", content=SMALL_LIBRARY, handouts=True)
    environ = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "SOURCE_DATE_EPOCH": "1800000000"}
    out = tmp_path / "out"
    command = [sys.executable, "-m", "stufenweise", "handouts", "-f", str(config), "-o", str(out)]
    subprocess.run(command, check=True, env=environ, capture_output=True)
    for sheet in here.handouts:
        assert (out / sheet.handout.language / f"{sheet.handout.name}.pdf").read_bytes() == sheet.file.read_bytes()
