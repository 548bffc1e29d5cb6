"""Read one Markdown file: front matter to facts, body to sections, with vocabulary words filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from pydantic import TypeAdapter

from stufenweise.load.load_result import LoadResult
from stufenweise.load.sections import ParsedSections, parse_sections
from stufenweise.load.text_file import TextFile, TextKey, at_source_columns
from stufenweise.load.vocabulary import VocabularyForms, fill_vocabulary, usable_word_problems
from stufenweise.model.facts import PENDING, LevelFacts, Reviewed, TranslationFacts
from stufenweise.model.kinds import (
    KINDS,
    LEVEL,
    Kind,
)
from stufenweise.model.outcome import Outcome
from stufenweise.model.paths import ContentPath, ShownPath, shown_path
from stufenweise.model.problem import Place, Problem, new_problem
from stufenweise.model.text import Text
from stufenweise.source.files.decoding import MAX_TEXT_BYTES, read_text
from stufenweise.source.files.merge_conflict import find_merge_conflict
from stufenweise.source.files.text_limits import limit_problem
from stufenweise.source.markdown.dialect import site_markdown
from stufenweise.source.markdown.outline import LineKind, read_outline
from stufenweise.source.yaml.front_matter import SplitText, split_front_matter, text_digest
from stufenweise.source.yaml.meant_facts import facts_as_meant
from stufenweise.source.yaml.validation import ValidatedFacts, validate_facts
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadText:
    """What a Markdown file was read as."""

    file: TextFile | None = None
    """None if it could not be read at all."""
    has_facts: bool = False
    """Whether its facts could be read; without them it has no title, and only its body can be checked."""
    problems: tuple[Problem, ...] = ()


def split_text(data: bytes, file: ShownPath) -> Outcome[SplitText]:
    """Return front matter and body of a text, or why it can't be read: it has none, or is too large."""
    decoded = read_text(data, file, MAX_TEXT_BYTES)
    if decoded.value is None:
        return Outcome.failure(*decoded.problems)
    if conflict := find_merge_conflict(decoded.value):
        values = {"first": conflict.first, "last": conflict.last, "markers": conflict.markers}
        return Outcome.failure(new_problem(Place(file, conflict.first), "merge-conflict", **values))
    split = split_front_matter(decoded.value, file)
    if (parts := split.value) is None:
        return Outcome.failure(*decoded.problems, *split.problems)
    if beyond := limit_problem(file, parts.body, parts.body_line):
        head = (*parts.front_matter.problems, *parts.front_matter.repaired_problems)
        return Outcome.failure(*decoded.problems, *head, beyond)
    return Outcome(parts, decoded.problems)


@dataclass(frozen=True, slots=True)
class _BodyWithWords:
    """The body of a text with vocabulary words filled in."""

    source_body: str
    """The author's Markdown, without the comments of a stub."""
    body: str
    """The Markdown as the site reads it."""
    parsed: ParsedSections
    problems: tuple[Problem, ...]


def _read_body(
    content: LoadResult, identity: TextIdentity, file: ShownPath, parts: SplitText, *, is_pending: bool
) -> _BodyWithWords:
    """Return the body of a text."""
    language = identity.language
    vocabulary = content.data.vocabulary.get(language, {})
    source_body = strip_source_comments(parts.body) if is_pending else parts.body
    filled = fill_vocabulary(source_body, vocabulary, file, parts.body_line)
    body = site_markdown(filled.text, content.admonition_titles[language])
    guidance, is_source = content.guidance_words[language], language == content.source_language
    parsed = parse_sections(body, file, parts.body_line, identity.kind, guidance, is_source=is_source)
    problems = (
        *usable_word_problems(content.data.unreadable, filled.problems),
        *at_source_columns(parsed.problems, body, source_body, parts.body_line, vocabulary),
    )
    return _BodyWithWords(source_body, body, parsed, problems)


def read_text_file(
    content: LoadResult, identity: TextIdentity, path: ContentPath, data: bytes, fingerprint: str
) -> ReadText:
    """Read one Markdown file, with vocabulary words filled in.

    Args:
        content: The content with its data files, but without texts.
        identity: Kind, slug and language of the text.
        path: Its path below the content folder.
        data: Its bytes.
        fingerprint: Digest over all that the text is made of.
    """
    file = shown_path(content.shown_content, path)
    split = split_text(data, file)
    if (parts := split.value) is None:
        return ReadText(problems=split.problems)
    read = read_facts(identity.kind, parts.front_matter, is_source=identity.language == content.source_language)
    facts, front_matter = read.facts, parts.front_matter
    head = replace(front_matter, repaired_lines={**front_matter.repaired_lines, **read.repaired_lines})
    translates = facts.translates if isinstance(facts, TranslationFacts) else None
    body = _read_body(content, identity, file, parts, is_pending=translates == PENDING)
    vocabulary = content.data.vocabulary.get(identity.language, {})
    titles = _fill_titles(facts, head, vocabulary) if facts else _TitlesWithWords()
    text = Text(
        language=identity.language,
        title=titles.title,
        summary=titles.summary,
        path=path,
        sections=body.parsed.sections,
        digest=_words_digest(content, path, facts, parts.body) if facts else "",
        translates=translates,
        edit_path=content.edit_path(path),
        search=titles.search,
        verb=titles.verb,
    )
    return ReadText(
        file=TextFile(
            kind=identity.kind,
            slug=identity.slug,
            shown_path=file,
            text=text,
            facts=facts if isinstance(facts, Reviewed) else None,
            read_front_matter=lambda: head,
            source_body=body.source_body,
            site_body=body.body if body.body != body.source_body else None,
            body_line=parts.body_line,
            ids=body.parsed.ids,
            words=vocabulary,
            is_stub=body.source_body != parts.body,
            fingerprint=fingerprint,
        ),
        has_facts=facts is not None,
        problems=(
            *split.problems,
            *head.problems,
            *head.repaired_problems,
            *read.problems,
            *body.problems,
            *usable_word_problems(content.data.unreadable, titles.problems),
        ),
    )


def _words_digest(content: LoadResult, path: ContentPath, facts: Reviewed | TranslationFacts, body: str) -> str:
    """Return the digest that translations refer to; for an extended text, it is over the body in the package."""
    base_texts = content.source_map.base_texts if content.source_map else {}
    if path in base_texts:
        file = shown_path(content.shown_content, path)
        text = read_text(base_texts[path], file, MAX_TEXT_BYTES).value
        base = None if text is None else split_front_matter(text, file).value
        body = (base and base.body) or body
    return text_digest(facts.title, facts.summary, body)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFacts:
    """The facts of a text's front matter."""

    facts: Reviewed | TranslationFacts | None = None
    """None if they could not be read."""
    problems: tuple[Problem, ...] = ()
    """With facts, those of values for which it is certain what is meant."""
    repaired_lines: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """The lines of such values as they are meant, by line index from 0."""


def read_facts(kind: Kind, document: YamlDocument, *, is_source: bool) -> ReadFacts:
    """Return the facts of a text's front matter, and their problems; no problems if the YAML itself has some.

    Args:
        kind: Kind of the text.
        document: The front matter.
        is_source: Whether it is the source, which has all facts.
    """
    if document.problems:
        return ReadFacts()
    if is_source:
        adapter = _FACTS[kind.facts]
        return _as_meant(adapter, document, validate_facts(adapter, document, document.value))
    value = document.value
    if isinstance(value, dict) and "translates" in value and ("translates",) in document.texts:
        value = {**value, "translates": document.texts["translates",] or None}  # A digest may look like a number
    translated = validate_facts(_TRANSLATION, document, value)
    if translated.value and translated.value.verb and kind is not LEVEL:
        valid_keys = ", ".join(name for name in TranslationFacts.model_fields if name != "verb")
        place = document.place(("verb",), key=True)
        return ReadFacts(problems=(new_problem(place, "unknown-key", key="verb", known=valid_keys),))
    return _as_meant(_TRANSLATION, document, translated)


def _as_meant(adapter: TypeAdapter[F], document: YamlDocument, facts: ValidatedFacts[F]) -> ReadFacts:
    """Return facts, corrected if what is meant is certain."""
    if facts.value is not None:
        return ReadFacts(facts=facts.value)
    meant = facts_as_meant(document, facts.wrong)
    corrected = validate_facts(adapter, document, meant.value).value if meant else None
    if meant is None or corrected is None:
        return ReadFacts(problems=facts.problems)
    return ReadFacts(facts=corrected, problems=facts.problems, repaired_lines=meant.lines)


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
        filled = fill_vocabulary(text, vocabulary, place.file)
        problems.extend(replace(problem, place=place) for problem in filled.problems)
        return filled.text

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
