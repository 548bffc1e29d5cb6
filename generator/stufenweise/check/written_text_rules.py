"""All rules about Markdown as written: reported by `check`, repaired by `fix/spellings.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain

from stufenweise.check.admonition_spellings import admonition_spellings
from stufenweise.check.block_spellings import block_spellings
from stufenweise.check.checklist_spellings import checklist_spellings
from stufenweise.check.footnote_spellings import footnote_spellings
from stufenweise.check.foreign_spellings import foreign_spellings
from stufenweise.check.heading_spellings import heading_spellings, step_lines
from stufenweise.check.html_images import html_images
from stufenweise.check.leftover_notes import leftover_notes
from stufenweise.check.line_end_spellings import line_end_spellings
from stufenweise.check.list_spellings import list_spellings
from stufenweise.check.section_headings import usual_headings
from stufenweise.check.spelling import Spelling, WrittenText
from stufenweise.check.table_spellings import table_spellings
from stufenweise.check.unclosed_marks import unclosed_marks
from stufenweise.check.unrendered_markup import unrendered_markup
from stufenweise.check.vocabulary_spellings import vocabulary_spellings
from stufenweise.digests import key_of
from stufenweise.kept_results import KeptResults
from stufenweise.load.load_result import LoadResult, TextFile
from stufenweise.model.problem import Place, Problem, as_data, from_data, problem

FAMILIES = (
    heading_spellings,
    checklist_spellings,
    list_spellings,
    line_end_spellings,
    unclosed_marks,
    table_spellings,
    admonition_spellings,
    block_spellings,
    foreign_spellings,
    html_images,
    leftover_notes,
    vocabulary_spellings,
    footnote_spellings,
    unrendered_markup,
)


def written_text_spellings(loaded: LoadResult, file: TextFile) -> list[Spelling]:
    """Return everything in a text that is spelt in another way than it was meant."""
    if file.in_work:
        return []
    text = WrittenText(loaded, file)
    found = list(chain.from_iterable(family(text) for family in FAMILIES))
    edges = {line for one in found if one.is_box for line in (one.line, one.next_line - 1)}
    edges |= {line for one in found if one.is_code for line in range(one.line, one.next_line)}
    return [one for one in found if one.is_box or one.line not in edges]


def complete_step_headings(loaded: LoadResult, problems: Iterable[Problem]) -> list[Problem]:
    """Return problems in which the heading that a step should have has the minutes that the other steps leave."""
    files = {file.file: file for file in loaded.texts.values()}
    rights: dict[str, dict[int, str]] = {}
    result: list[Problem] = []
    for one in problems:
        if one.code == "step-attributes" and (file := files.get(one.place.file)):
            known = rights.setdefault(file.file, step_lines(WrittenText(loaded, file)))
            right = known.get(one.place.line - file.body_line)
            one = replace(one, values=tuple((dict(one.values) | {"right": right}).items())) if right else one
        result.append(one)
    return result


def kept_text_problems(loaded: LoadResult, kept: KeptResults) -> Callable[[TextFile], Iterable[Problem]]:
    """Return what judges each text, but those that are the same as in an earlier run."""
    if not kept.is_kept:
        return lambda file: written_text_problems(loaded, file)
    beside = repr([loaded.source, sorted(loaded.assets), loaded.admonition_titles])
    titles = repr([sorted(loaded.unreadable), *((*key, one.text.title) for key, one in sorted(loaded.texts.items()))])
    steps: dict[tuple[str, str], list[object]] = {}
    for (kind, slug, language), file in sorted(loaded.texts.items()):
        steps.setdefault((kind, slug), []).append((language, file.is_source, [one.id for one in file.text.steps]))

    def judged(file: TextFile) -> list[Problem]:
        # The names and titles of other texts are looked up for links of wikis alone.
        others = titles if "[[" in file.source_body else ""
        own = (file.kind.name, file.slug, file.file, file.text, file.facts, file.body_line, file.in_work, file.words)
        twins = (usual_headings(loaded, file), steps[file.kind.name, file.slug])
        key = key_of(beside, others, repr(own), repr(twins), file.source_body, file.body)
        return kept.known_or_made(
            key,
            lambda: [*written_text_problems(loaded, file)],
            to_data=lambda problems: [as_data(one) for one in problems],
            from_data=lambda rows: [from_data(one) for one in rows],
        )

    return judged


def written_text_problems(loaded: LoadResult, file: TextFile) -> Iterator[Problem]:
    """Yield a problem for each markup spelling that has a code."""
    for one in written_text_spellings(loaded, file):
        if one.code:
            yield problem(Place(file.file, file.body_line + one.line, one.column), one.code, **one.values)
