"""Take texts that have not changed from the cache, as the last run read them.

Only texts without a problem are kept: what is wrong with the others is found anew in each run. Of front matter the
facts are kept; its lines are read again only where something asks for a value's place (`TextFile.front_matter`).
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, fields

from stufenweise.core.digests import digest_of, file_digest
from stufenweise.core.result_cache import ResultCache
from stufenweise.load.load_result import LoadResult
from stufenweise.load.text_file import ParsedText, TextFile
from stufenweise.load.text_reader import TextIdentity, split_text
from stufenweise.model.kinds import VOCABULARY_FILE
from stufenweise.model.paths import ContentPath, ShownPath, shown_path
from stufenweise.source.yaml.yaml_positions import YamlDocument


@dataclass(frozen=True, slots=True)
class _SavedText:
    parsed: ParsedText
    facts: str
    """The facts as JSON; empty for a translation, which has none."""


class TextCache:
    """The texts of a content folder that the last run read."""

    def __init__(self, cache: ResultCache, content: LoadResult) -> None:
        """Take the cache, and the content with its data files: all that texts have in common."""
        self._cache, self._content = cache, content
        self._shared = {
            language: repr(
                (
                    content.shown_content,
                    content.source_language,
                    sorted(content.data.vocabulary.get(language, {}).items()),
                    # While it is unreadable, unknown words are no problem.
                    VOCABULARY_FILE in content.data.unreadable,
                    content.guidance_words[language],
                    content.admonition_titles[language],
                )
            )
            for language in content.languages
        }

    def key(self, identity: TextIdentity, path: ContentPath, data: bytes) -> str:
        """Return a digest over all that a text is made of."""
        source_map = self._content.source_map
        base = source_map.base_texts.get(path, b"") if source_map else b""
        own = repr((identity.key, path, self._content.edit_path(path), file_digest(data), file_digest(base)))
        return digest_of("text", own, self._shared[identity.language])

    def get(self, key: str, identity: TextIdentity, path: ContentPath, data: bytes) -> TextFile | None:
        """Return the text that was read of a file; None if it is not known."""
        saved = self._cache.get(key, _SavedText)
        if saved is None:
            return None
        file = shown_path(self._content.shown_content, path)
        with suppress(ValueError):
            return TextFile(
                **{field.name: getattr(saved.parsed, field.name) for field in fields(ParsedText)},
                kind=identity.kind,
                slug=identity.slug,
                shown_path=file,
                facts=identity.kind.facts.model_validate_json(saved.facts) if saved.facts else None,
                read_front_matter=lambda: _front_matter(data, file),
                words=self._content.data.vocabulary.get(identity.language, {}),
                fingerprint=key,
            )
        return None

    def put(self, file: TextFile) -> None:
        """Keep a text that has no problem."""
        if self._cache.is_enabled:
            facts = file.facts.model_dump_json(exclude_unset=True) if file.facts else ""
            self._cache.put(file.fingerprint, _SavedText(file, facts), _SavedText)


def _front_matter(data: bytes, file: ShownPath) -> YamlDocument:
    """Return the front matter of a text that was readable before.

    Raises:
        ValueError: It can't be read.
    """
    parts = split_text(data, file).value
    if parts is None:
        raise ValueError(file)
    return parts.front_matter
