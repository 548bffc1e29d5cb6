"""Rules between a text and its translations: same source, same parts, not older."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stufenweise.load.load_result import LoadResult, TextFile
from stufenweise.model.facts import PENDING
from stufenweise.model.kinds import KINDS, TUTORIAL
from stufenweise.model.library import ChecklistItem, Step
from stufenweise.model.problem import Place, Problem, problem
from stufenweise.source.suggest import suggest

TextParts = Sequence[Step | ChecklistItem]


def translation_problems(reading: LoadResult) -> Iterator[Problem]:
    """Yield what is wrong between translations and their sources."""
    drafts = reading.drafts()
    for kind in KINDS:
        sources = {file.slug: file for file in reading.of(kind)}
        known = reading.slugs(kind)
        for language in reading.languages[1:]:
            keys = (*reading.texts, *reading.broken)
            there = {slug for name, slug, code in keys if (name, code) == (kind.name, language)}
            for file in reading.of(kind, language):
                if file.slug not in known:
                    wanted = file.file.removesuffix(f".{language}.md") + f".{reading.source}.md"
                    near = suggest(file.slug, known)
                    yield problem(Place(file.file), "translation-without-source", source=wanted, nearest=near)
                elif file.slug in sources:
                    yield from same_parts(sources[file.slug], file)
                    yield from not_stale(sources[file.slug], file)
            for slug in sorted(known - there):
                if slug in sources and not (kind == TUTORIAL and slug in drafts):
                    yield problem(Place(sources[slug].file), "translation-missing", language=language, slug=slug)


def _pairs(source: TextFile, file: TextFile) -> Iterator[tuple[str, TextParts, TextParts, str, str]]:
    """Yield the parts that must agree: section, ours, theirs, the code for their number and for their ids."""
    yield "steps", file.text.steps, source.text.steps, "translation-steps", "translation-step"
    yield "checklist", file.text.items, source.text.items, "translation-items", "translation-item"


def same_parts(source: TextFile, file: TextFile) -> Iterator[Problem]:
    """A translation has the steps and checklist items of its source, in their order, under their ids."""
    for section_id, ours, theirs, counted, different in _pairs(source, file):
        section = file.text.section(section_id)
        if section is None:
            continue
        if len(ours) != len(theirs):
            place = Place(file.file, section.line)
            yield problem(place, counted, count=len(ours), expected=len(theirs), source=source.file)
            continue
        for one, other in zip(ours, theirs, strict=True):
            if one.id and other.id and one.id != other.id:
                yield problem(Place(file.file, one.line), different, id=one.id, expected=other.id, source=source.file)
    if not file.kind.sections and list(file.text.sections) != list(source.text.sections):
        found, expected = ", ".join(file.text.sections), ", ".join(source.text.sections)
        place = Place(file.file, file.body_line)
        yield problem(place, "translation-sections", source=source.file, found=found, expected=expected)
    for step, other in zip(file.text.steps, source.text.steps, strict=False):
        if len(file.text.steps) != len(source.text.steps) or not (step.minutes and other.minutes):
            continue  # What is missing is said where it is missing
        if step.minutes != other.minutes:
            values = {"minutes": step.minutes, "expected": other.minutes, "source": source.file}
            yield problem(Place(file.file, step.line), "translation-minutes", **values)


def not_stale(source: TextFile, file: TextFile) -> Iterator[Problem]:
    """A translation names the state of the source that it translates, and that is the present one."""
    place = file.tree.place(("translates",))
    if file.text.translates == PENDING:
        yield problem(place, "translation-pending", digest=source.text.digest)
    elif file.text.translates != source.text.digest:
        values = {"source": source.file, "found": file.text.translates, "digest": source.text.digest}
        yield problem(place, "translation-stale", **values)
