"""Our styles and scripts as pages load them: put together by kind of page, without comments, named by their content.

The sources stay small files, one idea each, for those who read them; a page that fetched each by itself would wait for
twenty requests (https://developer.chrome.com/docs/lighthouse/performance/render-blocking-resources).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import cast

from stufenweise.resources import load_resource

BUNDLE_TEMPLATE = "bundles.html"
"""Template that tells the others the names of the bundles."""
EVERY = "every"
"""The bundle of all pages."""
_FOLDERS = {"styles": ("assets/stylesheets", "css"), "scripts": ("assets/javascripts", "js")}
_COMMENT_LINES = re.compile(r"^[ \t]*(?:/\*(?:(?!\*/).)*\*/|//[^\n]*)[ \t]*\n", re.DOTALL | re.MULTILINE)
_INDENTATION = re.compile(r"^[ \t\n]+", re.MULTILINE)


def without_comments(source: str) -> str:
    """Return a script or style sheet without the lines that are comments, and without indentation: a fifth less.

    Only for files that begin comments on lines of their own and have no text over several lines, as ours.
    """
    return _INDENTATION.sub("", _COMMENT_LINES.sub("", source))


def bundle_parts() -> Mapping[str, Mapping[str, list[str]]]:
    """Return the names of the files in each bundle, by "styles" or "scripts" and the kind of page."""
    return cast("Mapping[str, Mapping[str, list[str]]]", load_resource(__package__, "asset_bundles.yml"))


def bundle_assets(theme: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return a theme's files by path with our styles and scripts as bundles, and the template that names these.

    A file that a project lays over one of ours becomes part of the bundle in its place.
    """
    result = dict(theme)
    names: dict[str, dict[str, str]] = {}
    for sort, bundles in bundle_parts().items():
        folder, end = _FOLDERS[sort]
        names[sort] = {}
        for kind, parts in bundles.items():
            text = "".join(without_comments(theme[f"{folder}/{part}.{end}"].decode()) for part in parts)
            path = f"{folder}/{kind}.{hashlib.sha256(text.encode()).hexdigest()[:8]}.{end}"
            result[path] = text.encode()
            names[sort][kind] = path
        for part in {part for parts in bundles.values() for part in parts}:
            del result[f"{folder}/{part}.{end}"]
    lines = (f"{{% set {sort} = {json.dumps(found)} %}}\n" for sort, found in names.items())
    result[BUNDLE_TEMPLATE] = "".join(lines).encode()
    return result
