"""The leader's worksheet: which parts of a step it has, and its places to write in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from stufenweise.handouts.markdown_tree import LinkContext, markdown_tree
from stufenweise.handouts.mentor_guide_size import has_room_beside_key, has_room_for_figure
from stufenweise.handouts.print_handouts import PrintedHandouts
from stufenweise.handouts.printed_figures import PrintedFigure, printed_figure
from stufenweise.handouts.printed_tutorial import UnsizedTutorial
from stufenweise.handouts.step_layout import lay_out_step
from stufenweise.handouts.tree_nodes import Node, Nodes, elements, plain_text
from stufenweise.handouts.tutorial_data import first_sentence
from stufenweise.handouts.worksheet import WritingText, column_widths, worksheet_blocks
from stufenweise.model.data_facts import FigureFacts
from stufenweise.model.library import Figure

from .conftest import codes, pdf, text_of

Printed = Callable[..., tuple[PrintedHandouts, Path]]
FIRST = "tutorials/first.de.md"
STEP = "1. Das eine tun.\n2. Das *andere* tun."
GRID = "| Was | Wo |\n|---|---|\n| Brief | |\n| Anruf | |"


def nodes(markdown: str) -> list[Node | str]:
    """Return the nodes of a step."""
    text = WritingText.read(markdown)
    fragments = text.fragments("x")
    trees = markdown_tree([*fragments.values()], LinkContext("tutorials", lambda _: ""))
    return text.nodes("x", dict(zip(fragments, trees, strict=True)))


def kinds(found: Nodes) -> list[str]:
    return [node["kind"] for node in elements(found)]


def fields(found: Nodes) -> list[tuple[str, int]]:
    """Return label and lines of all fields."""
    groups = [node for node in elements(found) if node["kind"] == "fields"]
    return [
        (plain_text(field["children"]), field["lines"]) for group in groups for field in elements(group["children"])
    ]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Meine Frage: ___", [("Meine Frage:", 1)]),
        ("Meine *kurze* Frage: ___\n___\n___", [("Meine kurze Frage:", 3)]),
        ("Drei Namen:\n\n1. ___\n2. ___\n3. ___", [("1.", 1), ("2.", 1), ("3.", 1)]),
        ("- Wer: ___\n- Bis wann: ___", [("Wer:", 1), ("Bis wann:", 1)]),
    ],
)
def test_a_place_to_write_in_is_a_label_and_lines(markdown: str, expected: list[tuple[str, int]]) -> None:
    assert fields(nodes(markdown)) == expected


def test_a_grid_keeps_its_empty_cells() -> None:
    (grid,) = nodes(GRID)
    assert not isinstance(grid, str)
    assert [[plain_text(cell) for cell in row] for row in grid["rows"]] == [["Was", "Wo"], ["Brief", ""], ["Anruf", ""]]


def test_tables_lists_and_places_are_printed_and_prose_is_not() -> None:
    body = nodes(f"Tun.\n\nErklärung.\n\n- eins\n- zwei\n\n> Zitat\n\n{GRID}\n\nNoch mehr.\n\nErgebnis: ___")
    assert kinds(worksheet_blocks(body)) == ["ul", "grid", "fields"]


def test_the_label_of_a_list_comes_along() -> None:
    found = worksheet_blocks(nodes("Tun.\n\nDrei Begriffe:\n\n1. ___\n2. ___"))
    assert kinds(found) == ["label", "fields"]
    assert not isinstance(found[0], str)
    assert plain_text(found[0]["children"]) == "Drei Begriffe:"


def test_the_instruction_is_no_label() -> None:
    assert kinds(worksheet_blocks(nodes("Ansehen:\n\n- eins\n- zwei"))) == ["ul"]


def test_fields_move_beside_text_when_that_saves_height() -> None:
    instruction = nodes("Ein Satz, der sagt, was zu tun ist, und der etwas länger ist als eine einzige Zeile hier.")
    three = worksheet_blocks(nodes("Tun.\n\n- Wer: ___\n- Was: ___\n- Bis wann: ___"))
    layout = lay_out_step(instruction, three)
    assert (kinds(layout.below), kinds(layout.beside)) == ([], ["fields"])
    assert kinds(lay_out_step(instruction, worksheet_blocks(nodes("Tun.\n\n- eins\n- zwei"))).below) == ["ul"]


def test_a_column_to_write_in_has_room_for_a_hand() -> None:
    (grid,) = nodes("| Frage, die man sich bei jedem der Beiträge stellen kann | Ja oder nein |\n|---|---|\n| 1 | |")
    assert not isinstance(grid, str)
    _, hand = column_widths(grid["rows"], 45)
    assert hand >= 45 * 0.4  # A sentence, not a tick


@pytest.mark.parametrize(
    ("head", "number"), [("Nr.", True), ("No.", True), ("N°", True), ("Wer", False), ("Wo", False), ("Ja", False)]
)
def test_only_a_column_of_numbers_is_as_narrow_as_a_number(head: str, number: bool) -> None:
    (grid,) = nodes(f"| {head} | Beschluss |\n|---|---|\n| | |")
    assert not isinstance(grid, str)
    narrow, other = column_widths(grid["rows"], 45)
    assert (narrow < other) == number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Öffnen. Dann schließen.", "Öffnen."),
        ("Fragen: „Wer weiß es?“ Danach notieren.", "Fragen: „Wer weiß es?“"),
        ("Zum Beispiel z. B. suchen", "Zum Beispiel z. B. suchen"),
    ],
)
def test_a_step_in_brief_is_its_first_sentence(text: str, expected: str) -> None:
    assert plain_text(first_sentence([text])) == expected


@pytest.mark.typst
def test_the_worksheet_shows_places_and_nothing_that_is_said_to_the_mentor(printed: Printed) -> None:
    step = f"Zuerst eintragen.\n\nErklärung dazu.\n\n{GRID}\n\nErgebnis: ___"
    result, _ = printed({FIRST: (STEP, step)})
    assert codes(result.problems) == []
    leader, mentor = text_of(pdf(result, "first-mentee")), text_of(pdf(result, "first-mentor"))
    assert all(part in leader for part in ("Zuerst eintragen.", "Brief", "Anruf", "Ergebnis:"))
    assert all(part not in leader for part in ("Erklärung dazu.", "Achten", "Was fällt auf?", "Muss das sein?"))
    assert all(part in mentor for part in ("Zuerst eintragen.", "Tun", "Fragen", "Achten", "Was fällt auf?"))
    assert "Ergebnis:" not in mentor


@pytest.mark.typst
def test_the_guide_says_which_of_its_words_are_said_to_the_leader(printed: Printed) -> None:
    """The leader's sheet addresses the leader; without a mark, the same words here would address the mentor."""
    result, _ = printed({FIRST: (STEP, "Zuerst eintragen.")})
    leader, mentor = text_of(pdf(result, "first-mentee")), text_of(pdf(result, "first-mentor"))
    for words in ("Auf dem Blatt: Zuerst eintragen.", "Nächster Schritt der Führungskraft:"):
        assert words in mentor
        assert words not in leader


@pytest.mark.typst
def test_too_little_room_for_notes_is_reported_in_millimetres(printed: Printed) -> None:
    lines = "\n".join(f"- Feld {number}: ___" for number in range(24))
    result, _ = printed({FIRST: (STEP, f"Eintragen.\n\n{lines}")})
    assert codes(result.problems) == [("content/tutorials/first.de.md:30:1", "handout-overflow")]


@pytest.mark.typst
def test_practice_material_that_fills_its_page_leaves_no_lines_for_notes(printed: Printed) -> None:
    letter = "\n\n".join(["## Brief {#material}", *["Ein Absatz mit Fehlern."] * 36, "## Checkliste {#checklist}"])
    result, _ = printed({FIRST: ("## Checkliste {#checklist}", letter)})
    assert len(pdf(result, "first-mentee").pages) == 2
    assert "Notizen" not in pdf(result, "first-mentee").pages[1].extract_text()


@pytest.mark.typst
def test_practice_material_is_a_page_of_its_own_and_its_key_the_mentors(printed: Printed) -> None:
    material = "## Übungstext {#material}\n\nEin Brief mit *drei* Fehlern.\n\n## Checkliste {#checklist}"
    key = "### Schlüssel {#key}\n\nDie drei Fehler stehen im ersten Satz.\n\n### Wahrscheinliche Fragen {#questions}"
    edits = {FIRST: ("## Checkliste {#checklist}", material)}
    result, _ = printed(edits)
    assert len(pdf(result, "first-mentee").pages) == 2
    assert "Ein Brief mit drei Fehlern." in pdf(result, "first-mentee").pages[1].extract_text()
    assert "Notizen" in pdf(result, "first-mentee").pages[1].extract_text()
    result, _ = printed({FIRST: ("### Wahrscheinliche Fragen {#questions}", key)}, name="key")
    assert len(pdf(result, "first-mentor").pages) == 3
    assert "Die drei Fehler" in pdf(result, "first-mentor").pages[2].extract_text()
    assert "Die drei Fehler" not in text_of(pdf(result, "first-mentee"))
    assert "Die drei Fehler" not in text_of(pdf(result, "level-1-workbook"))


def test_a_figure_stands_below_the_practice_text_as_long_as_both_fit_on_a_page() -> None:
    figure: PrintedFigure = {"svg": "", "alt": "Drei Ringe", "title": "Drei Ringe", "width": 99, "height": 85}
    short, long = nodes("Ein Brief mit drei Fehlern."), nodes("Ein langer Satz. " * 300)
    assert has_room_for_figure(cast(UnsizedTutorial, {"material": short, "figure": figure}))
    assert not has_room_for_figure(cast(UnsizedTutorial, {"material": long, "figure": figure}))
    assert not has_room_for_figure(cast(UnsizedTutorial, {"material": short, "figure": None}))
    assert not has_room_for_figure(cast(UnsizedTutorial, {"material": [], "figure": figure}))


def test_a_figure_on_paper_has_words_as_large_as_all_other_type_and_colours_of_its_own() -> None:
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 200"><text x="9" y="9" data-width="90" '
        'font-size="12" fill="var(--sw-level-1, #2d6a4f)">{ring}</text></svg>'
    )
    words = FigureFacts(title="Ringe", alt="Ein Ring um eine Person.", words={"ring": "offen"})
    printed = printed_figure(Figure(name="rings", drawing=drawing, words={"de": words}, source_language="de"), "de")
    points_per_unit = printed["width"] / 320 / 25.4 * 72
    assert 12 * points_per_unit == pytest.approx(10.5, abs=0.01)
    assert "var(" not in printed["svg"]
    assert ">offen<" in printed["svg"]


def test_the_practice_text_stands_below_its_key_as_long_as_both_fit_on_a_page() -> None:
    short, long = nodes("Ein Brief mit drei Fehlern."), nodes("Ein langer Satz. " * 400)
    assert has_room_beside_key(cast(UnsizedTutorial, {"key": short, "material": short}))
    assert not has_room_beside_key(cast(UnsizedTutorial, {"key": short, "material": long}))
