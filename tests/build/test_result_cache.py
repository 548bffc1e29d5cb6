"""A cached result is used only while everything it depends on is unchanged."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from day import TODAY
from stufenweise.check import check
from stufenweise.core import result_cache
from stufenweise.core.digests import digest_of
from stufenweise.core.result_cache import CACHE_FOLDER, NO_CACHE, ResultCache
from stufenweise.core.safe_folders import SafeFolder
from stufenweise.load.load_result import LoadResult
from stufenweise.load.loader import load_content
from stufenweise.model.paths import ContentPath, ShownPath
from stufenweise.model.problem import Place, Problem, Subject, new_problem
from stufenweise.source.files.content_files import ContentFiles, read_content_files
from texts import SMALL_LIBRARY


def opened_cache(folder: Path) -> ResultCache:
    """Return the cached results in a work folder, as the next run reads them."""
    return ResultCache(SafeFolder(folder), "some")


@pytest.fixture
def known(tmp_path: Path) -> Path:
    """Return a work folder with two results."""
    first = opened_cache(tmp_path)
    assert first.get("a", list[int]) is None
    first.put("a", [1], list[int])
    first.put("b", [], list[int])
    first.save()
    return tmp_path


def test_a_result_is_known_in_the_next_run(known: Path) -> None:
    assert [opened_cache(known).get(key, list[int]) for key in "abc"] == [[1], [], None]


@pytest.mark.parametrize(("key", "result"), [("a", [1]), ("c", [2]), ("broken", [2])])
def test_an_unknown_or_unreadable_result_is_made(known: Path, key: str, result: list[int]) -> None:
    first = opened_cache(known)
    first.put("a", [1], list[int])
    first.put("broken", "no list", str)
    first.save()
    second = opened_cache(known)
    assert second.get_or_compute(key, lambda: [2], list[int]) == result
    second.save()
    assert opened_cache(known).get(key, list[int]) == result


def test_results_in_memory_do_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(result_cache, "MOST_IN_MEMORY", 3)
    cache = ResultCache()
    for number in range(4):
        cache.put(str(number), number, int)
    assert [cache.get(str(number), int) for number in range(4)] == [None, None, None, 3]


def test_results_not_asked_for_are_forgotten(known: Path) -> None:
    second = opened_cache(known)
    assert second.get("b", list[int]) == []
    second.save()
    assert [opened_cache(known).get(key, list[int]) for key in "ab"] == [None, []]


def test_with_other_code_nothing_is_known(known: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(result_cache, "program_digest", lambda: "other")
    assert opened_cache(known).get("a", list[int]) is None


def test_a_cache_that_came_with_another_folder_is_not_used(
    known: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A repository can carry a forged cache that hides problems, but not the number of the folder it lies in."""
    other = tmp_path_factory.mktemp("other")
    shutil.copytree(known / CACHE_FOLDER, other / CACHE_FOLDER)
    assert opened_cache(known).get("a", list[int]) == [1]
    assert opened_cache(other).get("a", list[int]) is None


def test_a_result_that_was_set_is_known_at_once(known: Path) -> None:
    second = opened_cache(known)
    assert second.get("a", list[int]) == [1]
    second.put("a", [2], list[int])
    second.put("new", [3], list[int])
    assert (second.get("a", list[int]), second.get("new", list[int])) == ([2], [3])


@pytest.mark.parametrize("data", ["", "{", "a\t[1]", "\na\t[1]", "0 1\na\t[1]", "\udcff"])
def test_a_file_of_another_form_is_ignored(known: Path, data: str) -> None:
    (known / CACHE_FOLDER / "some.lines").write_bytes(data.encode("utf-8", "surrogateescape"))
    assert opened_cache(known).get("a", list[int]) is None


def test_a_result_of_another_form_is_made_anew(known: Path) -> None:
    file = known / CACHE_FOLDER / "some.lines"
    file.write_text(file.read_text(encoding="utf-8").replace("a\t[1]", "a\t[1"), encoding="utf-8")
    assert [opened_cache(known).get(key, list[int]) for key in "ab"] == [None, []]


def test_without_a_folder_results_are_kept_in_memory() -> None:
    cache = ResultCache()
    results = [cache.get_or_compute("a", partial(list[int], [number]), list[int]) for number in (1, 2)]
    cache.save()
    assert results == [[1], [1]]
    assert results[0] is results[1]


def test_a_cache_that_is_not_enabled_keeps_nothing() -> None:
    assert not NO_CACHE.is_enabled
    NO_CACHE.put("a", [1], list[int])
    assert NO_CACHE.get("a", list[int]) is None


def test_a_problem_is_known_as_it_was(tmp_path: Path) -> None:
    place, subject = Place(ShownPath("a.md"), 2, 3), Subject(name="a", nearest="b", source=ShownPath("c.md"), covers=4)
    problems = (new_problem(place, "code", subject, text="ä\n\t"), new_problem(Place(ShownPath("a.md")), "other"))
    first = opened_cache(tmp_path)
    first.put("a", problems, tuple[Problem, ...])
    first.save()
    assert opened_cache(tmp_path).get("a", tuple[Problem, ...]) == problems


def test_what_cannot_be_written_is_not_kept(tmp_path: Path) -> None:
    first = opened_cache(tmp_path)
    first.put("a", "\udcff", str)
    first.save()
    assert opened_cache(tmp_path).get("a", str) is None


def test_texts_in_another_order_or_parted_elsewhere_have_another_key() -> None:
    assert len({digest_of("ab", "c"), digest_of("a", "bc"), digest_of("c", "ab"), digest_of("abc")}) == 4


def changed(path: ContentPath, old: str, new: str) -> Callable[[dict[ContentPath, bytes]], None]:
    """Return a function that replaces words in a file."""

    def change(data: dict[ContentPath, bytes]) -> None:
        text = data[path].decode()
        assert old in text, (path, old)
        data[path] = text.replace(old, new, 1).encode()

    return change


def without(path: ContentPath) -> Callable[[dict[ContentPath, bytes]], None]:
    """Return a function that removes a file."""

    def change(data: dict[ContentPath, bytes]) -> None:
        del data[path]

    return change


def unreadable(path: ContentPath) -> Callable[[dict[ContentPath, bytes]], None]:
    """Return a function that adds an unreadable text."""
    return lambda data: data.update({path: b"---\ntitle: [\n---\n"})


FIRST, OTHER, ENGLISH = map(ContentPath, ("tutorials/first.de.md", "tutorials/second.de.md", "tutorials/first.en.md"))


def loaded(data: dict[ContentPath, bytes]) -> LoadResult:
    return load_content(ContentFiles(data), ("de", "en"))


@pytest.fixture
def content() -> dict[ContentPath, bytes]:
    """Return a library of which one text has a link of a wiki, an image of a wiki and a step without an id."""
    data = dict(read_content_files(SMALL_LIBRARY).data)
    text = data[FIRST].decode()
    head, mark, rest = text.partition("{#why}\n\n")
    data[FIRST] = f"{head}{mark}Siehe [[Ganz anders]] und ![[circle.svg]].\n\n{rest}".encode()
    return data


@pytest.mark.parametrize(
    ("change", "is_same"),
    [
        (lambda _: None, True),
        (changed(FIRST, "Siehe [[", "So siehe [["), False),
        (changed(OTHER, "title: ", "title: Ganz anders #"), False),
        (changed(ENGLISH, "{#", "{#new-"), False),
        (unreadable(ContentPath("tutorials/ganz-anderes.de.md")), False),
        (without(ENGLISH), False),
        (without(ContentPath("tutorials/images/circle.svg")), False),
    ],
    ids=[
        "nothing",
        "its own words",
        "a title",
        "the ids of its translation",
        "an unreadable text",
        "its translation",
        "its image",
    ],
)
def test_kept_problems_of_a_text_count_only_while_its_context_is_the_same(
    tmp_path: Path, content: dict[ContentPath, bytes], change: Callable[[dict[ContentPath, bytes]], None], is_same: bool
) -> None:
    first = opened_cache(tmp_path)
    before = check(loaded(content), TODAY, cache=first)
    assert any(problem.code == "wiki-link" for problem in before)
    first.save()
    change(content)
    now = loaded(content)
    found = check(now, TODAY)
    assert check(now, TODAY, cache=opened_cache(tmp_path)) == found
    assert (found == before) is is_same


def test_a_spelling_that_is_proposed_follows_the_labels_of_the_site(
    tmp_path: Path, content: dict[ContentPath, bytes]
) -> None:
    content[FIRST] = content[FIRST].replace(b"Siehe [[", b":::note\nWorte.\n:::\n\nSiehe [[", 1)
    first = opened_cache(tmp_path)
    before = check(loaded(content), TODAY, cache=first)
    first.save()
    now = loaded(content)
    titles = {code: {**words, "note": "Ganz anders"} for code, words in now.admonition_titles.items()}
    now = replace(now, admonition_titles=titles)
    found = check(now, TODAY)
    assert check(now, TODAY, cache=opened_cache(tmp_path)) == found
    assert found != before
