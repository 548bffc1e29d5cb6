"""Markdown is printed with its meaning; whatever can't be printed is reported at its position."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from day import TODAY
from stufenweise.config.project_files import read_project_files
from stufenweise.handouts.glyph_fallbacks import TypesetPdf
from stufenweise.handouts.markdown_tree import INLINE, LinkContext, html_tree, markdown_tree
from stufenweise.handouts.print_handouts import PrintedHandouts
from stufenweise.handouts.tree_nodes import Node, plain_text
from stufenweise.handouts.typeset import TEMPLATES
from stufenweise.handouts.typeset_pool import TypesetJob, TypesetPool
from stufenweise.source.markdown.html_policy import AUTHOR
from stufenweise.stages.content_stages import check_content, load_project
from stufenweise.stages.handout_stages import print_content
from stufenweise.stages.project_stage import open_project

from .conftest import codes, pdf, text_of

FIRST = "tutorials/first.de.md"
ANYTHING = "- Zu viel auf einmal."
Printed = Callable[..., tuple[PrintedHandouts, Path]]


def body(text: str) -> dict[str, tuple[str, str]]:
    """Return edits that put `text` where the mentor's sheet prints all of it."""
    return {FIRST: (ANYTHING, text)}


def kinds(found: list[Node | str]) -> Iterator[str]:
    for part in found:
        if not isinstance(part, str):
            yield part["kind"]
            yield from kinds(part["children"])


def nodes(markdown: str) -> list[Node | str]:
    return markdown_tree([markdown], LinkContext("tutorials", lambda _: ""))[0]


@pytest.mark.parametrize(
    ("markdown", "printed_text"),
    [
        ("Das *betonte* und **starke** Wort.", "Das betonte und starke Wort."),
        ("Mehr bei [den Nachbarn](https://example.org/a).", "Mehr bei den Nachbarn (https://example.org/a)."),
        ("Siehe <https://example.org/a>.", "Siehe https://example.org/a."),
        ("Schreib an [die Redaktion](mailto:a@example.org).", "Schreib an die Redaktion (a@example.org)."),
        ("Siehe [das zweite](second.de.md).", "Siehe das zweite."),
        ("Erst:\n\n- eins\n- zwei\n\n    - innen", "Erst: – eins – zwei – innen"),
        ("Erst:\n\n3. drei\n4. vier", "Erst: 3. drei 4. vier"),
        ("Zuerst.\n\n| Wo | Was |\n|---|---|\n| hier | das |", "Zuerst. Wo Was hier das"),
        ('Zuerst.\n\n!!! tip "Rat"\n\n    Ruhig bleiben.', "Zuerst. Rat Ruhig bleiben."),
        ('Zuerst.\n\n??? note "Mehr"\n\n    Gefaltet.', "Zuerst. Mehr Gefaltet."),
        ("Zuerst.\n\n```\nx = 1 < 2\n```", "Zuerst. x = 1 < 2"),
        ("Die Taste <kbd>Strg</kbd> und H<sub>2</sub>O, `a*b`.", "Die Taste Strg und H2O, a*b."),
        ("Zuerst.\n\n> Ein Zitat.", "Zuerst. Ein Zitat."),
        ("Zuerst.\n\nWort\n:   Erklärung", "Zuerst. Wort Erklärung"),
        ("Zeichen: #, $, @, \\*, ~, „…“, – und →.", "Zeichen: #, $, @, *, ~, „…“, – und →."),
        ('Kein Code: #panic("x") $x^2$ \\#let', 'Kein Code: #panic("x") $x^2$ #let'),
    ],
)
def test_markdown_keeps_its_meaning(markdown: str, printed_text: str, printed: Printed) -> None:
    result, _ = printed(body(markdown), only="first-mentor")
    assert codes(result.problems) == []
    found = text_of(pdf(result, "first-mentor"))
    assert re.sub(r"\s", "", printed_text) in re.sub(r"\s", "", found)


def test_every_element_that_the_site_allows_can_be_printed() -> None:
    template = (TEMPLATES / "markdown_tree.typ").read_text(encoding="utf-8")
    known = set(re.findall(r'(?:\.kind|part\.kind|one\.kind) == "([a-z0-9]+)"', template))
    known |= set(re.findall(r'^  "?([a-z0-9]+)"?: \(node, body\)', template, re.MULTILINE))
    html = "".join(
        {
            "li": "<ul><li>x</li></ul>", "dt": "<dl><dt>x</dt></dl>", "dd": "<dl><dt>x</dt><dd>x</dd></dl>",
            "td": "<table><tr><td>x</td></tr></table>", "th": "<table><tr><th>x</th></tr></table>",
            "summary": "<details><summary>x</summary></details>",
        }.get(name, f"<{name}>x</{name}>")
        for name in sorted(set(AUTHOR) - {"h2", "thead", "tbody", "tr", "wbr", "img", "br", "hr"})
    )  # fmt: skip
    inside = {"li", "dt", "dd", "td", "th", "tr"}
    assert set(kinds(html_tree(html, LinkContext("tutorials", lambda _: "")))) - inside <= known


def test_a_title_is_one_line_whatever_it_begins_with() -> None:
    found = markdown_tree([INLINE + "1. Eins *und* zwei"], LinkContext("", lambda _: ""))[0]
    assert plain_text(found) == "1. Eins und zwei"


def test_long_words_are_broken_by_the_rules_of_the_language(printed: Printed) -> None:
    word = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihungsurkunde"
    result, _ = printed(body(f"Zuerst {word} und dann noch {word} sowie einmal {word} lesen."), only="first-mentor")
    lines = "\n".join(page.extract_text() for page in pdf(result, "first-mentor").pages)
    assert re.search(r"[a-zä]-\n[a-zä]", lines)
    assert word in re.sub(r"[-\n]", "", lines)


@pytest.mark.typst
def test_two_threads_can_print_at_once() -> None:
    """As when a preview prints while the full build runs in the background."""
    words = {"brand": {"name": "Haus", "colour": "#17505c", "logo": None}, "labels": {}, "language": "de"}
    document = {"title": "Blatt", "summary": ["Kurz."], "sections": [], "source": "x", "version": "", "levels": []}
    data = {"kind": "agreement", "title": "Blatt", "document": document, **words}
    jobs = [TypesetJob(data=lambda: data, pages=1, most_pages=1)] * 10
    with ThreadPoolExecutor(4) as pool:
        printers = TypesetPool()
        printed = pool.map(lambda _: [*printers.typeset_all(jobs, 1)], range(4))
        results = [result for results in printed for result in results]
    printers.end_workers()
    assert len(results) == 40
    assert len({result.data for result in results if isinstance(result, TypesetPdf)}) == 1


def png(width: int, height: int) -> bytes:
    """Return a grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\x88" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("suffix", ["svg", "png"])
def test_images_are_printed_with_their_description(suffix: str, printed: Printed) -> None:
    edits = body(f"Zuerst ansehen.\n\n![Ein grauer Kreis](images/circle.{suffix})")
    result, _ = printed(edits, only="first-mentor", files={"tutorials/images/circle.png": png(40, 40)})
    assert codes(result.problems) == []
    data = next(sheet.file for sheet in result.handouts if sheet.handout.name == "first-mentor").read_bytes()
    assert b"Ein grauer Kreis" in data
    # A drawing stays one.
    assert bool(re.search(rb"/Subtype ?/Image", data)) is (suffix == "png")


def test_a_text_that_is_too_long_is_reported_with_its_file_and_how_much(printed: Printed) -> None:
    long = "Ein Satz, der viel Platz braucht. " * 12
    text = "\n\n".join([long * 10, *[long] * 16])
    result, _ = printed({FIRST: ("Bis Freitag einmal wiederholen.", text)})
    found = [problem for problem in result.problems if problem.code == "handout-overflow"]
    assert {problem.place.file for problem in found} == {"content/tutorials/first.de.md"}
    assert {problem.message_values["name"].split(" – ")[1] for problem in found} == {
        "Arbeitsblatt für die Führungskraft", "Leitblatt für Mentorin oder Mentor",
    }  # fmt: skip
    assert all(float(problem.message_values["millimetres"]) > 20 for problem in found)
    assert not any(problem.is_error for problem in found)


def test_nothing_is_made_smaller_to_fit_but_goes_on_on_another_page(printed: Printed) -> None:
    result, _ = printed(body("Wort " * 900), only="first-mentor")
    assert "handout-overflow" in {problem.code for problem in result.problems}
    assert len(pdf(result, "first-mentor").pages) == 3
    assert text_of(pdf(result, "first-mentor")).count("Wort") >= 900


def test_characters_that_no_font_has_are_reported_at_their_places_and_replaced(
    printed: Printed,
) -> None:
    words = "Ein 😀, ein Link 🔗 von 東京, 👩🏽\u200d💻.\n\nSchalom שלום, dann 東."
    result, _ = printed(body(f"{words}\n\n#### Muster {{#sample}}\n\nSo sieht es aus."))
    places = {
        (problem.place.line, problem.place.column, problem.message_values.get("character"))
        for problem in result.problems
    }
    assert {(problem.place.file, problem.code) for problem in result.problems} == {
        (f"content/{FIRST}", "unprintable-character")
    }
    assert places == {
        (71, 5, "😀"), (71, 17, "🔗"), (71, 23, "東京"), (73, 20, "東"), (71, 27, "👩"), (71, 30, "💻"),
    }  # fmt: skip
    assert not any(problem.is_error for problem in result.problems)
    text = text_of(pdf(result, "first-mentor"))
    assert "Ein [lachendes Gesicht], ein Link [Link] von [U+6771][U+4EAC], [Frau][Laptop]." in text
    assert "שלום" in text


@pytest.mark.parametrize(
    ("words", "turned"),
    [
        ("שלום לכולם, זו שורה, OK.", True),
        ("مرحبا، 3.", True),
        ("Frau כהן schreibt an שרה.", False),
        ("東京, Ω.", False),
    ],
)
def test_what_is_hebrew_or_arabic_as_a_whole_is_set_from_right_to_left(words: str, *, turned: bool) -> None:
    paragraph, list_ = html_tree(f"<p>{words}</p><ul><li>{words}</li></ul>", LinkContext("", lambda _: ""))
    assert not isinstance(paragraph, str)
    assert not isinstance(list_, str)
    assert paragraph["children"] == ([{"kind": "rtl", "children": [words]}] if turned else [words])
    assert list_["children"] == [{"kind": "li", "children": [words]} | ({"rtl": True} if turned else {})]
    [line] = markdown_tree([INLINE + words], LinkContext("", lambda _: ""))
    assert line == paragraph["children"]


def test_a_character_of_an_icon_font_does_not_keep_a_sheet_from_being_printed(printed: Printed) -> None:
    result, _ = printed(body("Ein Pfeil \uf0e0 und ein Zeichen \ue123 von einer Textverarbeitung."))
    assert [(problem.code, problem.message_values["character"]) for problem in result.problems] == [
        ("unprintable-character", "\uf0e0"),
        ("unprintable-character", "\ue123"),
    ]
    assert "Ein Pfeil [U+F0E0] und ein Zeichen [U+E123]" in text_of(pdf(result, "first-mentor"))


def test_a_name_is_printed_as_the_company_says(printed: Printed) -> None:
    result, _ = printed(body("Ein Büro in 東京 und 東."), settings="      print_as:\n        東京: Tōkyō\n")
    assert [problem.message_values["character"] for problem in result.problems] == ["東"]
    assert "Ein Büro in Tōkyō und [U+6771]." in text_of(pdf(result, "first-mentor"))


EMPTY_SCAN = bytes.fromhex(
    "ffd8 ffc0 0011 08 0008 0008 03 012200 021101 031101 ffda 000c 03 0100 0211 0311 00 3f 00 00 ffd9"
)
"""A JPEG with all its parts, and nothing in it to decode by."""


@pytest.mark.parametrize(
    ("name", "data", "reported"),
    [
        ("broken.jpg", EMPTY_SCAN, [(f"content/{FIRST}:73:18", "unprintable-image")]),
        ("broken.png", png(8, 8)[:40], [("content/tutorials/images/broken.png:1:1", "image-damaged")]),
    ],
    ids=["reported with its tutorial", "reported by the rules about images"],
)
def test_the_text_of_an_unreadable_image_is_printed(
    printed: Printed, tmp_path: Path, name: str, data: bytes, reported: list[tuple[str, str]]
) -> None:
    printed()
    content = tmp_path / "p" / "content"
    (content / "tutorials" / "images" / name).write_bytes(data)
    file = content / FIRST
    text = file.read_text(encoding="utf-8").replace(ANYTHING, f"Zuerst.\n\n![Nichts](images/{name})")
    file.write_text(text, encoding="utf-8")
    project = open_project(tmp_path / "p" / "mkdocs.yml", TODAY).value
    assert project
    result = print_content(check_content(load_project(read_project_files(project)), TODAY)).value
    assert result
    assert [code for code in codes(result.problems) if "image" in code[1]] == reported
    assert "Nichts" in text_of(pdf(result.handouts, "first-mentor"))
