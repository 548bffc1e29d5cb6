"""French proves that a language can be added: its texts match their sources and have no problems."""

from __future__ import annotations

from collections import Counter

from conftest import ROOT
from day import TODAY
from stufenweise.check import check
from stufenweise.load.loader import load_content
from stufenweise.model.facts import TutorialFacts
from stufenweise.model.kinds import HOME, LEVEL, TUTORIAL
from stufenweise.source.files.content_files import read_content_files

LANGUAGES = ("de", "en", "fr")
NOT_YET = {
    "translation-missing", "translation-stale", "entry-translation-missing", "figure-untranslated", "more-warnings"
}  # fmt: skip
"""What is told of a language in which not all is translated, or is behind between two releases."""
LOADED = load_content(read_content_files(ROOT / "content"), LANGUAGES)


def test_nothing_is_wrong_but_what_is_not_translated_yet() -> None:
    french = {file.shown_path for file in LOADED.texts.values() if file.text.language == "fr"}
    found = Counter(
        (problem.code, problem.place.file) for problem in check(LOADED, TODAY, french) if problem.code not in NOT_YET
    )
    assert not found


def test_home_and_level_1_are_there_with_all_tutorials() -> None:
    first = [
        file.slug
        for file in LOADED.files_of(TUTORIAL)
        if isinstance(file.facts, TutorialFacts) and file.facts.level == 1
    ]
    french = {file.slug for file in LOADED.files_of(TUTORIAL, "fr")}
    assert len(first) >= 8
    assert set(first) <= french
    assert [file.slug for file in LOADED.files_of(LEVEL, "fr")] == ["level-1"]
    assert LOADED.files_of(HOME, "fr")


def test_every_term_is_explained_in_french() -> None:
    assert [name for name, term in LOADED.data.terms.items() if "fr" not in term] == []


def test_french_is_set_as_french_is() -> None:
    """Narrow no-break spaces before ; ! ?, no-break spaces before : and inside of quotation marks."""
    for file in (*LOADED.files_of(TUTORIAL, "fr"), *LOADED.files_of(LEVEL, "fr"), *LOADED.files_of(HOME, "fr")):
        for wrong in (" ;", " !", " ?", " : ", "« ", " »", "\u2019\u2019", "'"):
            assert wrong not in file.source_body, (file.shown_path, wrong)
