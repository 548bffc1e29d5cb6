"""Run a function again at every save."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import click
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from stufenweise.config.project_files import WatchedFolders

SETTLE = 0.1
"""Seconds that an editor needs for a save: it writes a copy, removes the file and renames the copy."""

_SAVES = frozenset({"created", "modified", "deleted", "moved"})


@dataclass(frozen=True, slots=True)
class _Watch:
    """A folder that exists, and what is watched in it."""

    folder: Path
    identity: tuple[int, int]
    """Device and inode: a folder that is deleted and made again has to be watched anew."""
    paths: frozenset[Path] | None
    """Files and folders directly in it; None for everything below it."""


class _Saves(FileSystemEventHandler):
    """Sets an event when a watched file is saved."""

    def __init__(self, watch: _Watch, saved: threading.Event) -> None:
        self.watch = watch
        self.saved = saved

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Set the event unless a file was only read, or is not watched."""
        paths = [Path(os.fsdecode(path)) for path in (event.src_path, event.dest_path) if path]
        if event.event_type in _SAVES and any(self._concerns(path, event) for path in paths):
            self.saved.set()

    def _concerns(self, path: Path, event: FileSystemEvent) -> bool:
        if self.watch.paths is not None:
            return path in self.watch.paths
        return not event.is_directory and not any(
            part.startswith(".") for part in path.relative_to(self.watch.folder).parts
        )


class _SaveObserver:
    """Watches folders, and sets an event at each save."""

    def __init__(self) -> None:
        self.saved = threading.Event()
        self.observer = Observer()
        self.watches: frozenset[_Watch] = frozenset()

    def watch(self, folders: WatchedFolders) -> None:
        """Watch these folders and files instead of those before."""
        watches = _watches(folders)
        if watches != self.watches:
            self.observer.unschedule_all()
            for watch in watches:
                self.observer.schedule(_Saves(watch, self.saved), str(watch.folder), recursive=watch.paths is None)
            self.watches = watches


def repeat_on_save(act: Callable[[Callable[[WatchedFolders], None]], None]) -> None:
    """Call `act` now and at every save, until Ctrl-C.

    On a terminal the screen is cleared before each call.

    Args:
        act: Gets a function, to which it gives the folders to watch before it reads them. If it gives none, those of
            the last call are watched.
    """
    saves = _SaveObserver()
    saves.observer.start()
    try:
        while True:
            saves.saved.clear()
            click.clear()
            with suppress(SystemExit):
                act(saves.watch)
            while not saves.saved.wait(timeout=1):
                pass  # A wait without a timeout would block Ctrl-C on Windows
            time.sleep(SETTLE)
    except KeyboardInterrupt:
        pass
    finally:
        saves.observer.stop()
        saves.observer.join()


def _watches(folders: WatchedFolders) -> frozenset[_Watch]:
    """Return what to watch: folders that exist, and the parents of files and of folders that do not exist yet."""
    trees = {folder for folder in folders.trees if folder.is_dir()}
    alone = {*folders.files, *(folder for folder in folders.trees if folder not in trees)}
    parents = {path.parent for path in alone if path.parent.is_dir()}
    return frozenset(
        (
            *(_Watch(folder, _identity(folder), None) for folder in trees),
            *(
                _Watch(parent, _identity(parent), frozenset(path for path in alone if path.parent == parent))
                for parent in parents - trees
            ),
        )
    )


def _identity(folder: Path) -> tuple[int, int]:
    status = folder.stat()
    return status.st_dev, status.st_ino
