"""Extract warnings and errors from a builder's output.

Exit codes are not enough: `mkdocs build -q --strict` with a broken link ends with 0, and without `--strict` all
three end with 0 whatever the warnings. So the lines are read:

| builder | warning | error |
|---|---|---|
| MkDocs, ProperDocs | `WARNING -  text`, then indented lines | `ERROR -  text`, `Error: text`, traceback |
| Zensical | `Warning: text`, then the place in a drawing | `Error: text`, traceback, `thread … panicked at` |
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_COLOUR = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
_START = re.compile(
    r"(?:(?P<level>DEBUG|INFO|WARNING|ERROR|CRITICAL)\s+-\s+(?:\[\d\d:\d\d:\d\d\]\s)?"
    r"|(?P<word>Warning|Error): )(?P<text>.*)"
)
_PLACE = re.compile(r"\s*╭─+\[ ?(?P<place>.+?) ?\]")
_DRAWING = re.compile(r"\s*(?:\d+ )?[│╭╰├┆·─╯]")
_TRACEBACK = "Traceback (most recent call last):"
_EXCEPTION = re.compile(
    r"[A-Za-z_][\w.]*(?:Error|Exception|Exit|Interrupt|Warning|NotFound)\b.*|[a-z_]\w*(?:\.\w+)+: .*"
)
_PANIC = re.compile(r"thread '[^']*'(?: \(\d+\))? panicked at ")


@dataclass(frozen=True, slots=True)
class BuilderMessages:
    """Warnings and errors of a builder, one line each, in the order of its output."""

    warnings: tuple[str, ...]
    errors: tuple[str, ...]


def without_escapes(log: str) -> str:
    """Return `log` without colours and other escape sequences."""
    return _COLOUR.sub("", log).replace("\r\n", "\n")


def builder_messages(log: str) -> BuilderMessages:
    """Return the warnings and errors in the output `log` of any of the three builders."""
    warnings: list[str] = []
    errors: list[str] = []
    open_messages: list[str] | None = None
    in_traceback = False
    for line in without_escapes(log).split("\n"):
        if in_traceback:
            if _EXCEPTION.fullmatch(line):
                errors.append(line)
                in_traceback = False
        elif line.startswith(_TRACEBACK):
            in_traceback, open_messages = True, None
        elif _PANIC.match(line):
            errors.append(line)
            open_messages = None
        elif start := _START.fullmatch(line):
            open_messages = _add_message(start, warnings, errors)
        elif open_messages and (place := _PLACE.match(line)):
            open_messages[-1] = f"{place['place']}: {open_messages[-1]}"
            open_messages = None
        elif open_messages and line.startswith(" ") and not _DRAWING.match(line):
            open_messages[-1] = f"{open_messages[-1]} {line.strip()}".strip()
    if in_traceback:
        errors.append(_TRACEBACK)
    return BuilderMessages(tuple(warnings), tuple(errors))


def _add_message(start: re.Match[str], warnings: list[str], errors: list[str]) -> list[str] | None:
    """Add the first line of a message to its list and return the list; None for other messages."""
    name = (start["level"] or start["word"]).upper()
    if name in ("DEBUG", "INFO"):
        return None
    messages = warnings if name == "WARNING" else errors
    messages.append(start["text"].strip())
    return messages
