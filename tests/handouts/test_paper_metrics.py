"""What Python knows of the printed page is what the templates draw."""

from __future__ import annotations

import io
import json
import re
from functools import cache

import pytest
import typst
from conftest import ROOT
from pypdf import PdfReader
from stufenweise.core.font_files import FONT_FOLDER
from stufenweise.handouts import paper_metrics as metrics
from stufenweise.handouts.document_data import CARDS_PER_PAGE
from stufenweise.handouts.mentor_guide_size import SIZES
from stufenweise.handouts.typeset import TEMPLATES
from stufenweise.handouts.typst_compiler import SHRINKS

IN_TEMPLATES = {
    "page.typ": [
        (metrics.PAGE_WIDTH, r"#let a4 = \(width: (\S+)mm"),
        (metrics.PAGE_HEIGHT, r"#let a4 = \(.*height: (\S+)mm"),
        (metrics.MARGIN_LEFT, r"#let page-margin = \(left: (\S+)mm"),
        (metrics.MARGIN_RIGHT, r"#let page-margin = \(.*right: (\S+)mm"),
        (metrics.MARGIN_TOP, r"#let page-margin = \(.*top: (\S+)mm"),
        (metrics.MARGIN_BOTTOM, r"#let page-margin = \(.*bottom: (\S+)mm"),
        (metrics.LEAST_POINTS, r"#let least-size = (\S+)pt"),
        (metrics.LEAST_POINTS, r"set text\(\s*font: .*size: (\S+)pt, lang: language"),
        (metrics.LEADING_EMS, r"set par\(leading: (\S+)em, spacing"),
        (metrics.PARAGRAPH_GAP_EMS, r"set par\(leading: \S+ spacing: (\S+)em"),
        (metrics.ITEM_GAP_EMS, r"set list\(.*spacing: (\S+)em, marker"),
        (metrics.ITEM_GAP_EMS, r"set enum\(.*spacing: (\S+)em\)"),
        (metrics.STEP_INDENT, r"#let step-indent = (\S+)mm"),
        (metrics.STEP_HEADING_GAP, r"#let step-heading.* below: (\S+)mm"),
        (SHRINKS[1], r"let tried = \(0pt, (\S+)pt, 1pt\)"),
        (SHRINKS[2], r"let tried = \(0pt, 0.5pt, (\S+)pt\)"),
    ],
    "tutorials.typ": [
        (metrics.STEP_COLUMN, r"grid\(columns: \(1fr, (\S+)mm\), column-gutter: \S+mm, upper"),
        (metrics.STEP_GUTTER, r"grid\(columns: \(1fr, \S+mm\), column-gutter: (\S+)mm, upper"),
        (metrics.GUIDE_STEP_GAP, r"for step in t.steps \{\s+v\((\S+)mm\)\s+v\(1fr\)\s+guide-step"),
        (metrics.CLOCK_COLUMN, r"columns: \(1fr, (\S+)mm\), column-gutter: \S+mm,\s+\{\s+set text\(size: size\)"),
        (metrics.CLOCK_GUTTER, r"columns: \(1fr, \S+mm\), column-gutter: (\S+)mm,\s+\{\s+set text\(size: size\)"),
        (metrics.GUIDE_TOP, r"box\(height: (\S+)mm\), \{\s+heading\(level: 2, text\(size: 1.2em\)"),
        (metrics.HALF_GUTTER, r'column-gutter: (\S+)mm,\s+section\(t, "talk"\)'),
    ],
    "markdown_tree.typ": [
        (metrics.WRITING_LINE, r"#let line-gap = (\S+)mm"),
        (metrics.IMAGE_HEIGHT, r"(\d+)mm / size.height"),
    ],
}  # fmt: skip


@cache
def template(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "value", "pattern"), [(name, *pair) for name, pairs in IN_TEMPLATES.items() for pair in pairs]
)
def test_a_measure_is_the_same_in_python_and_in_its_template(name: str, value: float, pattern: str) -> None:
    found = re.findall(pattern, template(name))
    assert [float(number) for number in found] == [value]


def test_the_smallest_sizes_are_those_to_which_type_is_reduced() -> None:
    assert SIZES[-1] == metrics.LEAST_POINTS
    assert SHRINKS[-1] == SIZES[0] - SIZES[-1]


def test_as_many_cards_are_on_a_sheet_as_its_template_places() -> None:
    [places] = re.findall(r"for \(x, y\) in \((.*)\) \{ place", template("programme.typ"))
    assert set(CARDS_PER_PAGE.values()) == {places.count("(")}


def page_size(body: str, width: str = "auto") -> tuple[float, float]:
    """Return width and height in points of a page that is as large as what stands on it, in running text."""
    brand = '(colour: "#000000")'
    source = (
        f'#import "page.typ": *\n#import "tutorials.typ": clock\n#show: setup.with("x", "de", {brand})\n'
        f"#set page(width: {width}, height: auto, margin: 0pt)\n{body}\n"
    )
    compiler = typst.Compiler(root=str(TEMPLATES), font_paths=[str(FONT_FOLDER)], ignore_system_fonts=True)
    pdf = compiler.compile(input=source.encode())
    assert isinstance(pdf, bytes)
    box = PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    return float(box.width), float(box.height)


@pytest.mark.typst
def test_lines_are_as_high_as_type_and_leading() -> None:
    _, one = page_size("Ein")
    _, three = page_size(r"Ein \ Ein \ Ein")
    assert one / metrics.LEAST_POINTS == pytest.approx(metrics.CAP_EMS, abs=0.005)
    line = (three - one) / 2
    assert line / metrics.LEAST_POINTS == pytest.approx(metrics.LINE_EMS, abs=0.005)
    assert 0 <= metrics.LINE_HEIGHT - line * metrics.MILLIMETRES_PER_POINT < 0.1


@pytest.mark.typst
def test_letters_are_a_little_wider_than_those_of_a_shipped_text() -> None:
    text = (ROOT / "content" / "tutorials" / "find-people.de.md").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if len(line) > 100 and not re.search(r"[{}\[\]*]", line)]
    assert sum(map(len, lines)) > 1000
    widths = [page_size(f"#box(width: auto, {json.dumps(line, ensure_ascii=False)})")[0] for line in lines]
    ems = sum(widths) / metrics.LEAST_POINTS / sum(map(len, lines))
    assert ems < metrics.LETTER_EMS < 1.1 * ems
    full_line = 1 / (ems * metrics.LEAST_POINTS * metrics.MILLIMETRES_PER_POINT)
    assert 0.85 * full_line < metrics.LETTERS_PER_MILLIMETRE < full_line


@pytest.mark.typst
def test_a_row_of_the_clock_is_as_high_as_it_is_drawn() -> None:
    def height(rows: int) -> float:
        row = '(span: "0–5", name: "Ein", title: false, left: ())'
        hour = f"(lengths: (), rows: ({row}, ) * {rows})"
        labels = '(clock_time: "Zeit", clock_part: "Teil")'
        return page_size(f"#clock((labels: {labels}), (hour: {hour}))", f"{metrics.CLOCK_COLUMN}mm")[1]

    row = (height(9) - height(4)) / 5 * metrics.MILLIMETRES_PER_POINT
    assert pytest.approx(row, abs=0.1) == metrics.CLOCK_ROW
