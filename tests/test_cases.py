"""Every rule for content: a case that breaks it, at the exact place, and a near miss that does not.

A case is a small change to the library in `tests/library`; with the problems that it must yield. Its keys:

- `rule`: one sentence
- `on_disk`: whether the files are written, because reading them is what the rule is about
- `today`: the day against which reviews are due; `TODAY` if left out
- `copies`: new path → path of the library's file that it is a copy of
- `files`: path → text of a whole file; null removes it
- `bytes`: path → a whole file as base64
- `edits`: [path, find, replace] or [path, find, replace, times]; what is found stands exactly once in the file
- `pad`: path → size in bytes that the file is filled up to with empty lines
- `problems`: everything that the check yields, each with its place, code and some of its values
"""

from __future__ import annotations

import ast
import re
import shutil
import string
import tempfile
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeGuard

import pytest
import yaml
from case import CASES, apply
from day import TODAY
from memory_library import LANGUAGES, changed_library, check_files
from package_source import MODULES, tree
from stufenweise.check.rules import RULES
from stufenweise.i18n import messages
from stufenweise.model.paths import ShownPath
from stufenweise.model.problem import WARNINGS, Problem
from stufenweise.source.files.content_files import ContentFiles, read_content_files
from texts import SMALL_LIBRARY

KEYS = {"rule", "on_disk", "today", "copies", "files", "bytes", "edits", "pad", "problems"}

SPECIAL_FILES = frozenset({"content-folder-missing", "not-a-file", "symlink", "too-deep", "unreadable"})
"""Codes proven by tests/load: no text in a case can be such a file."""
CONFIGURATION = frozenset(
    {
        "config-inherit-circle",
        "config-missing",
        "config-tag",
        "config-unusable",
        "folder-missing",
        "language-without-labels",
    }
)
"""Codes proven by tests/cli: they are about mkdocs.yml."""
PRINTED = frozenset(
    {"handout-costly", "handout-overflow", "handout-unprintable", "unprintable-image", "unprintable-character"}
)
"""Codes proven by tests/handouts: they come from printing."""
OVERLAY = frozenset(
    {"base-changed", "base-gone", "base-renamed", "base-translation", "base-translation-stale",
     "base-unnoted", "content-absolute", "content-cyclic", "content-outside", "extend-front-matter",
     "extend-section-gone",
     "extend-structure", "extend-translation-missing", "extend-without-text", "handout-overflow-base",
     "hidden-all", "hidden-goals", "hidden-programme", "hidden-unknown", "language-first", "link-hidden",
     "package-untranslated", "unused-form", "unused-word", "word-forms-missing"}
)  # fmt: skip
"""Codes proven by tests/company: they are about content over that of the package, and what is hidden of it."""
BRAND = frozenset(
    {"brand-foreign", "brand-kind", "brand-missing", "colour-contrast", "label-language", "label-unknown",
     "label-untranslated", "label-values"}
)  # fmt: skip
"""Codes proven by tests/company: they are about a company's colours, files and labels."""
COUNTED = frozenset({"more-errors", "more-warnings"})
"""Codes proven by tests/safety: they count what is not shown."""
ELSEWHERE = COUNTED | SPECIAL_FILES | CONFIGURATION | PRINTED | OVERLAY | BRAND


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@cache
def case_of(path: Path) -> Mapping[str, Any]:
    """Return the case in a file."""
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def files_of(case: Mapping[str, Any]) -> ContentFiles:
    """Return the library once it is changed as the case says."""
    if not case.get("on_disk"):
        return changed_library(case)
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder) / "content"
        shutil.copytree(SMALL_LIBRARY, content)
        apply(case, content)
        return read_content_files(content)


def problems_of(case: Mapping[str, Any], only: Collection[ShownPath] | None = None) -> list[Problem]:
    """Return the problems of the library changed as the case says; `only` limits the checked files."""
    return check_files(files_of(case), case.get("today", TODAY), only)


@pytest.mark.parametrize("path", CASES, ids=name)
def test_a_case_has_exactly_the_problems_it_names(path: Path) -> None:
    """A case yields exactly the problems that it names, and each has words in every language."""
    case = case_of(path)
    assert set(case) <= KEYS
    assert case["rule"]
    expected, code, fails = case["problems"], path.parent.name, path.stem.startswith("fail-")
    assert any(entry["code"] == code for entry in expected) is fails
    assert fails or expected == []

    found = problems_of(case)

    assert [(str(problem.place), problem.code) for problem in found] == [
        (entry["at"], entry["code"]) for entry in expected
    ]
    for problem, wanted in zip(found, expected, strict=True):
        values = problem.message_values
        named = {key: str(value) for key, value in wanted.get("values", {}).items()}
        assert {key: values.get(key) for key in named} == named
    for language in LANGUAGES:
        for problem in found:
            message = messages.problem_message(problem, language)
            text = f"{message.what} {message.remedy}"
            assert not unreplaced(text, problem.code, language), text
            assert "None" not in text
            assert "  " not in text.strip(), text


def test_library_is_valid() -> None:
    assert problems_of({}) == []


@pytest.mark.parametrize("outcome", ["fail", "pass"])
def test_every_code_has_a_case(outcome: str) -> None:
    proven = {path.parent.name for path in CASES if path.stem.startswith(f"{outcome}-")}
    assert proven <= set(messages.PROBLEM_TEXTS.complete("en")) <= proven | ELSEWHERE
    assert all(re.fullmatch(r"(fail|pass)-[a-z0-9-]+", path.stem) for path in CASES)


def unreplaced(text: str, code: str, language: str) -> list[str]:
    """Return the names that a message shows in braces instead of the values with these names."""
    return [field for field in re.findall(r"\{([a-z_]+)\}", text) if field in fields(code, language)]


def fields(code: str, language: str) -> set[str]:
    """Return the names of the values in a message."""
    entry = messages.PROBLEM_TEXTS.complete(language)[code]
    return {field for text in entry.values() for _, field, _, _ in string.Formatter().parse(text) if field}


UNSAID = {
    "attachment-type": {"large", "locked", "macros"},
    "fence-not-drawn": {"drawn", "read"},
    "unknown-key": {"words"},
    "svg-costly": {"drawio", "figma", "illustrator", "inkscape", "powerpoint"},
    "svg-forbidden": {"drawio", "figma", "illustrator", "inkscape", "powerpoint"},
}
"""Values that choose a sentence and don't stand in it."""


def test_catalogues_say_the_same() -> None:
    german, english = messages.PROBLEM_TEXTS.complete("de"), messages.PROBLEM_TEXTS.complete("en")
    assert list(german) == list(english)
    assert messages.message_languages() == LANGUAGES
    for code in english:
        assert set(german[code]) == set(english[code]), code
        assert fields(code, "de") == fields(code, "en"), code
        assert next(iter(english[code])) == "what", code
        assert set(english[code]) - {"what", "remedy", "other"} - UNSAID.get(code, set()) <= fields(code, "en"), code


CODE = re.compile(r"[a-z]+[0-9]?(?:-[a-z0-9]+)+")
ONE_WORD = {"attribute", "symlink", "unreadable"}
CODE_ARGUMENTS = {
    "new_problem": (1,),
    "misreading": (1,),
    "rewritten": (0,),
    "ForeignMark": (0,),
    "_mark": (0,),
    "repair": (2,),
    "LineMistake": (1,),
    "_unquoted": (1,),
    "Problem": (1,),
    "replace": (),
    "report": (0, 1, 2),
    "add": (0,),
    "PydanticCustomError": (0,),
    "_Finding": (0,),
    "HeadingFault": (0,),
    "_places": (0,),
    "_missing_file": (4,),
}
"""Positions of the arguments that can be a problem's code, by the function that is called."""
COLLECTED_BY = {"report", "add"}
COLLECTORS = {"reader", "self", "result"}
"""Methods that collect problems, and what has them; `add` of a set, for example, collects something else."""


def constants(tree: ast.AST) -> set[str]:
    """Return all texts in a piece of source code."""
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def codes_in_types(tree: ast.Module) -> Iterator[str]:
    """Yield the codes by which a module translates pydantic's own error types."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and any(
            getattr(target, "id", "") == "_CODES_BY_TYPE" for target in node.targets
        ):
            assert isinstance(node.value, ast.Dict)
            yield from (ast.literal_eval(value) for value in node.value.values)


def codes_in_calls(tree: ast.Module) -> Iterator[str]:
    """Yield the codes that a module passes to functions that make or collect problems."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            for argument in code_arguments(node):
                yield from (text for text in constants(argument) if CODE.fullmatch(text) or text in ONE_WORD)


def code_arguments(call: ast.Call) -> list[ast.expr]:
    """Return the arguments of a call that are a problem's code; none if the function takes no code."""
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    owner = getattr(getattr(function, "value", None), "id", "")
    if name not in CODE_ARGUMENTS or (name in COLLECTED_BY and owner not in COLLECTORS):
        return []
    by_position = [call.args[index] for index in CODE_ARGUMENTS[name] if index < len(call.args)]
    return by_position + [keyword.value for keyword in call.keywords if keyword.arg == "code"]


def modules() -> Iterator[ast.Module]:
    return (tree(path) for path in MODULES if path.name != "problem.py")


def test_every_code_has_words() -> None:
    """The catalogues have words for exactly the codes that the generator can report."""
    codes = {code for module in modules() for code in (*codes_in_calls(module), *codes_in_types(module))}
    assert codes == set(messages.PROBLEM_TEXTS.complete("en"))
    assert set(messages.PROBLEM_TEXTS.complete("en")) >= WARNINGS


def takes_run(node: ast.stmt) -> TypeGuard[ast.FunctionDef]:
    """Return whether a statement defines a family of rules: a public function of a run of the check."""
    if not isinstance(node, ast.FunctionDef) or not node.name.endswith("_problems") or node.name.startswith("_"):
        return False
    annotation = node.args.args[0].annotation if node.args.args else None
    return isinstance(annotation, ast.Name) and annotation.id == "CheckRun"


def test_every_family_of_rules_is_listed() -> None:
    defined = {node.name for module in modules() for node in module.body if takes_run(node)}
    assert defined
    assert defined <= {rule.__name__ for listed in RULES for rule in listed.rules}
