"""Rules about hidden content: it exists, something stays visible, and no text of the company links to it."""

from __future__ import annotations

from collections.abc import Iterator

from stufenweise.check.check_run import CheckRun
from stufenweise.check.content.reference_rules import likely_slug
from stufenweise.load.load_result import LoadResult
from stufenweise.model.facts import LevelFacts, ProgrammeFacts
from stufenweise.model.kinds import GOALS_FILE, LEVEL, PROGRAMME, TUTORIAL
from stufenweise.model.problem import Place, Problem, new_problem
from stufenweise.overlay.visibility import TEXT_LINK, linked_stem
from stufenweise.source.markdown.outline import read_outline
from stufenweise.source.suggest import suggest


def visibility_problems(run: CheckRun) -> Iterator[Problem]:
    """Yield problems of the settings that hide content."""
    loaded = run.loaded
    if loaded.visibility.hides_anything:
        yield from check_hidden_names(loaded)
        yield from check_links_to_hidden(loaded)


def check_hidden_names(loaded: LoadResult) -> Iterator[Problem]:
    """Everything that the settings hide or show exists, and at least one level stays visible."""
    visibility = loaded.visibility
    levels = {file.facts.level for file in loaded.files_of(LEVEL) if isinstance(file.facts, LevelFacts)}
    tutorials, programmes = loaded.slugs(TUTORIAL), loaded.slugs(PROGRAMME)
    for slug, place in visibility.hidden_tutorials.items():
        if slug not in tutorials:
            yield new_problem(place, "hidden-unknown", name=slug, nearest=likely_slug(loaded, slug))
    for slug, place in visibility.shown_programmes.items():
        if slug not in programmes:
            yield new_problem(place, "hidden-unknown", name=slug, nearest=suggest(slug, programmes))
    for code, place in visibility.hidden_goals.items() if GOALS_FILE not in loaded.data.unreadable else ():
        if code not in loaded.data.goals:
            yield new_problem(place, "hidden-unknown", name=code, nearest=suggest(code, loaded.data.goals))
    if loaded.data.goals and loaded.data.goals.keys() <= visibility.hidden_goals.keys():
        yield new_problem(next(iter(visibility.hidden_goals.values())), "hidden-goals")
    for level, place in visibility.hidden_levels.items():
        if level not in levels:
            yield new_problem(place, "hidden-unknown", name=level, nearest="")
    for file in loaded.files_of(PROGRAMME) if not levels <= visibility.hidden_levels.keys() else ():
        if isinstance(file.facts, ProgrammeFacts) and file.slug in visibility.shown_programmes:
            core = file.facts.core
            if set(core) <= visibility.hidden_levels.keys():
                values = {"name": file.slug, "levels": ", ".join(map(str, core))}
                yield new_problem(visibility.shown_programmes[file.slug], "hidden-programme", **values)
    if levels and levels <= visibility.hidden_levels.keys():
        yield new_problem(next(iter(visibility.hidden_levels.values())), "hidden-all")


def check_links_to_hidden(loaded: LoadResult) -> Iterator[Problem]:
    """No text of the company links to a text that the company hides."""
    if loaded.unreadable or not all(isinstance(file.facts, LevelFacts) for file in loaded.files_of(LEVEL)):
        return
    hidden = {
        f"{file.kind.folder}/{file.slug}"
        for file in (*loaded.files_of(LEVEL), *loaded.files_of(TUTORIAL), *loaded.files_of(PROGRAMME))
        if loaded.visibility.hides(file.slug, file.facts)
    }
    for file in loaded.texts.values():
        if loaded.source_map and not loaded.source_map.edit_path(file.path):
            continue
        outline = read_outline(file.source_body)
        for index, line in enumerate(outline.lines):
            for link in TEXT_LINK.finditer(line) if not outline.is_code(index) else ():
                if linked_stem(link[2], file.path) in hidden:
                    place = Place(file.shown_path, file.body_line + index, link.start() + 1)
                    yield new_problem(place, "link-hidden", target=link[2])
