"""Whatever the front matter holds, loading does not crash, and each problem has a code in the catalogues."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter
from stufenweise.i18n import messages
from stufenweise.model.data_facts import GoalFacts, TermFacts, WordForms
from stufenweise.model.facts import Facts, TranslationFacts
from stufenweise.model.kinds import KINDS
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
        tree = read_yaml(f"{key}: {value}\n", "content/a.md")
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
        tree = read_yaml(f"entry: {'{de: ' * depth}{value or '~'}{'}' * depth}\n", "content/a.yml")
        if tree.problems:
            continue
        assert isinstance(tree.value, dict)
        found = validate_facts(adapter, tree, tree.value["entry"], ("entry",))
        for problem in found.problems:
            assert problem.code in messages.PROBLEM_TEXTS.complete("en"), (value, problem)
            assert problem.place.line == 1
            assert problem.place.column > 1, (value, problem)
