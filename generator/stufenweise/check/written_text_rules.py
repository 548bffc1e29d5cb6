"""All rules about Markdown as written: reported by `check`, repaired by `fix/spellings.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from stufenweise.check.admonition_spellings import admonition_spellings
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
    list_spellings,
    line_end_spellings,
    unclosed_marks,
    table_spellings,
    admonition_spellings,
    foreign_spellings,
    html_images,
    leftover_notes,
    vocabulary_spellings,
    footnote_spellings,
    unrendered_markup,
)


def written_text_spellings(loaded: LoadResult, file: TextFile) -> list[Spelling]:
    """Return everything in a text that is spelt in another way than it was meant."""
    if file.is_stub:
        return []
    text = WrittenText(loaded, file)
    spellings = list(chain.from_iterable(family(text) for family in FAMILIES))
    box_edges = {line for box in spellings if box.is_box for line in (box.line, box.next_line - 1)}
    return [spelling for spelling in spellings if spelling.is_box or spelling.line not in box_edges]


def fill_minutes_left(loaded: LoadResult, problems: Iterable[Problem]) -> list[Problem]:
    """Fill the minutes that the other steps leave into the heading that `step-attributes` proposes."""
    files = {file.file: file for file in loaded.texts.values()}
    lines_by_file: dict[str, dict[int, str]] = {}
    result: list[Problem] = []
    for report in problems:
        if report.code == "step-attributes" and (file := files.get(report.place.file)):
            lines = lines_by_file.setdefault(file.file, step_lines(WrittenText(loaded, file)))
            line = lines.get(report.place.line - file.body_line)
            report = report.with_values(right=line) if line else report
        result.append(report)
    return result


def kept_text_problems(loaded: LoadResult, kept: KeptResults) -> Callable[[TextFile], Iterable[Problem]]:
    """Return a function that yields a text's problems, from an earlier run if the text and its inputs are unchanged."""
    if not kept.is_kept:
        return lambda file: written_text_problems(loaded, file)
    shared_inputs = repr([loaded.source_language, sorted(loaded.assets), loaded.admonition_titles])
    titles = ((*key, file.text.title) for key, file in sorted(loaded.texts.items()))
    all_titles = repr([sorted(loaded.unreadable), *titles])
    translations: dict[tuple[str, str], list[object]] = {}
    for (kind, slug, language), file in sorted(loaded.texts.items()):
        steps = [step.id for step in file.text.steps]
        translations.setdefault((kind, slug), []).append((language, file.is_source, steps))

    def problems_of(file: TextFile) -> list[Problem]:
        # The names and titles of other texts are looked up for links of wikis alone.
        titles = all_titles if "[[" in file.source_body else ""
        own_inputs = (
            file.kind.name,
            file.slug,
            file.file,
            file.text,
            file.facts,
            file.body_line,
            file.is_stub,
            file.words,
        )
        others = (usual_headings(loaded, file), translations[file.kind.name, file.slug])
        return kept.known_or_made(
            key_of(shared_inputs, titles, repr(own_inputs), repr(others), file.source_body, file.body),
            lambda: [*written_text_problems(loaded, file)],
            to_data=lambda problems: [as_data(problem) for problem in problems],
            from_data=lambda rows: [from_data(row) for row in rows],
        )

    return problems_of


def written_text_problems(loaded: LoadResult, file: TextFile) -> Iterator[Problem]:
    """Yield a problem for each markup spelling that has a code."""
    for spelling in written_text_spellings(loaded, file):
        if spelling.code:
            place = Place(file.file, file.body_line + spelling.line, spelling.column)
            yield problem(place, spelling.code, **spelling.values)
