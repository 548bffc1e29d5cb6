"""Whatever the front matter holds, loading does not crash, and each problem has a code in the catalogues."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from memory_library import library
from pydantic import TypeAdapter
from stufenweise.i18n import messages
from stufenweise.load.text_reader import read_facts
from stufenweise.model.data_facts import GoalFacts, TermFacts, WordForms
from stufenweise.model.facts import Facts, TranslationFacts
from stufenweise.model.kinds import KINDS, TUTORIAL
from stufenweise.model.paths import ContentPath, ShownPath
from stufenweise.source.yaml.front_matter import split_front_matter
from stufenweise.source.yaml.validation import validate_facts
from stufenweise.source.yaml.yaml_positions import read_yaml

VALUES = (
    "", "~", "true", "1", "-1", "99", "1.5", "1e999", "9999999999999999999999", "2026-11-20", "2026-02-30", "text",
    '""', "'<b>'", "[]", "[1]", "[a, a]", "[[]]", "[~]", "[1, 2, 3, 4, 5, 6, 7, 8, 9]", "{}", "{a: 1}", "{1: 1}",
    "{true: x}", "{1.5: 1}", "{a: {}}", "{a: {b: c}}", "{2026-11-20: x}", "{1: 0, 1.0: 2, true: 3}",
    "x" * 700,
)  # fmt: skip
MODELS: tuple[type[Facts], ...] = (*(kind.facts for kind in KINDS), TranslationFacts, GoalFacts)
KEYS = sorted({(model, key) for model in MODELS for key in model.model_fields}, key=str)


@pytest.mark.parametrize(("model", "key"), KEYS, ids=lambda value: value if isinstance(value, str) else value.__name__)
def test_any_value_of_a_key(model: type[Facts], key: str) -> None:
    for value in VALUES:
        tree = read_yaml(f"{key}: {value}\n", ShownPath("content/a.md"))
        adapter: TypeAdapter[Any] = TypeAdapter(model)
        found = tree.problems or validate_facts(adapter, tree, tree.value).problems
        assert found
        for problem in found:
            assert problem.code in messages.PROBLEM_TEXTS.complete("en"), (value, problem)
            message = messages.problem_message(problem, "en")
            assert "{key}" not in message.what
            assert "None" not in message.what + message.remedy
            if problem.code != "missing-key":
                assert problem.place.line == 1
                assert problem.place.column > 1 or problem.code in {"unknown-key", "duplicate-key"}, (value, problem)


@pytest.mark.parametrize("kind", [TermFacts, WordForms], ids=["term", "word"])
@pytest.mark.parametrize("depth", range(3))
def test_any_value_of_an_entry(kind: Any, depth: int) -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(kind)
    for value in VALUES:
        tree = read_yaml(f"entry: {'{de: ' * depth}{value or '~'}{'}' * depth}\n", ShownPath("content/a.yml"))
        if tree.problems:
            continue
        assert isinstance(tree.value, dict)
        found = validate_facts(adapter, tree, tree.value["entry"], ("entry",))
        for problem in found.problems:
            assert problem.code in messages.PROBLEM_TEXTS.complete("en"), (value, problem)
            assert problem.place.line == 1
            assert problem.place.column > 1, (value, problem)


def test_facts_as_meant_come_with_their_problems_and_lines_and_leave_the_document_alone() -> None:
    text = library()[ContentPath("tutorials/first.de.md")].decode().replace("level: 1", "level: Stufe 1", 1)
    parts = split_front_matter(text, ShownPath("content/a.md")).value
    assert parts
    document = parts.front_matter
    before = copy.deepcopy(document)
    read = read_facts(TUTORIAL, document, is_source=True)
    assert read.facts
    assert [problem.code for problem in read.problems] == ["expected-number"]
    assert read.repaired_lines == {2: ("level: 1",)}
    assert document == before
