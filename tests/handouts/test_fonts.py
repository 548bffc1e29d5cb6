"""The fonts of handouts and pages are what tools/fonts.py makes of Source Sans 3, and set the same lines."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "generator" / "stufenweise" / "core" / "fonts"
TOOL = runpy.run_path(str(ROOT / "tools" / "fonts.py"))
STYLES = sorted(TOOL["STYLES"])


@pytest.mark.thorough
@pytest.mark.parametrize("style", STYLES)
def test_a_font_is_what_the_tool_makes(style: str, tmp_path: Path) -> None:
    target = tmp_path / "made.otf"
    TOOL["handout_font"](FONTS / f"SourceSans3-{style}.otf", TOOL["STYLES"][style]).save(target)
    found = FONTS / f"StufenweiseSans-{style}.otf"
    assert found.read_bytes() == target.read_bytes(), "run tools/fonts.py"


@pytest.mark.parametrize("style", STYLES)
def test_letters_are_as_wide_as_before_and_the_reserved_name_is_not_used(style: str) -> None:
    before, after = (TTFont(FONTS / f"{family}-{style}.otf") for family in ("SourceSans3", "StufenweiseSans"))
    letters = after.getBestCmap()
    assert set(map(ord, "AZazÄÖÜäöüßẞéğłőşž0123456789„“‚‘–…€→☐●○✓")) <= set(letters)
    for character, name in letters.items():
        if character != TOOL["BOX"]:
            assert after["hmtx"][name][0] == before["hmtx"][before.getBestCmap()[character]][0]
    shown = {record.toUnicode() for record in after["name"].names if record.nameID in {1, 4, 6, 16}}
    assert all("Source" not in name for name in shown)


def test_pages_have_the_letters_of_paper_in_two_small_files_that_vary_between_the_weights() -> None:
    files = {end: TOOL["WEB_FONTS"] / f"stufenweise-sans{end}.woff2" for end in TOOL["WEB_CHARACTERS"]}
    assert set(map(ord, "AZazÄÖÜäöüß0123456789„“”‚‘’–…€→●○✓·")) <= set(TTFont(files[""]).getBestCmap())
    assert set(map(ord, "ćşłĞẞñ")) <= set(TTFont(files["-more"]).getBestCmap())
    for style, weight in TOOL["WEB_STYLES"].items():
        paper = TTFont(FONTS / f"StufenweiseSans-{style}.otf")
        for file in files.values():
            font = instantiateVariableFont(TTFont(file), {"wght": weight})
            letters = font.getBestCmap()
            assert all(
                font["hmtx"][letters[character]][0] == paper["hmtx"][paper.getBestCmap()[character]][0]
                for character in letters
            )
    assert files[""].stat().st_size <= 12_500


def test_a_browser_is_told_which_letters_are_in_the_second_file() -> None:
    styles = (ROOT / "overrides" / "assets" / "stylesheets" / "fonts.css").read_text(encoding="utf-8")
    told = re.findall(r"unicode-range:\s+([^;]+);", styles)
    short = ",".join(
        re.sub(r"(?<![0-9A-F])0+(?=[0-9A-F])", "", part) for part in TOOL["WEB_CHARACTERS"]["-more"].split(",")
    )
    assert [re.sub(r"\s", "", text) for text in told] == [short]
