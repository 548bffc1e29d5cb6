"""Read one Markdown file: front matter to facts, body to sections, with vocabulary words filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from pydantic import TypeAdapter

from stufenweise.load.content_builder import ContentBuilder
from stufenweise.load.data_files import (
    usable_word_problems,
)
from stufenweise.load.load_result import TextFile, TextKey, at_source_columns
from stufenweise.load.sections import ParsedSections, parse_sections
from stufenweise.load.vocabulary import VocabularyForms, fill_vocabulary
from stufenweise.model.facts import PENDING, LevelFacts, Reviewed, TranslationFacts
from stufenweise.model.kinds import (
    KINDS,
    LEVEL,
    Kind,
)
from stufenweise.model.library import Text
from stufenweise.model.paths import ContentPath, ShownPath, shown_path
from stufenweise.model.problem import Place, Problem, new_problem
from stufenweise.source.files.decoding import MAX_TEXT_BYTES, read_text
from stufenweise.source.files.merge_conflict import find_merge_conflict
from stufenweise.source.files.text_limits import limit_problem
from stufenweise.source.markdown.dialect import site_markdown
from stufenweise.source.markdown.outline import LineKind, read_outline
from stufenweise.source.yaml.front_matter import SplitText, split_front_matter, text_digest
from stufenweise.source.yaml.meant_facts import facts_as_meant
from stufenweise.source.yaml.validation import validate_facts
from stufenweise.source.yaml.yaml_positions import YamlDocument

F = TypeVar("F", Reviewed, TranslationFacts)
_FACTS: Mapping[type[Reviewed], TypeAdapter[Reviewed]] = {kind.facts: TypeAdapter(kind.facts) for kind in KINDS}
_TRANSLATION = TypeAdapter(TranslationFacts)


@dataclass(frozen=True, slots=True)
class TextIdentity:
    """Kind, slug and language of a text file, from its path."""

    kind: Kind
    slug: str
    language: str

    @property
    def key(self) -> TextKey:
        """Its key in `LoadResult.texts`."""
        return TextKey(self.kind.name, self.slug, self.language)


def split_or_report(builder: ContentBuilder, file: ShownPath, data: bytes) -> SplitText | None:
    """Return front matter and body of a text; report a problem and return None if it can't be read or is too large."""
    decoded = read_text(data, file, MAX_TEXT_BYTES)
    text = decoded.text
    if text is None:
        builder.problems += decoded.problems
        return None
    if conflict := find_merge_conflict(text):
        values = {"first": conflict.first, "last": conflict.last, "markers": conflict.markers}
        builder.problems.append(new_problem(Place(file, conflict.first), "merge-conflict", **values))
        return None
    builder.problems += decoded.problems
    parts = split_front_matter(text, file)
    if isinstance(parts, Problem):
        builder.problems.append(parts)
        return None
    if beyond := limit_problem(file, parts.body, parts.body_line):
        builder.problems += (*parts.front_matter.problems, *parts.front_matter.repaired_problems, beyond)
        return None
    return parts


def split_text(data: bytes, file: ShownPath) -> SplitText:
    """Return front matter and body of a text that was readable before.

    Raises:
        ValueError: The text can't be read.
    """
    decoded = read_text(data, file, MAX_TEXT_BYTES)
    parts = split_front_matter(decoded.text, file) if decoded.text is not None else decoded.problems[0]
    if isinstance(parts, Problem):
        raise ValueError(parts.code)  # noqa: TRY004 -- a value, not a type
    return parts


@dataclass(frozen=True, slots=True)
class _BodyWithWords:
    """The body of a text with vocabulary words filled in."""

    source_body: str
    """The author's Markdown, without the comments of a stub."""
    body: str
    """The Markdown as the site reads it."""
    parsed: ParsedSections


def _read_body(
    builder: ContentBuilder,
    identity: TextIdentity,
    file: ShownPath,
    parts: SplitText,
    vocabulary: VocabularyForms,
    *,
    is_pending: bool,
) -> _BodyWithWords:
    """Return the body of a text, and report its problems."""
    language = identity.language
    source_body = strip_source_comments(parts.body) if is_pending else parts.body
    filled, unknown = fill_vocabulary(source_body, vocabulary, file, parts.body_line)
    body = site_markdown(filled, builder.admonition_titles[language])
    guidance, is_source = builder.guidance_words[language], language == builder.source_language
    parsed = parse_sections(body, file, parts.body_line, identity.kind, guidance, is_source=is_source)
    builder.problems += usable_word_problems(builder, unknown)
    builder.problems += at_source_columns(parsed.problems, body, source_body, parts.body_line, vocabulary)
    return _BodyWithWords(source_body, body, parsed)


def read_text_into(
    builder: ContentBuilder,
    identity: TextIdentity,
    path: ContentPath,
    parts: SplitText,
    facts: Reviewed | TranslationFacts | list[Problem],
    fingerprint: str,
) -> TextFile:
    """Return a text with vocabulary words filled in, and report its problems; without facts it has no title."""
    file = shown_path(builder.shown_content, path)
    vocabulary = builder.vocabulary.get(identity.language, {})
    translates = facts.translates if isinstance(facts, TranslationFacts) else None
    filled = _read_body(builder, identity, file, parts, vocabulary, is_pending=translates == PENDING)
    titles, digest = _TitlesWithWords(), ""
    if isinstance(facts, list):
        builder.problems += facts
    else:
        titles = _fill_titles(facts, parts.front_matter, vocabulary)
        builder.problems += usable_word_problems(builder, titles.problems)
        digest = text_digest(facts.title, facts.summary, _extended_body(builder, path, file) or parts.body)
    return TextFile(
        kind=identity.kind,
        slug=identity.slug,
        shown_path=file,
        text=Text(
            language=identity.language,
            title=titles.title,
            summary=titles.summary,
            path=path,
            sections=filled.parsed.sections,
            digest=digest,
            translates=translates,
            edit_path=builder.edit_path(path),
            search=titles.search,
            verb=titles.verb,
        ),
        facts=facts if isinstance(facts, Reviewed) else None,
        read_front_matter=lambda: parts.front_matter,
        body=filled.body,
        body_line=parts.body_line,
        ids=filled.parsed.ids,
        source_body=filled.source_body,
        words=vocabulary,
        is_stub=filled.source_body != parts.body,
        fingerprint=fingerprint,
    )


def _extended_body(builder: ContentBuilder, path: ContentPath, file: ShownPath) -> str:
    """Return an extended text's body in the package, to which translation digests refer; empty for other texts."""
    base_texts = builder.source_map.base_texts if builder.source_map else {}
    text = read_text(base_texts[path], file, MAX_TEXT_BYTES).text if path in base_texts else None
    parts = split_front_matter(text, file) if text is not None else None
    return "" if parts is None or isinstance(parts, Problem) else parts.body


def read_facts(kind: Kind, document: YamlDocument, *, is_source: bool) -> Reviewed | TranslationFacts | list[Problem]:
    """Return the facts of a text's front matter, or their problems; an empty list if the YAML itself has problems."""
    if document.problems:
        return []
    if is_source:
        facts = validate_facts(_FACTS[kind.facts], document, document.value)
        return _as_meant(_FACTS[kind.facts], document, facts) if isinstance(facts, list) else facts
    value = document.value
    if isinstance(value, dict) and "translates" in value and ("translates",) in document.texts:
        value = {**value, "translates": document.texts["translates",] or None}  # A digest may look like a number
    translated = validate_facts(_TRANSLATION, document, value)
    if isinstance(translated, TranslationFacts) and translated.verb and kind is not LEVEL:
        valid_keys = ", ".join(name for name in TranslationFacts.model_fields if name != "verb")
        return [
            new_problem(document.place(("verb",), key=True), "unknown-key", key="verb", nearest="", known=valid_keys)
        ]
    return _as_meant(_TRANSLATION, document, translated) if isinstance(translated, list) else translated


def _as_meant(kind: TypeAdapter[F], document: YamlDocument, problems: list[Problem]) -> F | list[Problem]:
    """Return corrected facts and note their problems in the document; return the problems if one is not certain."""
    meant = facts_as_meant(document, problems)
    facts: F | list[Problem] = problems
    if meant:
        facts = validate_facts(kind, document, meant.value)
    if meant is None or isinstance(facts, list):
        return _without_unreadable_keys(problems, document)
    document.repaired_problems += problems
    document.repaired_lines |= meant.lines
    return facts


def _without_unreadable_keys(problems: list[Problem], document: YamlDocument) -> list[Problem]:
    """Drop 'missing key' for keys with an unreadable value."""
    return [
        problem for problem in problems if problem.code != "missing-key" or problem.value("key") not in document.unread
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _TitlesWithWords:
    """The words of front matter, with vocabulary words filled in."""

    title: str = ""
    summary: str = ""
    verb: str = ""
    search: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    """Problems of unknown vocabulary words."""


def _fill_titles(
    facts: Reviewed | TranslationFacts, document: YamlDocument, vocabulary: VocabularyForms
) -> _TitlesWithWords:
    """Return title, summary, verb and search words of a text with vocabulary words filled in."""
    problems: list[Problem] = []

    def fill(text: str, *path: str | int) -> str:
        place = document.place(path)
        filled, unknown = fill_vocabulary(text, vocabulary, place.file)
        problems.extend(replace(problem, place=place) for problem in unknown)
        return filled

    return _TitlesWithWords(
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
