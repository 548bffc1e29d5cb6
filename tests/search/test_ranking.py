"""The search finds what people type: the shipped texts' index is searched in Node, by the scripts that pages load."""

from __future__ import annotations

import json
import subprocess
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypedDict, cast

import pytest
import yaml
from conftest import ROOT
from day import TODAY
from stufenweise.assemble.page_list import all_pages
from stufenweise.assemble.search_index import search_data, search_script
from stufenweise.assemble.search_pages import all_search_pages
from stufenweise.assemble.search_words import folded_words, search_language, word_stems
from stufenweise.config.project_files import read_project_files
from stufenweise.load.library_builder import build_library
from stufenweise.localized.localized_library import Download, LocalizedLibrary
from stufenweise.stages.content_stages import load_project
from stufenweise.stages.project_stage import open_project

from tools import node

pytestmark = pytest.mark.node

HERE = Path(__file__).parent
FIRST = 3
"""How many results people look at."""
LANGUAGES = ("de", "en")
HELD_OUT = 27
"""Of thirty queries in a language that no search word was written for, how many must find their page."""


class Query(TypedDict):
    """What someone types, and the page that answers it."""

    query: str
    finds: str


def queries(name: str, language: str) -> list[Query]:
    return cast("list[Query]", yaml.safe_load((HERE / f"{name}.{language}.yml").read_text(encoding="utf-8")))


@lru_cache
def shipped(language: str) -> LocalizedLibrary:
    """Return the shipped texts in a language."""
    project = open_project(ROOT / "mkdocs.yml", TODAY).value
    assert project
    library = build_library(load_project(read_project_files(project)).result)
    sheet = Download(kind="mentee", path="handouts/sheet.pdf", title="Sheet", pages=1, size=1)
    return LocalizedLibrary(
        library=library, language=language, labels_by_language=project.labels, downloads={"sheet": sheet}
    )


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the scripts with the index of each language."""
    folder = tmp_path_factory.mktemp("index")
    for language in LANGUAGES:
        (folder / f"{language}.js").write_bytes(search_script(shipped(language)))
    return {language: folder / f"{language}.js" for language in LANGUAGES}


def ask(index: dict[str, Path], language: str, *queries: str, words: list[str] | None = None) -> dict[str, Any]:
    """Return the results of the page's scripts."""
    command = [node(), str(HERE / "search.mjs"), str(index[language]), language, "12"]
    asked = json.dumps({"queries": queries, "words": words or []})
    done = subprocess.run(
        command, input=asked, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return cast("dict[str, Any]", json.loads(done.stdout))


def addresses(found: dict[str, Any]) -> list[str]:
    return [page["address"].rstrip("/") for page in found["pages"]]


def missed(index: dict[str, Path], language: str, asked: list[Query]) -> dict[str, list[str]]:
    """Return the queries whose page is not among the first results, with those results."""
    found = ask(index, language, *(query["query"] for query in asked))["found"]
    pairs = zip(asked, map(addresses, found), strict=True)
    return {pair["query"]: pages[:FIRST] for pair, pages in pairs if pair["finds"] not in pages[:FIRST]}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["queries", "tried"])
def test_people_find_what_they_look_for(index: dict[str, Path], language: str, name: str) -> None:
    assert missed(index, language, queries(name, language)) == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_most_of_what_no_search_word_was_written_for_is_found(index: dict[str, Path], language: str) -> None:
    asked = queries("held", language)
    result = missed(index, language, asked)
    assert len(asked) - len(result) >= HELD_OUT, result


@pytest.mark.parametrize("language", LANGUAGES)
def test_build_and_page_have_the_same_release_of_snowball(language: str) -> None:
    script = (ROOT / "overrides" / "assets" / "javascripts" / f"stemmer-{language}.js").read_text(encoding="utf-8")
    assert f"Snowball {version('pystemmer')}," in script.partition("\n")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_build_and_page_stem_all_words_of_the_site_alike(index: dict[str, Path], language: str) -> None:
    data: dict[str, Any] = search_data(shipped(language))
    known = {term for term, *_ in data["index"]}
    texts = [
        *(word for _, words, *_ in data["index"] for word in words.split()),
        *(query["query"] for name in ("queries", "tried") for query in queries(name, language)),
    ]
    texts += [word for group in shipped(language).library.same_words[language] for word in group]
    texts += ["ÄÖÜ ß Café ﬁn ẞ", "Straße2024", "", "İ"]
    ours = [[[*word_stems(word, known, search_language(language))] for word in folded_words(text)] for text in texts]
    theirs = ask(index, language, words=texts)["stems"]
    assert [pair for pair in zip(texts, ours, theirs, strict=True) if pair[1] != pair[2]] == []


def test_every_page_can_be_found_but_copies_of_checklists() -> None:
    pages = {page.path for page in all_pages(shipped("de")) if page.kind != "checklist"}
    assert {page.path for page in all_search_pages(shipped("de"))} == pages


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_is_the_same_each_time(index: dict[str, Path], language: str) -> None:
    assert search_script(shipped(language)) == index[language].read_bytes()


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("Fuehrungskraefte", "Führungskräfte"),
        ("gruesse", "Grüße"),
        ("social media richtlinien", "Social-Media-Richtlinien"),
        ("PROFIL ANLEGEN", "profil anlegen"),
        ("wie lege ich ein Profil an", "lege Profil"),
    ],
)
def test_spelling_makes_no_difference(index: dict[str, Path], typed: str, means: str) -> None:
    first, second = ask(index, "de", f"{typed} ", f"{means} ")["found"]
    assert addresses(first) == addresses(second)


@pytest.mark.parametrize(
    ("language", "typed", "finds"),
    [
        ("de", "Benachrichtgungen", "tutorials/tame-notifications"),
        ("de", "Knunu", "tutorials/read-kununu"),
        ("en", "notifcations", "tutorials/tame-notifications"),
        ("en", "profiel", "tutorials/set-up-my-profile"),
        ("de", "benachrichtigu", "tutorials/tame-notifications"),
        ("de", "Benachr", "tutorials/tame-notifications"),
        ("de", "Teamspielregeln", "tutorials/team-rules"),
        ("de", "Kununubewertungen", "tutorials/read-kununu"),
    ],
)
def test_mistakes_beginnings_and_new_compounds_are_found(
    index: dict[str, Path], language: str, typed: str, finds: str
) -> None:
    [found] = ask(index, language, typed)["found"]
    assert finds in addresses(found)[:FIRST]


def test_results_that_lack_words_say_which(index: dict[str, Path]) -> None:
    [found] = ask(index, "de", "Profil anlegen Quarkspeise ")["found"]
    assert found["without"] == ["quarkspeise"]
    assert addresses(found)[0] == "tutorials/set-up-my-profile"
    assert found["pages"][0]["without"] == ["quarkspeise"]


def test_nothing_is_found_without_half_of_the_words_and_the_nearest_ones_are_named(index: dict[str, Path]) -> None:
    nothing, near = ask(index, "de", "Quarkspeise Rhabarber ", "Kommonicaton ")["found"]
    assert (nothing["total"], nothing["pages"]) == (0, [])
    assert near["total"] or any("ommunikation" in word for word in near["near"])


def test_each_page_stands_once_with_its_best_two_sections(index: dict[str, Path]) -> None:
    for answer in ask(index, "de", *(query["query"] for query in queries("queries", "de")))["found"]:
        assert len(addresses(answer)) == len(set(addresses(answer)))
        assert all(len(page["sections"]) <= 2 for page in answer["pages"])
        assert all(section["line"] and section["anchor"] for page in answer["pages"] for section in page["sections"])


def test_found_words_are_marked_in_all_their_forms(index: dict[str, Path]) -> None:
    marked = ask(index, "de", "Benachrichtigung ")["found"][0]["pages"][0]["marked"]
    assert marked == ["Benachrichtigungen"]


def test_a_tutorial_stands_before_lists_that_name_it(index: dict[str, Path]) -> None:
    lists = {"tutorials", "levels", "checklists", "goals", "glossary", "downloads"}
    for name in ("queries", "tried"):
        for answer in ask(index, "de", *(query["query"] for query in queries(name, "de")))["found"]:
            assert addresses(answer)[0] not in lists, answer["query"]


def test_a_word_with_a_hyphen_is_found_in_one_and_in_two(index: dict[str, Path]) -> None:
    for query in ("co-authoring", "co authoring", "coauthoring"):
        (found,) = ask(index, "en", query)["found"]
        assert "tutorials/one-document-together" in addresses(found)[:FIRST], query


def test_a_compound_is_found_by_its_parts(index: dict[str, Path]) -> None:
    (found,) = ask(index, "en", "screenreader")["found"]
    assert "tutorials/share-for-everyone" in addresses(found)[:FIRST]
