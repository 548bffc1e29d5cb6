"""Former addresses have a page that redirects without scripts and is hidden from search engines."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import build_project
from stufenweise.i18n.labels import package_labels
from stufenweise.publish.redirects import redirect
from texts import SMALL_LIBRARY


@pytest.mark.build
@pytest.mark.parametrize(
    ("extra", "old", "target", "address"),
    [
        ("", "tutorials/old/index.html", "../second/index.html", "tutorials/second/"),
        ("use_directory_urls: false", "tutorials/old.html", "second.html", "tutorials/second.html"),
    ],
)
def test_a_former_address_leads_to_the_present_one(
    project: Callable[..., Path], extra: str, old: str, target: str, address: str
) -> None:
    config = project(content=SMALL_LIBRARY, extra=f"site_url: https://example.org/rm/\n{extra}")
    tutorial = config.parent / "content" / "tutorials" / "second.de.md"
    text = tutorial.read_text(encoding="utf-8")
    tutorial.write_text(text.replace("requires: [first]", "requires: [first]\nformerly: [old]"), encoding="utf-8")

    assert build_project(config).published

    site = config.parent / "site"
    for language in ("de", "en"):
        page = (site / language / old).read_text(encoding="utf-8")
        assert f'<html lang="{language}">' in page
        assert re.findall(r'href="([^"]*)"', page) == [f"https://example.org/rm/{language}/{address}", target]
        assert f'content="0; url={target}"' in page
        assert "<script" not in page
        assert "style" not in page
        assert ((site / language / old).parent / target).resolve().is_file()
        assert "tutorials/old" not in (site / language / "assets/search" / f"{language}.js").read_text(encoding="utf-8")
    assert "/old" not in (site / "sitemap.xml").read_text(encoding="utf-8")


def test_a_title_is_no_markup() -> None:
    assert "Fragen &amp; &#34;Antworten&#34;" in redirect(
        package_labels("de"), 'Fragen & "Antworten"', "../a/index.html"
    )
    assert "canonical" not in redirect(package_labels("de"), "A", "../a/index.html")
