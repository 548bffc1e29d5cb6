"""What rules read, whose columns their problems have, and by what these are cached.

`rules.py` lists them all. The key of a cached result is a digest over the names of the rules and everything that they
read, which `cached_by` returns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, ParamSpec

from stufenweise.check.check_run import CheckRun
from stufenweise.core.digests import digest_of
from stufenweise.load.load_result import LoadResult
from stufenweise.load.text_file import TextFile
from stufenweise.model.paths import ContentPath
from stufenweise.model.problem import Problem

P = ParamSpec("P")

Columns = Literal["written", "rendered"]
"""Whose columns problems have: those of a text as its author wrote it, or those of its body as the site reads it.

The latter are mapped to the former.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRules:
    """Rules about one text at a time."""

    rules: tuple[Callable[[CheckRun, TextFile], Iterable[Problem]], ...]
    columns: Columns = "written"
    of_half_read: bool = False
    """Whether they also hold for texts with unreadable facts."""
    cached_by: Callable[[CheckRun], Callable[[TextFile], Iterable[str]]] | None = None
    """Returns a function that returns everything that they read of a text."""

    def problems(self, run: CheckRun, _reported: Sequence[Problem]) -> Iterator[Problem]:
        """Yield the problems of the texts to check."""
        inputs_of = self.cached_by(run) if self.cached_by else None
        for file in run.texts.values():
            inputs = inputs_of(file) if inputs_of else None
            yield from self._at_written_columns(file, _problems(run, self.rules, inputs, run, file))
        for file in run.half_read.values() if self.of_half_read else ():
            yield from self._at_written_columns(file, _problems(run, self.rules, None, run, file))

    def _at_written_columns(self, file: TextFile, problems: Sequence[Problem]) -> Sequence[Problem]:
        return file.at_source_columns(problems) if self.columns == "rendered" else problems


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationRules:
    """Rules about a source text and one of its translations; they read nothing else, and are cached by the two."""

    rules: tuple[Callable[[TextFile, TextFile], Iterable[Problem]], ...]

    def problems(self, run: CheckRun, _reported: Sequence[Problem]) -> Iterator[Problem]:
        """Yield the problems of all translations that have a source."""
        for translation in run.loaded.texts.values():
            source_text = None if translation.is_source else run.loaded.source_of(translation)
            if source_text:
                inputs = (source_text.fingerprint, translation.fingerprint)
                yield from _problems(run, self.rules, inputs, source_text, translation)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentRules:
    """Rules about all texts and data files together."""

    rules: tuple[Callable[[CheckRun], Iterable[Problem]], ...]
    columns: Columns = "written"
    cached_by: Callable[[LoadResult], Iterable[str]] | None = None
    """Returns everything that they read."""

    def problems(self, run: CheckRun, _reported: Sequence[Problem]) -> Iterator[Problem]:
        """Yield the problems of the content."""
        inputs = self.cached_by(run.loaded) if self.cached_by else None
        for problem in _problems(run, self.rules, inputs, run):
            is_mapped = self.columns == "rendered"
            yield from run.texts[problem.place.file].at_source_columns((problem,)) if is_mapped else (problem,)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRules:
    """Rules about one image or attachment at a time."""

    rules: tuple[Callable[[CheckRun, ContentPath], Iterable[Problem]], ...]
    """They take the path of a file below the content folder."""
    files: Literal["images", "attachments"]
    """Which files they are about."""
    cached_by: Callable[[CheckRun, ContentPath], Iterable[str]] | None = None
    """Returns everything that they read of a file."""

    def problems(self, run: CheckRun, _reported: Sequence[Problem]) -> Iterator[Problem]:
        """Yield the problems of all these files, if any file is to be checked."""
        paths = run.loaded.media.images if self.files == "images" else run.loaded.media.attachments
        for path in paths if run.reads_files else ():
            inputs = self.cached_by(run, path) if self.cached_by else None
            yield from _problems(run, self.rules, inputs, run, path)


@dataclass(frozen=True, slots=True, kw_only=True)
class FallbackRules:
    """Rules about one text at a time that report only what no other rule explains."""

    rules: tuple[Callable[[CheckRun, TextFile, Sequence[Problem]], Iterable[Problem]], ...]
    """They take a text and the problems that other rules reported in it."""
    cached_by: Callable[[TextFile, Sequence[Problem]], Iterable[str]]
    """Returns everything that they read of a text and of these problems."""

    def problems(self, run: CheckRun, reported: Sequence[Problem]) -> Iterator[Problem]:
        """Yield the problems of the texts to check that are not `reported` yet."""
        by_file: dict[str, list[Problem]] = {}
        for problem in reported:
            by_file.setdefault(problem.place.file, []).append(problem)
        for file in run.texts.values():
            others = by_file.get(file.shown_path, [])
            yield from _problems(run, self.rules, self.cached_by(file, others), run, file, others)


Rules = TextRules | TranslationRules | ContentRules | FileRules | FallbackRules


def _problems(
    run: CheckRun,
    rules: Sequence[Callable[P, Iterable[Problem]]],
    inputs: Iterable[str] | None,
    *args: P.args,
    **kwargs: P.kwargs,
) -> tuple[Problem, ...]:
    """Return the problems that rules find, or found in an earlier run with the same inputs.

    Args:
        run: The run, with its cache.
        rules: The rules.
        inputs: Everything that they read; None if their problems are not cached.
        *args: What they take.
        **kwargs: What they take by name.
    """

    def found() -> tuple[Problem, ...]:
        return tuple(problem for rule in rules for problem in rule(*args, **kwargs))

    if inputs is None:
        return found()
    key = digest_of(*(rule.__qualname__ for rule in rules), *inputs)
    return run.cache.get_or_compute(key, found, tuple[Problem, ...])
