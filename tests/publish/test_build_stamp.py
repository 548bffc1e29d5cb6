"""A build is told from the last one by its inputs alone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from day import TODAY
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
