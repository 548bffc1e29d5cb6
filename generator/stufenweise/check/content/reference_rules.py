"""Rules across texts: everything that a text names exists, and requirements form no circle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from stufenweise.check.check_run import CheckRun
from stufenweise.load.load_result import LoadResult
from stufenweise.load.text_file import TextFile
from stufenweise.model.facts import LEVEL_NUMBERS, LevelFacts, ProgrammeFacts, TutorialFacts
from stufenweise.model.kinds import GOALS_FILE, HOME, LEVEL, PROGRAMME, TUTORIAL
from stufenweise.model.paths import shown_path
from stufenweise.model.problem import Place, Problem, Subject, new_problem
from stufenweise.source.files.file_names import in_ascii, is_reserved_slug, slug_of
from stufenweise.source.files.text_paths import TextPath
from stufenweise.source.suggest import suggest
from stufenweise.source.yaml.yaml_positions import YamlPath


def reference_problems(run: CheckRun) -> Iterator[Problem]:
    """Yield problems between texts."""
    loaded = run.loaded
    yield from check_home(loaded)
    yield from check_levels(loaded)
    yield from check_levels_of_tutorials(loaded)
    yield from check_goals(loaded)
    yield from check_requirements(loaded)
    yield from check_circles(loaded)
    yield from check_drafts(loaded)
    yield from check_former_slugs(loaded)


def suggest_slugs(loaded: LoadResult, problems: Iterable[Problem]) -> list[Problem]:
    """Add the likely slug to problems about a tutorial that was named by its title or file."""
    slugs = loaded.slugs(TUTORIAL)
    titles = {file.text.title.casefold(): file.slug for file in loaded.files_of(TUTORIAL)}
    result: list[Problem] = []
    for problem in problems:
        if problem.code == "bad-form" and (word := problem.subject.name):
            slug = in_ascii(slug_of(word)).replace(" ", "-").replace("_", "-")
            likely = titles.get(word.casefold()) or (slug if slug in slugs else suggest(slug, slugs))
            problem = problem.completed(nearest=likely, **{"examples": ""} if likely else {})
        result.append(problem)
    return result


def check_home(loaded: LoadResult) -> Iterator[Problem]:
    """There is a home page in the source language."""
    if not loaded.slugs(HOME):
        yield new_problem(
            Place(shown_path(loaded.shown_content, TextPath("", HOME.name, loaded.source_language).path)),
            "home-missing",
        )


def check_levels(loaded: LoadResult) -> Iterator[Problem]:
    """No two files say that they are the same level."""
    first: dict[int, str] = {}
    for file in loaded.files_of(LEVEL):
        if isinstance(file.facts, LevelFacts):
            number = file.facts.level
            if number in first:
                yield new_problem(file.front_matter.place(("level",)), "level-twice", level=number, other=first[number])
            first.setdefault(number, file.shown_path)


def level_numbers(loaded: LoadResult) -> set[int]:
    """Return the numbers of the levels that exist; all of them when a level file could not be read."""
    if any(key.kind == LEVEL.name for key in loaded.unreadable):
        return set(LEVEL_NUMBERS)
    return {file.facts.level for file in loaded.files_of(LEVEL) if isinstance(file.facts, LevelFacts)}


def check_levels_of_tutorials(loaded: LoadResult) -> Iterator[Problem]:
    """Each level that a tutorial or programme names has a file of its own."""
    existing = level_numbers(loaded)
    for file in loaded.files_of(TUTORIAL):
        if isinstance(file.facts, TutorialFacts) and file.facts.level not in existing:
            yield unknown_level_problem(file.front_matter.place(("level",)), file.facts.level, existing)
    for file in loaded.files_of(PROGRAMME):
        if isinstance(file.facts, ProgrammeFacts):
            for key, numbers in (("core", file.facts.core), ("optional", file.facts.optional)):
                for index, number in enumerate(numbers):
                    if number not in existing:
                        yield unknown_level_problem(file.front_matter.place((key, index)), number, existing)


def unknown_level_problem(place: Place, level: int, existing: set[int]) -> Problem:
    """Return the problem that a level has no file of its own."""
    return new_problem(place, "unknown-level", level=level, known=", ".join(map(str, sorted(existing))))


def unknown_goal_problem(place: Place, code: str, loaded: LoadResult) -> Problem:
    """Return the problem that there is no such goal."""
    subject = Subject(name=code, nearest=suggest(code, loaded.data.goals))
    return new_problem(place, "unknown-goal", subject, known=", ".join(loaded.data.goals))


def unknown_tutorial_problem(place: Place, slug: str, loaded: LoadResult) -> Problem:
    """Return the problem that there is no such tutorial."""
    return new_problem(place, "unknown-requirement", Subject(name=slug, nearest=likely_slug(loaded, slug)))


def likely_slug(loaded: LoadResult, slug: str) -> str:
    """Return the slug that an unknown one probably means: that of the tutorial renamed from it, or the most similar."""
    return former_slug(loaded, slug) or suggest(slug, loaded.slugs(TUTORIAL))


def former_slug(loaded: LoadResult, slug: str) -> str:
    """Return the present slug of the tutorial that had this one before; empty if none had."""
    tutorials = ((file.slug, file.facts) for file in loaded.files_of(TUTORIAL))
    return next(
        (current for current, facts in tutorials if isinstance(facts, TutorialFacts) and slug in facts.formerly), ""
    )


def check_goals(loaded: LoadResult) -> Iterator[Problem]:
    """Each company goal that a text names is in goals.yml."""
    if GOALS_FILE in loaded.data.unreadable:
        return
    for file in (*loaded.files_of(TUTORIAL), *loaded.files_of(PROGRAMME)):
        if isinstance(file.facts, (TutorialFacts, ProgrammeFacts)):
            for index, code in enumerate(file.facts.goals):
                if code not in loaded.data.goals:
                    yield unknown_goal_problem(file.front_matter.place(("goals", index)), code, loaded)


def check_requirements(loaded: LoadResult) -> Iterator[Problem]:
    """Each tutorial that another requires, or a plan proposes, exists."""
    slugs = loaded.slugs(TUTORIAL)
    for file in (*loaded.files_of(TUTORIAL), *loaded.files_of(PROGRAMME)):
        for path, slug in tutorials_named(file):
            if slug not in slugs:
                yield unknown_tutorial_problem(file.front_matter.place(path), slug, loaded)


def check_drafts(loaded: LoadResult) -> Iterator[Problem]:
    """No published text requires or plans a tutorial that is a draft."""
    drafts = loaded.drafts()
    for file in (*loaded.files_of(TUTORIAL), *loaded.files_of(PROGRAMME)) if drafts else ():
        if file.kind == TUTORIAL and file.slug in drafts:
            continue
        for path, slug in tutorials_named(file):
            if slug in drafts:
                yield new_problem(file.front_matter.place(path), "draft-named", slug=slug)


def tutorials_named(file: TextFile) -> Iterator[tuple[YamlPath, str]]:
    """Yield the slugs of tutorials in the facts of a text, each with its path there."""
    if isinstance(file.facts, TutorialFacts):
        for index, slug in enumerate(file.facts.requires):
            yield ("requires", index), slug
    elif isinstance(file.facts, ProgrammeFacts):
        for number, session in enumerate(file.facts.plan):
            for index, slug in enumerate(session.tutorials):
                yield ("plan", number, "tutorials", index), slug


def check_former_slugs(loaded: LoadResult) -> Iterator[Problem]:
    """No former slug of a tutorial is the slug of another one, and no two tutorials had the same."""
    slugs = loaded.slugs(TUTORIAL)
    first: dict[str, str] = {}
    for file in loaded.files_of(TUTORIAL):
        if isinstance(file.facts, TutorialFacts):
            for index, slug in enumerate(file.facts.formerly):
                place = file.front_matter.place(("formerly", index))
                if is_reserved_slug(slug):
                    yield new_problem(place, "reserved-name", name=slug, right=f"our-{slug}")
                elif slug in slugs:
                    yield new_problem(place, "former-slug-in-use", slug=slug)
                elif slug in first:
                    yield new_problem(place, "former-slug-twice", slug=slug, first=first[slug])
                first.setdefault(slug, file.shown_path)


def check_circles(loaded: LoadResult) -> Iterator[Problem]:
    """No tutorial requires itself, not even through others; each circle is reported once."""
    files = {file.slug: file for file in loaded.files_of(TUTORIAL)}
    graph = {
        slug: [other for other in file.facts.requires if other in files]
        for slug, file in files.items()
        if isinstance(file.facts, TutorialFacts)
    }
    for circle in find_circles(graph):
        file = files[circle[0]]
        place = file.front_matter.place(("requires", graph[circle[0]].index(circle[1 % len(circle)])))
        yield new_problem(place, "circular-requirement", circle=" → ".join((*circle, circle[0])))


def find_circles(graph: Mapping[str, Sequence[str]]) -> list[tuple[str, ...]]:
    """Return one circle for each group of nodes that reach each other; each starts at its first node by name."""
    circles: list[tuple[str, ...]] = []
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
                circles.append((*circle[turn:], *circle[:turn]))
            elif following not in done and following in graph:
                trail.append(following)
                edges.append(iter(sorted(graph[following])))
    return circles
