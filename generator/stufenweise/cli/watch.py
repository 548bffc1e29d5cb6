"""Run a function again at every save."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import click
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

SETTLE = 0.1
"""Seconds that an editor needs for a save: it writes a copy, removes the file and renames the copy."""

_SAVES = frozenset({"created", "modified", "deleted", "moved"})


class _Saves(FileSystemEventHandler):
    """Sets an event when a file of content or a configuration is saved."""

    def __init__(self, root: Path, saved: threading.Event) -> None:
        self.root = root
        self.saved = saved

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Set the event unless a file was only read, or is hidden."""
        paths = [Path(str(path)) for path in (event.src_path, event.dest_path) if path]
        hidden = all(any(part.startswith(".") for part in path.relative_to(self.root).parts) for path in paths)
        if event.event_type in _SAVES and not event.is_directory and not hidden:
            self.saved.set()


def repeat_on_save(folders: Iterable[Path], act: Callable[[], None]) -> None:
    """Call `act` now and at every save in `folders`, until Ctrl-C.

    Subfolders are watched too, except those of the last folder; missing folders are skipped. On a terminal the screen
    is cleared before each call.
    """
    *deep, flat = (folder for folder in folders if folder.is_dir())
    saved = threading.Event()
    observer = Observer()
    for folder in (*deep, flat):
        observer.schedule(_Saves(folder, saved), str(folder), recursive=folder is not flat)
    observer.start()
    try:
        while True:
            saved.clear()
            click.clear()
            with suppress(SystemExit):
                act()
            while not saved.wait(timeout=1):
                pass  # A wait without a timeout would block Ctrl-C on Windows
            time.sleep(SETTLE)
    except KeyboardInterrupt:
        pass
    finally:
        observer.stop()
        observer.join()
