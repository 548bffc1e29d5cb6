"""The coordinators' kit: each piece on its page, some as Word documents, and a print set for a number of pairs."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import page
import pytest
from commands import run
from conftest import ROOT, make_project
from day import TODAY
from docx.document import Document
from outloud import check
from pypdf import PdfReader
from stufenweise.config.project import WORK_FOLDER
from stufenweise.config.project_files import read_project_files
from stufenweise.handouts.document_data import HANDED_ON
from stufenweise.handouts.handout import FormHandout, Handout, KitHandout, KitSet, WordDocument
from stufenweise.handouts.handout_list import SET_PAIRS
from stufenweise.handouts.print_handouts import PrintedHandouts, print_handouts
from stufenweise.load.library_builder import build_library
from stufenweise.model.kinds import KIT_SLIDES
from stufenweise.model.library import KitPiece, Library
from stufenweise.stages.content_stages import load_project
from stufenweise.stages.project_stage import open_project
from texts import SMALL_LIBRARY, replace_once

# The kit is printed once, by one process.
pytestmark = [pytest.mark.typst, pytest.mark.xdist_group("kit")]

LANGUAGES = ("de", "en")
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20" fill="#123456"/></svg>'
WORDS = """      vocabulary:
        de: {coordinator: {base: Lernbüro, the: das Lernbüro, The: Das Lernbüro, dative: dem Lernbüro,
             accusative: das Lernbüro, genitive: des Lernbüros}}
        en: {coordinator: {base: learning desk, the: the learning desk, The: The learning desk}}
"""


def project_of(folder: Path, settings: str = "", logo: str = "") -> Path:
    """Write a project with the small library and the whole kit; return its mkdocs.yml."""
    config = make_project(folder, content=SMALL_LIBRARY, options=settings, handouts=True)
    for name in ("kit", "forms"):
        shutil.copytree(ROOT / "content" / name, folder / "content" / name)
    shutil.copy(ROOT / "content" / "vocabulary.yml", folder / "content")
    # The inflected forms of the package's words include their articles.
    for text in (folder / "content").rglob("*.de.md"):
        words = text.read_text(encoding="utf-8").replace(" im {{", " in {{").replace(" beim {{", " bei {{")
        text.write_text(words, encoding="utf-8")
    if logo:
        (folder / "content" / "kit" / "logo.svg").write_text(logo, encoding="utf-8")
        replace_once(config, "theme:\n", "theme:\n  logo: kit/logo.svg\n")
    return config


def library_of(config: Path) -> Library:
    project = open_project(config, TODAY).value
    assert project
    read = load_project(read_project_files(project)).result
    assert not [problem for problem in read.problems if problem.is_error], read.problems
    return build_library(read)


def printed_from(config: Path, *only: str) -> PrintedHandouts:
    """Print the kit and the forms, or some of them."""
    project = open_project(config, TODAY).value
    assert project

    def wanted(handout: Handout) -> bool:
        return handout.name in only if only else isinstance(handout, FormHandout | KitHandout | KitSet | WordDocument)

    return print_handouts(project, library_of(config), select=wanted)


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project_of(tmp_path_factory.mktemp("kit") / "project", logo=LOGO)


@pytest.fixture(scope="module")
def kit(config: Path) -> PrintedHandouts:
    return printed_from(config)


@pytest.fixture(scope="module")
def pieces(config: Path) -> tuple[KitPiece, ...]:
    return library_of(config).kit


def file_of(printed: PrintedHandouts, name: str, language: str = "de") -> bytes:
    return next(
        sheet.read() for sheet in printed.handouts if (sheet.handout.name, sheet.handout.language) == (name, language)
    )


def word(printed: PrintedHandouts, slug: str, language: str = "de") -> Document:
    return docx.Document(io.BytesIO(file_of(printed, f"kit-{slug}.docx", language)))


def words_of(document: Document) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


# Sheets


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_piece_has_its_sheet_of_one_page_and_the_slides_have_one_each(
    language: str, kit: PrintedHandouts, pieces: tuple[KitPiece, ...]
) -> None:
    assert kit.problems == ()
    assert len(pieces) >= 14
    for piece in pieces:
        pages = len(PdfReader(io.BytesIO(file_of(kit, f"kit-{piece.slug}", language))).pages)
        sections = len(piece.text(language).sections)
        assert pages == {"slides": sections, "pages": pages}.get(piece.facts.layout, 1), piece.slug
        if piece.facts.layout == "slides":
            assert sections <= KIT_SLIDES


@pytest.mark.parametrize("language", LANGUAGES)
def test_pieces_for_others_do_not_tell_their_purpose(
    language: str, kit: PrintedHandouts, pieces: tuple[KitPiece, ...]
) -> None:
    handed_on = {piece.slug for piece in pieces if piece.facts.layout in HANDED_ON}
    assert handed_on == {"invitation-leaders", "invitation-mentors", "for-managers", "open-call", "certificate"}
    for piece in pieces:
        if piece.facts.layout in HANDED_ON or piece.facts.layout == "text":
            pdf = PdfReader(io.BytesIO(file_of(kit, f"kit-{piece.slug}", language))).pages[0].extract_text()
            summary = piece.text(language).summary.split()[:3]
            printed = " ".join(pdf.split()), *([words_of(word(kit, piece.slug, language))] if piece.facts.word else [])
            assert all((" ".join(summary) in text) == (piece.slug not in handed_on) for text in printed), piece.slug


def test_a_piece_that_is_too_long_for_its_page_is_reported(tmp_path: Path) -> None:
    config = project_of(tmp_path / "p")
    file = config.parent / "content" / "kit" / "certificate.de.md"
    file.write_text(file.read_text(encoding="utf-8") + "\nEin Absatz.\n" * 80, encoding="utf-8")
    printed = printed_from(config, "kit-certificate", "kit-set")
    assert [(problem.code, problem.place.file) for problem in printed.problems] == [
        ("handout-overflow", "content/kit/certificate.de.md")
    ]


def test_both_checkers_find_nothing_in_a_sheet_with_a_logo(kit: PrintedHandouts, tmp_path: Path) -> None:
    """Those without one are checked as they are built, in test_standards.py."""
    file = tmp_path / "certificate.pdf"
    file.write_bytes(file_of(kit, "kit-certificate"))
    report = page.validate_pdf(file, profile=page.ValidationProfile.PDF_UA_1)
    assert report.is_compliant, [failure.message for failure in report.failures]
    assert not [finding.message for finding in check(str(file)).findings if finding.severity in {"error", "warning"}]


def test_the_counting_sheet_stops_below_five_and_has_rows_for_groups_only(kit: PrintedHandouts) -> None:
    for language, stop in (("de", "Weniger als fünf: hier aufhören."), ("en", "Fewer than five: stop here.")):
        text = PdfReader(io.BytesIO(file_of(kit, "kit-counting-sheet", language))).pages[0].extract_text()
        assert stop in " ".join(text.split())


# The set


def set_pages(library: Library, pairs: int) -> int:
    """Return the pages of a set: its cover, and each sheet as often as so many pairs need it."""
    wanted = {form.slug: form.facts.per_pair for form in library.forms}
    wanted |= {piece.slug: piece.facts.per_pair for piece in library.kit}
    on_a_sheet = {"pocket-card": 4, "leader-card": 4}
    return 1 + sum(-(-count * pairs // on_a_sheet.get(slug, 1)) for slug, count in wanted.items())


def test_the_set_has_each_sheet_as_often_as_ten_pairs_need_it(kit: PrintedHandouts, config: Path) -> None:
    found = PdfReader(io.BytesIO(file_of(kit, "kit-set")))
    texts = [sheet.extract_text() for sheet in found.pages]
    assert len(texts) == set_pages(library_of(config), SET_PAIRS)
    assert sum(text.startswith("Unsere Vereinbarung") for text in texts) == 2 * SET_PAIRS
    assert sum(text.startswith("Rückmeldung der Führungskräfte") for text in texts) == 2 * SET_PAIRS
    assert len([entry for entry in found.outline if not isinstance(entry, list)]) < len(texts) / 4


def test_another_number_of_pairs_is_printed_by_the_command(config: Path, tmp_path: Path) -> None:
    done = run(config, "handouts", "--pairs", "3", "--language", "en", "-o", str(tmp_path / "out"))
    assert done.exit_code == 0, done.output
    assert [path.name for path in (tmp_path / "out").rglob("*.*")] == ["kit-set-3.pdf"]
    found = PdfReader(tmp_path / "out" / "en" / "kit-set-3.pdf")
    assert len(found.pages) == set_pages(library_of(config), 3)
    assert "Set for 3 pairs" in found.pages[0].extract_text()
    run(config, "handouts", "--pairs", "2", "--language", "en", "-o", str(tmp_path / "out"))
    cached = {path.name.partition(".")[0] for path in (config.parent / WORK_FOLDER / "handouts" / "en").glob("*-set-*")}
    assert cached == {"kit-set-2"}


# Word


@pytest.mark.parametrize("language", LANGUAGES)
def test_pieces_that_companies_adapt_are_word_documents_too(
    language: str, kit: PrintedHandouts, pieces: tuple[KitPiece, ...]
) -> None:
    offered = [piece for piece in pieces if piece.facts.word]
    names = {"board-page", "works-council-page", "invitation-leaders", "invitation-mentors", "for-managers"}
    assert {piece.slug for piece in offered} == names | {"open-call", "certificate", "data-protection", "accessibility"}
    for piece in offered:
        document, text = word(kit, piece.slug, language), piece.text(language)
        styled = [(paragraph.style, paragraph.text) for paragraph in document.paragraphs]
        headings = [told for style, told in styled if style and (style.name or "").startswith("Heading")]
        assert headings == [text.title, *(section.heading for section in text.sections.values())]
        assert document.core_properties.title == text.title
        assert document.core_properties.language == language
        assert "{{" not in words_of(document)
        for table in document.tables:
            assert "tblHeader" in table.rows[0]._tr.xml


def test_the_kit_has_the_companys_words_and_logo(tmp_path: Path) -> None:
    printed = printed_from(
        project_of(tmp_path / "p", WORDS, LOGO), "kit-invitation-leaders.docx", "kit-certificate.docx"
    )
    assert "an das Lernbüro" in words_of(word(printed, "invitation-leaders"))
    assert "the learning desk" in words_of(word(printed, "invitation-leaders", "en"))
    header = word(printed, "certificate").sections[0].header
    pictures = [part.blob for part in header.part.related_parts.values() if part.content_type == "image/png"]
    assert [blob[:4] for blob in pictures] == [b"\x89PNG"]
    assert 'descr="Stufenweise"' in header._element.xml


def test_without_a_logo_it_has_the_companys_name(tmp_path: Path) -> None:
    printed = printed_from(project_of(tmp_path / "p"), "kit-certificate.docx")
    assert word(printed, "certificate").sections[0].header.paragraphs[0].text == "Stufenweise"


def test_logos_are_drawn_where_time_and_memory_are_limited(tmp_path: Path) -> None:
    config = project_of(tmp_path / "p", logo=LOGO)
    code = (
        "import sys; from stufenweise.cli import main\n"
        f"try: main(['handouts', '-f', {str(config)!r}, '-o', {str(tmp_path / 'out')!r}])\n"
        "finally: print('typst' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"


def test_the_same_text_gives_the_same_word_document_whatever_the_clock_says(
    kit: PrintedHandouts, tmp_path: Path
) -> None:
    other = project_of(tmp_path / "other", logo=LOGO)
    environ = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "SOURCE_DATE_EPOCH": "1800000000"}
    out = tmp_path / "out"
    command = [sys.executable, "-m", "stufenweise", "handouts", "-f", str(other), "-o", str(out)]
    subprocess.run(command, check=True, env=environ, capture_output=True)
    files = sorted(out.rglob("*.docx"))
    assert files
    for path in files:
        expected = file_of(kit, path.name, path.parent.name)
        assert hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256(expected).digest(), path.name
        assert {entry.date_time[0] for entry in zipfile.ZipFile(path).infolist()} == {1980}


def test_unchanged_word_documents_are_not_made_again(kit: PrintedHandouts, config: Path) -> None:
    again = printed_from(config)
    assert len(again.handouts) == len(kit.handouts)
    assert all(handout.from_cache for handout in again.handouts)
