"""Load a content folder: every file becomes an object or a problem; none is dropped silently.

The `LoadResult` has everything that could be read, with its places. The rules of `stufenweise.check` work on it, so
that one run reports all problems; only a result without errors becomes a `Library`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from stufenweise.core.result_cache import NO_CACHE, ResultCache
from stufenweise.i18n.labels import label_languages
from stufenweise.load.content_builder import ContentBuilder
from stufenweise.load.data_files import (
    read_goals,
    read_same_words,
    read_self_check,
    read_terms,
    read_vocabulary,
)
from stufenweise.load.figure_words import read_figure_words
from stufenweise.load.label_words import admonition_titles, guidance_words
from stufenweise.load.load_options import LoadOptions
from stufenweise.load.load_result import ImageAsWritten, LoadResult, TextKey
from stufenweise.load.text_cache import TextCache
from stufenweise.load.text_reader import TextIdentity, read_facts, read_text_into, split_or_report
from stufenweise.model.facts import MAX_SLUG, is_slug
from stufenweise.model.kinds import (
    DATA_FILES,
    GLOSSARY_FILE,
    GOALS_FILE,
    KINDS,
    SEARCH_FILE,
    SELF_CHECK_FILE,
    VOCABULARY_FILE,
)
from stufenweise.model.paths import ContentPath, shown_path
from stufenweise.model.problem import Place, new_problem
from stufenweise.overlay.paused_languages import without_languages
from stufenweise.overlay.source_map import SourceMap
from stufenweise.source.files.attachments import ATTACHMENT_SUFFIXES, is_attachment
from stufenweise.source.files.content_files import IMAGE_SUFFIXES, ContentFiles
from stufenweise.source.files.file_names import is_reserved_slug, usable_file_name
from stufenweise.source.files.text_paths import TextPath
from stufenweise.source.images.image_cleaning import clean_image
from stufenweise.source.suggest import suggest, unknown_language_problem

_LEFT_BEHIND = (".orig", ".rej", ".bak", "~", ".swp", ".tmp")
"""Endings of files that merges and editors leave behind."""


def load_content(
    files: ContentFiles,
    languages: tuple[str, ...],
    options: LoadOptions | None = None,
    source_map: SourceMap | None = None,
    cache: ResultCache = NO_CACHE,
) -> LoadResult:
    """Load the files of a content folder: everything that can be read, and all problems.

    Args:
        files: The files, see `read_content_files`; those of a company may be merged over the package's.
        languages: Codes of the site's languages, the source language first.
        options: Options from the project's settings.
        source_map: Origins of the lines of merged files, see `merge_overlay`.
        cache: Texts that an earlier run read.
    """
    options = options or LoadOptions()
    paused = frozenset(label_languages() if options.paused is None else options.paused) - {*languages}
    files = without_languages(files, paused)
    no_files = LoadResult(
        shown_content=options.shown_content,
        languages=languages,
        paused=paused,
        refused=frozenset(files.refused),
        problems=tuple(files.problems),
        visibility=options.visibility,
        source_map=source_map,
        guidance_words=guidance_words(languages, options.labels),
        admonition_titles=admonition_titles(languages, options.labels),
    )
    loaded = ContentBuilder(no_files)
    for path in files.refused:
        _mark_present(loaded, path)
    _read_data_files(loaded, files, options)
    texts = TextCache(cache, loaded)
    for path, data in files.data.items():
        if path.endswith(".md"):
            _read_text_file(loaded, path, data, files, texts)
        elif path not in DATA_FILES:
            _read_file(loaded, path, data, files)
    return loaded.result()


def _read_data_files(builder: ContentBuilder, files: ContentFiles, options: LoadOptions) -> None:
    """Read the data files into `loaded`, the vocabulary first: the others are filled with its words."""
    package_vocabulary = builder.source_map.package_vocabulary if builder.source_map else None
    words = read_vocabulary(
        builder, files.data.get(VOCABULARY_FILE), package_vocabulary, options.vocabulary, options.word_places
    )
    builder.vocabulary = words
    read_goals(builder, files.data.get(GOALS_FILE), words)
    read_terms(builder, files.data.get(GLOSSARY_FILE))
    read_self_check(builder, files.data.get(SELF_CHECK_FILE), words)
    read_same_words(builder, files.data.get(SEARCH_FILE))


def _read_file(builder: ContentBuilder, path: ContentPath, data: bytes, files: ContentFiles) -> None:
    """Read an image, attachment or figure into `loaded`; report any other file."""
    if path.lower().endswith(IMAGE_SUFFIXES) and "/" in path:
        builder.assets[path], left_out = clean_image(path, data)
        if builder.assets[path] != data:
            builder.as_written[path] = ImageAsWritten(data, left_out)
    elif is_attachment(path):
        builder.attachments[path] = data
    elif not read_figure_words(builder, path, data, builder.vocabulary):
        folder, name = path.rpartition("/")[0], _suggest_and_mark(builder, path, files)[1]
        left = path.rpartition("/")[2] if path.lower().endswith(_LEFT_BEHIND) else ""
        values = {"left": left, "name": "" if left else name}
        if path.lower().endswith(ATTACHMENT_SUFFIXES):
            values = {"right": f"{folder}/files/{path.rpartition('/')[2]}".lstrip("/")}
        builder.problems.append(
            new_problem(Place(shown_path(builder.shown_content, path)), "unexpected-file", **values)
        )


def reload_texts(loaded: LoadResult, changed: Mapping[ContentPath, bytes]) -> LoadResult:
    """Return a load result with some Markdown files read again, and everything else unchanged.

    Args:
        loaded: The earlier result; it is not changed.
        changed: New bytes of loaded files, by path below the content folder.
    """
    changed_files = {shown_path(loaded.shown_content, path) for path in changed}
    unchanged = replace(
        loaded,
        texts={key: file for key, file in loaded.texts.items() if file.shown_path not in changed_files},
        half_read={file: text for file, text in loaded.half_read.items() if file not in changed_files},
        problems=tuple(problem for problem in loaded.problems if problem.place.file not in changed_files),
    )
    builder = ContentBuilder(unchanged)
    texts = TextCache(NO_CACHE, builder)
    for path, data in without_languages(ContentFiles(dict(changed)), loaded.paused).data.items():
        _read_text_file(builder, path, data, ContentFiles(dict(changed)), texts)
    return builder.result()


def _mark_present(builder: ContentBuilder, path: ContentPath) -> None:
    """Mark an unreadable file as present, so that no rule reports it as missing."""
    if path in DATA_FILES:
        builder.unreadable_data.add(path)
    folder, _, name = path.rpartition("/")
    for likely_path in (path, ContentPath(f"{folder}/{usable_file_name(name, builder.source_language)}".lstrip("/"))):
        text = TextPath.parse(likely_path)
        if text and text.kind and not text.is_extension:
            builder.unreadable.add(TextKey(text.kind.name, text.slug, text.language))


def _suggest_and_mark(builder: ContentBuilder, path: ContentPath, files: ContentFiles) -> tuple[str, str]:
    """Return the likely folder and name of a file that belongs to no kind; each is empty if it is right already.

    The file is marked as present under that name, so that no rule reports it as missing.
    """
    folder, _, name = path.rpartition("/")
    folders = [kind.folder for kind in KINDS if kind.folder]
    likely_folder = "" if folder in folders else suggest(folder, folders)
    likely_name = usable_file_name(name, builder.source_language)
    likely_path = ContentPath(f"{likely_folder or folder}/{likely_name}".lstrip("/"))
    is_free = bool(likely_name) and likely_path not in files.data
    if is_free:
        _mark_present(builder, likely_path)
    return likely_folder, likely_name if is_free and likely_name != name else ""


def _read_text_file(
    builder: ContentBuilder, path: ContentPath, data: bytes, files: ContentFiles, texts: TextCache
) -> None:
    """Read one Markdown file into `loaded`; `files` are all files of the content, `texts` those that are known."""
    identity = _identify_or_report(builder, path, files)
    if identity is None:
        return
    file, key = shown_path(builder.shown_content, path), texts.key(identity, path, data)
    if known := texts.get(key, identity, path, data):
        builder.texts[identity.key] = known
        return
    before = len(builder.problems)
    parts = split_or_report(builder, file, data)
    if parts is None:
        builder.unreadable.add(identity.key)
        return
    facts = read_facts(identity.kind, parts.front_matter, is_source=identity.language == builder.source_language)
    builder.problems += (*parts.front_matter.problems, *parts.front_matter.repaired_problems)
    text = read_text_into(builder, identity, path, parts, facts, key)
    if isinstance(facts, list):
        builder.unreadable.add(identity.key)
        builder.half_read[file] = text
        return
    builder.texts[identity.key] = text
    if len(builder.problems) == before:
        texts.put(text)


def _identify_or_report(builder: ContentBuilder, path: ContentPath, files: ContentFiles) -> TextIdentity | None:
    """Return the identity of a Markdown file by its path; None, and a problem, if the site has no such text.

    Problems of an accepted name are reported too.
    """
    place = Place(shown_path(builder.shown_content, path))
    text = TextPath.parse(path)
    kind = text.kind if text and not text.is_extension else None
    if not text or not kind:
        likely_folder, likely_name = _suggest_and_mark(builder, path, files)
        builder.problems.append(new_problem(place, "unknown-text-file", nearest=likely_folder, name=likely_name))
        return None
    slug, language = text.slug, text.language
    if not is_slug(slug):
        name = path.rpartition("/")[2]
        usable = usable_file_name(name, builder.source_language) if len(slug) <= MAX_SLUG else name
        builder.problems.append(new_problem(place, "bad-slug", slug=slug, name=usable if usable != name else ""))
        if usable != name:
            _mark_present(builder, ContentPath(f"{text.folder}/{usable}".lstrip("/")))
    elif is_reserved_slug(slug):
        builder.problems.append(new_problem(place, "reserved-name", name=slug, right=f"our-{slug}"))
    if language not in builder.languages:
        builder.problems.append(unknown_language_problem(place, language, builder.languages))
        return None
    return TextIdentity(kind, slug, language)
