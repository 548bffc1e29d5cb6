"""Rules about what a company hides: it is there, something is left, and nothing of the company's own leads there."""

from __future__ import annotations

from collections.abc import Iterator

from stufenweise.check.reference_rules import present_slug
from stufenweise.load.load_result import LoadResult
from stufenweise.model.facts import LevelFacts, ProgrammeFacts, TutorialFacts
from stufenweise.model.kinds import GOALS_FILE, LEVEL, PROGRAMME, TUTORIAL
from stufenweise.model.problem import Place, Problem, problem
from stufenweise.overlay.visibility import LINK, page_of_link
from stufenweise.source.suggest import suggest


def hidden_problems(reading: LoadResult) -> Iterator[Problem]:
    """Yield what is wrong with the settings that hide something."""
    if reading.hidden:
        yield from hidden_exist(reading)
        yield from links_lead_to_what_is_shown(reading)


def hidden_exist(reading: LoadResult) -> Iterator[Problem]:
    """What is hidden, or chosen to be shown, is part of the content; at least one level is left."""
    hidden = reading.hidden
    levels = {file.facts.level for file in reading.of(LEVEL) if isinstance(file.facts, LevelFacts)}
    tutorials, programmes = reading.slugs(TUTORIAL), reading.slugs(PROGRAMME)
    for slug, place in hidden.tutorials.items():
        if slug not in tutorials:
            yield problem(place, "hidden-unknown", name=slug, nearest=present_slug(reading, slug))
    for slug, place in hidden.programmes.items():
        if slug not in programmes:
            yield problem(place, "hidden-unknown", name=slug, nearest=suggest(slug, programmes))
    for code, place in hidden.goals.items() if GOALS_FILE not in reading.broken_data else ():
        if code not in reading.goals:
            yield problem(place, "hidden-unknown", name=code, nearest=suggest(code, reading.goals))
    if reading.goals and reading.goals.keys() <= hidden.goals.keys():
        yield problem(next(iter(hidden.goals.values())), "hidden-goals")
    for level, place in hidden.levels.items():
        if level not in levels:
            yield problem(place, "hidden-unknown", name=level, nearest="")
    for file in reading.of(PROGRAMME) if not levels <= hidden.levels.keys() else ():
        if isinstance(file.facts, ProgrammeFacts) and file.slug in hidden.programmes:
            core = file.facts.core
            if set(core) <= hidden.levels.keys():
                values = {"name": file.slug, "levels": ", ".join(map(str, core))}
                yield problem(hidden.programmes[file.slug], "hidden-programme", **values)
    if levels and levels <= hidden.levels.keys():
        yield problem(next(iter(hidden.levels.values())), "hidden-all")


def links_lead_to_what_is_shown(reading: LoadResult) -> Iterator[Problem]:
    """No link or requirement of the company's own leads to a text that it hides."""
    if reading.broken or not all(isinstance(file.facts, LevelFacts) for file in reading.of(LEVEL)):
        return
    gone = _gone(reading)
    for file in reading.texts.values():
        if reading.origins and not reading.origins.edited(file.text.path):
            continue
        for number, line in enumerate(file.written.split("\n"), file.body_line):
            for link in LINK.finditer(line):
                if page_of_link(link[2], file.text.path) in gone:
                    yield problem(Place(file.file, number, link.start() + 1), "link-hidden", target=link[2])


def _gone(reading: LoadResult) -> frozenset[str]:
    """Return the hidden texts, each as folder/slug."""
    hidden = reading.hidden
    found = set()
    for file in (*reading.of(LEVEL), *reading.of(TUTORIAL), *reading.of(PROGRAMME)):
        facts = file.facts
        if (
            (isinstance(facts, LevelFacts | TutorialFacts) and facts.level in hidden.levels)
            or (isinstance(facts, TutorialFacts) and file.slug in hidden.tutorials)
            or (isinstance(facts, ProgrammeFacts) and hidden.programmes and file.slug not in hidden.programmes)
        ):
            found.add(f"{file.kind.folder}/{file.slug}")
    return frozenset(found)
