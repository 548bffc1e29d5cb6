"""Leave out and count texts in languages that mkdocs.yml does not list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace

from stufenweise.source.files.content_files import ContentFiles
from stufenweise.source.files.text_paths import TextPath
from stufenweise.source.images.figure_drawing import WORDS_FILE


def language_of(path: str) -> str:
    """Return the language of a text, an extension or the words of a figure; empty for other files."""
    if text := TextPath.parse(path):
        return text.language
    words = WORDS_FILE.fullmatch(path)
    return words["language"] if words else ""


def without_languages(files: ContentFiles, languages: Collection[str]) -> ContentFiles:
    """Return content files without the texts, extensions and figure words in some languages."""
    if not languages:
        return files
    return replace(files, data={path: data for path, data in files.data.items() if language_of(path) not in languages})


def count_by_language(paths: Iterable[str], languages: Collection[str]) -> dict[str, int]:
    """Return the number of files in each of `languages` that has any."""
    counts = Counter(map(language_of, paths))
    return {language: counts[language] for language in sorted(languages) if counts[language]}
