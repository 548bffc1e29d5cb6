"""Remove hidden levels, tutorials, programmes and goals, and all links to them, from the library."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from stufenweise.model.facts import LevelFacts, ProgrammeFacts, Reviewed, SessionFacts, TutorialFacts
from stufenweise.model.library import Document, Library, Programme, Question, Tutorial
from stufenweise.model.paths import ContentPath
from stufenweise.model.problem import Place
from stufenweise.model.text import Text
from stufenweise.source.files.file_names import linked_path
from stufenweise.source.markdown.outline import replace_outside_code

TEXT_LINK = re.compile(r"(?<!!)\[([^\[\]]*)\]\(([^()\s#]+\.md)(?:#[^()\s]*)?\)")
"""A Markdown link to another text, with its words and its target without the anchor."""
D = TypeVar("D", bound=Document[Any])
K = TypeVar("K", int, str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visibility:
    """Hidden parts of the content, each with its place in the settings."""

    hidden_levels: Mapping[int, Place] = field(default_factory=dict)
    """Numbers of hidden levels."""
    hidden_tutorials: Mapping[str, Place] = field(default_factory=dict)
    """Slugs of hidden tutorials."""
    shown_programmes: Mapping[str, Place] = field(default_factory=dict)
    """Slugs of shown programmes; if empty, all are shown."""
    hidden_goals: Mapping[str, Place] = field(default_factory=dict)
    """Codes of hidden company goals."""

    @property
    def hides_anything(self) -> bool:
        """Whether anything is hidden."""
        return bool(self.hidden_levels or self.hidden_tutorials or self.shown_programmes or self.hidden_goals)

    def hides(self, slug: str, facts: Reviewed | None) -> bool:
        """Return whether a text is hidden.

        A level is hidden by its number, a tutorial by its slug or level; a programme if others are chosen or all its
        core levels are hidden. Texts of other kinds are always shown.
        """
        match facts:
            case LevelFacts():
                return facts.level in self.hidden_levels
            case TutorialFacts():
                return slug in self.hidden_tutorials or facts.level in self.hidden_levels
            case ProgrammeFacts():
                is_left_out = bool(self.shown_programmes) and slug not in self.shown_programmes
                return is_left_out or set(facts.core) <= self.hidden_levels.keys()
            case _:
                return False


def linked_stem(target: str, path: ContentPath) -> str:
    """Return folder/slug of the text that a link in the text at `path` leads to."""
    return linked_path(path, target).split(".")[0]


def visible_library(library: Library, visibility: Visibility) -> Library:
    """Return a library without hidden content; a link to a hidden text becomes plain words."""
    if not visibility.hides_anything:
        return library
    hidden_slugs = frozenset(
        tutorial.slug for tutorial in library.tutorials if visibility.hides(tutorial.slug, tutorial.facts)
    )
    documents: Iterable[Document[Any]] = (*library.levels, *library.tutorials, *library.programmes)
    hidden_texts = frozenset(
        document.original.path.split(".")[0]
        for document in documents
        if visibility.hides(document.slug, document.facts)
    )

    def visible(documents: tuple[D, ...]) -> tuple[D, ...]:
        return tuple(
            _without_hidden_links(document, hidden_texts)
            for document in documents
            if not visibility.hides(document.slug, document.facts)
        )

    return replace(
        library,
        home=_without_hidden_links(library.home, hidden_texts),
        levels=visible(library.levels),
        tutorials=tuple(
            _visible_tutorial(tutorial, hidden_slugs, visibility.hidden_goals)
            for tutorial in visible(library.tutorials)
        ),
        programmes=tuple(
            _visible_programme(programme, hidden_slugs, visibility) for programme in visible(library.programmes)
        ),
        guides=visible(library.guides),
        forms=visible(library.forms),
        kit=visible(library.kit),
        goals=tuple(goal for goal in library.goals if goal.code not in visibility.hidden_goals),
        questions=tuple(_visible_question(question, hidden_slugs, visibility) for question in library.questions),
    )


def _visible_tutorial(tutorial: Tutorial, hidden_slugs: frozenset[str], hidden_goals: Container[str]) -> Tutorial:
    """Return a tutorial without hidden prerequisites and goals."""
    requires = tuple(slug for slug in tutorial.facts.requires if slug not in hidden_slugs)
    goals = tuple(code for code in tutorial.facts.goals if code not in hidden_goals)
    facts = tutorial.facts.model_copy(update={"requires": requires, "goals": goals})
    return tutorial.with_facts(facts)


def _visible_programme(programme: Programme, hidden_slugs: frozenset[str], visibility: Visibility) -> Programme:
    """Return a programme without hidden levels, goals and tutorials; a session that loses all is the pair's wish."""

    def visible_session(session: SessionFacts) -> SessionFacts:
        tutorials = tuple(slug for slug in session.tutorials if slug not in hidden_slugs)
        is_emptied = session.kind == "tutorials" and session.tutorials and not tutorials
        return session.model_copy(update={"tutorials": tutorials, "kind": "wish" if is_emptied else session.kind})

    facts = programme.facts
    update = {
        "plan": tuple(visible_session(session) for session in facts.plan),
        "core": tuple(level for level in facts.core if level not in visibility.hidden_levels),
        "optional": tuple(level for level in facts.optional if level not in visibility.hidden_levels),
        "goals": tuple(code for code in facts.goals if code not in visibility.hidden_goals),
    }
    return programme.with_facts(facts.model_copy(update=update))


def _visible_question(question: Question, hidden_slugs: frozenset[str], visibility: Visibility) -> Question:
    """Return a question whose answers give no points to hidden content."""
    answers = {
        name: answer.model_copy(
            update={
                "levels": _without(answer.levels, visibility.hidden_levels),
                "tutorials": _without(answer.tutorials, hidden_slugs),
                "goals": _without(answer.goals, visibility.hidden_goals),
            }
        )
        for name, answer in question.facts.answers.items()
    }
    return replace(question, facts=question.facts.model_copy(update={"answers": answers}))


def _without(points: Mapping[K, int], hidden: Container[K]) -> dict[K, int]:
    return {key: value for key, value in points.items() if key not in hidden}


def _without_hidden_links(document: D, hidden_texts: frozenset[str]) -> D:
    """Return a document with plain words in place of links to hidden texts."""
    texts = {language: _text_without_links(text, hidden_texts) for language, text in document.texts.items()}
    return replace(document, texts=texts)


def _text_without_links(text: Text, hidden_texts: frozenset[str]) -> Text:
    """Return a text with plain words in place of links to hidden texts."""

    def words_or_link(link: re.Match[str]) -> str:
        return link[1] if linked_stem(link[2], text.path) in hidden_texts else link[0]

    return text.map_markdown(lambda markdown: replace_outside_code(TEXT_LINK, words_or_link, markdown))
