"""The order in which pairs take tutorials: level, effort, requirements, and the author's number."""

from __future__ import annotations

import shutil
from pathlib import Path

from case import apply
from stufenweise.load.library_builder import build_library
from stufenweise.load.loader import load_content
from stufenweise.source.files.content_files import read_content_files
from texts import SMALL_LIBRARY

NAMED = [["first", 9, "[]"], ["second", 1, "[first]"], ["fourth", 5, "[]"]]


def test_the_number_counts_unless_something_is_required_first(tmp_path: Path) -> None:
    """`second` has the lowest number, but has to wait for `first`, which `fourth` precedes."""
    content = tmp_path / "content"
    shutil.copytree(SMALL_LIBRARY, content)
    files = [f"tutorials/fourth.{language}.md" for language in ("de", "en")]
    apply({"copies": {file: file.replace("fourth", "first") for file in files}}, content)
    for slug, number, requires in NAMED:
        path = content / "tutorials" / f"{slug}.de.md"
        head, _, body = path.read_text(encoding="utf-8").partition("requires: ")
        effort = next(line for line in head.split("\n") if line.startswith("effort: "))
        facts = head.replace(effort, f"effort: 2\norder: {number}")
        path.write_text(f"{facts}requires: {requires}\n{body.partition(chr(10))[2]}", encoding="utf-8")
    library = build_library(load_content(read_content_files(content), ("de", "en")))
    assert [tutorial.slug for tutorial in library.tutorials] == ["fourth", "first", "second", "third"]
