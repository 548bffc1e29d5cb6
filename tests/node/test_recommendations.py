"""What the self-check recommends for the shipped texts, computed by the page's script without a page."""

from __future__ import annotations

import html
import json
import random
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT
from day import TODAY
from stufenweise.assemble.self_check_data import self_check_data
from stufenweise.assemble.template_context import template_context
from stufenweise.assemble.tutorial_choice import tutorials_script
from stufenweise.config.project import Project
from stufenweise.load.library_builder import build_library
from stufenweise.localized.localized_library import LocalizedLibrary
from stufenweise.model import page_paths
from stufenweise.model.library import Library
from stufenweise.config.project_files import read_project_files
from stufenweise.stages.content_stages import load_project
from stufenweise.stages.project_stage import open_project
from tools import node

HERE = Path(__file__).parent
PERSONAS = yaml.safe_load((HERE / "recommendations.yml").read_text(encoding="utf-8"))
ROUNDS = 20_000
"""Sets of answers that are drawn by lot, always the same ones."""
Recommendation = dict[str, Any]
pytestmark = pytest.mark.node


@pytest.fixture(scope="module")
def localized() -> LocalizedLibrary:
    """Return the shipped texts in German."""
    project = open_project(ROOT / "mkdocs.yml", TODAY).value
    assert project
    library = build_library(load_project(read_project_files(project)).result)
    return LocalizedLibrary(library=library, language="de", labels_by_language=project.labels, downloads={})


def recommended(localized: LocalizedLibrary, asked: Sequence[Sequence[str]]) -> list[Recommendation]:
    """Return what is recommended for each list of answers, an answer being "question answer"."""
    check: Any = self_check_data(localized, template_context(localized, page_paths.BEGIN))
    data = {
        "tutorials": tutorials_script(localized).decode(),
        "answers": {
            f"{question['id']} {answer['id']}": {
                **json.loads(html.unescape(answer["points"])),
                "because": answer["because"],
            }
            for question in check["questions"]
            for answer in question["answers"]
        },
        "levels": [level["level"] for level in check["levels"]],
        "goals": json.loads(html.unescape(check["goals"])),
        "asked": asked,
    }
    command = [node(), str(HERE / "recommendations.mjs")]
    done = subprocess.run(
        command, input=json.dumps(data), capture_output=True, text=True, encoding="utf-8", check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout))


def answers_of(persona: Mapping[str, Any]) -> list[str]:
    chosen = ((question, [names] if isinstance(names, str) else names) for question, names in persona["answers"].items())
    return [f"{question} {name}" for question, names in chosen for name in names]


def by_chance(library: Library, chance: random.Random) -> Iterator[str]:
    """Yield answers as somebody might give them."""
    for question in library.questions:
        names = list(question.facts.answers)
        if question.facts.kind == "multiple":
            chosen = [name for name in names if chance.random() < 0.25]
        else:
            chosen = [chance.choice(names)] if chance.random() < 0.9 else []
        yield from (f"{question.id} {name}" for name in chosen)


def test_each_leader_gets_what_suits_and_is_told_why(localized: LocalizedLibrary) -> None:
    results = recommended(localized, [answers_of(persona) for persona in PERSONAS])
    for persona, result in zip(PERSONAS, results, strict=True):
        names = {answer: answer.partition(" ")[2] for answer in answers_of(persona)}
        reasons = [(slug, names.get(why, why)) for slug, why in result["tutorials"].items()]
        assert result["level"] == persona["level"], persona["who"]
        assert result["short"] is (persona["answers"].get("time") == "half-hour"), persona["who"]
        assert names.get(result["because"], result["because"]) == persona["because"], persona["who"]
        assert reasons == list(persona["tutorials"].items()), persona["who"]


def test_everything_can_be_recommended_and_each_time_what_fits_together(localized: LocalizedLibrary) -> None:
    """Three tutorials, at most one from another level, each behind what it requires."""
    library, chance = localized.library, random.Random(1)
    found = recommended(localized, [list(by_chance(library, chance)) for _ in range(ROUNDS)])
    assert {result["level"] for result in found} == {level.facts.level for level in library.levels}
    assert {slug for result in found for slug in result["tutorials"]} == {tutorial.slug for tutorial in library.tutorials}
    facts = {tutorial.slug: tutorial.facts for tutorial in library.tutorials}
    for result in found:
        slugs = list(result["tutorials"])
        assert len(slugs) == 3
        assert sum(facts[slug].level != result["level"] for slug in slugs) <= 1
        for place, slug in enumerate(slugs):
            assert not set(facts[slug].requires) & set(slugs[place:]), slugs
