"""Each row of `writing.yml` renders, is reported, or is fixed as it says."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from case import TESTS
from stufenweise.check import check
from stufenweise.fix.repairs import repair_content
from stufenweise.load.load_result import LoadResult
from stufenweise.load.loader import load_content
from stufenweise.source.content_files import ContentFiles, read_content_files
from stufenweise.source.markdown_rendering import markdown_to_html
from texts import SMALL_LIBRARY

ROWS = yaml.safe_load((TESTS / "writing.yml").read_text(encoding="utf-8"))
FILE = "tutorials/first.de.md"
ABOVE = "Siehe [das zweite](second.de.md)."
FOLLOWS = {"translation-stale", "translation-places", "translation-missing"}


def read(data: Mapping[str, bytes]) -> LoadResult:
    return load_content(ContentFiles(dict(data)), ("de", "en"))


def said(loaded: LoadResult) -> list[str]:
    return [one.code for one in check(loaded, datetime.date(2026, 11, 24)) if one.code not in FOLLOWS]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["write"].split("\n")[0])
def test_each_row_of_the_table_does_what_it_says(row: Mapping[str, Any], tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(SMALL_LIBRARY, content)
    file = content / FILE
    file.write_text(file.read_text(encoding="utf-8").replace(ABOVE, f"{ABOVE}\n\n{row['write']}"), encoding="utf-8")
    data = read_content_files(content, "content").data
    loaded = read(data)

    # One mistake, one message.
    assert said(loaded) == ([row["code"]] if row["happens"] != "works" else [])
    body = loaded.texts["tutorial", "first", "de"].body
    assert row.get("shows", "") in markdown_to_html(body)

    fixed = {**data, **repair_content(data, read, {f"content/{FILE}"}, ()).data}
    if row["happens"] == "fixed":
        assert f"{ABOVE}\n\n{row['right']}\n" in fixed[FILE].decode()
        assert said(read(fixed)) == []
    elif row["happens"] == "works":
        assert row["write"] in fixed[FILE].decode()
