"""Convert the package's texts to the site's source language.

The first language of a site has the facts. If the package has them in another language, they move to the texts in the
site's source language, and the other texts become their translations.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stufenweise.model.facts import TranslationFacts
from stufenweise.model.paths import ContentPath, ShownPath
from stufenweise.source.files.text_paths import TextPath
from stufenweise.source.images.figure_drawing import WORDS_FILE
from stufenweise.source.yaml.front_matter import SplitText, split_front_matter, text_digest
from stufenweise.source.yaml.text_edits import UnfixableError, front_matter_entries

_WORDS = tuple(key for key in TranslationFacts.model_fields if key != "translates")
"""Keys of words, which a translation has, too; all others are facts."""


def base_in_languages(package: Mapping[ContentPath, bytes], languages: Sequence[str]) -> dict[ContentPath, bytes]:
    """Return the package's files in the site's languages; the facts move to the texts of the first one.

    Args:
        package: The package's files.
        languages: Codes of the site's languages.
    """
    result: dict[ContentPath, bytes] = {}
    texts: dict[str, dict[str, bytes]] = {}
    for path, data in package.items():
        if (words := WORDS_FILE.fullmatch(path)) and words["language"] not in languages:
            continue
        if text := TextPath.parse(path):
            texts.setdefault(text.stem, {})[text.language] = data
        else:
            result[path] = data
    for base, by_language in texts.items():
        kept = {language: data for language, data in by_language.items() if language in languages}
        if languages[0] in kept:
            kept = _with_facts_in(languages[0], kept, by_language)
        result |= {ContentPath(f"{base}.{language}.md"): data for language, data in kept.items()}
    return dict(sorted(result.items()))


def _with_facts_in(first: str, kept: Mapping[str, bytes], package: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the languages of one text with the facts in the language `first`."""
    parts = {language: _parts(data, language) for language, data in package.items()}
    source = next((language for language, part in parts.items() if part and not _is_translation(part)), first)
    words, facts = parts[first], parts[source]
    if source == first or words is None or facts is None:
        return dict(kept)
    digest = text_digest(_value(words, "title"), _value(words, "summary"), words.body)
    try:
        lines = {language: _entries(_text(package[language]), part) for language, part in parts.items() if part}
    except UnfixableError:
        return dict(kept)
    result = {}
    for language in kept:
        word_lines = [line for key in _WORDS for line in lines.get(language, {}).get(key, [])]
        rest = [line for key, entry in lines[source].items() if key not in _WORDS for line in entry]
        head = [*word_lines, *(rest if language == first else [f"translates: {digest}"])]
        split = parts[language]
        result[language] = "\n".join(("---", *head, "---", split.body if split else "")).encode()
    return result


def _parts(data: bytes, language: str) -> SplitText | None:
    return split_front_matter(_text(data), ShownPath(language)).value


def _text(data: bytes) -> str:
    return data.decode("utf-8-sig", "replace").replace("\r\n", "\n")


def _value(parts: SplitText, key: str) -> str:
    return str(parts.front_matter.value.get(key, "")) if isinstance(parts.front_matter.value, dict) else ""


def _is_translation(parts: SplitText) -> bool:
    return isinstance(parts.front_matter.value, dict) and "translates" in parts.front_matter.value


def _entries(text: str, parts: SplitText) -> dict[str, list[str]]:
    """Return the lines of each key of a text's front matter.

    Raises:
        UnfixableError: Two keys share a line.
    """
    lines = text.split("\n")
    return {entry.key: lines[entry.first : entry.end] for entry in front_matter_entries(text, parts.front_matter)}
