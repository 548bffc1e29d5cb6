"""Build the library from a load result: documents in order, translations completed from their sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import TypeVar, get_args

from stufenweise.load.load_result import LoadResult
from stufenweise.model.facts import Audience, Reviewed
from stufenweise.model.kinds import FORMS
from stufenweise.model.library import (
    Asset,
    Figure,
    Form,
    Goal,
    Guide,
    Home,
    KitPiece,
    Level,
    Library,
    Programme,
    Question,
    Term,
    Tutorial,
)
from stufenweise.model.text import Text
from stufenweise.overlay.visibility import visible_library
from stufenweise.source.images.figure_drawing import FIGURE_FILE

D = TypeVar("D", Tutorial, Level, Programme, Guide, Form, KitPiece, Home)

_AUDIENCES: tuple[Audience, ...] = get_args(Audience)


def build_library(loaded: LoadResult, *, drafts: bool = False) -> Library:
    """Return the library of a load result without errors; hidden content is left out.

    Args:
        loaded: The load result.
        drafts: Whether drafts are included.
    """
    tutorials = [
        tutorial for tutorial in _documents(loaded, Tutorial, "tutorial") if drafts or not tutorial.facts.draft
    ]
    whole = Library(
        languages=loaded.languages,
        home=_documents(loaded, Home, "home")[0],
        levels=tuple(sorted(_documents(loaded, Level, "level"), key=lambda level: level.facts.level)),
        tutorials=tuple(_in_teaching_order(tutorials)),
        programmes=tuple(sorted(_documents(loaded, Programme, "programme"), key=_programme_order)),
        goals=tuple(Goal(code, goal) for code, goal in loaded.data.goals.items()),
        terms=tuple(Term(term, texts) for term, texts in loaded.data.terms.items()),
        assets=tuple(_assets(loaded)),
        guides=tuple(sorted(_documents(loaded, Guide, "guide"), key=_guide_order)),
        forms=tuple(form for kind in FORMS for form in _documents(loaded, Form, kind.name)),
        kit=tuple(sorted(_documents(loaded, KitPiece, "kit"), key=lambda piece: (piece.facts.order, piece.slug))),
        questions=tuple(Question(name, question) for name, question in loaded.data.questions.items()),
        same_words={language: _same_words(loaded, language) for language in loaded.languages},
        figures=tuple(_figures(loaded)),
        company_words={language: _company_words(loaded, language) for language in loaded.languages},
    )
    return visible_library(whole, loaded.visibility)


def _documents(loaded: LoadResult, document_type: type[D], kind: str) -> list[D]:
    """Return the documents of one kind by slug, without texts that are stubs."""
    texts_by_slug: dict[str, dict[str, Text]] = {}
    facts: dict[str, Reviewed] = {}
    for (name, slug, language), file in sorted(loaded.texts.items()):
        if name == kind and not file.is_stub:
            texts_by_slug.setdefault(slug, {})[language] = file.text
            if file.facts is not None:
                facts[slug] = file.facts
    source_language = loaded.source_language
    return [
        document_type(
            slug=slug,
            facts=facts[slug],  # type: ignore[arg-type]
            texts=_completed_from_source(texts, source_language),
            source_language=source_language,
        )
        for slug, texts in texts_by_slug.items()
    ]


def _completed_from_source(texts: Mapping[str, Text], source_language: str) -> dict[str, Text]:
    """Return texts with the ids and minutes of the source's steps and items in its translations."""
    original = texts[source_language]
    result = {source_language: original}
    for language, text in texts.items():
        if language == source_language:
            continue
        sections = dict(text.sections)
        if "steps" in sections and len(text.steps) == len(original.steps):
            pairs = zip(text.steps, original.steps, strict=True)
            steps = tuple(
                replace(
                    step, id=source_step.id, minutes=source_step.minutes, part=source_step.part, short=source_step.short
                )
                for step, source_step in pairs
            )
            sections["steps"] = replace(sections["steps"], steps=steps)
        if "checklist" in sections and len(text.items) == len(original.items):
            items = tuple(
                replace(item, id=source_item.id) for item, source_item in zip(text.items, original.items, strict=True)
            )
            sections["checklist"] = replace(sections["checklist"], items=items)
        result[language] = replace(text, sections=sections)
    return result


def _in_teaching_order(tutorials: Iterable[Tutorial]) -> Iterator[Tutorial]:
    """Yield tutorials by level, effort and `order`, but prerequisites first."""
    in_order = sorted(tutorials, key=_tutorial_order)
    for _, group in groupby(in_order, key=lambda tutorial: _tutorial_order(tutorial)[:2]):
        waiting = list(group)
        while waiting:
            slugs = {tutorial.slug for tutorial in waiting}
            ready = (tutorial for tutorial in waiting if slugs.isdisjoint(tutorial.facts.requires))
            following = next(ready, waiting[0])  # Another rule reports circles
            waiting.remove(following)
            yield following


def _tutorial_order(tutorial: Tutorial) -> tuple[int, int, int, str]:
    return tutorial.facts.level, tutorial.facts.effort, tutorial.facts.order, tutorial.slug


def _programme_order(programme: Programme) -> tuple[int, str]:
    return programme.facts.learning_effort, programme.slug


def _guide_order(guide: Guide) -> tuple[int, str]:
    return _AUDIENCES.index(guide.facts.audience), guide.slug


def _assets(loaded: LoadResult) -> Iterator[Asset]:
    """Yield images and attachments by path, without the drawings of figures."""
    for path, data in sorted((*loaded.media.images.items(), *loaded.media.attachments.items())):
        if not FIGURE_FILE.fullmatch(path):
            yield Asset(path, data)


def _figures(loaded: LoadResult) -> Iterator[Figure]:
    """Yield the figures that have words."""
    for path, data in sorted(loaded.media.images.items()):
        if (match := FIGURE_FILE.fullmatch(path)) and (words := loaded.data.figures.get(match["name"])):
            yield Figure(
                name=match["name"],
                drawing=data.decode("utf-8-sig"),
                words=words,
                source_language=loaded.source_language,
            )


def _same_words(loaded: LoadResult, language: str) -> tuple[tuple[str, ...], ...]:
    """Return the groups of synonyms: those of search.yml, and each company word with its default."""
    groups = [group[language] for group in loaded.data.same_words.values() if language in group]
    for (code, _), word in loaded.data.company_words.items():
        if code == language and "base" in word.default and "base" in word.forms:
            groups.append((word.forms["base"], word.default["base"]))
    return tuple(group for group in groups if len(group) > 1)


def _company_words(loaded: LoadResult, language: str) -> dict[str, str]:
    """Return the company's words in a language, each in its base form."""
    words = ((name, word) for (code, name), word in loaded.data.company_words.items() if code == language)
    return {name: word.forms["base"] for name, word in words if "base" in word.forms}
