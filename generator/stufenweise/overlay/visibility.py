"""What a company hides: levels, tutorials and programmes vanish, and with them everything that leads there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from stufenweise.model.facts import SessionFacts
from stufenweise.model.library import Document, Library, Programme, Question, Section, Text, Tutorial
from stufenweise.model.problem import Place

LINK = re.compile(r"(?<!!)\[([^\[\]]*)\]\(([^()\s#]+\.md)(?:#[^()\s]*)?\)")
"""A link to another text, as Markdown has it."""
D = TypeVar("D", bound=Document)  # type: ignore[type-arg]
Leads = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Visibility:
    """What is hidden, each with its place in the settings."""

    levels: Mapping[int, Place] = field(default_factory=dict)
    tutorials: Mapping[str, Place] = field(default_factory=dict)
    programmes: Mapping[str, Place] = field(default_factory=dict)
    """The programmes that are shown; all if there are none."""
    goals: Mapping[str, Place] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Return whether anything is."""
        return bool(self.levels or self.tutorials or self.programmes or self.goals)


def hidden_pages(library: Library, hidden: Visibility) -> frozenset[str]:
    """Return the hidden texts, each as folder/slug."""
    levels = {f"levels/{one.slug}" for one in library.levels if one.facts.level in hidden.levels}
    tutorials = {
        f"tutorials/{one.slug}"
        for one in library.tutorials
        if one.slug in hidden.tutorials or one.facts.level in hidden.levels
    }
    programmes = {
        f"programmes/{one.slug}"
        for one in library.programmes
        if (hidden.programmes and one.slug not in hidden.programmes) or set(one.facts.core) <= hidden.levels.keys()
    }
    return frozenset(levels | tutorials | programmes)


def page_of_link(target: str, path: str) -> str:
    """Return the text that a link in the text at `path` leads to, as folder/slug."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), target)).split(".")[0]


def visible_library(library: Library, hidden: Visibility) -> Library:
    """Return a library without what is hidden; links to it are plain words."""
    if not hidden:
        return library
    gone = hidden_pages(library, hidden)
    slugs = frozenset(one.partition("/")[2] for one in gone if one.startswith("tutorials/"))

    def there(kind: str, documents: tuple[D, ...]) -> tuple[D, ...]:
        return tuple(_unlinked(one, gone) for one in documents if f"{kind}/{one.slug}" not in gone)

    return replace(
        library,
        home=_unlinked(library.home, gone),
        levels=there("levels", library.levels),
        tutorials=tuple(
            _without_named(one, slugs, hidden.goals.keys()) for one in there("tutorials", library.tutorials)
        ),
        programmes=tuple(_without_planned(one, slugs, hidden) for one in there("programmes", library.programmes)),
        guides=there("guides", library.guides),
        forms=there("forms", library.forms),
        goals=tuple(one for one in library.goals if one.code not in hidden.goals),
        questions=tuple(_without_points(one, slugs, hidden) for one in library.questions),
    )


def _without_named(tutorial: Tutorial, gone: frozenset[str], goals: Container[str]) -> Tutorial:
    requires = tuple(slug for slug in tutorial.facts.requires if slug not in gone)
    left = tuple(code for code in tutorial.facts.goals if code not in goals)
    facts = tutorial.facts.model_copy(update={"requires": requires, "goals": left})
    return Tutorial(tutorial.slug, facts, tutorial.texts, tutorial.source)


def _without_planned(programme: Programme, gone: frozenset[str], hidden: Visibility) -> Programme:
    def session(one: SessionFacts) -> SessionFacts:
        left = tuple(slug for slug in one.tutorials if slug not in gone)
        kind = "wish" if one.kind == "tutorials" and one.tutorials and not left else one.kind
        return one.model_copy(update={"tutorials": left, "kind": kind})

    facts = programme.facts
    update = {
        "plan": tuple(session(one) for one in facts.plan),
        "core": tuple(one for one in facts.core if one not in hidden.levels),
        "optional": tuple(one for one in facts.optional if one not in hidden.levels),
        "goals": tuple(one for one in facts.goals if one not in hidden.goals),
    }
    return Programme(programme.slug, facts.model_copy(update=update), programme.texts, programme.source)


def _without_points(question: Question, gone: frozenset[str], hidden: Visibility) -> Question:
    answers = {
        name: answer.model_copy(
            update={
                "levels": {level: points for level, points in answer.levels.items() if level not in hidden.levels},
                "tutorials": {slug: points for slug, points in answer.tutorials.items() if slug not in gone},
                "goals": {code: points for code, points in answer.goals.items() if code not in hidden.goals},
            }
        )
        for name, answer in question.facts.answers.items()
    }
    return replace(question, facts=question.facts.model_copy(update={"answers": answers}))


def _unlinked(document: D, gone: frozenset[str]) -> D:
    """Return a document in which links to hidden texts are plain words."""
    texts = {language: _text(text, gone) for language, text in document.texts.items()}
    return replace(document, texts=texts)


def _text(text: Text, gone: frozenset[str]) -> Text:
    def plain(markdown: str) -> str:
        return LINK.sub(lambda one: one[1] if page_of_link(one[2], text.path) in gone else one[0], markdown)

    def section(one: Section) -> Section:
        steps = tuple(replace(step, body=plain(step.body)) for step in one.steps)
        items = tuple(replace(item, text=plain(item.text)) for item in one.items)
        return replace(one, body=plain(one.body), steps=steps, items=items)

    return replace(text, sections={name: section(one) for name, one in text.sections.items()})
