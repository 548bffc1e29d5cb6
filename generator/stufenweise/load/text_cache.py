"""Take texts that have not changed from the cache, as the last run read them.

Only texts without a problem are kept: what is wrong with the others is found anew in each run. Of front matter the
facts are kept; its lines are read again only where something asks for a value's place (`TextFile.front_matter`).
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, cast

from stufenweise.core.digests import digest_of, file_digest
from stufenweise.core.result_cache import ResultCache
from stufenweise.load.load_result import LoadResult
from stufenweise.load.text_file import TextFile
from stufenweise.load.text_reader import TextIdentity, split_text
from stufenweise.model.paths import ContentPath, ShownPath, shown_path
from stufenweise.model.text import ChecklistItem, Guidance, Section, SolutionKey, Step, Text
from stufenweise.source.yaml.yaml_positions import YamlDocument


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
        saved = self._cache.get(key)
        if saved is not None:
            with suppress(ValueError, TypeError, LookupError, AttributeError):
                return self._from_data(saved, key, identity, path, data)
        return None

    def put(self, file: TextFile) -> None:
        """Keep a text that has no problem."""
        if self._cache.is_enabled:
            self._cache.put(file.fingerprint, _as_data(file))

    def _from_data(self, saved: object, key: str, identity: TextIdentity, path: ContentPath, data: bytes) -> TextFile:
        words, facts, body, source_body, body_line, ids, sections, is_stub = cast("list[Any]", saved)
        title, summary, search, verb, digest, translates = words
        file = shown_path(self._content.shown_content, path)
        return TextFile(
            kind=identity.kind,
            slug=identity.slug,
            shown_path=file,
            text=Text(
                language=identity.language,
                title=title,
                summary=summary,
                path=path,
                sections=_sections(sections),
                digest=digest,
                translates=translates,
                edit_path=self._content.edit_path(path),
                search=tuple(search),
                verb=verb,
            ),
            facts=identity.kind.facts.model_validate_json(facts) if facts else None,
            read_front_matter=lambda: _front_matter(data, file),
            body=source_body if body is None else body,
            body_line=body_line,
            ids=dict(ids),
            source_body=source_body,
            words=self._content.data.vocabulary.get(identity.language, {}),
            is_stub=is_stub,
            fingerprint=key,
        )


def _front_matter(data: bytes, file: ShownPath) -> YamlDocument:
    """Return the front matter of a text that was readable before.

    Raises:
        ValueError: It can't be read.
    """
    parts = split_text(data, file).value
    if parts is None:
        raise ValueError(file)
    return parts.front_matter


def _as_data(file: TextFile) -> list[object]:
    text = file.text
    return [
        [text.title, text.summary, [*text.search], text.verb, text.digest, text.translates],
        file.facts.model_dump_json(exclude_unset=True) if file.facts else "",
        None if file.body == file.source_body else file.body,
        file.source_body,
        file.body_line,
        [*file.ids.items()],
        [_section_as_data(section) for section in text.sections.values()],
        file.is_stub,
    ]


def _section_as_data(section: Section) -> list[object]:
    key = section.key
    return [
        section.id, section.heading, section.body, section.line,
        [_step_as_data(step) for step in section.steps],
        [[item.id, item.text, item.line] for item in section.items],
        [key.heading, key.body, key.line] if key else None,
    ]  # fmt: skip


def _step_as_data(step: Step) -> list[object]:
    guidance = step.guidance
    return [
        step.id, step.title, step.minutes, step.body, step.line, step.part, step.short, step.body_line,
        [guidance.do, guidance.ask, guidance.watch, [*guidance.lines]] if guidance else None,
    ]  # fmt: skip


def _sections(rows: list[Any]) -> Mapping[str, Section]:
    sections = {}
    for name, heading, body, line, steps, items, key in rows:
        sections[name] = Section(
            id=name,
            heading=heading,
            body=body,
            line=line,
            steps=tuple(map(_step, steps)),
            items=tuple(ChecklistItem(*item) for item in items),
            key=SolutionKey(*key) if key else None,
        )
    return sections


def _step(row: list[Any]) -> Step:
    name, title, minutes, body, line, part, short, body_line, guidance_row = row
    guidance = None
    if guidance_row:
        do, ask, watch, lines = guidance_row
        guidance = Guidance(do=do, ask=ask, watch=watch, lines=tuple(lines))
    return Step(
        id=name,
        title=title,
        minutes=minutes,
        body=body,
        line=line,
        part=part,
        short=short,
        guidance=guidance,
        body_line=body_line,
    )
