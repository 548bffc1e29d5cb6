"""All texts for people are in the catalogues, in each language, and none in the code."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from typing import Any

import pytest
from package_source import MODULES, PACKAGE, shown, tree
from pydantic import ValidationError
from stufenweise.core.errors import failure
from stufenweise.i18n.catalogue import Catalogue
from stufenweise.i18n.labels import LABEL_TEXTS
from stufenweise.i18n.messages import COMMAND_TEXTS, FAILURE_TEXTS, PROBLEM_TEXTS, failure_text, message_languages
from stufenweise.i18n.reference_text import REFERENCE_TEXTS

SAYING = {"echo", "secho", "UsageError", "BadParameter", "ClickException", "Abort", "confirm", "prompt"}
"""Functions and errors of click and MkDocs whose text reaches people."""
CATALOGUES: dict[str, Catalogue[Any]] = {
    "command_text": COMMAND_TEXTS,
    "message": COMMAND_TEXTS,
    "print_message": COMMAND_TEXTS,
    "print_note": COMMAND_TEXTS,
    "refuse": COMMAND_TEXTS,
    "failure": FAILURE_TEXTS,
    "MachineError": FAILURE_TEXTS,
}
"""What takes a key of a catalogue as its first argument."""
TEMPLATES = [PACKAGE, PACKAGE.parents[1] / "overrides"]
WORDS = re.compile(r"[^\W\d_]{2,}[,.:]? [^\W\d_]{2,}")
"""Two words beside each other."""


def name_of(call: ast.Call) -> str:
    """Return the last name of a call: echo for click.echo."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def file_name(catalogue: Catalogue[Any]) -> str:
    return catalogue.name


def calls(module: ast.Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(module) if isinstance(node, ast.Call))


def said(module: ast.Module) -> list[str]:
    """Return the texts that a module shows to people without a catalogue."""
    found: list[str] = []
    for call in calls(module):
        if name_of(call) in SAYING:
            for argument in call.args:
                texts = (node.value for node in ast.walk(argument) if isinstance(node, ast.Constant))
                found += [text for text in texts if isinstance(text, str) and WORDS.search(text)]
    return found


def values_named(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_no_module_holds_words_for_people() -> None:
    assert {shown(path): found for path in MODULES if (found := said(tree(path)))} == {}


@pytest.mark.parametrize(
    "source",
    [
        'click.echo("Nothing was built.")',
        "raise click.UsageError(f'{builder} is not installed.')",
        "raise Abort('The content has problems')",
    ],
)
def test_words_in_the_code_are_found(source: str) -> None:
    assert said(ast.parse(source))


def faults_of_key(call: ast.Call) -> Iterator[str]:
    """Yield the faults of a call to a catalogue: an unknown key, or missing values for its text."""
    catalogue = CATALOGUES.get(name_of(call))
    key = call.args[0] if call.args else None
    if not catalogue or not isinstance(key, ast.Constant):
        return
    name = str(key.value)
    given = {keyword.arg for keyword in call.keywords}
    for language in message_languages():
        entry = catalogue.own(language).get(name)
        if entry is None:
            yield f"{name} is not in {language}/{catalogue.name}.yml"
            continue
        texts = entry.values() if isinstance(entry, dict) else [str(entry)]
        missing = set().union(*map(values_named, texts)) - given
        if None not in given and missing:
            yield f"{name} is not given {missing}"


def test_every_key_that_the_code_asks_for_is_in_its_catalogue() -> None:
    """A key written out is there in each language, and is given the values that its words name."""
    found = ((path, call) for path in MODULES for call in calls(tree(path)))
    assert [f"{shown(path)}:{call.lineno}: {fault}" for path, call in found for fault in faults_of_key(call)] == []


@pytest.mark.parametrize("catalogue", [COMMAND_TEXTS, FAILURE_TEXTS, LABEL_TEXTS, PROBLEM_TEXTS], ids=file_name)
def test_each_language_has_the_same_keys(catalogue: Catalogue[Any]) -> None:
    first, *others = (catalogue.own(language) for language in message_languages())
    for other in others:
        assert other.keys() == first.keys()


def test_a_failure_is_one_line_with_its_remedy_in_each_language() -> None:
    wrong = []
    for code, entry in FAILURE_TEXTS.complete("en").items():
        values = {name: f"<{name}>" for text in entry.values() for name in values_named(text)}
        texts = {failure_text(failure(code, **values), language) for language in message_languages()}
        whole = (set(values.values()) <= set(re.findall(r"<\w+>", text)) for text in texts)
        one_line = all("\n" not in text and text.endswith(".") for text in texts)
        if not all(whole) or not one_line or len(texts) != len(message_languages()):
            wrong.append(code)
    assert wrong == []


def test_every_failure_of_the_catalogue_can_happen() -> None:
    """A code is written out in the code, so that nothing in the catalogue is left over."""
    written = {node.value for path in MODULES for node in ast.walk(tree(path)) if isinstance(node, ast.Constant)}
    assert set(FAILURE_TEXTS.complete("en")) <= written


@pytest.mark.parametrize("catalogue", [COMMAND_TEXTS, LABEL_TEXTS, PROBLEM_TEXTS, REFERENCE_TEXTS], ids=file_name)
def test_every_text_of_a_catalogue_is_asked_for(catalogue: Catalogue[Any]) -> None:
    """Its key stands in a module or a template, or begins as one that is put together."""
    found = (
        path for root in TEMPLATES for path in root.rglob("*") if path.suffix in {".html", ".j2", ".md", ".typ", ".yml"}
    )
    sources = [*MODULES, *(path for path in found if not path.match("i18n/*/*.yml"))]
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    written = set(re.findall(r"[\w-]+", code))
    beginnings = tuple(re.findall(r"f?[\"']([a-z]+(?:-[a-z]+)*[-_])(?:\{|' \+)", code))
    keys = catalogue.own("en")
    assert [key for key in keys if key not in written and not key.startswith(beginnings)] == []


def test_an_entry_that_a_language_lacks_is_english() -> None:
    assert COMMAND_TEXTS.own("fr") == {}
    assert COMMAND_TEXTS.complete("fr") == COMMAND_TEXTS.own("en")
    assert COMMAND_TEXTS.complete("de") == COMMAND_TEXTS.own("de")


def test_a_file_with_entries_of_another_type_is_refused() -> None:
    with pytest.raises(ValidationError):
        Catalogue("problems", str).own("en")
