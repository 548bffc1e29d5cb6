"""The documents for works council and data protection name all that the scripts store, load and send."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import ROOT
from stufenweise.export.csp import csp_sources
from stufenweise.reference.site_facts import scorm_calls
from stufenweise.render.theme import builder_theme

SCRIPTS = {path.stem: path.read_text(encoding="utf-8") for path in ROOT.glob("overrides/assets/javascripts/*.js")}
STORAGE = re.compile(r"localStorage|sessionStorage|indexedDB|\bcookie|\bcaches\b|showSaveFilePicker")
SENDS = re.compile(r"\bfetch\(|XMLHttpRequest|sendBeacon|WebSocket|EventSource|RTCPeerConnection|new Worker")


@pytest.fixture(params=["de", "en"])
def paper(request: pytest.FixtureRequest) -> str:
    return (ROOT / "content" / "kit" / f"data-protection.{request.param}.md").read_text(encoding="utf-8")


def test_one_script_and_its_copy_touch_the_browsers_storage_and_one_sends() -> None:
    assert [name for name in sorted(SCRIPTS) if STORAGE.search(SCRIPTS[name])] == ["course-copy", "kept-records"]
    assert [name for name in sorted(SCRIPTS) if SENDS.search(SCRIPTS[name])] == ["cmi5"]


def test_every_key_of_the_storage_is_named(paper: str) -> None:
    kinds = {kind for text in SCRIPTS.values() for kind in re.findall(r'store\.\w+\("([\w-]+)"', text)}
    assert {"ticks", "session", "words"} <= kinds
    bundle = next(builder_theme("mkdocs").glob("assets/javascripts/bundle.*.js")).read_text(encoding="utf-8")
    kinds |= set(re.findall(r'"(__[a-z]+)"', bundle))
    assert [kind for kind in sorted(kinds) if f"`{kind}`" not in paper and f".{kind}`" not in paper] == []
    # The forms of the store's keys.
    shapes = re.findall(r"`\$\{root\}(\S*?:)", SCRIPTS["kept-records"] + SCRIPTS["kept-store"])
    assert {re.sub(r"@?\$\{.*\}", "@", shape) for shape in shapes} == {":", "@:"}
    # What can't be read lies under the same key with a mark behind it.
    assert 'endsWith("~")' in SCRIPTS["kept-records"]
    assert "`~`" in paper
    # These three, and those of a course's copy.
    assert paper.count("`stufenweise:") == 5


def test_every_script_is_named(paper: str) -> None:
    assert [name for name in SCRIPTS if not re.search(rf"[| ]{name}[, ]", paper)] == []


def test_everything_that_a_platform_hears_is_named(paper: str) -> None:
    calls = [word for call in scorm_calls() for word in call.words.values()]
    assert len(calls) == len(set(calls)) == 18
    assert [call for call in calls if f"`{call}`" not in paper] == []
    for word in re.findall(r'"(cmi\.[\w.]+|incomplete|completed|browsed|suspend)"', SCRIPTS["scorm"]):
        assert f'"{word}"' in paper
    for word in re.findall(r'(?:say|at)\("([\w/]+)"', SCRIPTS["cmi5"]):
        assert f"`{word}`" in paper


def test_the_policy_is_that_of_the_built_site(paper: str, built_site: Path) -> None:
    assert f"`{csp_sources(built_site).policy}`" in paper
