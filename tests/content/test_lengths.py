"""Every text that names a length of the hour agrees with the table of the hour."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from conftest import ROOT
from stufenweise.load.library_builder import build_library
from stufenweise.load.loader import load_content
from stufenweise.model.hour_table import hour_frames, meeting_minutes, short_minutes
from stufenweise.source.files.content_files import read_content_files

LENGTHS: Mapping[str, list[str]] = yaml.safe_load((Path(__file__).parent / "lengths.yml").read_text(encoding="utf-8"))
TEXTS = [
    *(
        path
        for folder in ("guides", "forms", "programmes", "levels")
        for path in (ROOT / "content" / folder).glob("*.md")
    ),
    *(ROOT / "content").glob("*.md"),
    ROOT / "content" / "self-check.yml",
    *(ROOT / "generator" / "stufenweise" / "i18n" / code / "labels.yml" for code in ("de", "en")),
]
NAMED = re.compile(r"\b\d+(?:[ -](?:Minuten|Min\b|minutes?\b|min\b)|(?= (?:bis|to) \d+ [Mm]inute))|(?m:^\| \d+ \|)")
"""A number of minutes, in a sentence or as the first cell of a row."""
TUTORIAL_LENGTH = re.compile(r"\b(?:30|45|60|90)[ -](?:Minuten|minutes?)\b")
WORDS = {
    re.compile(r"\bhalbe[nr]? Stunde\b|\bhalf an hour\b", re.IGNORECASE): 30,
    re.compile(r"\bdrei ?viertelstunde\b|\bthree quarters of an hour\b", re.IGNORECASE): 45,
    re.compile(r"\banderthalb(?:e|en)? Stunden?\b|\ban hour and a half\b", re.IGNORECASE): 90,
}


def read(path: Path) -> str:
    """Return a text below its front matter, with single spaces."""
    text = path.read_text(encoding="utf-8")
    body = text.split("\n---\n", 1)[-1] if text.startswith("---\n") else text
    return re.sub(r"[ \t\u00a0\u202f]+", " ", body)


def minutes(name: str) -> int:
    """Return the minutes in the table of the hour for a name in lengths.yml."""
    length, _, part = name.partition(".")
    frame = hour_frames()[int(length)]
    if not part:
        return frame.length
    if part == "close":
        return frame.check.planned + frame.next.planned
    which, _, limit = part.partition(".")
    # The minimum of a part, or the maximum of the steps.
    planned, bound = getattr(frame, which)
    return int(bound if limit else planned)


def filled(phrase: str) -> str:
    return re.sub(r"\{([\w.]+)\}", lambda match: str(minutes(match[1])), phrase)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_length_is_that_of_the_table(path: Path) -> None:
    text = read(path)
    for phrase in LENGTHS.get(path.relative_to(ROOT).as_posix(), []):
        assert filled(phrase) in text, phrase
        text = text.replace(filled(phrase), "")
    assert [text[max(0, match.start() - 40) : match.end()] for match in NAMED.finditer(text)] == []


def test_lengths_are_listed_for_texts_that_exist() -> None:
    assert set(LENGTHS) <= {path.relative_to(ROOT).as_posix() for path in TEXTS}


def test_a_length_in_words_is_one_of_the_table() -> None:
    for path in (*TEXTS, *(ROOT / "content" / "tutorials").glob("*.md")):
        for words, length in WORDS.items():
            assert length in hour_frames() or not words.search(read(path)), path


def test_no_tutorial_names_the_length_of_a_session() -> None:
    """It would be wrong in the session of another length; what stays in half an hour is marked at its steps."""
    found = {path.name: TUTORIAL_LENGTH.findall(read(path)) for path in (ROOT / "content" / "tutorials").glob("*.md")}
    assert {name: lengths for name, lengths in found.items() if lengths} == {}


def test_programmes_and_tutorials_keep_the_table() -> None:
    library = build_library(load_content(read_content_files(ROOT / "content"), ("de", "en")), drafts=True)
    frames = hour_frames()
    for programme in library.programmes:
        assert programme.facts.minutes in frames, programme.slug
    for tutorial in library.tutorials:
        assert max(meeting_minutes(tutorial)) <= frames[60].steps.maximum, tutorial.slug
        assert short_minutes(tutorial) <= frames[30].steps.maximum, tutorial.slug


ROW = re.compile(r"^\| (\d+) \|", re.MULTILINE)
TIMETABLES = ("training", "kick-off", "session-zero")


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("piece", TIMETABLES)
def test_timetables_of_the_kit_add_up_to_what_their_summary_says(piece: str, language: str) -> None:
    text = (ROOT / "content" / "kit" / f"{piece}.{language}.md").read_text(encoding="utf-8")
    said = re.search(r"^summary: .*?\b(\d+) (?:Minuten|minutes)", text, re.MULTILINE)
    assert said, piece
    assert sum(map(int, ROW.findall(text))) == int(said[1])
    assert piece != "session-zero" or int(said[1]) in hour_frames()


@pytest.mark.parametrize("language", ["de", "en"])
def test_hours_of_the_half_year_are_those_that_the_board_reads(language: str) -> None:
    plan, board = (
        (ROOT / "content" / "kit" / f"{piece}.{language}.md").read_text(encoding="utf-8")
        for piece in ("half-year-plan", "board-page")
    )
    hours = re.findall(r"^\| \d \|.*\| (\d+) \|$", plan, re.MULTILINE)
    assert len(hours) == 6
    assert re.search(rf"\b{sum(map(int, hours))} (?:Stunden|hours)", board)
