"""Write a kit document as an editable DOCX with the company's words and logo.

Real headings, lists and tables with a header row make it accessible and easy to restyle. The same text gives the same
bytes: the archive is rewritten with a fixed time.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from stufenweise.core.zip_archive import DOCUMENT_PARTS, zip_archive
from stufenweise.handouts.document_data import document_data
from stufenweise.handouts.handout_branding import HandoutBranding
from stufenweise.handouts.paper_metrics import PAGE_HEIGHT, PAGE_WIDTH
from stufenweise.handouts.tree_nodes import Node, Nodes, elements, table_cells
from stufenweise.handouts.typeset_pool import PRINTERS
from stufenweise.model.library import KitPiece

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

FONT = "Calibri"
"""A font that Word has on every system; the site's own font would have to be installed first."""
BLANK = "_" * 40
"""A line to write on, made of underscores."""
TEXT_POINTS = 11
HEADING_POINTS: Mapping[int, int] = {1: 20, 2: 13}
"""Type sizes of headings by their level."""
LOGO_MILLIMETRES = 12
SIDE_MILLIMETRES, TOP_MILLIMETRES = 25, 22
"""Margins at the left and right, and at the top and bottom."""
_LISTS: Mapping[str, str] = {"ul": "List Bullet", "ol": "List Number"}


def word_document(branding: HandoutBranding, piece: KitPiece) -> bytes:
    """Return a piece of the kit as a Word document in the language of the branding."""
    import docx  # Imported late: it takes longer than most commands

    data = document_data(branding, piece)
    document = docx.Document()
    _set_properties(document, branding, piece)
    _set_styles(document, branding, piece.text(branding.language).language)
    _set_page(document, branding)
    document.add_heading(data["title"], level=1)
    for line in data["summary"]:
        document.add_paragraph(line).runs[0].italic = True
    for section in data["sections"]:
        _inline(document.add_heading(level=2), section["heading"])
        _blocks(document, section["body"])
    return _same_bytes(document)


def _set_properties(document: Document, branding: HandoutBranding, piece: KitPiece) -> None:
    """Set title, author, language and dates: the same text has the same dates."""
    text = piece.text(branding.language)
    day = datetime.combine(piece.facts.reviewed, time(), UTC).replace(tzinfo=None)
    about = document.core_properties
    about.title, about.author, about.language = text.title, branding.name, text.language
    about.created = about.modified = day
    about.last_modified_by, about.comments = branding.name, ""


def _set_styles(document: Document, branding: HandoutBranding, language: str) -> None:
    """Set fonts, sizes and colours of text and headings, and the language for the spelling checker."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(TEXT_POINTS)
    marks = normal.element.get_or_add_rPr()
    marks.append(marks.makeelement(qn("w:lang"), {qn("w:val"): language, qn("w:eastAsia"): language}))
    for level, points in HEADING_POINTS.items():
        heading = document.styles[f"Heading {level}"]
        heading.font.name, heading.font.size = FONT, Pt(points)
        heading.font.color.rgb = RGBColor.from_string(branding.colour.lstrip("#").upper())
        heading.element.get_or_add_rPr().rFonts.set(qn("w:asciiTheme"), "")
        for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            heading.element.rPr.rFonts.attrib.pop(qn(f"w:{name}"), None)


def _set_page(document: Document, branding: HandoutBranding) -> None:
    """Set size and margins of the page, and put the company's logo or name at its head."""
    from docx.shared import Mm

    page = document.sections[0]
    page.page_width, page.page_height = Mm(PAGE_WIDTH), Mm(PAGE_HEIGHT)
    page.left_margin = page.right_margin = Mm(SIDE_MILLIMETRES)
    page.top_margin = page.bottom_margin = Mm(TOP_MILLIMETRES)
    head = page.header.paragraphs[0]
    if picture := _logo(branding):
        shape = head.add_run().add_picture(io.BytesIO(picture), height=Mm(LOGO_MILLIMETRES))
        shape._inline.docPr.set("descr", branding.name)
    else:
        head.add_run(branding.name)


def _logo(branding: HandoutBranding) -> bytes:
    """Return the company's logo as a picture that Word supports; empty if it has no logo."""
    drawing = branding.logo.lstrip(b"\xef\xbb\xbf \t\r\n")
    return PRINTERS.drawn_as_png(branding.logo) if drawing.startswith(b"<") else branding.logo


def _blocks(document: Document, nodes: Nodes) -> None:
    """Add paragraphs, lists, quotations, tables, and places to write in."""
    for node in elements(nodes):
        kind = node["kind"]
        if kind in _LISTS:
            for item in elements(node["children"]):
                _inline(document.add_paragraph(style=_LISTS[kind]), item["children"])
        elif kind in {"quote", "box"}:
            for inner in elements(node["children"]):
                _inline(document.add_paragraph(style="Intense Quote"), inner["children"])
        elif kind == "table":
            _table(document, table_cells(node))
        elif kind == "grid":
            _table(document, node["rows"])
        elif kind == "fields":
            for child in elements(node["children"]):
                _field(document, child)
        else:
            _inline(document.add_paragraph(style="Heading 3" if kind == "h3" else None), node["children"])


def _field(document: Document, field: Node) -> None:
    """Add a label with its lines to write on."""
    paragraph = document.add_paragraph()
    _inline(paragraph, field["children"])
    paragraph.add_run(f" {BLANK}")
    for _ in range(field["lines"] - 1):
        document.add_paragraph(BLANK * 2)


def _table(document: Document, rows: Sequence[Sequence[Nodes]]) -> None:
    """Add a table whose first row is its head, repeated on each page."""
    from docx.oxml.ns import qn

    table = document.add_table(rows=len(rows), cols=max(len(row) for row in rows), style="Table Grid")
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            _inline(table.cell(y, x).paragraphs[0], cell, bold=y == 0)
    marks = table.rows[0]._tr.get_or_add_trPr()
    marks.append(marks.makeelement(qn("w:tblHeader"), {}))
    document.add_paragraph()


def _inline(paragraph: Paragraph, nodes: Nodes, *, bold: bool = False, italic: bool = False) -> None:
    """Add formatted text; a link becomes its text, followed by the address if it leads to another site."""
    for node in nodes:
        if isinstance(node, str):
            run: Run = paragraph.add_run(node)
            run.bold, run.italic = bold or None, italic or None
        elif node["kind"] == "break":
            paragraph.add_run().add_break()
        else:
            kind = node["kind"]
            _inline(paragraph, node["children"], bold=bold or kind == "strong", italic=italic or kind == "em")
            if kind == "link" and node.get("href") and node.get("shown"):
                paragraph.add_run(f" ({node['href']})")


def _same_bytes(document: Document) -> bytes:
    """Return the reproducible bytes of a document."""
    saved = io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as parts:
        return zip_archive({name: parts.read(name) for name in parts.namelist()}, DOCUMENT_PARTS)
