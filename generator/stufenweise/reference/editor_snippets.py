"""Write editor snippets from the skeletons of `stufenweise new`.

https://code.visualstudio.com/docs/editing/userdefinedsnippets
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from stufenweise.i18n.reference_text import reference_text
from stufenweise.model.facts import MAX_GRADE
from stufenweise.model.kinds import TUTORIAL
from stufenweise.reference.key_schemas import KeySchema, file_schema

_SECTION = re.compile(r"^## .*?\{#([a-z-]+)\}$", re.MULTILINE)
_LEFT_OUT = frozenset({"requires", "formerly", "order", "short_way"})
"""Keys that few tutorials need."""
_TITLE = re.compile(r"(#+|- \[ \]) (.+) \{#([a-z-]+)(?: minutes=(\d+)(?: short=(\d+))?)?\}")


def snippets(skeletons: Mapping[str, str]) -> dict[str, dict[str, object]]:
    """Return the snippets for tutorials.

    Args:
        skeletons: The Markdown of a tutorial to begin with, by language.
    """
    result = {f"{key}:": snippet for key, snippet in _keys()}
    for language, text in skeletons.items():
        reference = reference_text(language)
        result[f"{reference.kind(TUTORIAL.name)} ({language})"] = {
            "scope": "markdown",
            "prefix": ["---", f"tutorial-{language}"],
            "description": reference.kind(TUTORIAL.name),
            "body": [*_facts(), "", *_numbered(text[text.index("## ") :].rstrip("\n").split("\n"), 20)],
        }
        for section, section_lines in _sections(text):
            heading = section_lines[0].removeprefix("## ").partition(" {")[0]
            result[f"{heading} ({language})"] = {
                "scope": "markdown",
                "prefix": [heading, section],
                "description": reference.word("sections", section),
                "body": [*_numbered(section_lines, 1), "", "$0"],
            }
        lines = text.split("\n")
        step, step_end = [index for index, line in enumerate(lines) if "minutes=" in line][1:3]
        result[f"Step ({language})"] = {
            "scope": "markdown",
            "prefix": ["###", f"step-{language}"],
            "description": reference.word("sections", "steps"),
            "body": [*_numbered(lines[step:step_end], 1), "$0"],
        }
        item = next(line for line in lines if line.startswith("- [ ]"))
        result[f"Item ({language})"] = {
            "scope": "markdown",
            "prefix": ["- [", f"item-{language}"],
            "description": reference.word("sections", "checklist"),
            "body": [*_numbered([item], 1), "$0"],
        }
    return result


def _sections(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield id and lines of each section of a skeleton."""
    starts = [*_SECTION.finditer(text)]
    ends = [match.start() for match in starts[1:]] + [len(text)]
    for match, end in zip(starts, ends, strict=True):
        yield match[1], text[match.start() : end].rstrip("\n").split("\n")


def _facts() -> list[str]:
    """Return the front matter of a tutorial with the choices of the model."""
    lines = [
        f"{key.name}: {_tab_stop(number, key)}"
        for number, key in enumerate(file_schema(TUTORIAL.name).keys, 1)
        if key.name not in _LEFT_OUT
    ]
    return ["---", *lines, "---"]


def _keys() -> Iterator[tuple[str, dict[str, object]]]:
    """Yield a snippet for each key of a tutorial and of a translation, explained in all languages.

    In front matter VS Code treats the language as YAML.
    """
    for schema in ("translation", TUTORIAL.name):
        for key in file_schema(schema).keys:
            yield (
                key.name,
                {
                    "scope": "markdown,yaml",
                    "prefix": f"{key.name}:",
                    "description": f"{key.title}: {key.description}".replace("\n\n", " / "),
                    "body": [f"{key.name}: {_tab_stop(1, key)}"],
                },
            )


def _tab_stop(number: int, key: KeySchema) -> str:
    """Return a place for the value of a key: its choices, otherwise an example."""
    value, example = key.value, key.example
    if value.choices:
        return f"${{{number}|{','.join(map(str, value.choices))}|}}"
    if value.type == "integer" and value.maximum == MAX_GRADE:
        return f"${{{number}|1,2,3,4,5|}}"
    if value.type == "date":
        return "$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE"
    if isinstance(example, bool):
        return str(example).lower()
    if isinstance(example, list):
        return f"[${{{number}:{', '.join(example)}}}]"
    return f"${{{number}:{example}}}"


def _numbered(lines: list[str], first: int) -> list[str]:
    """Add numbered tab stops to lines, one for each part to write."""
    number = first
    result = []

    def place(text: str) -> str:
        nonlocal number
        number += 1
        return f"${{{number - 1}:{_escaped(text)}}}"

    for line in lines:
        if title := _TITLE.fullmatch(line):
            marks, words_, own_id, minutes, short = title.groups()
            if marks == "##":
                result.append(line)
                continue
            length = f" minutes={place(minutes)}" if minutes else ""
            length += f" short={place(short)}" if short else ""
            shown = place(words_)
            result.append(f"{marks} {shown} {{#{place(own_id)}{length}}}")
        elif line.endswith(": ___"):
            result.append(f"{place(line.removesuffix(': ___'))}: ___")
        elif re.fullmatch(r"[| -]+", line):
            result.append(line)
        elif line.strip():
            mark = re.match(r"(?:- (?:\*\*[^*]+:\*\* )?|> |)", line)
            start = mark[0] if mark else ""
            result.append(f"{start}{place(line[len(start) :])}")
        else:
            result.append("")
    return result


def _escaped(text: str) -> str:
    """Escape a text for use in a tab stop."""
    return re.sub(r"([\\$}])", r"\\\1", text)
