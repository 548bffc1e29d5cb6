"""A text in one language: its sections, steps and checklist items, each with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Literal

from pydantic import TypeAdapter

from stufenweise.core.digests import digest_of
from stufenweise.model.paths import NO_PATH, ContentPath


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """An item of a checklist."""

    id: str
    """Stable id, under which browsers store ticks: it must not change when the item is moved or reworded."""
    text: str
    """One line of Markdown."""
    line: int
    """Line in the file, from 1."""


GuidancePart = Literal["do", "ask", "watch"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guidance:
    """A step's guidance for the mentor; each part is one line of Markdown, empty if it is missing."""

    do: str
    """What to do: who has the keyboard, what is on the screen."""
    ask: str
    """A question to ask, worded for saying it aloud."""
    watch: str
    """What to watch: signs that it works, or the usual mistake."""
    lines: tuple[int, int, int]
    """Lines of the parts in the file, from 1; the heading's line for a missing part."""

    def parts(self) -> tuple[tuple[GuidancePart, str], ...]:
        """Return the name and Markdown of each part, in order."""
        return ("do", self.do), ("ask", self.ask), ("watch", self.watch)

    def map(self, change: Callable[[str], str]) -> Guidance:
        """Return the guidance with `change` applied to each part."""
        return replace(self, do=change(self.do), ask=change(self.ask), watch=change(self.watch))


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of a tutorial, done by the mentee."""

    id: str
    title: str
    minutes: int
    """Length in minutes, at least 1."""
    body: str
    """Markdown below the heading without the guidance; `writing_places` parses its fields and grids."""
    line: int
    """Line of the heading in the file, from 1."""
    part: int = 1
    """Number of the meeting with this step, 1 or 2: a long tutorial takes two."""
    short: int | None = None
    """Minutes in the 30-minute way; None if the step is left out there."""
    guidance: Guidance | None = None
    """Guidance for the mentor; None if there is none."""
    body_line: int = 0
    """First line of the body in the file, from 1."""


@dataclass(frozen=True, slots=True)
class SolutionKey:
    """The solution of the practice material, part of the mentor's section."""

    heading: str
    body: str
    """Markdown below the heading."""
    line: int
    """Line of the heading in the file, from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A known part of a text, recognised by its id in any language."""

    id: str
    heading: str
    body: str
    """Markdown below the heading with vocabulary words filled in."""
    line: int
    """Line of the heading in the file, from 1."""
    steps: tuple[Step, ...] = ()
    items: tuple[ChecklistItem, ...] = ()
    key: SolutionKey | None = None
    """Solution of the practice material, only in the mentor's section; the body does not include it."""

    def bodies(self) -> tuple[str, ...]:
        """Return the Markdown of the section and of its steps."""
        return self.body, *(step.body for step in self.steps)

    @property
    def markdown(self) -> Iterator[str]:
        """All parts that are Markdown."""
        yield from (self.heading, self.body, *(item.text for item in self.items))
        for step in self.steps:
            yield from (step.title, step.body)
            if step.guidance:
                yield from (step.guidance.do, step.guidance.ask, step.guidance.watch)
        if self.key:
            yield from (self.key.heading, self.key.body)


@dataclass(frozen=True, kw_only=True)
class Text:
    """The words of one file: a tutorial, level, programme or the home page in one language."""

    language: str
    title: str
    summary: str
    path: ContentPath
    """Path below the content folder, with forward slashes."""
    sections: Mapping[str, Section]
    digest: str
    """Digest of the words (12 hexadecimal digits), to tell whether translations are up to date."""
    translates: str | None = None
    """Digest of the source that this text translates; None for a source."""
    edit_path: ContentPath = NO_PATH
    """Path below the content folder for the page's edit link; empty if the text can't be edited."""
    search: tuple[str, ...] = ()
    """Search words: other names for the topic that the text itself does not use."""
    verb: str = ""
    """Short description of a level with a verb; empty for other texts."""

    def map_markdown(self, change: Callable[[str], str]) -> Text:
        """Return the text with `change` applied to all its Markdown: headings, titles, bodies, guidance and items."""

        def changed_step(step: Step) -> Step:
            guidance = step.guidance.map(change) if step.guidance else None
            return replace(step, title=change(step.title), body=change(step.body), guidance=guidance)

        def changed_section(section: Section) -> Section:
            return replace(
                section,
                heading=change(section.heading),
                body=change(section.body),
                steps=tuple(map(changed_step, section.steps)),
                items=tuple(replace(item, text=change(item.text)) for item in section.items),
                key=replace(section.key, body=change(section.key.body)) if section.key else None,
            )

        return replace(self, sections={name: changed_section(section) for name, section in self.sections.items()})

    @cached_property
    def fingerprint(self) -> str:
        """Digest of everything the text says, and where; computed once, because many results depend on it."""
        return digest_of(_json_form().dump_json(self))

    @property
    def markdown(self) -> str:
        """All Markdown of the text, part by part."""
        return "\n".join(part for section in self.sections.values() for part in section.markdown)

    def section(self, section_id: str) -> Section | None:
        """Return the section with this id, or None."""
        return self.sections.get(section_id)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps in order; empty if the kind has none."""
        section = self.sections.get("steps")
        return section.steps if section else ()

    @property
    def items(self) -> tuple[ChecklistItem, ...]:
        """The items of the checklist in order; empty if the kind has none."""
        section = self.sections.get("checklist")
        return section.items if section else ()


@lru_cache(maxsize=1)
def _json_form() -> TypeAdapter[Text]:
    """Return what writes a text with all its parts as JSON, several times faster than `repr`."""
    return TypeAdapter(Text)
