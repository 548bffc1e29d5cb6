"""What a run left in a cache never changes what a later one finds, whatever was wrong with the content then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from functools import partial
from itertools import groupby, islice
from pathlib import Path
from typing import Any

import pytest
import yaml
from case import CASES, changes
from day import TODAY
from memory_library import LANGUAGES, changed_library, library
from stufenweise.check import check
from stufenweise.check.check_run import CheckRun
from stufenweise.check.rule import ContentRules, FallbackRules, FileRules, Rules, TextRules, TranslationRules
from stufenweise.check.rules import RULES
from stufenweise.core.result_cache import NO_CACHE, ResultCache
from stufenweise.core.safe_folders import SafeFolder
from stufenweise.load.load_result import DataFiles, LoadResult, MediaFiles
from stufenweise.load.loader import load_content
from stufenweise.load.text_cache import TextCache
from stufenweise.load.text_file import TextFile
from stufenweise.load.text_reader import TextIdentity, read_text_file
from stufenweise.model.kinds import DATA_FILES, VOCABULARY_FILE
from stufenweise.model.paths import ContentPath
from stufenweise.source.files.content_files import ContentFiles
from stufenweise.source.files.text_paths import TextPath


def case_in(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def failing_cases() -> Iterator[Path]:
    """Yield a case for each code, but for those with a file that can't be held in memory."""
    for _, group in groupby(CASES, key=lambda path: path.parent):
        failing = (path for path in group if path.stem.startswith("fail-"))
        yield from islice((path for path in failing if not case_in(path).get("on_disk")), 1)


FAILING = [*failing_cases()]


def checked(files: ContentFiles, work: Path, today: Any = TODAY) -> list[tuple[str, str]]:
    """Return places and codes of all problems, with the caches of the work folder, as commands find them."""
    texts, found = (ResultCache(SafeFolder(work), name) for name in ("texts", "checked"))
    problems = check(load_content(files, LANGUAGES, cache=texts), today, cache=found)
    texts.save()
    found.save()
    return [(str(problem.place), problem.code) for problem in problems]


def with_more_faults(files: ContentFiles, case: Mapping[str, Any]) -> ContentFiles:
    """Return the files with a wrong entry in each data file, and nonsense in the texts that the case leaves alone."""
    own = changes(case, library())
    return ContentFiles(
        {
            path: data + b"\nquux: {dee: foo}\n" if path in DATA_FILES else data if path in own else b"---\n[\n"
            for path, data in files.data.items()
        }
    )


@pytest.mark.thorough
@pytest.mark.parametrize("path", FAILING, ids=lambda path: path.parent.name)
def test_a_fault_is_found_although_other_faults_hid_it_before(path: Path, tmp_path: Path) -> None:
    case = case_in(path)
    expected = [(entry["at"], entry["code"]) for entry in case["problems"]]
    today = case.get("today", TODAY)
    files = changed_library(case)
    checked(with_more_faults(files, case), tmp_path, today)
    assert checked(files, tmp_path, today) == expected
    assert checked(ContentFiles(dict(library())), tmp_path) == []
    assert checked(files, tmp_path, today) == expected


def test_an_unknown_word_is_found_once_the_unreadable_vocabulary_is_gone(tmp_path: Path) -> None:
    files = {path: data.replace(b"{{ network }}", b"") for path, data in library().items() if path != VOCABULARY_FILE}
    files[ContentPath("home.en.md")] += b"\n{{ quux }}\n"
    fresh, broken = ContentFiles(files), ContentFiles({**files, VOCABULARY_FILE: b"["})
    expected = checked(fresh, tmp_path / "none")
    work = tmp_path / "work"
    work.mkdir()
    checked(broken, work)
    assert "unknown-word" in {code for _, code in expected}
    assert checked(fresh, work) == expected


class Recorded:
    """Notes which fields of content are read, in a set that is shared by all parts of the content."""

    def __getattribute__(self, name: str) -> Any:
        value = super().__getattribute__(name)
        if name in FIELDS and not isinstance(value, Recorded):
            READ.add(f"{type(self).__name__}.{name}")
        return value


class RecordedContent(Recorded, LoadResult):
    """Notes which of its fields are read."""


class RecordedData(Recorded, DataFiles):
    """Notes which of its fields are read."""


class RecordedMedia(Recorded, MediaFiles):
    """Notes which of its fields are read."""


FIELDS = frozenset(field.name for form in (LoadResult, DataFiles, MediaFiles) for field in fields(form))
READ: set[str] = set()


def values_of(part: Any) -> dict[str, Any]:
    return {field.name: getattr(part, field.name) for field in fields(part)}


def recorded(loaded: LoadResult) -> LoadResult:
    """Return content that notes which of its fields are read."""
    parts = {"data": RecordedData(**values_of(loaded.data)), "media": RecordedMedia(**values_of(loaded.media))}
    return RecordedContent(**{**values_of(loaded), **parts})


def fields_read(act: Callable[[], object]) -> frozenset[str]:
    """Return the fields of recorded content that `act` reads."""
    READ.clear()
    act()
    return frozenset(READ)


def read_for_a_text(content: LoadResult, path: str, data: bytes) -> tuple[frozenset[str], frozenset[str]]:
    """Return what the key of a text reads of content, and what reading the text reads of it."""
    text = TextPath.parse(ContentPath(path))
    assert text
    assert text.kind
    identity = TextIdentity(text.kind, text.slug, text.language)
    by_key = fields_read(lambda: TextCache(ResultCache(), content).key(identity, ContentPath(path), data))
    return by_key, fields_read(lambda: read_text_file(content, identity, ContentPath(path), data, ""))


def changed_contents() -> Iterator[tuple[Mapping[ContentPath, bytes], LoadResult]]:
    """Yield the files of some failing cases, and what is loaded of them."""
    for path in FAILING[::5]:
        files = changed_library(case_in(path))
        yield files.data, recorded(load_content(files, LANGUAGES))


def test_the_key_of_a_text_has_everything_that_the_text_is_read_from() -> None:
    for data, content in changed_contents():
        for file in content.texts.values():
            by_key, by_reading = read_for_a_text(content, file.path, data[file.path])
            assert by_reading <= by_key, file.path


def test_the_key_of_a_rule_has_everything_that_the_rule_reads() -> None:
    """What a text is made of is in its fingerprint."""
    for _, content in changed_contents():
        run = CheckRun(loaded=content, today=TODAY, cache=NO_CACHE)
        of_texts = read_for_a_text(content, "home.de.md", b"")[0]
        for rules in RULES:
            for act_key, act in acts(rules, run):
                by_key = fields_read(act_key)
                assert fields_read(act) <= by_key | of_texts, rules


def acts(rules: Rules, run: CheckRun) -> Iterator[tuple[Callable[[], object], Callable[[], object]]]:
    """Yield functions that make the key of a cached result, each with one that computes the result."""
    match rules:
        case TextRules(cached_by=inputs_of) if inputs_of:
            for file in run.texts.values():
                yield partial(text_key, inputs_of, run, file), partial(problems_of, rules, run, file)
        case TranslationRules():
            for file in run.texts.values():
                if source := None if file.is_source else run.loaded.source_of(file):
                    yield tuple, partial(problems_of, rules, source, file)
        case ContentRules(cached_by=inputs_of) if inputs_of:
            yield partial(listed, inputs_of, run.loaded), partial(problems_of, rules, run)
        case FileRules(cached_by=inputs_of) if inputs_of:
            for path in getattr(run.loaded.media, rules.files):
                yield partial(listed, inputs_of, run, path), partial(problems_of, rules, run, path)
        case FallbackRules(cached_by=inputs_of):
            for file in run.texts.values():
                yield partial(inputs_of, file, ()), partial(problems_of, rules, run, file, ())


def text_key(inputs_of: Callable[[CheckRun], Callable[[TextFile], object]], run: CheckRun, file: TextFile) -> object:
    return inputs_of(run)(file)


def listed(inputs_of: Callable[..., Iterable[str]], *arguments: object) -> list[str]:
    return [*inputs_of(*arguments)]


def problems_of(rules: Rules, *arguments: Any) -> list[object]:
    """Return the problems that all rules find."""
    wanted: tuple[Callable[..., Iterable[object]], ...] = rules.rules
    return [problem for rule in wanted for problem in rule(*arguments)]
