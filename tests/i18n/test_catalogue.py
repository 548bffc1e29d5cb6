"""Whatever is said to people stands in the catalogues, in each language, and nowhere in the code."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
import stufenweise
from stufenweise.core.errors import failure
from stufenweise.i18n.catalogue import catalogue
from stufenweise.i18n.messages import failure_catalogue, failure_text, message_languages

PACKAGE = Path(stufenweise.__file__).parent
SAYING = {"echo", "secho", "UsageError", "BadParameter", "ClickException", "Abort", "confirm", "prompt"}
"""Functions and errors of click and MkDocs whose text reaches people."""
CATALOGUES = {"command_text": "commands", "failure": "failures", "MachineError": "failures"}
"""What takes a key of a catalogue as its first argument."""
TEMPLATES = [PACKAGE, PACKAGE.parents[1] / "overrides"]
WORDS = re.compile(r"[^\W\d_]{2,}[,.:]? [^\W\d_]{2,}")
"""Two words beside each other."""


def name_of(call: ast.Call) -> str:
    """Return the last part of what is called: echo of click.echo."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def calls(source: str) -> Iterator[ast.Call]:
    return (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))


def said(source: str) -> list[str]:
    """Return the texts that a module says to people without asking a catalogue for them."""
    found: list[str] = []
    for call in calls(source):
        if name_of(call) in SAYING:
            for argument in call.args:
                texts = (one.value for one in ast.walk(argument) if isinstance(one, ast.Constant))
                found += [text for text in texts if isinstance(text, str) and WORDS.search(text)]
    return found


def values_named(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


MODULES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_module_holds_words_for_people(path: Path) -> None:
    assert said(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        'click.echo("Nothing was built.")',
        "raise click.UsageError(f'{builder} is not installed.')",
        "raise Abort('The content has problems')",
    ],
)
def test_words_in_the_code_are_found(source: str) -> None:
    assert said(source)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_every_key_that_the_code_asks_for_is_in_its_catalogue(path: Path) -> None:
    """A key written out is there in each language, and is given the values that its words name."""
    for call in calls(path.read_text(encoding="utf-8")):
        kind = CATALOGUES.get(name_of(call))
        key = call.args[0] if call.args else None
        if not kind or not isinstance(key, ast.Constant):
            continue
        given = {one.arg for one in call.keywords}
        for language in message_languages():
            entry = catalogue(language, kind)[str(key.value)]  # type: ignore[index]
            texts = entry.values() if isinstance(entry, dict) else [str(entry)]
            named = set().union(*map(values_named, texts))
            assert None in given or named <= given, f"{path}:{call.lineno}: {key.value} names {named}"


@pytest.mark.parametrize("kind", ["commands", "failures", "labels", "problems"])
def test_each_language_has_the_same_keys(kind: str) -> None:
    first, *others = (catalogue(language, kind) for language in message_languages())  # type: ignore[arg-type]
    for other in others:
        assert other.keys() == first.keys()


@pytest.mark.parametrize("code", failure_catalogue("en"))
def test_a_failure_is_one_line_with_its_remedy_in_each_language(code: str) -> None:
    values = {name: f"<{name}>" for text in failure_catalogue("en")[code].values() for name in values_named(text)}
    texts = {failure_text(failure(code, **values), language) for language in message_languages()}
    assert len(texts) == len(message_languages())
    for text in texts:
        assert all(value in text for value in values.values())
        assert "\n" not in text
        assert text.endswith(".")


def test_every_failure_of_the_catalogue_can_happen() -> None:
    """A code is written out in the code, so that nothing in the catalogue is left over."""
    written = {
        one.value
        for path in MODULES
        for one in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(one, ast.Constant)
    }
    assert set(failure_catalogue("en")) <= written


@pytest.mark.parametrize("kind", ["commands", "labels", "problems", "reference"])
def test_every_text_of_a_catalogue_is_asked_for(kind: str) -> None:
    """Its key stands in a module or a template, or begins as one that is put together."""
    found = (
        path for root in TEMPLATES for path in root.rglob("*") if path.suffix in {".html", ".j2", ".md", ".typ", ".yml"}
    )
    sources = [*MODULES, *(path for path in found if not path.match("i18n/*/*.yml"))]
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    written = set(re.findall(r"[\w-]+", code))
    beginnings = tuple(re.findall(r"f?[\"']([a-z]+(?:-[a-z]+)*[-_])(?:\{|' \+)", code))
    keys = map(str, catalogue("en", kind))  # type: ignore[arg-type]
    assert [key for key in keys if key not in written and not key.startswith(beginnings)] == []
