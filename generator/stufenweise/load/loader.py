"""Load a content folder: every file becomes an object or a problem; none is dropped silently.

What comes out is a `LoadResult`: all that could be read, with the places of what it says. The rules of
`stufenweise.check` work on it, so that all problems of a run come together; only a result without errors becomes a
`Library`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pydantic import TypeAdapter

from stufenweise.i18n.labels import label_languages
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
from stufenweise.load.load_options import LoadOptions
from stufenweise.load.load_result import ImageAsWritten, LoadResult, TextFile, at_source_columns
from stufenweise.load.sections import parse_sections
from stufenweise.load.vocabulary import VocabularyForms, fill_vocabulary
from stufenweise.model.facts import MAX_SLUG, PENDING, LevelFacts, Reviewed, TranslationFacts, is_slug
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
from stufenweise.source.attachments import ATTACHMENT_SUFFIXES, is_attachment
from stufenweise.source.content_files import IMAGE_SUFFIXES, ContentFiles
from stufenweise.source.decoding import MAX_TEXT_BYTES, read_text
from stufenweise.source.dialect import site_markdown
from stufenweise.source.fact_problems import validate_facts
from stufenweise.source.file_names import is_reserved_slug, usable_file_name
from stufenweise.source.front_matter import SplitText, split_front_matter, text_digest
from stufenweise.source.image_cleaning import clean_image
from stufenweise.source.merge_conflict import find_merge_conflict
from stufenweise.source.outline import LineKind, read_outline
from stufenweise.source.suggest import suggest, unknown_language_problem
from stufenweise.source.text_limits import limit_problem
from stufenweise.source.yaml_positions import YamlDocument

_TEXT_NAME = re.compile(r"(?:(?P<folder>[^/]+)/)?(?P<slug>[^/.]+)\.(?P<language>[^/.]+)\.md")
_LEFT_BEHIND = (".orig", ".rej", ".bak", "~", ".swp", ".tmp")
"""Endings of the files that merges and editors leave behind."""
_FACTS: Mapping[type[Reviewed], TypeAdapter[Reviewed]] = {kind.facts: TypeAdapter(kind.facts) for kind in KINDS}
_TRANSLATION = TypeAdapter(TranslationFacts)


def load_content(
    files: ContentFiles,
    languages: tuple[str, ...],
    options: LoadOptions | None = None,
    source_map: SourceMap | None = None,
) -> LoadResult:
    """Return everything that can be read in the files of a content folder, and all problems met.

    Args:
        files: The files, see `read_content_files`; those of a company may be merged over the package's.
        languages: Codes of the site's languages, the source language first.
        options: What the project's settings say about it.
        source_map: Where the lines of merged files are from, see `merge_overlay`.
    """
    options = options or LoadOptions()
    paused = frozenset(label_languages() if options.paused is None else options.paused) - {*languages}
    files = without_languages(files, paused)
    loaded = LoadResult(
        content_path=options.content_path,
        languages=languages,
        paused=paused,
        refused=frozenset(files.refused),
        problems=list(files.problems),
        visibility=options.visibility,
        source_map=source_map,
        guidance_words=guidance_words(languages, options.labels),
        admonition_titles=admonition_titles(languages, options.labels),
    )
    for path in files.refused:
        _mark_present(loaded, path)
    package_vocabulary = source_map.package_vocabulary if source_map else None
    words = read_vocabulary(
        loaded, files.data.get(VOCABULARY_FILE), package_vocabulary, options.vocabulary, options.word_places
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
            _read_text_file_into(loaded, path, data, words, files)
        elif path.lower().endswith(IMAGE_SUFFIXES) and "/" in path:
            loaded.assets[path], left_out = clean_image(path, data)
            if loaded.assets[path] != data:
                loaded.as_written[path] = ImageAsWritten(data, left_out)
        elif is_attachment(path):
            loaded.attachments[path] = data
        elif not read_figure_words(loaded, path, data, words):
            folder, name = path.rpartition("/")[0], _suggest_and_mark(loaded, path, files)[1]
            left = path.rpartition("/")[2] if path.lower().endswith(_LEFT_BEHIND) else ""
            values = {"left": left, "name": "" if left else name}
            if path.lower().endswith(ATTACHMENT_SUFFIXES):
                values = {"right": f"{folder}/files/{path.rpartition('/')[2]}".lstrip("/")}
            loaded.problems.append(problem(Place(f"{options.content_path}/{path}"), "unexpected-file", **values))
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
        half_read={file: text for file, text in loaded.half_read.items() if file not in changed_files},
        problems=[one for one in loaded.problems if one.place.file not in changed_files],
    )
    for path, data in without_languages(ContentFiles(dict(changed)), result.paused).data.items():
        _read_text_file_into(result, path, data, loaded.vocabulary, ContentFiles(dict(changed)))
    return result


def _mark_present(loaded: LoadResult, path: str) -> None:
    """Mark a file that can't be read as present, so that no rule reports it missing."""
    if path in DATA_FILES:
        loaded.unreadable_data.add(path)
    folder, _, name = path.rpartition("/")
    for likely_path in (path, f"{folder}/{usable_file_name(name, loaded.source_language)}".lstrip("/")):
        match = _TEXT_NAME.fullmatch(likely_path)
        for kind in KINDS:
            if match and kind.takes(match["folder"] or "", match["slug"]):
                loaded.unreadable.add((kind.name, match["slug"], match["language"]))


def _suggest_and_mark(loaded: LoadResult, path: str, files: ContentFiles) -> tuple[str, str]:
    """Return the likely folder and name of a file that no kind takes; each is empty if it is right already.

    A file of that name is marked as present, so that no rule reports it missing.
    """
    folder, _, name = path.rpartition("/")
    folders = [kind.folder for kind in KINDS if kind.folder]
    likely_folder = "" if folder in folders else suggest(folder, folders)
    likely_name = usable_file_name(name, loaded.source_language)
    likely_path = f"{likely_folder or folder}/{likely_name}".lstrip("/")
    is_free = bool(likely_name) and likely_path not in files.data
    if is_free:
        _mark_present(loaded, likely_path)
    return likely_folder, likely_name if is_free and likely_name != name else ""


def _read_text_file_into(
    loaded: LoadResult, path: str, data: bytes, words: Mapping[str, VocabularyForms], files: ContentFiles
) -> None:
    """Read one Markdown file into `loaded`; `files` are all files of the content."""
    identity = _identify_or_report(loaded, path, files)
    if identity is None:
        return
    kind, slug, language = identity
    file = f"{loaded.content_path}/{path}"
    parts = _split_or_report(loaded, file, data)
    if parts is None:
        loaded.unreadable.add((kind.name, slug, language))
        return
    facts = _facts(kind, parts.front_matter, is_source=language == loaded.source_language)
    loaded.problems += (*parts.front_matter.problems, *parts.front_matter.repaired_problems)
    text = _read_text_into(loaded, identity, path, parts, facts, words.get(language, {}))
    if isinstance(facts, list):
        loaded.unreadable.add((kind.name, slug, language))
        loaded.half_read[file] = text
    else:
        loaded.texts[kind.name, slug, language] = text


def _identify_or_report(loaded: LoadResult, path: str, files: ContentFiles) -> tuple[Kind, str, str] | None:
    """Return kind, slug and language of a Markdown file by its path; None, and a problem, if the site has no such text.

    Problems of the name are added to `loaded`, also of one that is taken all the same.
    """
    place = Place(f"{loaded.content_path}/{path}")
    match = _TEXT_NAME.fullmatch(path)
    folder = (match["folder"] or "") if match else path.rpartition("/")[0]
    kinds = [kind for kind in KINDS if match and kind.takes(folder, match["slug"])]
    if not match or not kinds:
        likely_folder, likely_name = _suggest_and_mark(loaded, path, files)
        loaded.problems.append(problem(place, "unknown-text-file", nearest=likely_folder, name=likely_name))
        return None
    slug, language = match["slug"], match["language"]
    if not is_slug(slug):
        name = path.rpartition("/")[2]
        usable = usable_file_name(name, loaded.source_language) if len(slug) <= MAX_SLUG else name
        loaded.problems.append(problem(place, "bad-slug", slug=slug, name=usable if usable != name else ""))
        if usable != name:
            _mark_present(loaded, f"{folder}/{usable}".lstrip("/"))
    elif is_reserved_slug(slug):
        loaded.problems.append(problem(place, "reserved-name", name=slug, right=f"our-{slug}"))
    if language not in loaded.languages:
        loaded.problems.append(unknown_language_problem(place, language, loaded.languages))
        return None
    return kinds[0], slug, language


def _split_or_report(loaded: LoadResult, file: str, data: bytes) -> SplitText | None:
    """Return front matter and body of a text; None, and a problem in `loaded`, if it can't be read or is too large."""
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


def _read_text_into(
    loaded: LoadResult,
    identity: tuple[Kind, str, str],
    path: str,
    parts: SplitText,
    facts: Reviewed | TranslationFacts | list[Problem],
    vocabulary: VocabularyForms,
) -> TextFile:
    """Return a text with the vocabulary in place, and add its problems to `loaded`; without facts it has no title."""
    kind, slug, language = identity
    file = f"{loaded.content_path}/{path}"
    source_body = parts.body
    if isinstance(facts, TranslationFacts) and facts.translates == PENDING:
        source_body = strip_source_comments(source_body)
    filled, unknown = fill_vocabulary(source_body, vocabulary, file, parts.body_line)
    body = site_markdown(filled, loaded.admonition_titles[language])
    guidance, is_source = loaded.guidance_words[language], language == loaded.source_language
    parsed = parse_sections(body, file, parts.body_line, kind, guidance, is_source=is_source)
    loaded.problems += usable_word_problems(loaded, unknown)
    loaded.problems += at_source_columns(parsed.problems, body, source_body, parts.body_line, vocabulary)
    titles, digest = FilledTitles(), ""
    if isinstance(facts, list):
        loaded.problems += facts
    else:
        titles = _fill_titles(facts, parts.front_matter, vocabulary)
        loaded.problems += usable_word_problems(loaded, titles.problems)
        digest = text_digest(facts.title, facts.summary, _extended_body(loaded, path, file) or parts.body)
    return TextFile(
        kind=kind,
        slug=slug,
        file=file,
        text=Text(
            language=language,
            title=titles.title,
            summary=titles.summary,
            path=path,
            sections=parsed.sections,
            digest=digest,
            translates=facts.translates if isinstance(facts, TranslationFacts) else None,
            edit_path=loaded.source_map.edit_path(path) if loaded.source_map else path,
            search=titles.search,
            verb=titles.verb,
        ),
        facts=facts if isinstance(facts, Reviewed) else None,
        front_matter=parts.front_matter,
        body=body,
        body_line=parts.body_line,
        ids=parsed.ids,
        source_body=source_body,
        words=vocabulary,
        is_stub=source_body != parts.body,
    )


def _extended_body(loaded: LoadResult, path: str, file: str) -> str:
    """Return the body that an extended text has in the package, which is what translations are compared with."""
    base_texts = loaded.source_map.base_texts if loaded.source_map else {}
    text = read_text(base_texts[path], file, MAX_TEXT_BYTES) if path in base_texts else None
    parts = split_front_matter(text[0], file) if isinstance(text, tuple) else None
    return "" if parts is None or isinstance(parts, Problem) else parts.body


def _facts(kind: Kind, document: YamlDocument, *, is_source: bool) -> Reviewed | TranslationFacts | list[Problem]:
    """Return the facts of a text's front matter, or their problems; empty if the YAML itself has problems."""
    if document.problems:
        return []
    if is_source:
        facts = validate_facts(_FACTS[kind.facts], document, document.value)
        return _without_unreadable_keys(facts, document) if isinstance(facts, list) else facts
    value = document.value
    if isinstance(value, dict) and "translates" in value and ("translates",) in document.texts:
        value = {**value, "translates": document.texts["translates",] or None}  # A digest may look like a number
    translated = validate_facts(_TRANSLATION, document, value)
    if isinstance(translated, TranslationFacts) and translated.verb and kind is not LEVEL:
        valid_keys = ", ".join(name for name in TranslationFacts.model_fields if name != "verb")
        return [problem(document.place(("verb",), key=True), "unknown-key", key="verb", nearest="", known=valid_keys)]
    return _without_unreadable_keys(translated, document) if isinstance(translated, list) else translated


def _without_unreadable_keys(problems: list[Problem], document: YamlDocument) -> list[Problem]:
    """Drop 'missing key' for keys whose value could not be read."""
    return [one for one in problems if one.code != "missing-key" or one.value("key") not in document.unread]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledTitles:
    """What the front matter calls a text, with the words of the vocabulary in place."""

    title: str = ""
    summary: str = ""
    verb: str = ""
    search: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    """Words that the vocabulary lacks."""


def _fill_titles(
    facts: Reviewed | TranslationFacts, document: YamlDocument, vocabulary: VocabularyForms
) -> FilledTitles:
    """Return title, summary, verb and search words of a text with the words of the vocabulary in place."""
    problems: list[Problem] = []

    def fill(text: str, *path: str | int) -> str:
        place = document.place(path)
        filled, unknown = fill_vocabulary(text, vocabulary, place.file)
        problems.extend(replace(each, place=place) for each in unknown)
        return filled

    return FilledTitles(
        title=fill(facts.title, "title"),
        summary=fill(facts.summary, "summary"),
        verb=fill(facts.verb if isinstance(facts, LevelFacts | TranslationFacts) else "", "verb"),
        search=tuple(fill(word, "search", index) for index, word in enumerate(facts.search)),
        problems=problems,
    )


def strip_source_comments(body: str) -> str:
    """Remove source-text comments from an unfinished translation, keeping line numbers."""
    outline = read_outline(body)
    lines = zip(outline.lines, outline.kinds, strict=True)
    return "\n".join("" if kind is LineKind.COMMENT else line for line, kind in lines)
