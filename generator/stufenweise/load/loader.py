"""Load a content folder: every file becomes an object or a problem; none is dropped silently.

The `LoadResult` has everything that could be read, with its places. The rules of `stufenweise.check` work on it, so
that one run reports all problems; only a result without errors becomes a `Library`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from stufenweise.core.result_cache import NO_CACHE, ResultCache
from stufenweise.i18n.labels import label_languages
from stufenweise.load.data_files import with_data_files
from stufenweise.load.label_words import admonition_titles, guidance_words
from stufenweise.load.load_options import LoadOptions
from stufenweise.load.load_result import ImageAsWritten, LoadResult, MediaFiles
from stufenweise.load.text_cache import TextCache
from stufenweise.load.text_file import TextKey
from stufenweise.load.text_reader import TextIdentity, read_text_file
from stufenweise.model.facts import MAX_SLUG, is_slug
from stufenweise.model.kinds import DATA_FILES, KINDS
from stufenweise.model.paths import ContentPath, shown_path
from stufenweise.model.problem import Place, new_problem
from stufenweise.overlay.paused_languages import without_languages
from stufenweise.overlay.source_map import SourceMap
from stufenweise.source.files.attachments import ATTACHMENT_SUFFIXES, is_attachment
from stufenweise.source.files.content_files import IMAGE_SUFFIXES, ContentFiles
from stufenweise.source.files.file_names import is_reserved_slug, usable_file_name
from stufenweise.source.files.text_paths import TextPath
from stufenweise.source.images.figure_drawing import WORDS_FILE
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
    content = LoadResult(
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
    content = with_data_files(content, files, options)
    content = replace(content, media=_media(files))
    texts = _TextsReader(content, files, cache)
    for path in files.refused:
        texts.mark_present(path)
    for path, data in files.data.items():
        if path.endswith(".md"):
            texts.read(path, data)
        elif path not in DATA_FILES and not WORDS_FILE.fullmatch(path) and not _is_media(path):
            texts.report_unexpected(path)
    return texts.result()


def _is_image(path: ContentPath) -> bool:
    return path.lower().endswith(IMAGE_SUFFIXES) and "/" in path


def _is_media(path: ContentPath) -> bool:
    return _is_image(path) or is_attachment(path)


def _media(files: ContentFiles) -> MediaFiles:
    """Return the images, cleaned, and the attachments."""
    images: dict[ContentPath, bytes] = {}
    as_written: dict[ContentPath, ImageAsWritten] = {}
    for path, data in files.data.items():
        if _is_image(path):
            cleaned = clean_image(path, data)
            images[path] = cleaned.data
            if cleaned.data != data:
                as_written[path] = ImageAsWritten(data, cleaned.left_out)
    attachments = {path: data for path, data in files.data.items() if is_attachment(path) and path not in images}
    return MediaFiles(images=images, as_written=as_written, attachments=attachments)


def reload_texts(loaded: LoadResult, changed: Mapping[ContentPath, bytes]) -> LoadResult:
    """Return a load result with some Markdown files read again, and everything else unchanged.

    Args:
        loaded: The earlier result; it is not changed.
        changed: New bytes of loaded files, by path below the content folder.
    """
    changed_files = {shown_path(loaded.shown_content, path) for path in changed}
    changed_keys = {_text_key(path) for path in changed}
    unchanged = replace(
        loaded,
        texts={key: file for key, file in loaded.texts.items() if file.shown_path not in changed_files},
        unreadable=frozenset(key for key in loaded.unreadable if key not in changed_keys),
        half_read={file: text for file, text in loaded.half_read.items() if file not in changed_files},
        problems=tuple(problem for problem in loaded.problems if problem.place.file not in changed_files),
    )
    files = without_languages(ContentFiles(dict(changed)), loaded.paused)
    texts = _TextsReader(unchanged, files, NO_CACHE)
    for path, data in files.data.items():
        texts.read(path, data)
    return texts.result()


def _text_key(path: ContentPath) -> TextKey | None:
    """Return the key of the text at a path; None if it belongs to no kind, or is an extension."""
    text = TextPath.parse(path)
    return TextKey(text.kind.name, text.slug, text.language) if text and text.kind and not text.is_extension else None


class _TextsReader:
    """Reads the Markdown files of a content folder, one after the other."""

    def __init__(self, content: LoadResult, files: ContentFiles, cache: ResultCache) -> None:
        """Begin with content that has its data files, and perhaps texts of an earlier run; it is not changed."""
        self.content = content
        self.files = files
        self.known = TextCache(cache, content)
        self.texts = dict(content.texts)
        self.unreadable = set(content.unreadable)
        self.half_read = dict(content.half_read)
        self.problems = list(content.problems)

    def result(self) -> LoadResult:
        """Return the content with the texts that were read."""
        return replace(
            self.content,
            texts=self.texts,
            unreadable=frozenset(self.unreadable),
            half_read=self.half_read,
            problems=tuple(self.problems),
        )

    def read(self, path: ContentPath, data: bytes) -> None:
        """Read a file; note it, and its problems."""
        identity = self._identify_or_report(path)
        if identity is None:
            return
        fingerprint = self.known.key(identity, path, data)
        if known := self.known.get(fingerprint, identity, path, data):
            self.texts[identity.key] = known
            return
        read = read_text_file(self.content, identity, path, data, fingerprint)
        self.problems += read.problems
        if read.file is None or not read.has_facts:
            self.unreadable.add(identity.key)
            if read.file:
                self.half_read[read.file.shown_path] = read.file
            return
        self.texts[identity.key] = read.file
        if not read.problems:
            self.known.put(read.file)

    def report_unexpected(self, path: ContentPath) -> None:
        """Report a file that content does not have."""
        folder, name = path.rpartition("/")[0], self._suggest_and_mark(path).name
        file_left_behind = path.rpartition("/")[2] if path.lower().endswith(_LEFT_BEHIND) else ""
        values = {"left": file_left_behind, "name": "" if file_left_behind else name}
        if path.lower().endswith(ATTACHMENT_SUFFIXES):
            values = {"right": f"{folder}/files/{path.rpartition('/')[2]}".lstrip("/")}
        self.problems.append(new_problem(self._place(path), "unexpected-file", **values))

    def mark_present(self, path: ContentPath) -> None:
        """Mark an unreadable file as present, so that no rule reports it as missing."""
        folder, _, name = path.rpartition("/")
        usable = ContentPath(f"{folder}/{usable_file_name(name, self.content.source_language)}".lstrip("/"))
        self.unreadable.update(filter(None, map(_text_key, (path, usable))))

    def _place(self, path: ContentPath) -> Place:
        return Place(shown_path(self.content.shown_content, path))

    def _suggest_and_mark(self, path: ContentPath) -> _LikelyPath:
        """Return the likely path of a file that belongs to no kind.

        The file is marked as present under that path, so that no rule reports it as missing.
        """
        folder, _, name = path.rpartition("/")
        folders = [kind.folder for kind in KINDS if kind.folder]
        likely_folder = "" if folder in folders else suggest(folder, folders)
        likely_name = usable_file_name(name, self.content.source_language)
        likely_path = ContentPath(f"{likely_folder or folder}/{likely_name}".lstrip("/"))
        is_free = bool(likely_name) and likely_path not in self.files.data
        if is_free:
            self.mark_present(likely_path)
        return _LikelyPath(likely_folder, likely_name if is_free and likely_name != name else "")

    def _identify_or_report(self, path: ContentPath) -> TextIdentity | None:
        """Return the identity of a Markdown file by its path; None, and a problem, if the site has no such text.

        Problems of an accepted name are reported too.
        """
        place, content = self._place(path), self.content
        text = TextPath.parse(path)
        kind = text.kind if text and not text.is_extension else None
        if not text or not kind:
            likely_path = self._suggest_and_mark(path)
            values = {"nearest": likely_path.folder, "name": likely_path.name}
            self.problems.append(new_problem(place, "unknown-text-file", **values))
            return None
        slug, language = text.slug, text.language
        if not is_slug(slug):
            name = path.rpartition("/")[2]
            usable = usable_file_name(name, content.source_language) if len(slug) <= MAX_SLUG else name
            self.problems.append(new_problem(place, "bad-slug", slug=slug, name=usable if usable != name else ""))
            if usable != name:
                self.mark_present(ContentPath(f"{text.folder}/{usable}".lstrip("/")))
        elif is_reserved_slug(slug):
            self.problems.append(new_problem(place, "reserved-name", name=slug, right=f"our-{slug}"))
        if language not in content.languages:
            self.problems.append(unknown_language_problem(place, language, content.languages))
            return None
        return TextIdentity(kind, slug, language)


@dataclass(frozen=True, slots=True)
class _LikelyPath:
    """What was probably meant by the path of a file that belongs to no kind."""

    folder: str
    """Empty if its folder is right."""
    name: str
    """Empty if its name is right, or not known."""
