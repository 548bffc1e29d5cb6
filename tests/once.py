"""Make a folder once a run: the first test process makes it, the others wait and read it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from stufenweise.publish.work_folder_lock import work_folder_lock
from waiting import PATIENCE


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder that `make` has filled once in this run; whoever gets it must leave it as it is.

    Args:
        factory: Knows the folder of this process, which is inside that of the run.
        name: The folder's name, one for each thing that is made.
        make: Called with the empty folder.
    """
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, made = shared / "once" / name, shared / "once" / f"{name}.made"
    folder.parent.mkdir(exist_ok=True)
    with work_folder_lock(shared / "once" / f"{name}.lock", wait=PATIENCE):
        if not made.exists():
            folder.mkdir()
            make(folder)
            made.touch()
    return folder
