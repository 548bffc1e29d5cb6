"""A build is told from the last one by its inputs alone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from day import TODAY
from stufenweise.publish.build_stamp import site_digest
from stufenweise.stages.project_stage import open_project
from texts import SMALL_LIBRARY, replace_once

DIGEST = f"""
import datetime, pathlib
from stufenweise.config.project_files import read_project_files
from stufenweise.stages.project_stage import open_project
from stufenweise.publish.build_stamp import site_digest

today = datetime.date.fromisoformat("{TODAY}")
project = open_project(pathlib.Path("mkdocs.yml"), today).value
print(site_digest(project, today, [read_project_files(project).own], builder="mkdocs", drafts="left out"))
"""


def test_the_digest_of_a_site_does_not_depend_on_the_order_of_sets(project: Callable[..., Path]) -> None:
    config = project(content=SMALL_LIBRARY)
    # Two languages, English and French, have labels and are not listed.
    replace_once(config, "languages: [de, en]", "languages: [de]")
    digests = set()
    for seed in range(4):
        environ = os.environ | {"PYTHONHASHSEED": str(seed)}
        call = [sys.executable, "-c", DIGEST]
        done = subprocess.run(call, cwd=config.parent, env=environ, capture_output=True, text=True, check=True)
        digests.add(done.stdout)
    assert len(digests) == 1


@pytest.mark.posix
def test_the_digest_follows_the_files_of_a_theme_folder_and_no_link(
    project: Callable[..., Path], tmp_path: Path
) -> None:
    config = project(content=SMALL_LIBRARY)
    theme, elsewhere = config.parent / "theme", tmp_path / "elsewhere"
    for folder in (theme / "assets", elsewhere):
        folder.mkdir(parents=True)
    (elsewhere / "a.css").write_text("a")
    (theme / "linked").symlink_to(elsewhere)
    (theme / "linked.css").symlink_to(elsewhere / "a.css")
    replace_once(config, "theme:\n", "theme:\n  custom_dir: theme\n")

    def digest() -> str:
        opened = open_project(config, TODAY).value
        assert opened
        return site_digest(opened, TODAY, [], builder="mkdocs", drafts="left out")

    first = digest()
    (elsewhere / "a.css").write_text("another length")
    (theme / "module.pyc").write_text("compiled")
    assert digest() == first
    (theme / "assets" / "own.css").write_text("a")
    with_file = digest()
    assert with_file != first
    (theme / "assets" / "own.css").write_text("another length")
    assert digest() not in {first, with_file}
