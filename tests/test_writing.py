"""Each row of `writing.yml` renders, is reported, or is fixed as it says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
import yaml
from case import TESTS
from memory_library import changed_library, check_files, load
from stufenweise.fix.repairs import repair_content
from stufenweise.load.text_file import TextKey
from stufenweise.model.paths import ContentPath, shown_path
from stufenweise.source.files.content_files import CONTENT
from stufenweise.source.markdown.markdown_rendering import markdown_to_html

ROWS = yaml.safe_load((TESTS / "writing.yml").read_text(encoding="utf-8"))
FILE = ContentPath("tutorials/first.de.md")
ABOVE = "Siehe [das zweite](second.de.md)."
FOLLOWS = {"translation-stale", "translation-places", "translation-missing"}


def said(data: Mapping[ContentPath, bytes]) -> list[str]:
    return [problem.code for problem in check_files(data) if problem.code not in FOLLOWS]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["write"].split("\n")[0])
def test_each_row_of_the_table_does_what_it_says(row: Mapping[str, Any]) -> None:
    data = changed_library({"edits": [[FILE, ABOVE, f"{ABOVE}\n\n{row['write']}"]]}).data

    # One mistake, one message.
    assert said(data) == ([row["code"]] if row["happens"] != "works" else [])
    body = load(data).texts[TextKey("tutorial", "first", "de")].body
    assert row.get("shows", "") in markdown_to_html(body)

    fixed = {**data, **repair_content(data, load, {shown_path(CONTENT, FILE)}, ()).data}
    if row["happens"] == "fixed":
        assert f"{ABOVE}\n\n{row['right']}\n" in fixed[FILE].decode()
        assert said(fixed) == []
    elif row["happens"] == "works":
        assert row["write"] in fixed[FILE].decode()
