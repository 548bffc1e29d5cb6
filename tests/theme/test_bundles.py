"""Minified scripts and styles behave like their sources; a project's own files are copied unchanged."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
import rcssmin
import rjsmin
from conftest import ROOT
from stufenweise.core.safe_folders import SafeFolder
from stufenweise.render.asset_bundles import BUNDLE_TEMPLATE, bundle_parts, minified
from stufenweise.render.builder_command import BuilderName
from stufenweise.render.theme import builder_theme, write_theme

from tools import node

OURS = ROOT / "overrides"
SCRIPTS = sorted((OURS / "assets" / "javascripts").glob("*.js"))
STYLES = sorted((OURS / "assets" / "stylesheets").glob("*.css"))
PROGRAM = ROOT / "tests" / "node" / "same_program.mjs"
OWN_SCRIPTS = {
    "a text over several lines": b"const a = `\n  // no comment\n    /* nor this */\n`;\n",
    "a template in a template": b'x = `a ${b ? `  // c  ` : ""}  d`;',
    "regular expressions": rb"const a = /[/*]\/\/ x/g.test(b) / c; // why" + b"\n",
    "strict": b'"use strict";\nlog(this);\n',
    "no semicolon at its end": b"(() => {})()",
    "a comment at its end": b"go() // and no line end",
    "lines of Windows, and a mark": b"\xef\xbb\xbfgo();\r\n  go();\r\n",
    "other bytes than UTF-8": b"say('Gr\xfc\xdfe')\n",
}


def different(programs: list[tuple[str, str, str]], folder: Path) -> list[str]:
    """Return the names of programs (name, source, published) that are not the same."""
    data = folder / "programs.json"
    data.write_text(json.dumps(programs), encoding="utf-8")
    command = [node(), str(PROGRAM), str(data)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout))


def bundles(target: Path) -> dict[str, dict[str, list[str]]]:
    """Return the paths of each bundle's files as the templates read them."""
    lines = (target / BUNDLE_TEMPLATE).read_text(encoding="utf-8").splitlines()
    found = (line.removeprefix("{% set ").removesuffix(" %}").split(" = ", 1) for line in lines)
    return {sort: json.loads(paths) for sort, paths in found}


def themed(tmp_path: Path, own: dict[str, bytes], builder: BuilderName = "mkdocs", colours: str = "") -> Path:
    """Write a theme with a project's own files, and return its folder."""
    layer = tmp_path / "own"
    for name, data in own.items():
        (layer / name).parent.mkdir(parents=True, exist_ok=True)
        (layer / name).write_bytes(data)
    write_theme(SafeFolder(tmp_path / "theme"), [OURS, layer], builder_theme(builder), colours)
    return tmp_path / "theme"


@pytest.mark.node
def test_our_scripts_are_published_as_the_same_programs(tmp_path: Path) -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in SCRIPTS}
    programs = [(name, text, minified("scripts", [text])) for name, text in texts.items()]
    for kind, parts in bundle_parts()["scripts"].items():
        sources = [texts[f"{part}.js"] for part in parts]
        programs.append((kind, "\n".join(sources), minified("scripts", sources)))
    assert different(programs, tmp_path) == []


@pytest.mark.node
def test_a_program_that_lost_something_is_reported_from_its_source(tmp_path: Path) -> None:
    lost = [("space", "a = `x ${b}  y`", "a=`x ${b} y`"), ("broken", "a = 1", "a = ("), ("same", "a = 1; // x", "a=1")]
    assert different(lost, tmp_path) == ["space", "broken"]


def test_the_minifiers_give_the_same_with_and_without_their_c_parts() -> None:
    for path in SCRIPTS:
        text = path.read_text(encoding="utf-8")
        assert rjsmin._make_jsmin(python_only=True)(text) == rjsmin.jsmin(text), path.name
    for path in STYLES:
        text = path.read_text(encoding="utf-8")
        assert rcssmin._make_cssmin(python_only=True)(text) == rcssmin.cssmin(text), path.name


def test_no_comment_of_ours_is_published() -> None:
    for sort, files in (("scripts", SCRIPTS), ("styles", STYLES)):
        assert "/*" not in minified(sort, [path.read_text(encoding="utf-8") for path in files])


@pytest.mark.parametrize("script", OWN_SCRIPTS.values(), ids=OWN_SCRIPTS)
def test_a_projects_script_is_published_as_it_stands_in_the_place_of_ours(tmp_path: Path, script: bytes) -> None:
    theme = themed(tmp_path, {"assets/javascripts/calendar.js": script})
    session = bundles(theme)["scripts"]["session"]
    assert len(session) == 3
    assert (theme / session[1]).read_bytes() == script
    assert b"MINUTE" in (theme / session[-1]).read_bytes()


def test_several_own_scripts_stay_apart_and_in_order(tmp_path: Path) -> None:
    own = {
        f"assets/javascripts/{part}.js": f"// {part}".encode() for part in ("calendar", "hour", "session-navigation")
    }
    theme = themed(tmp_path, own)
    found = [(theme / path).read_text(encoding="utf-8") for path in bundles(theme)["scripts"]["session"]]
    assert [text for text in found if text.startswith("//")] == ["// calendar", "// hour", "// session-navigation"]
    assert found[-1] == "// session-navigation"


def test_a_projects_style_sheet_is_published_as_it_stands_and_its_colours_follow(tmp_path: Path) -> None:
    own = b'@import "more.css";\n.a::after { content: "/* x */  y" }'
    theme = themed(tmp_path, {"assets/stylesheets/colours.css": own}, colours=":root{--sw-brand:#123456}")
    own_file, after = bundles(theme)["styles"]["every"]
    assert (theme / own_file).read_bytes() == own
    assert (theme / after).read_text(encoding="utf-8").startswith(":root{--sw-brand:#123456}")


def test_a_copy_of_ours_is_ours(tmp_path: Path) -> None:
    theme = themed(
        tmp_path, {"assets/javascripts/kept-store.js": (OURS / "assets/javascripts/kept-store.js").read_bytes()}
    )
    assert [len(paths) for paths in bundles(theme)["scripts"].values()] == [1] * len(bundle_parts()["scripts"])
