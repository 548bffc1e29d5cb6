"""Remove rules from the theme's style sheet that can't match any of our pages.

Material's has a third more than our pages can show: content tabs, footnotes, its own search, blog posts, the colours of
highlighted code. The sanitiser lets nothing of it into a page, or our own parts stand in its place, or it belongs to a
feature or a language that the site does without; `theme_styles.yml` names it. What goes out are whole selectors, then
the custom properties that nothing reads any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import lru_cache

from stufenweise.core.package_files import load_resource_as

_OPAQUE = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|url\((?:[^)\\'\"]|\\.)*\)"
"""Strings and comments, whose braces, commas and colons are not syntax."""
_COMMENT = re.compile(rf"({_OPAQUE})|/\*.*?\*/", re.DOTALL)
_TOKEN = re.compile(rf"{_OPAQUE}|[{{}}]")
_PROPERTY = re.compile(r"--[\w-]+")
_PART = re.compile(rf"(?:{_OPAQUE}|\((?:[^()\"']|{_OPAQUE}|\([^()]*\))*\)|[^,(\"'])+")
_DECLARATION = re.compile(rf"(?:{_OPAQUE}|[^;\"'])+")
_CONDITION = re.compile(r"\([^()]*\)")
_GROUPS = ("@media", "@supports", "@layer")


@dataclass(frozen=True, slots=True)
class _UnusedSelectors:
    why: str
    selectors: tuple[str, ...]
    """Regular expressions for parts of selectors."""
    unless: frozenset[str] = frozenset()
    """Features of the theme or languages of the site that use them."""


@lru_cache
def _unused(used_features: Set[str]) -> re.Pattern[str]:
    """Return the pattern of unused parts of selectors, for a site with these features and languages."""
    entries = load_resource_as(list[_UnusedSelectors], __package__, "theme_styles.yml")
    there = (entry for entry in entries if used_features.isdisjoint(entry.unless))
    return re.compile("|".join(pattern for entry in there for pattern in entry.selectors))


def slim_stylesheet(css: str, readers: str, used_features: Set[str] = frozenset()) -> str:
    """Remove the unused rules of a style sheet.

    Args:
        css: The style sheet, of well-formed rules.
        readers: All other text of the site that may read a custom property of it.
        used_features: Names of the theme's features that the site has, and of its languages.
    """
    slim = _without_rules(_COMMENT.sub(r"\1", css), _unused(frozenset(used_features)))
    read = {*re.findall(r"var\(\s*(--[\w-]+)", slim), *_PROPERTY.findall(readers)}
    return _without_properties(slim, read)


def _rules(css: str) -> Iterator[tuple[str, str | None]]:
    """Yield each rule as (prelude, block); block is None for a statement without braces."""
    depth, start, opened, prelude = 0, 0, 0, ""
    for token in _TOKEN.finditer(css):
        if token[0] == "{":
            if depth == 0:
                *statements, prelude = re.split(r"(?<=;)", css[start : token.start()])
                yield from ((statement, None) for statement in statements)
                opened = token.end()
            depth += 1
        elif token[0] == "}":
            depth -= 1
            if depth == 0:
                yield prelude, css[opened : token.start()]
                start = token.end()
    if css[start:].strip():
        yield css[start:], None


def _without_rules(css: str, unused: re.Pattern[str]) -> str:
    result = []
    for prelude, block in _rules(css):
        if block is None:
            result.append(prelude)
        elif prelude.lstrip().startswith(_GROUPS):
            inner = _without_rules(block, unused)
            result += [f"{prelude}{{{inner}}}"] if inner else []
        elif prelude.lstrip().startswith("@"):
            result.append(f"{prelude}{{{block}}}")
        elif kept := ",".join(part for part in _PART.findall(prelude) if not _is_unused(part, unused)):
            result.append(f"{kept}{{{block}}}")
    return "".join(result)


def _is_unused(selector: str, unused: re.Pattern[str]) -> bool:
    """Return whether a selector can't match any page of ours; parts inside `:not()` don't count."""
    while _CONDITION.search(selector):
        selector = _CONDITION.sub("", selector)
    return unused.search(selector) is not None


def _without_properties(css: str, read: set[str]) -> str:
    def is_read(declaration: str) -> bool:
        name = declaration.split(":", 1)[0].strip()
        return not name.startswith("--") or name in read

    result = []
    for prelude, block in _rules(css):
        if block is None:
            result.append(prelude)
        elif prelude.lstrip().startswith(_GROUPS):
            result.append(f"{prelude}{{{_without_properties(block, read)}}}")
        elif prelude.lstrip().startswith("@"):
            result.append(f"{prelude}{{{block}}}")
        elif left := ";".join(declaration for declaration in _DECLARATION.findall(block) if is_read(declaration)):
            result.append(f"{prelude}{{{left}}}")
    return "".join(result)
