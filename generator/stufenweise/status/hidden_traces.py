"""Find traces of hidden content: sentences that recommend it, programmes whose plan loses parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress

from stufenweise.check.content.reference_rules import tutorials_named
from stufenweise.i18n.labels import Labels, package_labels
from stufenweise.load.load_result import LoadResult
from stufenweise.model.facts import ProgrammeFacts
from stufenweise.model.kinds import LEVEL, PROGRAMME, TUTORIAL
from stufenweise.model.problem import Place, new_problem
from stufenweise.overlay.visibility import TEXT_LINK, linked_stem
from stufenweise.source.markdown.outline import read_outline


def recommending_lines(loaded: LoadResult, labels: Mapping[str, Labels]) -> Iterator[str]:
    """Yield file and line of each visible sentence that links to a hidden text or names a hidden level.

    The link itself is shown as plain text; only people can tell whether the sentence still makes sense.
    """
    kinds = (LEVEL, TUTORIAL, PROGRAMME)
    hidden = {
        (file.kind.name, file.slug)
        for kind in kinds
        for file in loaded.files_of(kind)
        if _hides(loaded, file.slug, kind.name)
    }
    targets = {
        f"{file.kind.folder}/{file.slug}" for file in loaded.texts.values() if (file.kind.name, file.slug) in hidden
    }
    if not targets:
        return
    places = []
    for file in loaded.texts.values():
        if (file.kind.name, file.slug) in hidden:
            continue
        names = _hidden_level_names(loaded, file.language, labels)
        named = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in sorted(names)) or "(?!)")
        outline = read_outline(file.source_body)
        for index, line in enumerate(outline.lines):
            links = (linked_stem(link[2], file.path) for link in TEXT_LINK.finditer(line))
            if not outline.is_code(index) and (any(link in targets for link in links) or named.search(line)):
                places.append(new_problem(Place(file.shown_path, file.body_line + index), "link-hidden"))
    yield from dict.fromkeys(f"{problem.place.file}:{problem.place.line}" for problem in loaded.locate(places))


def _hidden_level_names(loaded: LoadResult, language: str, labels: Mapping[str, Labels]) -> set[str]:
    """Return the names of hidden levels in the company's labels and in the package's, which its texts use."""
    catalogues = [labels[language]] if language in labels else []
    with suppress(LookupError):
        catalogues.append(package_labels(language))
    return {catalogue("level_n", n=number) for catalogue in catalogues for number in loaded.visibility.hidden_levels}


def shrunk_programmes(loaded: LoadResult, labels: Mapping[str, Labels]) -> Iterator[str]:
    """Yield each visible programme that loses hidden levels or tutorials, with what it loses."""
    for file in loaded.files_of(PROGRAMME):
        facts = file.facts
        if not isinstance(facts, ProgrammeFacts) or loaded.visibility.hides(file.slug, facts):
            continue
        lost = [
            labels[loaded.source_language]("level_n", n=level)
            for level in (*facts.core, *facts.optional)
            if level in loaded.visibility.hidden_levels
        ]
        lost += dict.fromkeys(slug for _, slug in tutorials_named(file) if _hides(loaded, slug, TUTORIAL.name))
        if lost:
            yield f"{file.slug}: {', '.join(lost)}"


def _hides(loaded: LoadResult, slug: str, kind: str) -> bool:
    file = loaded.text_of(kind, slug)
    return bool(file) and loaded.visibility.hides(slug, file.facts if file else None)
