"""A text from another program becomes a draft in our format; whatever was dropped or guessed is reported."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from commands import run
from conftest import ROOT
from PIL import Image
from stufenweise.core.errors import InputRefusedError
from stufenweise.importing import foreign_file
from stufenweise.importing.draft import draft_body
from stufenweise.importing.foreign_file import (
    MAX_IMPORT_BYTES,
    decode_text,
    read_foreign_file,
)
from stufenweise.importing.import_plan import ONE_MEETING, read_plan
from stufenweise.importing.losses import placed, words_left_out
from stufenweise.importing.web_page import page_as_markdown
from stufenweise.source.files.attachments import MAX_UNPACKED
from texts import SMALL_LIBRARY

SAMPLE = (
    (ROOT / "generator/stufenweise/i18n/de/templates/tutorial.md.j2").read_text(encoding="utf-8").split("---\n", 2)[2]
)
NOTES = """\
Notizen teilen

Worum geht es?

Frau Novák hat 400 Notizen, und niemand findet sie.

Schritt 1: Eine Notiz wählen (10 Min.)

Eine Notiz nehmen.

Schritt 2: Umschreiben – 15 Minuten

Neu schreiben.

Fragen

- Was war anders?
"""
ENGLISH = """\
---
title: Share notes
tags: [a]
---
## Background

Nobody finds them.

## Agenda

1. Choose: one note (10 min)
2. Rewrite it

## To do

- [ ] one
- [ ] two
- [x] three {#own-id}

## Anything else

%%ask Jana%% More.
"""


def test_sections_steps_and_minutes_are_found_by_their_words() -> None:
    plan = read_plan(NOTES, "notes")
    assert (plan.title, plan.minutes, [*plan.sections]) == ("Notizen teilen", 25, ["why", "talk"])
    assert plan.summary == "Frau Novák hat 400 Notizen, und niemand findet sie."
    assert [(step.heading, step.minutes) for step in plan.steps] == [("Eine Notiz wählen", 10), ("Umschreiben", 15)]


def test_english_headings_numbered_items_and_boxes_find_their_place() -> None:
    plan = read_plan(ENGLISH, "notes")
    body = draft_body(plan, SAMPLE, plan.minutes)
    assert plan.title == "Share notes"
    assert "### Choose {#choose minutes=10}\n\nChoose: one note (10 min)\n\n- **" in body
    assert "### Rewrite it {#rewrite-it minutes=5}" in body
    assert "- [ ] three {#own-id}" in body
    assert "**Anything else**" in body
    assert "Jana" not in body
    told = [(loss.kind, loss.text, loss.line) for loss in plan.losses]
    assert ("import-fact", "tags: [a]", 3) in told
    assert ("import-comment", "%%ask Jana%%", 22) in told
    assert ("import-heading", "Anything else", 20) in told
    assert ("import-sample", "Stolpersteine", 0) in told


@pytest.mark.parametrize(
    "line",
    [
        *("☐ eins", "☑ eins", "□ eins\\", "[ ] eins", "[x] eins", "[] eins", "- [/] eins", "* ☐ eins", "- [ ] eins"),
        *("•\teins", "§  eins", "·  eins", "o  eins", "1) eins", "* eins"),
    ],
)
def test_an_item_of_a_checklist_is_kept_however_its_box_is_written(line: str) -> None:
    for gap in ("\n", "\n\n"):
        plan = read_plan(f"## Checkliste\n\nBitte abhaken.\n\n{line}{gap}{line.replace('eins', 'zwei')}\n", "x")
        body = draft_body(plan, SAMPLE, 30)
        assert "- [ ] eins {#eins}\n- [ ] zwei {#zwei}\n" in body
        assert [loss.text for loss in plan.losses if loss.kind == "import-no-item"] == ["Bitte abhaken."]


def test_words_that_repairs_leave_out_are_told_but_not_those_they_write_anew() -> None:
    before = "Sie findet. #wissen #teilen/offen\n\nErst ==gut== lesen.\n\na) eins\nb) zwei ^ziel\n"
    after = "Sie findet.\n\nErst **gut** lesen.\n\n1. eins\n2. zwei\n"
    assert [left.text for left in words_left_out(before, after)] == ["#wissen #teilen/offen", "^ziel"]


@pytest.mark.parametrize("given", [[], [0], [50, 0, 40], [20] * 4, [1] * 12, [0] * 9, [0] * 35])
def test_minutes_always_add_up(given: list[int]) -> None:
    text = "## Ablauf\n" + "".join(
        f"\n### Schritt {n}{f' ({m} min)' if m else ''}\n\nTun.\n" for n, m in enumerate(given)
    )
    plan = read_plan(text, "x")
    body = draft_body(plan, SAMPLE, minutes := plan.minutes or 30)
    assert not given or sum(step.minutes for step in plan.steps) == minutes
    assert not given or all(step.minutes >= 1 for step in plan.steps)
    assert body.count("\n### ") >= min(len(given), minutes)
    assert body.count(" part=2}") == (minutes > ONE_MEETING and len(given) > 1)
    assert not given or f"Schritt {len(given) - 1}" in body


def test_a_page_of_a_wiki_is_read_without_what_only_works_there() -> None:
    images: dict[str, bytes] = {}
    html = (
        '<title>Seite - Wiki</title><script>x</script><h1>Seite</h1><p style="a">Mit&nbsp;Kolleg*innen '
        '<a href="file:///x">Ordner</a><iframe src="x"></iframe><img src="https://x.example/a.png" alt="fern">'
        '<img alt="nah" src="data:image/png;base64,AAAA"></p><ul><li><input type=checkbox checked>eins</li></ul>'
        "<table><tr><td>a</td><td>b</td></tr></table>"
    )
    page = page_as_markdown(html, images)
    assert page.markdown == (
        "# Seite\n\nMit Kolleg*innen Ordner![nah](image-1.png)\n\n- [x] eins\n\n| a | b |\n| --- | --- |\n"
    )
    assert images == {"image-1.png": b"\0\0\0"}
    assert {loss.kind for loss in page.losses} == {"import-element", "import-link", "import-image"}


def test_losses_of_a_web_page_name_their_place(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text(
        "<h1>Seite</h1><p>Eins.</p><h2>Ablauf</h2><p>Zwei.</p><ul><li>drei</li>"
        '<li>vier <a href="file:///x">Ordner</a></li></ul><iframe src="x"></iframe><h2>Ende</h2>'
        '<p>Mit <img src="https://x.example/a.png" alt="fern"></p>',
        encoding="utf-8",
    )
    foreign = read_foreign_file(file)
    assert "\ue0ff" not in foreign.markdown
    told = {loss.kind: (loss.heading, loss.paragraph) for loss in (placed(loss, foreign) for loss in foreign.losses)}
    assert told["import-link"] == ("Ablauf", 6)
    assert told["import-element"][0] == "Ablauf"
    assert told["import-image"] == ("Ende", 8)


def test_losses_of_a_word_document_name_their_place(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Worum es geht", 1)
    document.add_paragraph("Eins.")
    document.add_comment(document.add_paragraph("Zwei.").runs, text="mit Jana klären")
    path = tmp_path / "a.docx"
    document.save(str(path))
    foreign = read_foreign_file(path)
    assert [(loss.kind, loss.text, loss.heading, loss.paragraph) for loss in foreign.losses] == [
        ("import-comment", "mit Jana klären", "Worum es geht", 3)
    ]


def test_blocks_of_html_in_markdown_become_markdown_and_facts_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(
        "---\nlevel: 2\ngoals: [O4]\nreviewed: 2026-11-20\n---\n\n## Ablauf {#steps}\n\n"
        "### Zählen {#count minutes=10}\n\n"
        '<ul><li><p>Links</p></li></ul>\n\n<table class="x"><tbody>\n<tr><th>a</th></tr>\n</tbody></table>\n\nEnde.\n',
        encoding="utf-8",
    )
    plan = read_plan(read_foreign_file(file).markdown, "a")
    assert (plan.facts, plan.minutes) == ({"level": "2", "goals": "[O4]"}, 10)
    assert [line for line in plan.steps[0].lines if line] == ["- Links", "| a |", "| --- |", "Ende."]
    assert "import-fact" not in {loss.kind for loss in plan.losses}


def test_text_of_any_program_is_read() -> None:
    for data in ("Größe\r\n".encode("utf-16"), "Größe\n".encode("cp1252"), "\ufeffGröße\n".encode()):
        assert decode_text(data) == "Größe\n"


def word(path: Path) -> Path:
    """Write a document as a beginner does."""
    document = docx.Document()
    document.add_heading("Das Protokoll gemeinsam schreiben", 0)
    document.add_heading("1. Worum es geht", 1)
    document.add_paragraph("Herr Öztürk schreibt zwei Stunden am Protokoll. Seine Kolleg*innen warten mit <Vorname>.")
    document.add_heading("2. Vorgehen", 1)
    document.add_heading("Schritt 1: Vorlage öffnen (ca. 5 Min.)", 2)
    picture = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Telefon von M. Vogel"
    Image.new("RGB", (20, 10), "teal").save(picture, "JPEG", exif=exif)
    document.add_picture(picture)
    document.add_heading("Schritt 2: Schreiben", 2)
    document.add_paragraph("In \\\\srv1\\Team\\Plan.docx schreiben.")
    document.sections[0].footer.paragraphs[0].text = "Muster AG, vertraulich"
    document.save(str(path))
    return path


def test_a_document_of_word_becomes_a_draft_that_check_has_nothing_against(
    project: Callable[..., Path], tmp_path: Path
) -> None:
    config = project(content=SMALL_LIBRARY)
    facts = ("--level", "1", "--orientation", "operational", "--effort", "1", "--goals", "O1")
    file = word(tmp_path / "protokoll.docx")
    result = run(config, "new", "tutorial", "protokoll", *facts, "--from", str(file), "--lang", "en")
    assert result.exit_code == 0, result.output
    draft = (config.parent / "content" / "tutorials" / "protokoll.de.md").read_text(encoding="utf-8")
    assert "title: Das Protokoll gemeinsam schreiben\n" in draft
    assert "Seine Kolleg*innen warten mit `<Vorname>`." in draft
    assert "### Vorlage öffnen {#vorlage-oeffnen minutes=5}\n\n![Hier ist zu sagen" in draft
    assert "In `\\\\srv1\\Team\\Plan.docx` schreiben." in draft
    image = (config.parent / "content" / "tutorials" / "images" / "protokoll-1.jpg").read_bytes()
    assert b"Vogel" not in image
    assert "protokoll.docx: header or footer of the pages left out: Muster AG, vertraulich" in result.stderr
    assert "a sample stands there" in result.stderr
    assert run(config, "check", str(config.parent / "content" / "tutorials" / "protokoll.de.md")).exit_code == 0


def packed(**parts: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        archive.writestr("[Content_Types].xml", f"<Types><Override ContentType='{kind}'/></Types>")
        for name, text in parts.items():
            archive.writestr(name, text)
    return data.getvalue()


def bomb() -> bytes:
    data = bytearray(packed(big="x"))
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = (MAX_UNPACKED + 1).to_bytes(4, "little")
    return bytes(data)


@pytest.mark.parametrize(
    ("name", "data", "key"),
    [
        ("a.docx", packed(**{"word/vbaProject.bin": "x"}), "import-macros"),
        ("a.docm", b"", "import-macros"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "import-locked"),
        ("a.docx", bomb(), "import-large"),
        ("a.txt", bytes(MAX_IMPORT_BYTES + 1), "import-large"),
        ("a.docx", b"no document", "import-broken"),
        ("a.docx", packed(**{"word/document.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), "import-broken"),
        ("a.html", b"<div>" * 200_000, "import-broken"),
        ("a.doc", b"", "import-kind"),
        ("a.pdf", b"%PDF-", "import-kind"),
    ],
    ids=["macros", "docm", "locked", "bomb", "large", "broken", "entities", "nested", "doc", "pdf"],
)
def test_a_bad_file_is_refused_in_one_line(name: str, data: bytes, key: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(InputRefusedError) as refused:
        read_foreign_file(file)
    assert refused.value.failure.code == key


def test_a_file_that_takes_too_long_is_refused_for_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreign_file, "SECONDS", 0.01)
    file = tmp_path / "a.html"
    file.write_text("<p>Text</p>", encoding="utf-8")
    with pytest.raises(InputRefusedError) as refused:
        read_foreign_file(file)
    assert refused.value.failure.code == "import-costly"
