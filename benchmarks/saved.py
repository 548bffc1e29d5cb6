"""Print the seconds from a saved tutorial to its new pages, as `serve` makes them.

python benchmarks/saved.py, in the folder of a project that has been built
"""

from __future__ import annotations

import datetime
import time
from pathlib import Path

from stufenweise.config.project_files import read_project_files
from stufenweise.core.result_cache import ResultCache
from stufenweise.serve.preview import preview_of
from stufenweise.stages.content_stages import check_content, load_project
from stufenweise.stages.handout_stages import print_content
from stufenweise.stages.project_stage import open_project

TODAY = datetime.date(2026, 12, 1)


def main() -> None:
    """Save a tutorial, show it in both languages, and print how long that takes."""
    project = open_project(Path("mkdocs.yml"), TODAY).value
    if project is None:
        raise SystemExit("The configuration is wrong.")
    printed = print_content(check_content(load_project(read_project_files(project)), TODAY), drafts="marked").value
    if printed is None:
        raise SystemExit("The content is wrong.")
    preview = preview_of(printed, ResultCache())
    file = min((project.content / "tutorials").glob("*.de.md"))
    file.write_text(file.read_text(encoding="utf-8").replace("title: ", "title: X ", 1), encoding="utf-8")
    start = time.perf_counter()
    if preview.follow(read_project_files(project).own, TODAY) is None:
        raise SystemExit("The preview did not show the save.")
    print(time.perf_counter() - start)


if __name__ == "__main__":
    main()
