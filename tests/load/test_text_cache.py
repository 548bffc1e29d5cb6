"""A text from the cache equals the one that would be read, and is used only while its sources are unchanged."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from commands import run
from hypothesis import given
from hypothesis import strategies as st
from stufenweise.config.project import WORK_FOLDER
from stufenweise.core.result_cache import CACHE_FOLDER, NO_CACHE, ResultCache
from stufenweise.core.safe_folders import SafeFolder
from stufenweise.load import loader
from stufenweise.load.load_options import LoadOptions
from stufenweise.load.load_result import LoadResult
from stufenweise.load.loader import load_content
from stufenweise.load.text_file import ParsedText, TextFile, TextKey
from stufenweise.load.text_reader import read_text_file
from stufenweise.model.paths import ContentPath
from stufenweise.source.files.content_files import ContentFiles, read_content_files
from texts import SMALL_LIBRARY

SHIPPED = Path(__file__).parents[2] / "content"
FIRST = ContentPath("tutorials/first.de.md")
FIRST_KEY = TextKey("tutorial", "first", "de")
OPTIONS = LoadOptions()


def loaded(data: dict[ContentPath, bytes], work: Path | None = None, options: LoadOptions = OPTIONS) -> LoadResult:
    """Load content, with the cache in a work folder if one is given."""
    cache = ResultCache(SafeFolder(work), "texts") if work else NO_CACHE
    result = load_content(ContentFiles(data), ("de", "en"), options, cache=cache)
    cache.save()
    return result


@pytest.fixture
def content() -> dict[ContentPath, bytes]:
    """Return the files of the small library."""
    return dict(read_content_files(SMALL_LIBRARY).data)


@pytest.mark.parametrize("folder", [SMALL_LIBRARY, SHIPPED], ids=["small", "shipped"])
def test_texts_from_the_cache_are_those_that_are_read(tmp_path: Path, folder: Path) -> None:
    data = dict(read_content_files(folder).data)
    read = loaded(data)
    loaded(data, tmp_path)
    kept = loaded(data, tmp_path)
    assert repr(kept.texts) == repr(read.texts)
    assert kept.texts == read.texts
    assert [text.front_matter for text in kept.texts.values()] == [text.front_matter for text in read.texts.values()]
    assert kept.problems == read.problems


def values_of(form: Any) -> st.SearchStrategy[Any]:
    """Return values of a type; those of a dataclass have a value in every field, also where there is a default."""
    origin, inner = get_origin(form), [values_of(part) for part in get_args(form) if part is not ...]
    if isinstance(form, type) and is_dataclass(form):
        hints = get_type_hints(form)
        return st.builds(form, **{field.name: values_of(hints[field.name]) for field in fields(form)})
    if origin is Mapping:
        return st.dictionaries(*inner, max_size=2)
    if origin is tuple and ... in get_args(form):
        return st.lists(inner[0], max_size=2).map(tuple)
    return st.one_of(*inner) if origin is UnionType else st.from_type(form)


@given(values_of(ParsedText))
def test_whatever_a_text_holds_the_cache_gives_back(parsed: ParsedText) -> None:
    with tempfile.TemporaryDirectory() as work:
        first = ResultCache(SafeFolder(Path(work)), "some")
        first.put("key", parsed, ParsedText)
        first.save()
        second = ResultCache(SafeFolder(Path(work)), "some")
        assert second.get("key", ParsedText) == parsed


def test_what_the_cache_does_not_keep_has_to_be_given_to_each_text() -> None:
    """A field with a default could be forgotten."""
    kept = {field.name for field in fields(ParsedText)}
    others = [field for field in fields(TextFile) if field.name not in kept]
    assert all(field.default is MISSING and field.default_factory is MISSING for field in others)


def test_only_what_has_changed_is_read(
    tmp_path: Path, content: dict[ContentPath, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded(content, tmp_path)
    paths: list[str] = []

    def noted(*given: Any) -> object:
        paths.append(given[2])
        return read_text_file(*given)

    monkeypatch.setattr(loader, "read_text_file", noted)
    loaded(content, tmp_path)
    assert paths == []
    content[FIRST] = content[FIRST].replace(b"title: ", b"title: Neu ", 1)
    assert loaded(content, tmp_path).texts[FIRST_KEY].text.title.startswith("Neu")
    assert paths == [FIRST]


def test_a_text_follows_the_words_of_the_company(tmp_path: Path, content: dict[ContentPath, bytes]) -> None:
    content[FIRST] = content[FIRST].replace(b"{#why}\n\n", b"{#why}\n\nIm {{ network }}. ", 1)
    loaded(content, tmp_path)
    options = LoadOptions(vocabulary={"de": {"network": {"base": "Netz"}}})
    file = loaded(content, tmp_path, options).texts[FIRST_KEY]
    assert file == loaded(content, None, options).texts[FIRST_KEY]
    assert "Im Netz." in file.body


def test_problems_of_a_text_are_found_in_each_run(tmp_path: Path, content: dict[ContentPath, bytes]) -> None:
    content[FIRST] = content[FIRST].replace(b"{#why}", b"{#what}", 1)
    first, second = loaded(content, tmp_path), loaded(content, tmp_path)
    assert first.problems == second.problems != ()


@pytest.mark.parametrize("forged", [1, [], {"a": "b"}, {"parsed": {}, "facts": ""}, {"parsed": None, "facts": "{"}])
def test_an_entry_of_another_form_is_read_anew(
    tmp_path: Path, content: dict[ContentPath, bytes], forged: object
) -> None:
    read = loaded(content, tmp_path)
    file = tmp_path / CACHE_FOLDER / "texts.lines"
    head, *lines = file.read_text(encoding="utf-8").split("\n")
    results = [f"{line.partition(chr(9))[0]}\t{json.dumps(forged)}" for line in lines]
    file.write_text("\n".join([head, *results]), encoding="utf-8")
    assert loaded(content, tmp_path).texts == read.texts


@pytest.mark.parametrize("command", [["check"], ["check", "."], ["status"], ["doctor"], ["handouts"]])
def test_a_command_reads_no_text_that_an_earlier_one_has_read(
    project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    config = project(content=SMALL_LIBRARY)
    (config.parent / WORK_FOLDER).mkdir()
    monkeypatch.chdir(config.parent / "content")
    assert run(config, "check").exit_code == 0
    paths: list[object] = []
    monkeypatch.setattr(loader, "read_text_file", lambda *given: paths.append(given[2]))
    assert run(config, *command).exit_code == 0
    assert paths == []
