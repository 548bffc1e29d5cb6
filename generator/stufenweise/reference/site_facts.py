"""Read facts for the compliance documents from the site's scripts: stored, loaded and sent data.

The names are read from the scripts of the package and of the theme, so that no document leaves one out; the documents'
templates explain each.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from stufenweise.core.package_files import package_folder
from stufenweise.render.asset_bundles import bundle_parts
from stufenweise.render.theme import builder_theme

THEME_COLOURS = "__palette"
"""The theme's key for the reader's choice of colours, the only one that our pages use."""

_KINDS = re.compile(r"KINDS = Object\.freeze\(\{(.*?)\}\)")
_STORED = re.compile(r'store\.(?:get|set|list|remove)\((?:"([\w-]+)"|([A-Z]+)\b)')
_PAIRS = re.compile(r'const PAIRS = "([\w-]+)"')
_THEME_KEY = re.compile(r'__md_[gs]et\("(__\w+)"')
_DIALECT = re.compile(r'\{\s*name: "(\w+)",\s*(prefix: [^}]*)\}')
_VALUE = re.compile(r'(\w+): "([^"]*)"')
_CALL = re.compile(
    r'(?:api\[`\$\{prefix\}(?P<bare>\w+)`\]\(\)|call\((?P<name>"\w+"|spoken\.\w+), (?P<values>[^()]*)\)'
    r"|\bset\((?P<key>spoken\.\w+), (?P<value>[^()]*)\))"
)
_VERB = re.compile(r'say\("(\w+)"')
_RESOURCE = re.compile(r'\bat\("([\w/]+)"')


@dataclass(frozen=True, slots=True)
class ScormCall:
    """A call to a learning platform, as it is in both versions of SCORM."""

    what: str
    """Its meaning, the same in both versions: "SetValue status completed"."""
    words: Mapping[str, str]
    """The call by version, "1.2" and "2004"; a version without such a call is missing."""


@lru_cache
def script(name: str) -> str:
    """Return the text of one of our scripts."""
    path = package_folder("overrides") / "assets" / "javascripts" / f"{name}.js"
    return path.read_text(encoding="utf-8")


def script_names() -> Mapping[str, list[str]]:
    """Return the names of our scripts by the kind of page, or by the script, that loads them."""
    return bundle_parts()["scripts"]


def pair_kinds() -> tuple[str, ...]:
    """Return the kinds of data stored for a pair: the ends of its keys in the browser's storage."""
    [kinds] = _KINDS.findall(script("kept-shapes"))
    return tuple(part.split(":")[0].strip().strip('"') for part in kinds.split(","))


def device_kinds() -> tuple[str, ...]:
    """Return the kinds of data stored only for this device."""
    names = {*_PAIRS.findall(script("kept-store"))}
    for name in {name for names in script_names().values() for name in names}:
        text = script(name)
        for word, constant in _STORED.findall(text):
            names.add(word or dict(re.findall(r'const ([A-Z]+) = "([\w-]+)"', text))[constant])
    return tuple(sorted(names - {*pair_kinds()}))


def theme_keys() -> tuple[str, ...]:
    """Return the keys of the theme's own script, which adds the page's path and a dot before them."""
    folder = builder_theme("mkdocs")
    texts = [*folder.glob("assets/javascripts/bundle.*.js"), *folder.glob("partials/javascripts/*.html")]
    return tuple(sorted({key for path in texts for key in _THEME_KEY.findall(path.read_text(encoding="utf-8"))}))


def scorm_calls() -> tuple[ScormCall, ...]:
    """Return the calls to a SCORM platform, in the order of the script."""
    text = script("scorm")
    dialects = {
        "2004" if name.endswith("1484_11") else "1.2": dict(_VALUE.findall(values))
        for name, values in _DIALECT.findall(text)
    }
    calls: dict[str, ScormCall] = {}
    for match in _CALL.finditer(text):
        if match["bare"]:
            name, values = match["bare"], list[str]()
        elif match["name"]:
            name, values = match["name"], match["values"].split(", ")
        else:
            name, values = '"SetValue"', [match["key"], match["value"]]
        if not all(part.startswith(("spoken.", '"')) for part in values):
            continue  # The helper of the other calls
        plain = [part.strip('"').removeprefix("spoken.") for part in (name, *values)]
        words = {}
        for version, dialect in sorted(dialects.items()):
            parts = [_word(part, dialect) for part in (name, *values)]
            if all(part is not None for part in parts):
                arguments = ", ".join(f'"{part}"' for part in parts[1:])
                words[version] = f"{dialect['prefix']}{parts[0]}({arguments})"
        what = " ".join(filter(None, plain))
        calls.setdefault(what, ScormCall(what, words))
    return tuple(calls.values())


def _word(part: str, dialect: Mapping[str, str]) -> str | None:
    """Return the word for a part of a call in one version of SCORM; None if that version has none."""
    return dialect.get(part.removeprefix("spoken.")) if part.startswith("spoken.") else part.strip('"')


def cmi5_verbs() -> tuple[str, ...]:
    """Return the verbs of the statements that a page sends to a record store."""
    return tuple(dict.fromkeys(_VERB.findall(script("cmi5"))))


def cmi5_resources() -> tuple[str, ...]:
    """Return the resources of a record store that a page reads or writes."""
    return tuple(dict.fromkeys(_RESOURCE.findall(script("cmi5"))))
