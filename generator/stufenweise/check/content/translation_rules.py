"""Rules between a text and its translations: same source, same parts, not older."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stufenweise.check.check_run import CheckRun
from stufenweise.load.text_file import TextFile
from stufenweise.model.facts import PENDING
from stufenweise.model.kinds import KINDS, TUTORIAL, WRITING_PLACE_KINDS
from stufenweise.model.paths import ShownPath
from stufenweise.model.problem import Place, Problem, Subject, new_problem
from stufenweise.model.text import ChecklistItem, Step
from stufenweise.source.markdown.writing_places import place_shape, read_places
from stufenweise.source.suggest import suggest

TextParts = Sequence[Step | ChecklistItem]


def translation_problems(run: CheckRun) -> Iterator[Problem]:
    """Yield translations without a source, and sources without a translation."""
    loaded = run.loaded
    drafts = loaded.drafts()
    for kind in KINDS:
        sources = {file.slug: file for file in loaded.files_of(kind)}
        source_slugs = loaded.slugs(kind)
        for language in loaded.languages[1:]:
            keys = (*loaded.texts, *loaded.unreadable)
            translated = {key.slug for key in keys if (key.kind, key.language) == (kind.name, language)}
            for file in loaded.files_of(kind, language):
                if file.slug not in source_slugs:
                    source_file = file.shown_path.removesuffix(f".{language}.md") + f".{loaded.source_language}.md"
                    subject = Subject(source=ShownPath(source_file), nearest=suggest(file.slug, source_slugs))
                    yield new_problem(Place(file.shown_path), "translation-without-source", subject)
            for slug in sorted(source_slugs - translated):
                if slug in sources and not (kind == TUTORIAL and slug in drafts):
                    place, subject = Place(sources[slug].shown_path), Subject(name=language)
                    yield new_problem(place, "translation-missing", subject, slug=slug)


def check_translated_steps(source_text: TextFile, translation: TextFile) -> Iterator[Problem]:
    """A translation has the steps of its source, in their order, under their ids, each of the same length."""
    section, subject = translation.text.section("steps"), Subject(source=source_text.shown_path)
    steps, source_steps = translation.text.steps, source_text.text.steps
    if section is None:
        return  # `missing_sections` reports the missing section
    if len(steps) != len(source_steps):
        values = {"count": len(steps), "expected": len(source_steps)}
        yield new_problem(Place(translation.shown_path, section.line), "translation-steps", subject, **values)
        return
    for line, ids in _different_ids(steps, source_steps):
        yield new_problem(Place(translation.shown_path, line), "translation-step", subject, **ids)
    for step, source_step in zip(steps, source_steps, strict=True):
        if step.minutes and source_step.minutes and step.minutes != source_step.minutes:
            minutes = {"minutes": step.minutes, "expected": source_step.minutes}
            yield new_problem(Place(translation.shown_path, step.line), "translation-minutes", subject, **minutes)
        if step.short and step.short != source_step.short:
            short = {"short": step.short, "expected": source_step.short or "–"}
            yield new_problem(Place(translation.shown_path, step.line), "translation-short", subject, **short)


def check_translated_items(source_text: TextFile, translation: TextFile) -> Iterator[Problem]:
    """A translation has the checklist items of its source, in their order, under their ids."""
    section, subject = translation.text.section("checklist"), Subject(source=source_text.shown_path)
    items, source_items = translation.text.items, source_text.text.items
    if section is None:
        return
    if len(items) != len(source_items):
        values = {"count": len(items), "expected": len(source_items)}
        yield new_problem(Place(translation.shown_path, section.line), "translation-items", subject, **values)
        return
    for line, ids in _different_ids(items, source_items):
        yield new_problem(Place(translation.shown_path, line), "translation-item", subject, **ids)


def check_translated_places(source_text: TextFile, translation: TextFile) -> Iterator[Problem]:
    """A translation has the fields and grids of its source in each part: what is written stays at its place."""
    if translation.is_stub or source_text.kind not in {TUTORIAL, *WRITING_PLACE_KINDS}:
        return
    bodies = [
        (step.body, translation.text.steps[index].body, translation.text.steps[index].line)
        for index, step in enumerate(source_text.text.steps)
        if len(translation.text.steps) == len(source_text.text.steps)
    ]
    for name in ("material",) if source_text.kind == TUTORIAL else tuple(source_text.text.sections):
        ours, theirs = translation.text.section(name), source_text.text.section(name)
        if ours and theirs:
            bodies.append((theirs.body, ours.body, ours.line))
    for source_body, body, line in bodies:
        expected = [place_shape(place) for place in read_places(source_body, "")]
        shapes = [place_shape(place) for place in read_places(body, "")]
        if shapes != expected:
            place, subject = Place(translation.shown_path, line), Subject(source=source_text.shown_path)
            yield new_problem(place, "translation-places", subject, found=len(shapes), expected=len(expected))


def check_translated_sections(source_text: TextFile, translation: TextFile) -> Iterator[Problem]:
    """A translation of a kind with free sections has those of its source, in their order."""
    if not translation.kind.sections and list(translation.text.sections) != list(source_text.text.sections):
        values = {"found": ", ".join(translation.text.sections), "expected": ", ".join(source_text.text.sections)}
        place = Place(translation.shown_path, translation.body_line)
        yield new_problem(place, "translation-sections", Subject(source=source_text.shown_path), **values)


def _different_ids(parts: TextParts, source_parts: TextParts) -> Iterator[tuple[int, dict[str, object]]]:
    """Yield line and values of each part whose id is not that of its source."""
    for part, source_part in zip(parts, source_parts, strict=True):
        if part.id and source_part.id and part.id != source_part.id:
            yield part.line, {"id": part.id, "expected": source_part.id}


def check_translation_digest(source_text: TextFile, translation: TextFile) -> Iterator[Problem]:
    """A translation names the present digest of its source."""
    place = translation.front_matter.place(("translates",))
    if translation.text.translates == PENDING:
        yield new_problem(place, "translation-pending", digest=source_text.text.digest)
    elif translation.text.translates != source_text.text.digest:
        values = {"found": translation.text.translates, "digest": source_text.text.digest}
        yield new_problem(place, "translation-stale", Subject(source=source_text.shown_path), **values)
