"""What a script of the site gives others in the object `stufenweise`, what it takes from it, and what its head says.

Reads the few forms that our scripts have: they are formatted by Biome, and each puts its names into the shared object
in one statement at its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from conftest import ROOT

SCRIPTS = ROOT / "overrides" / "assets" / "javascripts"
NAME = r"[A-Za-z_$][\w$]*"
ALONE = r"(?<![\w$])(?<!(?<!\.\.)\.)"
"""Not a member of something else; `...` may stand before it."""
QUIET = re.compile(r'/\*.*?\*/|(?:^|(?<=\s))//[^\n]*|"(?:\\.|[^"\\\n])*"', re.DOTALL | re.MULTILINE)
"""Comments and texts, in which a name means nothing."""
GIVES = re.compile(r"globalThis\.stufenweise = Object\.freeze\(\{\s*\.\.\.globalThis\.stufenweise,")
SOURCE = re.compile(rf"\s*=\s*(?:globalThis\.)?({NAME}(?:\.{NAME})*)(?: \?\? \{{\}})?;")
"""What a pattern takes names from: `= stufenweise.dom;`."""
CONTRACT = re.compile(rf"^ \* Contract: stufenweise(?:\.({NAME})(\()?)?", re.MULTILINE)
ROW = re.compile(rf"^ \*   ({NAME}(?:\([^)]*\))?(?:, {NAME}(?:\([^)]*\))?)*)(?:   *\S.*)?$", re.MULTILINE)
"""A line of a contract that explains names: "add(slugs), drop(id)   changes the list"; the rest is indented more."""
Members = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Script:
    """The names of a script, each as "dom" or, if it is a member of such an object, as "dom.all"."""

    given: frozenset[str]
    """Names that it puts into the object."""
    promised: frozenset[str]
    """Names that the comment at its head explains."""
    taken_at_once: frozenset[str]
    """Names that it reads while it is loaded: by `const { dom } = stufenweise`."""
    taken_later: frozenset[str]
    """Names that it reads when something happens: by `stufenweise.dom`."""
    optional: frozenset[str]
    """Names that it can do without: `copy?.put`."""


def close(code: str, start: int) -> int:
    """Return the index of the bracket that closes the one at `start`."""
    depth = 0
    for index in range(start, len(code)):
        depth += (code[index] in "([{") - (code[index] in ")]}")
        if not depth:
            return index
    raise ValueError(code[start : start + 80])


def items(code: str) -> Iterator[str]:
    """Yield what commas separate in a list of names, properties or arguments."""
    depth, begin = 0, 0
    for index, sign in enumerate(code):
        depth += (sign in "([{") - (sign in ")]}")
        if sign == "," and not depth:
            yield code[begin:index].strip()
            begin = index + 1
    if code[begin:].strip():
        yield code[begin:].strip()


def keys(literal: str) -> dict[str, str]:
    """Return the properties of an object literal, without its braces: by name the value, "" for methods."""
    result = {}
    for item in items(literal):
        match = re.match(rf"(?:async |get )?({NAME})\s*(?::\s*(.*)|(\().*|)$", item, re.DOTALL)
        if match:
            result[match[1]] = match[2] or ("" if match[3] else match[1])
    return result


def members(value: str, code: str) -> frozenset[str]:
    """Return the members of an object that is given as a literal or by the name of a constant; none of a function."""
    if re.fullmatch(NAME, value):
        constant = re.search(rf"\bconst {re.escape(value)} = ((?:Object\.freeze\()?\{{)", code)
        value = code[constant.start(1) : close(code, constant.end() - 1) + 1] if constant else ""
    literal = re.match(r"(?:Object\.freeze\()?(\{)", value)
    if literal:
        return frozenset(keys(value[literal.end() : close(value, literal.start(1))]))
    wrapped = re.fullmatch(rf"Object\.freeze\(({NAME})\)", value)
    return members(wrapped[1], code) if wrapped else frozenset()


def given(code: str) -> frozenset[str]:
    """Return what a script puts into the shared object."""
    names = set()
    for match in GIVES.finditer(code):
        body = code[match.end() : close(code, code.index("{", match.start()))]
        for name, value in keys(body).items():
            names |= {name, *(f"{name}.{member}" for member in members(value, code))}
    return frozenset(names)


def pattern_names(pattern: str, path: str) -> Iterator[tuple[str, str]]:
    """Yield the names that a pattern such as `a, b: c, d: { e }` takes from an object, with their aliases."""
    for item in items(pattern):
        if item.startswith("..."):
            continue
        name, _, rest = item.partition(":")
        name, rest = name.split("=")[0].strip(), rest.strip()
        whole = f"{path}.{name}".lstrip(".")
        if rest.startswith("{"):
            yield from pattern_names(rest[1 : close(rest, 0)], whole)
            yield whole, ""
        else:
            yield whole, rest.split("=")[0].strip() or name


def takes(code: str) -> tuple[set[str], set[str], set[str]]:
    """Return the names that a script takes at once, later, and only if they are there."""
    aliases = {"stufenweise": ""}
    at_once: set[str] = set()
    later: set[str] = set()
    optional: set[str] = set()
    for begin in re.finditer(r"\bconst (?=\{)", code):
        end = close(code, begin.end())
        source = SOURCE.match(code, end + 1)
        root, *path = source[1].split(".") if source else [""]
        if root not in aliases:
            continue
        place = ".".join(filter(None, (aliases[root], *path)))
        # What is indented more belongs to a function.
        taken = at_once if code[: begin.start()].endswith("\n  ") else later
        taken |= {place} - {""}
        for name, alias in pattern_names(code[begin.end() + 1 : end], place):
            taken.add(name)
            if alias:
                aliases[alias] = name
    for alias, place in aliases.items():
        for match in re.finditer(rf"{ALONE}{re.escape(alias)}\s*(\?)?\.({NAME})(\?)?", code):
            name = f"{place}.{match[2]}".lstrip(".")
            later.add(name)
            if match[1]:
                optional.add(place)
            if match[3]:
                optional.add(name)
    for match in re.finditer(rf"{ALONE}stufenweise\.({NAME})\??\.({NAME})", code):
        later.add(f"{match[1]}.{match[2]}")
    return at_once, later, optional


def promised(text: str) -> frozenset[str]:
    """Return the names that the comment at a script's head explains."""
    head = text[: text.index("*/")]
    match = CONTRACT.search(head)
    if not match:
        return frozenset()
    rows = [
        name
        for row in ROW.finditer(head, match.end())
        for name in re.findall(rf"({NAME})(?:\([^)]*\))?(?:, |$)", row[1])
    ]
    if match[2]:
        # The lines of a function explain its arguments.
        return frozenset({match[1]})
    if not match[1]:
        return frozenset(rows)
    return frozenset({match[1], *(f"{match[1]}.{name}" for name in rows)})


def quiet(text: str) -> str:
    """Return a script without comments, and with empty texts."""
    return QUIET.sub(lambda match: '""' if match[0].startswith('"') else "", text)


def identifiers(text: str) -> frozenset[str]:
    """Return all names of its own that occur in a script, without members and keys."""
    # Of a template literal only what is put into it counts.
    code = re.sub(
        r"`(?:[^`$]|\$(?!\{)|\$\{([^`{}]*)\})*`",
        lambda match: " ".join(re.findall(r"\$\{([^`{}]*)\}", match[0])),
        quiet(text),
    )
    return frozenset(re.findall(rf"(?<![\w$.?-])({NAME})\b(?![-:])", code))


@cache
def script(name: str) -> Script:
    """Read a script by its name without ".js"."""
    text = (SCRIPTS / f"{name}.js").read_text(encoding="utf-8")
    code = quiet(text)
    at_once, later, optional = takes(code)
    return Script(given(code), promised(text), frozenset(at_once), frozenset(later), frozenset(optional))


def script_names() -> list[str]:
    """Return the names of our own scripts, without those that others wrote."""
    names = sorted(path.stem for path in SCRIPTS.glob("*.js"))
    return [name for name in names if not re.match(r"stemmer-|lean-qr", name)]
