"""A content folder read: every file an object or a problem, nothing lost on the way.

What comes out is a `Reading`: all that could be read, with the places of what it says. The rules of `generator.check`
work on it, so that all problems of a run come together; only a reading without errors becomes a `Library`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter

from generator.load.files import IMAGE_SUFFIXES, Files, read_files
from generator.load.front_matter import MAX_TOLD, facts, shown, split
from generator.load.limits import limit_problem
from generator.load.nearest import nearest
from generator.load.sections import read_sections
from generator.load.source import MAX_TEXT_BYTES, MAX_YAML_BYTES, decode
from generator.load.words import Words, put_words, written_column
from generator.load.yaml_tree import Tree, read_yaml
from generator.model.facts import (
    SLUG_PATTERN,
    GoalFacts,
    Reviewed,
    TermFacts,
    TranslationFacts,
    WordForms,
)
from generator.model.kinds import DATA_FILES, GLOSSARY_FILE, GOALS_FILE, HOME, KINDS, VOCABULARY_FILE, Kind
from generator.model.library import (
    Asset,
    Goal,
    Home,
    Level,
    Library,
    Programme,
    Term,
    Text,
    Tutorial,
)
from generator.model.problem import Place, Problem, problem

_TEXT_NAME = re.compile(r"(?:(?P<folder>[^/]+)/)?(?P<slug>[^/.]+)\.(?P<language>[^/.]+)\.md")
_SLUG = re.compile(SLUG_PATTERN)
_FACTS: Mapping[type[Reviewed], TypeAdapter[Reviewed]] = {kind.facts: TypeAdapter(kind.facts) for kind in KINDS}
_TRANSLATION = TypeAdapter(TranslationFacts)
_GOAL = TypeAdapter(GoalFacts)
_TERM = TypeAdapter(TermFacts)
_WORD = TypeAdapter(WordForms)

D = TypeVar("D", Tutorial, Level, Programme, Home)
E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class TextFile:
    """One Markdown file as it was read."""

    kind: Kind
    slug: str
    file: str
    """Path as people write it."""
    text: Text
    facts: Reviewed | None
    """The source's facts; None for a translation."""
    tree: Tree
    body: str
    """Markdown below the front matter, words of the vocabulary in place."""
    body_line: int
    ids: Mapping[str, int]
    written: str
    """Markdown below the front matter, as the author wrote it."""
    words: Words
    """The vocabulary in the text's language."""

    @property
    def is_source(self) -> bool:
        """Whether it holds the facts."""
        return self.facts is not None

    def as_written(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return problems that were found in `body`, each with the column at which its author sees it."""
        return _as_written(problems, self.body, self.written, self.body_line, self.words)


@dataclass
class Reading:
    """All that could be read of a content folder, and all problems met so far."""

    shown: str
    """The content folder's path as people write it."""
    languages: tuple[str, ...]
    texts: dict[tuple[str, str, str], TextFile] = field(default_factory=dict)
    """Text files by kind, slug and language."""
    broken: set[tuple[str, str, str]] = field(default_factory=set)
    """Kind, slug and language of files that exist but could not be read."""
    goals: dict[str, GoalFacts] = field(default_factory=dict)
    terms: dict[str, TermFacts] = field(default_factory=dict)
    trees: dict[str, Tree] = field(default_factory=dict)
    """Positions in the data files, by file name."""
    broken_data: set[str] = field(default_factory=set)
    """Names of the data files with an error."""
    assets: dict[str, bytes] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()
    """Paths of the files that are there but could not be read."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def source(self) -> str:
        """Code of the source language."""
        return self.languages[0]

    def of(self, kind: Kind, language: str | None = None) -> list[TextFile]:
        """Return the files of one kind in one language (the source language if none is named), by slug."""
        wanted = language or self.source
        return [file for (name, _, code), file in sorted(self.texts.items()) if name == kind.name and code == wanted]

    def slugs(self, kind: Kind) -> set[str]:
        """Return the slugs of one kind that have a source, whether or not it could be read."""
        keys = (*self.texts, *self.broken)
        return {slug for name, slug, language in keys if name == kind.name and language == self.source}

    def library(self) -> Library:
        """Return the library; only for a reading without errors."""
        tutorials = self._documents(Tutorial, "tutorial")
        depth = _depths({tutorial.slug: tutorial.facts.requires for tutorial in tutorials})
        return Library(
            self.languages,
            self._documents(Home, "home")[0],
            tuple(sorted(self._documents(Level, "level"), key=lambda level: level.facts.level)),
            tuple(sorted(tutorials, key=lambda one: (one.facts.level, one.facts.effort, depth[one.slug], one.slug))),
            tuple(
                sorted(self._documents(Programme, "programme"), key=lambda one: (one.facts.learning_effort, one.slug))
            ),
            tuple(Goal(code, goal) for code, goal in self.goals.items()),
            tuple(Term(term, texts) for term, texts in self.terms.items()),
            tuple(Asset(path, data) for path, data in sorted(self.assets.items())),
        )

    def _documents(self, of: type[D], kind: str) -> list[D]:
        by_slug: dict[str, dict[str, Text]] = {}
        known: dict[str, Reviewed] = {}
        for (name, slug, language), file in sorted(self.texts.items()):
            if name == kind:
                by_slug.setdefault(slug, {})[language] = file.text
                if file.facts is not None:
                    known[slug] = file.facts
        return [
            of(slug, known[slug], _paired(texts, self.source), self.source)  # type: ignore[arg-type]
            for slug, texts in by_slug.items()
        ]


def _as_written(problems: Iterable[Problem], body: str, written: str, first: int, words: Words) -> list[Problem]:
    """Return problems found in `body`, which starts at line `first`, with the columns that they have in `written`."""
    found = list(problems)
    if not found or body == written:
        return found
    lines = written.split("\n")
    result: list[Problem] = []
    for one in found:
        place = one.place
        if place.line >= first and place.column > 1:
            column = written_column(lines[place.line - first], words, place.column)
            one = replace(one, place=replace(place, column=column))
        result.append(one)
    return result


def _depths(requires: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """Return for each tutorial how many stand before it in its longest chain of requirements."""
    depth = dict.fromkeys(requires, 0)
    for _ in requires:
        deeper = {
            slug: 1 + max((depth[other] for other in others if other in depth), default=-1)
            for slug, others in requires.items()
        }
        if deeper == depth:
            break
        depth = deeper
    return depth


def _paired(texts: Mapping[str, Text], source: str) -> dict[str, Text]:
    """Return the texts with ids and minutes of steps and items taken from the source where a translation has none."""
    original = texts[source]
    result = {source: original}
    for language, text in texts.items():
        if language == source:
            continue
        sections = dict(text.sections)
        if "steps" in sections and len(text.steps) == len(original.steps):
            pairs = zip(text.steps, original.steps, strict=True)
            steps = tuple(replace(ours, id=theirs.id, minutes=theirs.minutes) for ours, theirs in pairs)
            sections["steps"] = replace(sections["steps"], steps=steps)
        if "checklist" in sections and len(text.items) == len(original.items):
            items = tuple(replace(ours, id=theirs.id) for ours, theirs in zip(text.items, original.items, strict=True))
            sections["checklist"] = replace(sections["checklist"], items=items)
        result[language] = replace(text, sections=sections)
    return result


def read_content(
    content: Path | Files,
    languages: tuple[str, ...],
    shown: str = "content",
    vocabulary: Mapping[str, Words] | None = None,
) -> Reading:
    """Return everything in the folder `content`.

    Args:
        content: The content folder, or its files if they were read before.
        languages: Codes of the site's languages, the source language first.
        shown: How people write the folder's path, used in problems.
        vocabulary: The company's own words, per language; they take the place of the folder's.
    """
    files = content if isinstance(content, Files) else read_files(content, shown)
    reading = Reading(shown, languages, refused=frozenset(files.refused), problems=list(files.problems))
    for path in files.refused:
        _refused(reading, path)
    words = _vocabulary(reading, files.data.get(VOCABULARY_FILE), vocabulary or {})
    _goals(reading, files.data.get(GOALS_FILE))
    _terms(reading, files.data.get(GLOSSARY_FILE))
    for path, data in files.data.items():
        if path in DATA_FILES:
            continue
        if path.endswith(".md"):
            _text_file(reading, path, data, words)
        elif path.lower().endswith(IMAGE_SUFFIXES) and "/" in path:
            reading.assets[path] = data
        else:
            reading.problems.append(problem(Place(f"{shown}/{path}"), "unexpected-file"))
    return reading


def _refused(reading: Reading, path: str) -> None:
    """Note that a file is there although it could not be read, so that nobody says that it is missing."""
    if path in DATA_FILES:
        reading.broken_data.add(path)
    found = _TEXT_NAME.fullmatch(path)
    for kind in KINDS:
        if found and kind.folder == (found["folder"] or ""):
            reading.broken.add((kind.name, found["slug"], found["language"]))


def _text_file(reading: Reading, path: str, data: bytes, words: Mapping[str, Words]) -> None:
    """Read one Markdown file into `reading`."""
    file = f"{reading.shown}/{path}"
    found = _TEXT_NAME.fullmatch(path)
    folder = (found["folder"] or "") if found else path.rpartition("/")[0]
    kinds = [kind for kind in KINDS if kind.folder == folder]
    if not found or not kinds or (kinds[0] is HOME and found["slug"] != HOME.name):
        near = nearest(folder, [kind.folder for kind in KINDS if kind.folder])
        reading.problems.append(problem(Place(file), "unknown-text-file", nearest=near))
        return
    kind, slug, language = kinds[0], found["slug"], found["language"]
    if not _SLUG.fullmatch(slug) or len(slug) > 60:
        reading.problems.append(problem(Place(file), "bad-slug", slug=slug))
    if language not in reading.languages:
        reading.problems.append(unknown_language(Place(file), language, reading.languages))
        return
    text = decode(data, file, MAX_TEXT_BYTES)
    parts = split(text, file) if isinstance(text, str) else text
    if isinstance(parts, Problem):
        reading.problems.append(parts)
        reading.broken.add((kind.name, slug, language))
        return
    if beyond := limit_problem(file, parts.body, parts.body_line):
        reading.problems += (*parts.tree.problems, beyond)
        reading.broken.add((kind.name, slug, language))
        return
    is_source = language == reading.source
    own = _facts(kind, parts.tree, is_source=is_source)
    problems = list(parts.tree.problems)
    said = words.get(language, {})
    body, unknown = put_words(parts.body, said, file, parts.body_line)
    problems += _sayable(reading, unknown)
    read = read_sections(body, file, parts.body_line, kind, is_source=is_source)
    problems += _as_written(read.problems, body, parts.body, parts.body_line, said)
    if isinstance(own, list):
        reading.problems += problems + own
        reading.broken.add((kind.name, slug, language))
        return
    title, summary, unknown = _titles(own, parts.tree, said)
    reading.problems += problems + _sayable(reading, unknown)
    words_of = Text(
        language,
        title,
        summary,
        path,
        read.sections,
        digest(own.title, own.summary, parts.body),
        own.translates if isinstance(own, TranslationFacts) else None,
    )
    reading.texts[kind.name, slug, language] = TextFile(
        kind,
        slug,
        file,
        words_of,
        own if isinstance(own, Reviewed) else None,
        parts.tree,
        body,
        parts.body_line,
        read.ids,
        parts.body,
        said,
    )


def unknown_language(place: Place, language: str, languages: tuple[str, ...]) -> Problem:
    """Return the problem that the site has no such language."""
    near = nearest(language, languages)
    return problem(place, "unknown-language", language=language, languages=", ".join(languages), nearest=near)


def _facts(kind: Kind, tree: Tree, *, is_source: bool) -> Reviewed | TranslationFacts | list[Problem]:
    """Return the facts of a text's front matter, or what is wrong with them beside what its YAML is."""
    if tree.problems:
        return []
    if is_source:
        return facts(_FACTS[kind.facts], tree, tree.value)
    value = tree.value
    if isinstance(value, dict) and "translates" in value and ("translates",) in tree.texts:
        value = {**value, "translates": tree.texts["translates",] or None}  # A digest may look like a number
    return facts(_TRANSLATION, tree, value)


def _titles(own: Reviewed | TranslationFacts, tree: Tree, words: Words) -> tuple[str, str, list[Problem]]:
    """Return title and summary with the company's words in place, and what is wrong with them."""
    at_title, at_summary = tree.place(("title",)), tree.place(("summary",))
    title, first = put_words(own.title, words, at_title.file)
    summary, second = put_words(own.summary, words, at_summary.file)
    problems = [replace(one, place=at_title) for one in first] + [replace(one, place=at_summary) for one in second]
    return title, summary, problems


def _sayable(reading: Reading, unknown: list[Problem]) -> list[Problem]:
    """Return the problems with words, without those that only follow from a broken vocabulary."""
    if VOCABULARY_FILE in reading.broken_data:
        return [one for one in unknown if one.code not in {"unknown-word", "unknown-form"}]
    return unknown


def digest(title: str, summary: str, body: str) -> str:
    """Return 12 hexadecimal digits over the words of a text: equal words, equal digest."""
    words = "\n".join(map(str.rstrip, f"{title}\n{summary}\n{body}".split("\n"))).strip()
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def _entries(reading: Reading, name: str, data: bytes | None, adapter: TypeAdapter[E]) -> Iterable[tuple[str, E]]:
    """Yield the entries of a data file that are as they must be; say the others."""
    if data is None:
        return
    file = f"{reading.shown}/{name}"
    text = decode(data, file, MAX_YAML_BYTES)
    if isinstance(text, Problem):
        reading.problems.append(text)
        reading.broken_data.add(name)
        return
    tree = read_yaml(text, file)
    reading.trees[name] = tree
    reading.problems += tree.problems
    if tree.problems:
        reading.broken_data.add(name)
        return
    if tree.value is None:
        return
    if not isinstance(tree.value, dict):
        reading.problems.append(problem(Place(file), "expected-map", key=name, value="…"))
        reading.broken_data.add(name)
        return
    told = len(reading.problems) + MAX_TOLD
    for key, value in tree.value.items():
        if len(reading.problems) >= told:
            reading.broken_data.add(name)
            return
        if not isinstance(key, str):
            step = key if isinstance(key, int) else str(key)
            where = tree.place((step,), key=True)
            reading.problems.append(problem(where, "expected-text", key=name, value=shown(key)))
            reading.broken_data.add(name)
            continue
        entry = facts(adapter, tree, value, (key,))
        if isinstance(entry, list):
            reading.problems += entry
            reading.broken_data.add(name)
        else:
            yield key, entry


def _goals(reading: Reading, data: bytes | None) -> None:
    for code, goal in _entries(reading, GOALS_FILE, data, _GOAL):
        if not re.fullmatch(r"[A-Z][0-9]{1,2}", code):
            place = reading.trees[GOALS_FILE].place((code,), key=True)
            reading.problems.append(problem(place, "bad-goal-code", code=code))
        reading.goals[code] = goal


def _terms(reading: Reading, data: bytes | None) -> None:
    for term, texts in _entries(reading, GLOSSARY_FILE, data, _TERM):
        place = reading.trees[GLOSSARY_FILE].place((term,), key=True)
        if not _SLUG.fullmatch(term):
            reading.problems.append(
                problem(place, "bad-id", id=term, proposal=re.sub(r"[^a-z0-9]+", "-", term.lower()))
            )
        reading.terms[term] = texts


def _vocabulary(reading: Reading, data: bytes | None, own: Mapping[str, Words]) -> Mapping[str, Words]:
    """Return the words per language: those of the content folder, with the company's own above them."""
    result: dict[str, dict[str, dict[str, str]]] = {language: {} for language in reading.languages}
    for word, languages in _entries(reading, VOCABULARY_FILE, data, _WORD):
        for language, forms in languages.items():
            if "base" not in forms:
                place = reading.trees[VOCABULARY_FILE].place((word, language), key=True)
                reading.problems.append(problem(place, "word-without-base", word=word, language=language))
                reading.broken_data.add(VOCABULARY_FILE)
            elif language in result:
                result[language][word] = forms
            else:
                place = reading.trees[VOCABULARY_FILE].place((word, language), key=True)
                reading.problems.append(unknown_language(place, language, reading.languages))
    for language, words in own.items():
        known = result.setdefault(language, {})
        for word, changed in words.items():
            known[word] = {**known.get(word, {}), **changed}
    return result
