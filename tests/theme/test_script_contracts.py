"""Scripts share the object `stufenweise`: each name in it is defined before it is taken, explained, and used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT
from stufenweise.render.asset_bundles import bundle_parts

from .script_source import SCRIPTS, identifiers, script, script_names

VAGUE = {"one", "some", "each", "found"}
"""Names that tests/test_names.py forbids for loop variables; here they are forbidden for all that a script names."""
OURS = [
    *(SCRIPTS / f"{name}.js" for name in script_names()),
    *(path for path in sorted((ROOT / "generator").rglob("*.js")) if path.name != "js-yaml.js"),
    *sorted((ROOT / "tests" / "node").glob("*.mjs")),
    *sorted((ROOT / "tests" / "search").glob("*.mjs")),
]
"""All scripts that we wrote, of the site, of the build and of the tests."""
DATA = {"tutorials", "searchData"}
"""What scripts made at build put into the object: tutorial_choice.py and search_index.py."""
BEFORE = {
    "every": [],
    "course": [],
    "search": ["every"],
    "search-de": [],
    "search-en": [],
    "recommendation": ["every", "begin"],
    "our-programme-all": ["every", "our-programme"],
    "session": ["every", "tutorial"],
    "planner-all": ["every", "planner"],
    "scorm": ["course", "every", "tutorial"],
    "cmi5": ["course", "every", "tutorial"],
    "qr": [],
}
"""The bundles that a page has loaded before this one; for all others, that of every page."""
BUNDLES = bundle_parts()["scripts"]


def loads() -> Iterator[tuple[str, str, set[str]]]:
    """Yield each script of each bundle, with the bundle and the names that are defined when it is loaded."""
    for bundle, parts in BUNDLES.items():
        defined = {
            name for before in BEFORE.get(bundle, ["every"]) for part in BUNDLES[before] for name in script(part).given
        }
        for part in parts:
            yield bundle, part, set(defined)
            defined |= script(part).given


def is_data(name: str) -> bool:
    """Tell whether a name is one of the data made at build, or a part of a member, which no contract lists."""
    return name.split(".")[0] in DATA or name.count(".") > 1


@pytest.mark.parametrize("name", script_names())
def test_a_scripts_head_explains_just_what_it_gives_others(name: str) -> None:
    assert script(name).promised == script(name).given


def test_what_a_script_takes_at_once_is_defined_by_an_earlier_one() -> None:
    missing = {
        f"{bundle}: {part} takes {name}"
        for bundle, part, defined in loads()
        for name in script(part).taken_at_once - script(part).optional - defined
        if not is_data(name)
    }
    assert missing == set()


def test_what_a_script_takes_later_is_defined_by_some_script() -> None:
    everywhere = {name for parts in BUNDLES.values() for part in parts for name in script(part).given}
    missing = {
        f"{part} takes {name}"
        for part in script_names()
        for name in script(part).taken_later - everywhere
        if not is_data(name)
    }
    assert missing == set()


def test_what_a_script_gives_is_used_by_another() -> None:
    taken = {(name, part) for part in script_names() for name in script(part).taken_at_once | script(part).taken_later}
    unused = {
        f"{part}: {name}"
        for part in script_names()
        for name in script(part).given
        if not any(name == other and part != user for other, user in taken)
    }
    assert unused == set()


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_a_name_says_what_it_means(path: Path) -> None:
    assert identifiers(path.read_text(encoding="utf-8")) & VAGUE == set()
