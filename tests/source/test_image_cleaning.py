"""Metadata of cameras and drawing programs about people and places never reach the site."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image, PngImagePlugin
from stufenweise.check.media.image_rules import image_file_problems
from stufenweise.model.paths import ShownPath
from stufenweise.source.images.cleaned_image import CleanedImage
from stufenweise.source.images.image_cleaning import clean_image
from stufenweise.source.images.image_metadata import without_metadata
from stufenweise.source.images.svg_cleaning import clean_drawing

DRAWINGS = yaml.safe_load(Path(__file__).with_name("drawings.yml").read_text(encoding="utf-8"))
TURNED, MAKER, PLACE, NORTH = 0x0112, 0x010F, 0x8825, 2


def picture(form: str, turned: int = 6, **options: Any) -> bytes:
    """Return a picture as a telephone takes it."""
    image = Image.linear_gradient("L").resize((60, 40)).convert("RGB")
    exif = image.getexif()
    exif[TURNED], exif[MAKER] = turned, "Telefon von M. Vogel"
    exif.get_ifd(PLACE)[NORTH] = (48.0, 23.0, 54.0)
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", "M. Vogel")
    options |= {"pnginfo": texts} if form == "PNG" else {}
    data = io.BytesIO()
    image.save(data, form, exif=exif, comment=b"M. Vogel", **options)
    return data.getvalue() + b"M. Vogel"


@pytest.mark.parametrize(
    ("form", "options"),
    [("JPEG", {}), ("JPEG", {"progressive": True}), ("PNG", {}), ("WEBP", {}), ("WEBP", {"lossless": True})],
)
def test_place_and_names_go_and_the_look_stays(form: str, options: dict[str, Any]) -> None:
    before = picture(form, **options)
    cleaned = without_metadata(before)
    after = cleaned.data
    assert {"Exif", "GPS", "+ 8 B"} <= {*cleaned.left_out}
    assert b"Vogel" in before
    assert b"Vogel" not in after
    shown = Image.open(io.BytesIO(after))
    assert shown.tobytes() == Image.open(io.BytesIO(before)).tobytes()
    assert dict(shown.getexif()) == {TURNED: 6}
    assert without_metadata(after) == CleanedImage(after)


def test_a_broken_picture_stays_as_it_is() -> None:
    for form in ("JPEG", "PNG", "WEBP"):
        whole = picture(form)
        for end in range(0, len(whole), 97):
            without_metadata(whole[:end])
    cut = b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffabcd"
    assert without_metadata(cut) == CleanedImage(cut)


@pytest.mark.parametrize("row", DRAWINGS, ids=[row["name"] for row in DRAWINGS])
def test_an_exported_drawing_is_shown_or_the_way_out_of_its_program_is_reported(row: dict[str, Any]) -> None:
    before = row["drawing"].encode()
    cleaned = clean_image("a.svg", before)
    after = cleaned.data
    assert [*cleaned.left_out] == row["left"]
    assert b"vogel" not in after
    problems = [
        (problem.code, problem.message_values) for problem in image_file_problems(ShownPath("a.svg"), after, before)
    ]
    assert [code for code, _ in problems] == ([row["refused"]] if "refused" in row else [])
    assert all(values[row["program"]] for _, values in problems)
    assert clean_drawing(after) == CleanedImage(after)


@pytest.mark.parametrize(
    "inside",
    [
        "<switch>" * 50_000 + "</switch>" * 50_000,
        "<style>" + ".a{x:y}" * 60_000 + "</style>" + "<g class='a'/>" * 15_000,
        "<style>" + " " * 900_000 + "</style>",
        "<g style='" + "light-dark(a," * 60_000 + "'/>",
        "<metadata/>" * 19_000,
    ],
    ids=["deep", "rules", "spaces", "schemes", "many"],
)
def test_a_drawing_made_to_cost_much_is_read_in_bounded_time(inside: str) -> None:
    data = f"<svg xmlns='http://www.w3.org/2000/svg'><!-- a -->{inside}</svg>".encode()
    assert len(clean_drawing(data).data) <= len(data) + 100


@pytest.mark.parametrize(
    ("sheets", "style"),
    [
        ([".b{fill:blue}.c{fill:green}"], "fill:blue;fill:green"),
        ([".b{fill:blue}", ".c{fill:green}"], "fill:blue;fill:green"),
        ([".c{fill:green}", ".b{fill:blue}"], "fill:green;fill:blue"),
        ([".a{x:y}.c{fill:green}", ".b{fill:blue}.a{x:z}"], "fill:green;fill:blue"),
    ],
    ids=["one", "two", "two-turned", "uneven"],
)
def test_rules_of_classes_apply_in_the_order_of_all_style_sheets(sheets: list[str], style: str) -> None:
    styles = "".join(f"<style>{sheet}</style>" for sheet in sheets)
    drawing = f"<svg xmlns='http://www.w3.org/2000/svg'>{styles}<path class='b c' d='M0 0h9'/></svg>"
    assert f'style="{style}"' in clean_drawing(drawing.encode()).data.decode()


def test_a_style_sheet_deep_in_a_drawing_comes_before_later_ones() -> None:
    styles = "<defs><style>.c{fill:green}</style></defs><style>.b{fill:blue}</style>"
    drawing = f"<svg xmlns='http://www.w3.org/2000/svg'>{styles}<path class='b c' d='M0 0h9'/></svg>"
    assert 'style="fill:green;fill:blue"' in clean_drawing(drawing.encode()).data.decode()
