"""Load a content folder: every file becomes an object or a problem; none is dropped silently.

What comes out is a `LoadResult`: all that could be read, with the places of what it says. The rules of
`stufenweise.check` work on it, so that all problems of a run come together; only a result without errors becomes a
`Library`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TypeVar

from pydantic import TypeAdapter

from stufenweise.i18n.labels import Labels, label_languages
from stufenweise.load.data_files import (
    read_goals,
    read_same_words,
    read_self_check,
    read_terms,
    read_vocabulary,
    usable_word_problems,
)
from stufenweise.load.figure_words import read_figure_words
from stufenweise.load.label_words import admonition_titles, guidance_words
from stufenweise.load.load_result import ImageAsWritten, LoadResult, TextFile, at_source_columns
from stufenweise.load.sections import parse_sections
from stufenweise.load.vocabulary import VocabularyForms, fill_vocabulary
from stufenweise.model.facts import PENDING, SLUG_PATTERN, LevelFacts, Reviewed, TranslationFacts
from stufenweise.model.kinds import (
    DATA_FILES,
    GLOSSARY_FILE,
    GOALS_FILE,
    KINDS,
    LEVEL,
    SEARCH_FILE,
    SELF_CHECK_FILE,
    VOCABULARY_FILE,
    Kind,
)
from stufenweise.model.library import Text
from stufenweise.model.problem import Place, Problem, problem
from stufenweise.overlay.paused_languages import without_languages
from stufenweise.overlay.source_map import SourceMap
from stufenweise.overlay.visibility import Visibility
from stufenweise.source.attachments import ATTACHMENT_SUFFIXES, is_attachment
from stufenweise.source.content_files import IMAGE_SUFFIXES, ContentFiles
from stufenweise.source.decoding import MAX_TEXT_BYTES, read_text
from stufenweise.source.dialect import site_markdown
from stufenweise.source.file_names import is_reserved_slug, usable_file_name
from stufenweise.source.front_matter import SplitText, split_front_matter, text_digest, validate_facts
from stufenweise.source.image_cleaning import clean_image
from stufenweise.source.meant_values import facts_as_meant
from stufenweise.source.merge_conflict import find_merge_conflict
from stufenweise.source.outline import LineKind, read_outline
from stufenweise.source.suggest import suggest, unknown_language_problem
from stufenweise.source.text_limits import limit_problem
from stufenweise.source.yaml_positions import YamlDocument, YamlPath

_TEXT_NAME = re.compile(r"(?:(?P<folder>[^/]+)/)?(?P<slug>[^/.]+)\.(?P<language>[^/.]+)\.md")
_SLUG = re.compile(SLUG_PATTERN)
_LEFT_BEHIND = (".orig", ".rej", ".bak", "~", ".swp", ".tmp")
"""Endings of the files that merges and editors leave behind."""
F = TypeVar("F", Reviewed, TranslationFacts)
_FACTS: Mapping[type[Reviewed], TypeAdapter[Reviewed]] = {kind.facts: TypeAdapter(kind.facts) for kind in KINDS}
_TRANSLATION = TypeAdapter(TranslationFacts)


def load_content(
    files: ContentFiles,
    languages: tuple[str, ...],
    content_path: str = "content",
    vocabulary: Mapping[str, VocabularyForms] | None = None,
    visibility: Visibility | None = None,
    word_places: Mapping[tuple[str, str], Place] | None = None,
    source_map: SourceMap | None = None,
    labels: Mapping[str, Labels] | None = None,
    paused: Collection[str] | None = None,
) -> LoadResult:
    """Return everything that can be read in the files of a content folder, and all problems met.

    Args:
        files: The files, see `read_content_files`; those of a company may be merged over the package's.
        languages: Codes of the site's languages, the source language first.
        content_path: How people write the folder's path, used in problems.
        vocabulary: The company's own words in its settings, per language; they take the place of the folder's.
        visibility: What the company hides.
        word_places: Where the settings have the company's own words, by language and word.
        source_map: Where the lines of merged files are from, see `merge_overlay`.
        labels: Labels by language; for a language that the package lacks, they say what begins the mentor's words.
        paused: Codes of languages that the site could have and does not list: what is written in them is left out.
            Those that the package has labels for, if not given.
    """
    paused = frozenset(label_languages() if paused is None else paused) - {*languages}
    files = without_languages(files, paused)
    loaded = LoadResult(
        content_path=content_path, languages=languages, refused=frozenset(files.refused), problems=list(files.problems)
    )
    loaded.paused = paused
    loaded.visibility = visibility or Visibility()
    loaded.source_map = source_map
    loaded.guidance_words = guidance_words(languages, labels or {})
    loaded.admonition_titles = admonition_titles(languages, labels or {})
    for path in files.refused:
        _refused(loaded, path)
    package_vocabulary = source_map.package_vocabulary if source_map else None
    words = read_vocabulary(
        loaded, files.data.get(VOCABULARY_FILE), package_vocabulary, vocabulary or {}, word_places or {}
    )
    loaded.vocabulary = words
    read_goals(loaded, files.data.get(GOALS_FILE), words)
    read_terms(loaded, files.data.get(GLOSSARY_FILE))
    read_self_check(loaded, files.data.get(SELF_CHECK_FILE), words)
    read_same_words(loaded, files.data.get(SEARCH_FILE))
    for path, data in files.data.items():
        if path in DATA_FILES:
            continue
        if path.endswith(".md"):
            _text_file(loaded, path, data, words, files)
        elif path.lower().endswith(IMAGE_SUFFIXES) and "/" in path:
            loaded.assets[path], left_out = clean_image(path, data)
            if loaded.assets[path] != data:
                loaded.as_written[path] = ImageAsWritten(data, left_out)
        elif is_attachment(path):
            loaded.attachments[path] = data
        elif not read_figure_words(loaded, path, data, words):
            folder, name = path.rpartition("/")[0], _suggest_name(loaded, path, files)[1]
            left = path.rpartition("/")[2] if path.lower().endswith(_LEFT_BEHIND) else ""
            values = {"left": left, "name": "" if left else name}
            if path.lower().endswith(ATTACHMENT_SUFFIXES):
                values = {"right": f"{folder}/files/{path.rpartition('/')[2]}".lstrip("/")}
            loaded.problems.append(problem(Place(f"{content_path}/{path}"), "unexpected-file", **values))
    return loaded


def reload_texts(loaded: LoadResult, changed: Mapping[str, bytes]) -> LoadResult:
    """Return a load result in which some Markdown files are read anew; everything else stays as it was.

    Args:
        loaded: What was read before; it is not altered.
        changed: What stands now in files that were among those read, by path below the content folder.
    """
    changed_files = {f"{loaded.content_path}/{path}" for path in changed}
    result = replace(
        loaded,
        texts={key: file for key, file in loaded.texts.items() if file.file not in changed_files},
        unreadable=set(loaded.unreadable),
        half_read={file: one for file, one in loaded.half_read.items() if file not in changed_files},
        problems=[one for one in loaded.problems if one.place.file not in changed_files],
    )
    for path, data in without_languages(ContentFiles(dict(changed)), result.paused).data.items():
        _text_file(result, path, data, loaded.vocabulary, ContentFiles(dict(changed)))
    return result


def _refused(loaded: LoadResult, path: str) -> None:
    """Mark an unreadable file as present, so that no rule reports it missing."""
    if path in DATA_FILES:
        loaded.unreadable_data.add(path)
    folder, _, name = path.rpartition("/")
    for meant in (path, f"{folder}/{usable_file_name(name, loaded.source)}".lstrip("/")):
        found = _TEXT_NAME.fullmatch(meant)
        for kind in KINDS:
            if found and kind.takes(found["folder"] or "", found["slug"]):
                loaded.unreadable.add((kind.name, found["slug"], found["language"]))


def _suggest_name(loaded: LoadResult, path: str, files: ContentFiles) -> tuple[str, str]:
    """Suggest folder and name for a file that no kind takes; each is empty if it is right already.

    If the suggested text does not exist, it is marked as present, so that no rule reports it missing.
    """
    folder, _, name = path.rpartition("/")
    folders = [kind.folder for kind in KINDS if kind.folder]
    near = "" if folder in folders else suggest(folder, folders)
    wanted = usable_file_name(name, loaded.source)
    meant = f"{near or folder}/{wanted}".lstrip("/")
    is_free = bool(wanted) and meant not in files.data
    if is_free:
        _refused(loaded, meant)
    return near, wanted if is_free and wanted != name else ""


def _text_file(
    loaded: LoadResult, path: str, data: bytes, words: Mapping[str, VocabularyForms], files: ContentFiles
) -> None:
    """Read one Markdown file into `loaded`; `files` are all there are."""
    identity = _identify(loaded, path, files)
    if identity is None:
        return
    kind, slug, language = identity
    file = f"{loaded.content_path}/{path}"
    parts = _decode(loaded, file, data)
    if parts is None:
        loaded.unreadable.add((kind.name, slug, language))
        return
    facts = _facts(kind, parts.front_matter, is_source=language == loaded.source)
    loaded.problems += (*parts.front_matter.problems, *parts.front_matter.repaired_problems)
    text = _text(loaded, identity, path, parts, facts, words.get(language, {}))
    if isinstance(facts, list):
        loaded.unreadable.add((kind.name, slug, language))
        loaded.half_read[file] = text
    else:
        loaded.texts[kind.name, slug, language] = text


def _identify(loaded: LoadResult, path: str, files: ContentFiles) -> tuple[Kind, str, str] | None:
    """Return kind, slug and language of a Markdown file by its path; None if it is no text of the site."""
    place = Place(f"{loaded.content_path}/{path}")
    found = _TEXT_NAME.fullmatch(path)
    folder = (found["folder"] or "") if found else path.rpartition("/")[0]
    kinds = [kind for kind in KINDS if found and kind.takes(folder, found["slug"])]
    if not found or not kinds:
        near, name = _suggest_name(loaded, path, files)
        loaded.problems.append(problem(place, "unknown-text-file", nearest=near, name=name))
        return None
    slug, language = found["slug"], found["language"]
    if not _SLUG.fullmatch(slug) or len(slug) > 60:
        name = path.rpartition("/")[2]
        usable = usable_file_name(name, loaded.source) if len(slug) <= 60 else name
        loaded.problems.append(problem(place, "bad-slug", slug=slug, name=usable if usable != name else ""))
        if usable != name:
            _refused(loaded, f"{folder}/{usable}".lstrip("/"))
    elif is_reserved_slug(slug):
        loaded.problems.append(problem(place, "reserved-name", name=slug, right=f"our-{slug}"))
    if language not in loaded.languages:
        loaded.problems.append(unknown_language_problem(place, language, loaded.languages))
        return None
    return kinds[0], slug, language


def _decode(loaded: LoadResult, file: str, data: bytes) -> SplitText | None:
    """Return front matter and body of a text; None if it can't be read or is beyond a limit."""
    decoded = read_text(data, file, MAX_TEXT_BYTES)
    if isinstance(decoded, Problem):
        loaded.problems.append(decoded)
        return None
    text, invisible = decoded
    if conflict := find_merge_conflict(text):
        values = {"first": conflict.first, "last": conflict.last, "markers": conflict.markers}
        loaded.problems.append(problem(Place(file, conflict.first), "merge-conflict", **values))
        return None
    loaded.problems += invisible
    parts = split_front_matter(text, file)
    if isinstance(parts, Problem):
        loaded.problems.append(parts)
        return None
    if beyond := limit_problem(file, parts.body, parts.body_line):
        loaded.problems += (*parts.front_matter.problems, *parts.front_matter.repaired_problems, beyond)
        return None
    return parts


def _text(
    loaded: LoadResult,
    identity: tuple[Kind, str, str],
    path: str,
    parts: SplitText,
    facts: Reviewed | TranslationFacts | list[Problem],
    vocabulary: VocabularyForms,
) -> TextFile:
    """Return a text with the vocabulary in place; one whose facts are problems has no title."""
    kind, slug, language = identity
    file = f"{loaded.content_path}/{path}"
    source_body = parts.body
    if isinstance(facts, TranslationFacts) and facts.translates == PENDING:
        source_body = strip_source_comments(source_body)
    filled, unknown = fill_vocabulary(source_body, vocabulary, file, parts.body_line)
    body = site_markdown(filled, loaded.admonition_titles[language])
    is_source = language == loaded.source
    read = parse_sections(body, file, parts.body_line, kind, loaded.guidance_words[language], is_source=is_source)
    loaded.problems += usable_word_problems(loaded, unknown)
    loaded.problems += at_source_columns(read.problems, body, source_body, parts.body_line, vocabulary)
    title = summary = verb = digest = ""
    search: tuple[str, ...] = ()
    if isinstance(facts, list):
        loaded.problems += facts
    else:
        title, summary, verb, search, unknown = _titles(facts, parts.front_matter, vocabulary)
        loaded.problems += usable_word_problems(loaded, unknown)
        digest = text_digest(facts.title, facts.summary, _base(loaded, path, file) or parts.body)
    return TextFile(
        kind=kind,
        slug=slug,
        file=file,
        text=Text(
            language=language,
            title=title,
            summary=summary,
            path=path,
            sections=read.sections,
            digest=digest,
            translates=facts.translates if isinstance(facts, TranslationFacts) else None,
            edit_path=loaded.source_map.edit_path(path) if loaded.source_map else path,
            search=search,
            verb=verb,
        ),
        facts=facts if isinstance(facts, Reviewed) else None,
        front_matter=parts.front_matter,
        body=body,
        body_line=parts.body_line,
        ids=read.ids,
        source_body=source_body,
        words=vocabulary,
        in_work=source_body != parts.body,
    )


def _base(loaded: LoadResult, path: str, file: str) -> str:
    """Return the body of the package's text that is extended, which its translations translate; empty if none is."""
    base_texts = loaded.source_map.base_texts if loaded.source_map else {}
    text = read_text(base_texts[path], file, MAX_TEXT_BYTES) if path in base_texts else None
    parts = split_front_matter(text[0], file) if isinstance(text, tuple) else None
    return "" if parts is None or isinstance(parts, Problem) else parts.body


def _facts(kind: Kind, tree: YamlDocument, *, is_source: bool) -> Reviewed | TranslationFacts | list[Problem]:
    """Return the facts of a text's front matter, or what is wrong with them beside what its YAML is."""
    if tree.problems:
        return []
    if is_source:
        facts = validate_facts(_FACTS[kind.facts], tree, tree.value)
        return _as_meant(_FACTS[kind.facts], tree, facts) if isinstance(facts, list) else facts
    value = tree.value
    if isinstance(value, dict) and "translates" in value and ("translates",) in tree.texts:
        value = {**value, "translates": tree.texts["translates",] or None}  # A digest may look like a number
    translated = validate_facts(_TRANSLATION, tree, value)
    if isinstance(translated, TranslationFacts) and translated.verb and kind is not LEVEL:
        known = ", ".join(name for name in TranslationFacts.model_fields if name != "verb")
        return [problem(tree.place(("verb",), key=True), "unknown-key", key="verb", nearest="", known=known)]
    return _as_meant(_TRANSLATION, tree, translated) if isinstance(translated, list) else translated


def _as_meant(kind: TypeAdapter[F], tree: YamlDocument, found: list[Problem]) -> F | list[Problem]:
    """Return facts as they were meant, their problems noted in the tree; the problems if that is not plain."""
    meant = facts_as_meant(tree, found)
    facts: F | list[Problem] = found
    if meant:
        facts = validate_facts(kind, tree, meant.value)
    if meant is None or isinstance(facts, list):
        return _readable(found, tree)
    tree.repaired_problems += found
    tree.repaired_lines |= meant.lines
    return facts


def _readable(own: list[Problem], tree: YamlDocument) -> list[Problem]:
    """Return problems of facts without those that a value is missing which could not be read."""
    return [one for one in own if one.code != "missing-key" or dict(one.values)["key"] not in tree.unread]


def _titles(
    own: Reviewed | TranslationFacts, tree: YamlDocument, words: VocabularyForms
) -> tuple[str, str, str, tuple[str, ...], list[Problem]]:
    """Return title, summary, verb and search words with the company's words in place, and what is wrong with them."""
    verb = own.verb if isinstance(own, LevelFacts | TranslationFacts) else ""
    paths: dict[YamlPath, str] = {("title",): own.title, ("summary",): own.summary, ("verb",): verb}
    paths |= {("search", index): word for index, word in enumerate(own.search)}
    filled: list[str] = []
    problems: list[Problem] = []
    for path, text in paths.items():
        place = tree.place(path)
        one, unknown = fill_vocabulary(text, words, place.file)
        filled.append(one)
        problems += [replace(each, place=place) for each in unknown]
    title, summary, verb, *search = filled
    return title, summary, verb, tuple(search), problems


def strip_source_comments(body: str) -> str:
    """Remove source-text comments from an unfinished translation, keeping line numbers."""
    outline = read_outline(body)
    kept = ("" if kind is LineKind.COMMENT else line for line, kind in zip(outline.lines, outline.kinds, strict=True))
    return "\n".join(kept)
