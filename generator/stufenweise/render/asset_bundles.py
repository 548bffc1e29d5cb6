"""Bundle our styles and scripts by kind of page: joined, minified, named by a digest of their content.

The sources are small files that are easy to read, but a page that fetched each of them would wait for twenty requests
(https://developer.chrome.com/docs/lighthouse/performance/render-blocking-resources).

A file that a project lays over one of ours is published as it stands, as a file of its own in the place of ours: put
together with others it could mean something else ("use strict", a missing semicolon, `@import`), and the minifiers
know the syntax that our own files use, not all there is (rjsmin knows no template literal inside another).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Set
from itertools import groupby
from typing import NamedTuple

from rcssmin import cssmin
from rjsmin import jsmin

from stufenweise.core.digests import hashed_name
from stufenweise.core.package_files import load_resource_as

BUNDLE_TEMPLATE = "bundles.html"
"""Template with the paths of each bundle's files, for the other templates."""


class _AssetType(NamedTuple):
    folder: str
    suffix: str
    minify: Callable[[str], str]


_SINGLE_PARAMETER = re.compile(r"\((\w+)\) =>")
_AFTER_BLOCK = re.compile(r"(?<=\})\n")
"""A line break of rjsmin's. No statement in our scripts ends at "}" without a semicolon, unless a block ends there."""


def _shortened(source: str) -> str:
    """Return a formatted script with less punctuation: a thirtieth less to load.

    Constants or variables that follow each other are one declaration, no semicolon stands before the end of a block,
    and no brackets around a single parameter. Tells by the indentation, which our formatter keeps (biome.jsonc), which
    lines belong to a declaration.
    """
    lines: list[str] = []
    last = 0
    declares: dict[int, str] = {}
    for line in _SINGLE_PARAMETER.sub(r"\1 =>", source).splitlines(keepends=True):
        lines.append(line)
        code = line.lstrip()
        if not code or code.startswith(("//", "/*", "*")):
            continue
        indent = len(line) - len(code)
        declares = {place: declared for place, declared in declares.items() if place <= indent}
        # In "while (…);" the semicolon is the whole body.
        if code[0] == "}" and not lines[last].lstrip().startswith(("while ", "for ")):
            lines[last] = lines[last].replace(";\n", "\n")
        if code[0] not in ")]}":
            keyword = code.split(" ", 1)[0]
            declared = keyword if keyword in {"const", "let"} else ""
            if declared and declares.get(indent) == declared:
                lines[last] = lines[last].replace(";\n", ",\n")
                lines[-1] = code.removeprefix(f"{declared} ")
            declares[indent] = declared
        last = len(lines) - 1
    return "".join(lines)


_ASSET_TYPES = {
    "styles": _AssetType("assets/stylesheets", "css", cssmin),
    "scripts": _AssetType(
        "assets/javascripts", "js", lambda source: _AFTER_BLOCK.sub("", jsmin(_shortened(source)).strip())
    ),
}


def minified(asset_type: str, sources: Iterable[str]) -> str:
    """Join and minify our files, each on a line of its own.

    Args:
        asset_type: "styles" or "scripts".
        sources: The files' texts. Only the syntax that `tests/theme/test_bundles.py` proves for all of ours.
    """
    parts = (_ASSET_TYPES[asset_type].minify(source).strip() for source in sources)
    return "".join(f"{part}\n" for part in parts if part)


def bundle_parts() -> Mapping[str, Mapping[str, list[str]]]:
    """Return the names of the files in each bundle, by "styles" or "scripts" and the kind of page."""
    return load_resource_as(dict[str, dict[str, list[str]]], __package__, "asset_bundles.yml")


def bundle_assets(theme: Mapping[str, bytes], own: Set[str] = frozenset()) -> dict[str, bytes]:
    """Replace our styles and scripts among a theme's files by bundles, and add the template with their paths.

    Args:
        theme: The theme's files by path.
        own: Paths of our files that a project has replaced; they are published unchanged.
    """
    result = dict(theme)
    names: dict[str, dict[str, list[str]]] = {}
    for asset_type, bundles in bundle_parts().items():
        folder, suffix, _ = _ASSET_TYPES[asset_type]
        names[asset_type] = {}
        for kind, parts in bundles.items():
            names[asset_type][kind] = []
            for data in _published(asset_type, [f"{folder}/{part}.{suffix}" for part in parts], theme, own):
                path = f"{folder}/{hashed_name(kind, data, suffix)}"
                result[path] = data
                names[asset_type][kind].append(path)
        for part in {part for parts in bundles.values() for part in parts}:
            del result[f"{folder}/{part}.{suffix}"]
    lines = (f"{{% set {asset_type} = {json.dumps(paths_by_kind)} %}}\n" for asset_type, paths_by_kind in names.items())
    result[BUNDLE_TEMPLATE] = "".join(lines).encode()
    return result


def _published(asset_type: str, paths: list[str], theme: Mapping[str, bytes], own: Set[str]) -> Iterable[bytes]:
    """Yield the files of a bundle: minified runs of our files, and between them each of the project's own."""
    for is_own, run in groupby(paths, own.__contains__):
        if is_own:
            yield from (theme[path] for path in run)
        else:
            yield minified(asset_type, (theme[path].decode() for path in run)).encode()
