"""Texts can link to every page of the site: the checks know the same pages as the assembled tree."""

from __future__ import annotations

import pytest
from conftest import ROOT
from stufenweise.assemble.page_list import page_makers
from stufenweise.check.content.link_rules import linkable_pages
from stufenweise.i18n.labels import package_labels
from stufenweise.load.library_builder import build_library
from stufenweise.load.loader import load_content
from stufenweise.localized.localized_library import LocalizedLibrary
from stufenweise.model.page_paths import DOWNLOADS
from stufenweise.source.files.content_files import read_content_files


@pytest.mark.parametrize("folder", ["content", "tests/library/content"])
def test_texts_can_link_to_every_page(folder: str) -> None:
    loaded = load_content(read_content_files(ROOT / folder), ("de", "en"))
    labels = {code: package_labels(code) for code in ("de", "en")}
    localized = LocalizedLibrary(library=build_library(loaded), language="de", labels_by_language=labels)
    # The page of downloads is there only where handouts are printed, which the checks don't know.
    assert page_makers(localized).keys() - {DOWNLOADS} == linkable_pages(loaded, "de").keys()
