"""A content folder read: every file an object or a problem, nothing lost on the way.

What comes out is a `Reading`: all that could be read, with the places of what it says. The rules of `generator.check`
work on it, so that all problems of a run come together; only a reading without errors becomes a `Library`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pydantic import TypeAdapter

from generator.load.data_files import read_goals, read_terms, read_vocabulary, sayable
from generator.load.files import IMAGE_SUFFIXES, Files, read_files
from generator.load.front_matter import digest, facts, split
from generator.load.hidden import Hidden
from generator.load.layers import Layers
from generator.load.limits import limit_problem
from generator.load.names import usable_name
from generator.load.nearest import nearest, unknown_language
from generator.load.reading import Reading, TextFile, as_written
from generator.load.sections import read_sections
from generator.load.self_check import read_self_check
from generator.load.source import MAX_TEXT_BYTES, decode
from generator.load.words import Words, put_words
from generator.load.yaml_tree import Tree
from generator.model.facts import (
    PENDING,
    SLUG_PATTERN,
    Reviewed,
    TranslationFacts,
)
from generator.model.kinds import DATA_FILES, GLOSSARY_FILE, GOALS_FILE, KINDS, SELF_CHECK_FILE, VOCABULARY_FILE, Kind
from generator.model.library import (
    Text,
)
from generator.model.problem import Place, Problem, problem

_TEXT_NAME = re.compile(r"(?:(?P<folder>[^/]+)/)?(?P<slug>[^/.]+)\.(?P<language>[^/.]+)\.md")
_COMMENT = re.compile(r"^<!--.*?-->[ \t]*$", re.MULTILINE | re.DOTALL)
_SLUG = re.compile(SLUG_PATTERN)
_FACTS: Mapping[type[Reviewed], TypeAdapter[Reviewed]] = {kind.facts: TypeAdapter(kind.facts) for kind in KINDS}
_TRANSLATION = TypeAdapter(TranslationFacts)


def read_content(
    content: Path | Files | Layers,
    languages: tuple[str, ...],
    shown: str = "content",
    vocabulary: Mapping[str, Words] | None = None,
    hidden: Hidden | None = None,
    word_places: Mapping[tuple[str, str], Place] | None = None,
) -> Reading:
    """Return everything in the folder `content`.

    Args:
        content: The content folder, or its files if they were read before, or those over the package's.
        languages: Codes of the site's languages, the source language first.
        shown: How people write the folder's path, used in problems.
        vocabulary: The company's own words in its settings, per language; they take the place of the folder's.
        hidden: What the company hides.
        word_places: Where the settings have the company's own words, by language and word.
    """
    files = content.files if isinstance(content, Layers) else content
    files = files if isinstance(files, Files) else read_files(files, shown)
    reading = Reading(shown, languages, refused=frozenset(files.refused), problems=list(files.problems))
    reading.hidden = hidden or Hidden()
    if isinstance(content, Layers):
        reading.origins, reading.bases = content.origins, content.bases
    for path in files.refused:
        _refused(reading, path)
    beneath = content.words if isinstance(content, Layers) else None
    words = read_vocabulary(reading, files.data.get(VOCABULARY_FILE), beneath, vocabulary or {}, word_places or {})
    read_goals(reading, files.data.get(GOALS_FILE))
    read_terms(reading, files.data.get(GLOSSARY_FILE))
    read_self_check(reading, files.data.get(SELF_CHECK_FILE), words)
    for path, data in files.data.items():
        if path in DATA_FILES:
            continue
        if path.endswith(".md"):
            _text_file(reading, path, data, words, files)
        elif path.lower().endswith(IMAGE_SUFFIXES) and "/" in path:
            reading.assets[path] = data
        else:
            _, name = _meant(reading, path, files)
            reading.problems.append(problem(Place(f"{shown}/{path}"), "unexpected-file", name=name))
    return reading


def read_again(reading: Reading, changed: Mapping[str, bytes]) -> Reading:
    """Return a reading in which some Markdown files are read anew; everything else stays as it was read.

    Args:
        reading: What was read before; it is not altered.
        changed: What stands now in files that were among those read, by path below the content folder.
    """
    words = {language: file.words for (_, _, language), file in reading.texts.items()}
    shown = {f"{reading.shown}/{path}" for path in changed}
    result = replace(
        reading,
        texts={key: file for key, file in reading.texts.items() if file.file not in shown},
        broken=set(reading.broken),
        problems=[one for one in reading.problems if one.place.file not in shown],
    )
    for path, data in changed.items():
        _text_file(result, path, data, words, Files(dict(changed)))
    return result


def _refused(reading: Reading, path: str) -> None:
    """Note that a file is there although it could not be read, so that nobody says that it is missing."""
    if path in DATA_FILES:
        reading.broken_data.add(path)
    folder, _, name = path.rpartition("/")
    for meant in (path, f"{folder}/{usable_name(name, reading.source)}".lstrip("/")):
        found = _TEXT_NAME.fullmatch(meant)
        for kind in KINDS:
            if found and kind.takes(found["folder"] or "", found["slug"]):
                reading.broken.add((kind.name, found["slug"], found["language"]))


def _meant(reading: Reading, path: str, files: Files) -> tuple[str, str]:
    """Return folder and name that a file without a place was most likely meant to have; each empty if it is right.

    Where that is the name of a text that is not there, nobody says that it is missing.
    """
    folder, _, name = path.rpartition("/")
    folders = [kind.folder for kind in KINDS if kind.folder]
    near = "" if folder in folders else nearest(folder, folders)
    wanted = usable_name(name, reading.source)
    meant = f"{near or folder}/{wanted}".lstrip("/")
    is_free = bool(wanted) and meant not in files.data
    if is_free:
        _refused(reading, meant)
    return near, wanted if is_free and wanted != name else ""


def _text_file(reading: Reading, path: str, data: bytes, words: Mapping[str, Words], files: Files) -> None:
    """Read one Markdown file into `reading`; `files` are all there are."""
    file = f"{reading.shown}/{path}"
    found = _TEXT_NAME.fullmatch(path)
    folder = (found["folder"] or "") if found else path.rpartition("/")[0]
    kinds = [kind for kind in KINDS if found and kind.takes(folder, found["slug"])]
    if not found or not kinds:
        near, name = _meant(reading, path, files)
        reading.problems.append(problem(Place(file), "unknown-text-file", nearest=near, name=name))
        return
    kind, slug, language = kinds[0], found["slug"], found["language"]
    if not _SLUG.fullmatch(slug) or len(slug) > 60:
        name = path.rpartition("/")[2]
        wanted = usable_name(name, reading.source) if len(slug) <= 60 else name
        reading.problems.append(problem(Place(file), "bad-slug", slug=slug, name=wanted if wanted != name else ""))
        if wanted != name:
            _refused(reading, f"{folder}/{wanted}".lstrip("/"))
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
    written = parts.body
    if isinstance(own, TranslationFacts) and own.translates == PENDING:
        written = without_comments(written)
    problems = list(parts.tree.problems)
    said = words.get(language, {})
    body, unknown = put_words(written, said, file, parts.body_line)
    problems += sayable(reading, unknown)
    read = read_sections(body, file, parts.body_line, kind, is_source=is_source)
    problems += as_written(read.problems, body, written, parts.body_line, said)
    if isinstance(own, list):
        reading.problems += problems + own
        reading.broken.add((kind.name, slug, language))
        return
    title, summary, unknown = _titles(own, parts.tree, said)
    reading.problems += problems + sayable(reading, unknown)
    words_of = Text(
        language,
        title,
        summary,
        path,
        read.sections,
        digest(own.title, own.summary, _base(reading, path, file) or parts.body),
        own.translates if isinstance(own, TranslationFacts) else None,
        reading.origins.edited(path) if reading.origins else path,
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
        written,
        said,
        written != parts.body,
    )


def _base(reading: Reading, path: str, file: str) -> str:
    """Return the body of the package's own text beneath an extended one, of which translations are; empty if none."""
    text = decode(reading.bases[path], file, MAX_TEXT_BYTES) if path in reading.bases else ""
    parts = split(text, file) if isinstance(text, str) and text else None
    return "" if parts is None or isinstance(parts, Problem) else parts.body


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


def without_comments(body: str) -> str:
    """Return a translation in work without the comments that keep its source's text in sight; lines stay in place."""
    return _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), body)
