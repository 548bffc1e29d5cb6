"""The theme's style sheet loses only rules that our pages never use."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from stufenweise.render.theme_styles import slim_stylesheet
from stufenweise.source.markdown.html_policy import ADMONITIONS


@pytest.mark.parametrize(
    ("css", "slim"),
    [
        (".md-nav{a:b}.md-search__form{a:b}", ".md-nav{a:b}"),
        (".md-search,.md-nav:hover{a:b}", ".md-nav:hover{a:b}"),
        (".md-nav:not(.md-search){a:b}", ".md-nav:not(.md-search){a:b}"),
        (":is(.a,.md-search) .b{a:b}", ":is(.a,.md-search) .b{a:b}"),
        ("@media print{.footnote{a:b}}@media print{.x{a:b}.footnote{a:b}}", "@media print{.x{a:b}}"),
        ('@charset "UTF-8";.x{a:b}', '@charset "UTF-8";.x{a:b}'),
        (
            "@font-face{a:b}@keyframes md-search{from{a:b}to{a:c}}",
            "@font-face{a:b}@keyframes md-search{from{a:b}to{a:c}}",
        ),
        ('.x:after{content:"}.md-search{"}/* {.md-search */.y{a:b}', '.x:after{content:"}.md-search{"}.y{a:b}'),
        (':root{--a:url("data:x;{},\'");--b:1;c:d}.x{e:var(--b)}', ":root{--b:1;c:d}.x{e:var(--b)}"),
        (":root{--ours:1}", ":root{--ours:1}"),
        ("[data-md-color-primary=teal]{a:b}[data-md-color-primary=custom]{a:b}", "[data-md-color-primary=custom]{a:b}"),
    ],
)
def test_rules_and_properties_that_nothing_needs_go_out(css: str, slim: str) -> None:
    assert slim_stylesheet(css, ".y{a:var(--ours)}") == slim


@pytest.mark.parametrize(
    ("css", "need"),
    [
        ("[dir=rtl] .md-nav{a:b}", "ar"),
        (".md-clipboard:hover{a:b}", "content.code.copy"),
        (".md-tooltip2--active{a:b}", "content.tooltips"),
        (".md-progress{a:b}", "navigation.instant.progress"),
        (".md-path__list{a:b}", "navigation.path"),
    ],
)
def test_styles_of_a_feature_or_language_are_there_with_it_alone(css: str, need: str) -> None:
    assert slim_stylesheet(css, "", {"de", "toc.follow"}) == ""
    assert slim_stylesheet(css, "", {"de", need}) == css


def test_styles_that_pages_need_stay_in_the_theme() -> None:
    spec = find_spec("material")
    assert spec is not None
    assert spec.origin is not None
    (file,) = (Path(spec.origin).parent / "templates" / "assets" / "stylesheets").glob("main.*.css")
    full = file.read_text(encoding="utf-8")
    slim = slim_stylesheet(full, "")
    assert len(slim) < len(full) * 0.55
    assert full.count("{") - full.count("}") == slim.count("{") - slim.count("}") == 0
    for name in (
        *ADMONITIONS,
        "md-header",
        "md-nav__link",
        "md-tabs",
        "md-top",
        "md-banner",
        "md-footer",
    ):
        assert re.search(rf"\.{name}[^{{}}]*\{{", slim), name
