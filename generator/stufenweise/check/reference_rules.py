"""Rules across files: what a text names must exist, and what it requires must not lead in a circle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from stufenweise.load.load_result import LoadResult, TextFile
from stufenweise.model.facts import LEVEL_NUMBERS, LevelFacts, ProgrammeFacts, TutorialFacts
from stufenweise.model.kinds import GLOSSARY_FILE, GOALS_FILE, HOME, LEVEL, PROGRAMME, TUTORIAL
from stufenweise.model.problem import Place, Problem, problem
from stufenweise.source.suggest import suggest, unknown_language_problem
from stufenweise.source.yaml_positions import YamlDocument, YamlPath


def reference_problems(reading: LoadResult) -> Iterator[Problem]:
    """Yield what does not fit together between the files."""
    yield from home_exists(reading)
    yield from levels_stand_once(reading)
    yield from tutorials_have_a_level(reading)
    yield from goals_exist(reading)
    yield from requirements_exist(reading)
    yield from requirements_end(reading)
    yield from drafts_are_not_named(reading)
    yield from former_slugs_are_free(reading)
    yield from plans_are_complete(reading)
    yield from languages_are_complete(reading)
    yield from terms_are_told_apart(reading)


def home_exists(reading: LoadResult) -> Iterator[Problem]:
    """There is a home page in the source language."""
    if not reading.slugs(HOME):
        yield problem(Place(f"{reading.shown}/home.{reading.source}.md"), "home-missing")


def levels_stand_once(reading: LoadResult) -> Iterator[Problem]:
    """No two files say that they are the same level."""
    first: dict[int, str] = {}
    for file in reading.of(LEVEL):
        if isinstance(file.facts, LevelFacts):
            number = file.facts.level
            if number in first:
                yield problem(file.tree.place(("level",)), "level-twice", level=number, other=first[number])
            first.setdefault(number, file.file)


def level_numbers(reading: LoadResult) -> set[int]:
    """Return the numbers of the levels that exist; all of them when a level file could not be read."""
    if any(kind == LEVEL.name for kind, _, _ in reading.broken):
        return set(LEVEL_NUMBERS)
    return {file.facts.level for file in reading.of(LEVEL) if isinstance(file.facts, LevelFacts)}


def tutorials_have_a_level(reading: LoadResult) -> Iterator[Problem]:
    """Each level that a tutorial or programme names has a file of its own."""
    known = level_numbers(reading)
    for file in reading.of(TUTORIAL):
        if isinstance(file.facts, TutorialFacts) and file.facts.level not in known:
            yield no_level(file.tree.place(("level",)), file.facts.level, known)
    for file in reading.of(PROGRAMME):
        if isinstance(file.facts, ProgrammeFacts):
            for key, numbers in (("core", file.facts.core), ("optional", file.facts.optional)):
                for index, number in enumerate(numbers):
                    if number not in known:
                        yield no_level(file.tree.place((key, index)), number, known)


def no_level(place: Place, level: int, known: set[int]) -> Problem:
    """Return the problem that a level has no file."""
    return problem(place, "unknown-level", level=level, known=", ".join(map(str, sorted(known))))


def no_goal(place: Place, code: str, reading: LoadResult) -> Problem:
    """Return the problem that there is no such goal."""
    values = {"code": code, "nearest": suggest(code, reading.goals), "known": ", ".join(reading.goals)}
    return problem(place, "unknown-goal", **values)


def no_tutorial(place: Place, slug: str, reading: LoadResult) -> Problem:
    """Return the problem that there is no such tutorial."""
    return problem(place, "unknown-requirement", slug=slug, nearest=present_slug(reading, slug))


def present_slug(reading: LoadResult, slug: str) -> str:
    """Return the slug of the tutorial that may be meant by one that there is not: its present one, or the nearest."""
    return former_slug(reading, slug) or suggest(slug, reading.slugs(TUTORIAL))


def former_slug(reading: LoadResult, slug: str) -> str:
    """Return the present slug of the tutorial that had this one before; empty if none had."""
    known = ((file.slug, file.facts) for file in reading.of(TUTORIAL))
    return next((now for now, facts in known if isinstance(facts, TutorialFacts) and slug in facts.formerly), "")


def goals_exist(reading: LoadResult) -> Iterator[Problem]:
    """Each company goal that a text names is in goals.yml."""
    if GOALS_FILE in reading.broken_data:
        return
    for file in (*reading.of(TUTORIAL), *reading.of(PROGRAMME)):
        if isinstance(file.facts, (TutorialFacts, ProgrammeFacts)):
            for index, code in enumerate(file.facts.goals):
                if code not in reading.goals:
                    yield no_goal(file.tree.place(("goals", index)), code, reading)


def requirements_exist(reading: LoadResult) -> Iterator[Problem]:
    """Each tutorial that another requires, or a plan proposes, exists."""
    known = reading.slugs(TUTORIAL)
    for file in (*reading.of(TUTORIAL), *reading.of(PROGRAMME)):
        for path, slug in tutorials_named(file):
            if slug not in known:
                yield no_tutorial(file.tree.place(path), slug, reading)


def drafts_are_not_named(reading: LoadResult) -> Iterator[Problem]:
    """Nothing that is published requires or plans a tutorial that is still being written."""
    drafts = reading.drafts()
    for file in (*reading.of(TUTORIAL), *reading.of(PROGRAMME)) if drafts else ():
        if file.kind == TUTORIAL and file.slug in drafts:
            continue
        for path, slug in tutorials_named(file):
            if slug in drafts:
                yield problem(file.tree.place(path), "draft-named", slug=slug)


def tutorials_named(file: TextFile) -> Iterator[tuple[YamlPath, str]]:
    """Yield the slugs of tutorials in the facts of a text, each with its path there."""
    if isinstance(file.facts, TutorialFacts):
        for index, slug in enumerate(file.facts.requires):
            yield ("requires", index), slug
    elif isinstance(file.facts, ProgrammeFacts):
        for number, session in enumerate(file.facts.plan):
            for index, slug in enumerate(session.tutorials):
                yield ("plan", number, "tutorials", index), slug


def former_slugs_are_free(reading: LoadResult) -> Iterator[Problem]:
    """No tutorial lies at an address that leads from another one's past, and no address leads to two."""
    known = reading.slugs(TUTORIAL)
    first: dict[str, str] = {}
    for file in reading.of(TUTORIAL):
        if isinstance(file.facts, TutorialFacts):
            for index, slug in enumerate(file.facts.formerly):
                place = file.tree.place(("formerly", index))
                if slug in known:
                    yield problem(place, "former-slug-in-use", slug=slug)
                elif slug in first:
                    yield problem(place, "former-slug-twice", slug=slug, first=first[slug])
                first.setdefault(slug, file.file)


def plans_are_complete(reading: LoadResult) -> Iterator[Problem]:
    """A programme's plan has as many sessions as the programme."""
    for file in reading.of(PROGRAMME):
        if not isinstance(file.facts, ProgrammeFacts) or not file.facts.plan:
            continue
        count = sum(1 for session in file.facts.plan if session.kind != "agreement")
        if count != file.facts.sessions:
            yield problem(file.tree.place(("plan",)), "plan-sessions", count=count, sessions=file.facts.sessions)


def requirements_end(reading: LoadResult) -> Iterator[Problem]:
    """No tutorial requires itself, not even through others; each circle is said once."""
    files = {file.slug: file for file in reading.of(TUTORIAL)}
    graph = {
        slug: [other for other in file.facts.requires if other in files]
        for slug, file in files.items()
        if isinstance(file.facts, TutorialFacts)
    }
    for circle in circles(graph):
        file = files[circle[0]]
        place = file.tree.place(("requires", graph[circle[0]].index(circle[1 % len(circle)])))
        yield problem(place, "circular-requirement", circle=" → ".join((*circle, circle[0])))


def circles(graph: Mapping[str, Sequence[str]]) -> list[tuple[str, ...]]:
    """Return one circle for each group of nodes that reach each other, starting at its first node by name."""
    found: list[tuple[str, ...]] = []
    done: set[str] = set()
    for start in sorted(graph):
        if start in done:
            continue
        trail: list[str] = [start]
        edges = [iter(sorted(graph[start]))]
        while trail:
            following = next(edges[-1], None)
            if following is None:
                done.add(trail.pop())
                edges.pop()
            elif following in trail:
                circle = trail[trail.index(following) :]
                turn = circle.index(min(circle))
                found.append((*circle[turn:], *circle[:turn]))
            elif following not in done and following in graph:
                trail.append(following)
                edges.append(iter(sorted(graph[following])))
    return found


def languages_are_complete(reading: LoadResult) -> Iterator[Problem]:
    """Goals and terms have words in the source language, and in no language that the site doesn't have."""
    for code, goal in reading.goals.items():
        tree = reading.trees[GOALS_FILE]
        for key, words in (("title", goal.title), ("summary", goal.summary)):
            yield from words_are_complete(reading, tree, (code, key), words)
    for term, texts in reading.terms.items():
        place = reading.trees[GLOSSARY_FILE].place((term,), key=True)
        yield from _languages(reading, set(texts), place, term)
        yield from _no_others(reading, reading.trees[GLOSSARY_FILE], (term,), texts)


def words_are_complete(
    reading: LoadResult, tree: YamlDocument, path: tuple[str, ...], words: Mapping[str, str]
) -> Iterator[Problem]:
    """Yield what is wrong with the languages of the words at a place of a data file."""
    yield from _languages(reading, set(words), tree.place(path), ".".join(path))
    yield from _no_others(reading, tree, path, words)


def _languages(reading: LoadResult, present: set[str], place: Place, name: str) -> Iterator[Problem]:
    if reading.source not in present:
        yield problem(place, "source-language-missing", name=name, language=reading.source)
    for language in reading.languages[1:]:
        if language not in present:
            yield problem(place, "entry-translation-missing", name=name, language=language)


def _no_others(
    reading: LoadResult, tree: YamlDocument, path: tuple[str, ...], present: Iterable[str]
) -> Iterator[Problem]:
    for language in present:
        if language not in reading.languages:
            yield unknown_language_problem(tree.place((*path, language), key=True), language, reading.languages)


def terms_are_told_apart(reading: LoadResult) -> Iterator[Problem]:
    """No two terms of the glossary are recognised by the same word."""
    for language in reading.languages:
        first: dict[str, str] = {}
        for term, texts in reading.terms.items():
            if language not in texts:
                continue
            for form in {texts[language].term.casefold(), *(form.casefold() for form in texts[language].forms)}:
                if form in first and first[form] != term:
                    place = reading.trees[GLOSSARY_FILE].place((term, language), key=True)
                    yield problem(place, "term-twice", form=form, other=first[form])
                first.setdefault(form, term)
