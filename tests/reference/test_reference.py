"""The reference lists every key, section and problem, in both languages, generated from their definitions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from click.testing import CliRunner, Result
from conftest import ROOT
from pydantic import TypeAdapter
from stufenweise.cli import main
from stufenweise.i18n.messages import PROBLEM_TEXTS
from stufenweise.i18n.reference_text import REFERENCE_TEXTS, reference_languages, reference_text
from stufenweise.model.facts import Facts
from stufenweise.model.kinds import KINDS
from stufenweise.reference.json_schemas import SCHEMAS, json_schema
from stufenweise.reference.problem_explanations import explain_all_problems, explain_problem

from tools import tool

LANGUAGES = ("de", "en")


def explain(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["explain", *arguments], env={"LANG": "C.UTF-8"})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_generated_documents_are_up_to_date_and_say_at_their_top_how_they_are_made() -> None:
    """If this fails: `make docs`."""
    made = tool("reference")
    written = dict([made.example_file(), *made.pages()])
    stale = [
        path
        for path, text in written.items()
        if not (ROOT / path).is_file() or (ROOT / path).read_text(encoding="utf-8") != text
    ]
    assert stale == []
    assert [path for path, text in written.items() if "`make docs`" not in "".join(text.splitlines()[:2])] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_is_explained_with_a_wrong_and_a_right_example(language: str) -> None:
    found = {example.code: example for example in explain_all_problems(language)}
    assert set(found) == set(PROBLEM_TEXTS.complete(language))
    for example in found.values():
        assert example.wrong.strip(), example.code
        assert example.right.strip(), example.code
        assert example.wrong != example.right, example.code
        assert len(example.wrong.split("\n")) <= 30, example.code


def test_an_explanation_shows_message_remedy_and_both_examples() -> None:
    said = explain("minutes-sum", "--lang", "de").output
    for part in ("Fehler [minutes-sum]", "5 + 10 + 5 = 20", "Falsch:", "minutes: 25", "Richtig:", "minutes: 20"):
        assert part in said


@pytest.mark.parametrize("written", ["minutes-sum", "[minutes-sum]", "Minutes-Sum"])
def test_a_code_may_be_copied_as_it_stands_in_a_message(written: str) -> None:
    result = explain(written)
    assert result.exit_code == 0
    assert "Wrong:" in result.output


def test_an_unknown_code_is_answered_with_the_nearest() -> None:
    result = explain("minute-sum")
    assert result.exit_code == 2
    assert result.output == "There is no code minute-sum. Did you mean minutes-sum?\n"


def test_without_a_code_all_are_listed() -> None:
    assert [line.split()[0] for line in explain().output.splitlines()] == list(PROBLEM_TEXTS.complete("en"))


def test_a_warning_is_explained_as_one() -> None:
    assert not explain_problem("review-due", "en").is_error
    assert "warning [review-due]" in explain("review-due").output


def model_classes() -> dict[str, type[Facts]]:
    """Return the classes of all models by name."""

    def descendants(model: type[Facts]) -> Iterator[type[Facts]]:
        for subclass in model.__subclasses__():
            yield subclass
            yield from descendants(subclass)

    return {model.__name__: model for model in descendants(Facts)}


def fields() -> Iterator[tuple[type[Facts], str]]:
    for model in model_classes().values():
        for key in model.__annotations__:
            if key in model.model_fields:
                yield model, key


@pytest.mark.parametrize(
    ("model", "key"), list(fields()), ids=lambda parameter: getattr(parameter, "__name__", parameter)
)
def test_every_key_has_a_title_and_a_meaning_in_every_language(model: type[Facts], key: str) -> None:
    meanings = [reference_text(language).meaning(model.__name__, key) for language in LANGUAGES]
    assert all(reference_text(language).title(key) for language in LANGUAGES)
    assert len(set(meanings)) == len(LANGUAGES), f"{model.__name__}.{key} has no meaning in German"


def test_languages_say_the_same() -> None:
    assert reference_languages() == LANGUAGES
    german, english = (REFERENCE_TEXTS.own(language) for language in LANGUAGES)
    groups = "kinds places titles keys types sections page problems writing editor"
    assert list(german) == groups.split()
    assert set(german) == set(english)
    for group in set(german) - {"keys"}:
        assert list(german[group]) == list(english[group]), group


def test_no_words_are_left_of_keys_and_sections_that_are_gone() -> None:
    keys = {key for model in model_classes().values() for key in model.model_fields}
    sections = {section for kind in KINDS for section in kind.sections}
    for language in LANGUAGES:
        assert set(reference_text(language).group("titles")) == keys
        assert set(reference_text(language).group("sections")) == sections
    named: Mapping[str, Any] = reference_text("de").group("keys")
    assert set(named) <= set(model_classes())
    for model, own in named.items():
        assert set(own) <= set(model_classes()[model].__annotations__), model


def strict(value: object) -> object:
    """Return a value of YAML as the strict models take it: with lists as tuples."""
    if isinstance(value, dict):
        return {key: strict(member) for key, member in value.items()}
    return tuple(strict(member) for member in value) if isinstance(value, list) else value


def test_every_example_of_a_key_is_right() -> None:
    shown = 0
    for name, model in model_classes().items():
        for key, field in model.model_fields.items():
            for example in reference_text("de").examples(name, key):
                adapter: TypeAdapter[object] = TypeAdapter(
                    field.rebuild_annotation(), config=None if _is_model(field.annotation) else {"strict": True}
                )
                adapter.validate_python(strict(example))
                shown += 1
    assert shown > 60


def _is_model(annotation: object) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Facts)


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_schema_has_title_description_and_example_for_each_key(kind: str) -> None:
    schema: dict[str, Any] = json_schema(kind)
    parts = [schema, *schema.get("definitions", {}).values()]
    for part in parts:
        for key, value in part.get("properties", {}).items():
            assert value["title"]
            assert value["description"]
            assert value.get("examples") or key == "answers", f"{kind}.{key}"


def test_a_schema_can_be_had_in_one_language() -> None:
    german: dict[str, Any] = json_schema("tutorial", ("de",))
    both: dict[str, Any] = json_schema("tutorial")
    assert german["title"] == "Tutorial"
    effort = german["properties"]["effort"]
    assert effort["title"] == "Change-Aufwand"
    assert both["properties"]["effort"]["title"] == "Change-Aufwand / Change effort"
