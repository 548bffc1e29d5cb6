"""Write, move and remove files in a folder, but never through a link, a junction or a mount below it.

A repository can have a link in place of any folder that we write to or empty, and the link can appear while we work.
So no operation uses a long path: each folder on the way is opened from the one above it and refused if it is a link
(`open_folders`), and files are written under another name and then renamed.
"""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from stufenweise.core.errors import MachineError
from stufenweise.core.open_folders import OpenFolder
from stufenweise.core.open_trees import refuse_links, remove_all, walk, walk_files


@dataclass(frozen=True, slots=True)
class SafeFolder:
    """A folder that we write to; paths below it are written with slashes."""

    base: Path
    """Absolute path of the folder or of one above it. It may be a mount; nothing below it may."""
    within: Path | None = None
    """A folder that holds `base`; no part of the path below it may be a link. None if a person chose the path."""
    below: tuple[str, ...] = ()
    """Names of the folders from `base` down to this folder; none of them may be a mount."""

    @property
    def path(self) -> Path:
        """Absolute path of the folder."""
        return self.base.joinpath(*self.below)

    def at(self, path: str) -> SafeFolder:
        """Return a folder in this one."""
        return replace(self, below=(*self.below, *path_parts(path)))

    def write(self, path: str, data: bytes) -> None:
        """Write a file atomically; a link in its place is replaced, not followed.

        Raises:
            MachineError: The path leads through a link or a mount.
            OSError: It can't be written; what was there before is still there.
        """
        *above, name = path_parts(path)
        with self.opened(above, make=True) as folder:
            folder.write(name, data)

    def create(self, path: str, data: bytes) -> None:
        """Write a file that must not be there yet.

        Raises:
            MachineError: The path leads through a link or a mount.
            OSError: It can't be written; `FileExistsError` if something has its name.
        """
        *above, name = path_parts(path)
        with self.opened(above, make=True) as folder:
            folder.create(name, data)

    def read(self, path: str) -> bytes:
        """Return the content of a file.

        Raises:
            MachineError: The path leads through a link or a mount.
            OSError: It can't be read, or is a link itself.
        """
        *above, name = path_parts(path)
        with self.opened(above) as folder:
            if not stat.S_ISREG(folder.status(name).st_mode):
                raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(folder.path / name))
            with folder.opened_file(name) as file:
                return file.read()

    def read_json(self, path: str) -> object | None:
        """Return the value of a JSON file; None if it can't be read, as from a link, or is not JSON."""
        try:
            value: object = json.loads(self.read(path))
        except (OSError, MachineError, ValueError, RecursionError):
            return None
        return value

    def files_below(self, path: str = "") -> Iterator[tuple[str, bytes | None]]:
        """Yield the paths of all files and links below a folder, each with its content; None if it is no plain file.

        Raises:
            MachineError: A mount lies in it, or the way there leads through a link or a mount.
            OSError: A folder can't be read.
        """
        try:
            with self.opened(path_parts(path) if path else ()) as folder:
                yield from walk_files(folder, f"{path}/" if path else "")
        except FileNotFoundError:
            return

    def sizes(self, path: str = "") -> dict[str, int]:
        """Return the sizes of the plain files in a folder by their names, in bytes; none if it can't be read."""
        try:
            with self.opened(path_parts(path) if path else ()) as folder:
                entries = ((name, folder.status(name)) for name in folder.names())
                return {name: status.st_size for name, status in entries if stat.S_ISREG(status.st_mode)}
        except (OSError, MachineError):
            return {}

    def files(self, path: str = "") -> dict[str, bytes]:
        """Return the plain files in a folder by their names; none if it can't be read."""
        try:
            with self.opened(path_parts(path) if path else ()) as folder:
                entries = ((name, folder.read_plain(name)) for name in folder.names())
                return {name: plain[0] for name, plain in entries if plain}
        except (OSError, MachineError):
            return {}

    def size(self, path: str) -> int | None:
        """Return the size of a plain file in bytes; None if there is none."""
        status = self._status(path)
        return None if status is None else status.st_size

    def mode(self, path: str) -> int | None:
        """Return the permissions of a plain file; None if there is none."""
        status = self._status(path)
        return None if status is None else stat.S_IMODE(status.st_mode)

    def rename(self, path: str, name: str) -> None:
        """Rename a file within its folder atomically; a file of that name is replaced.

        Args:
            path: The file.
            name: Its new name.
        """
        *above, last_name = path_parts(path)
        [new_name] = path_parts(name)
        with self.opened(above) as folder:
            folder.rename(last_name, new_name)

    def move(self, path: str, target: str) -> None:
        """Move a file or folder to a path where nothing exists yet.

        Raises:
            MachineError: The way there leads through a link or a mount.
            OSError: It can't be moved.
        """
        *above, name = path_parts(path)
        *target_above, target_name = path_parts(target)
        with self.opened(above) as folder, self.opened(target_above, make=True) as other:
            folder.move(name, other, target_name)

    def set_mode(self, path: str, mode: int) -> None:
        """Give a plain file its permissions."""
        *above, name = path_parts(path)
        with self.opened(above) as folder:
            folder.set_mode(name, mode)

    def remove(self, path: str, *, missing_ok: bool = True) -> None:
        """Remove a file or a link, not the link's target.

        Raises:
            MachineError: The path leads through a link or a mount.
            OSError: It can't be removed.
        """
        *above, name = path_parts(path)
        with suppress(*((FileNotFoundError,) if missing_ok else ())), self.opened(above) as folder:
            folder.unlink(name)

    def remove_tree(self, path: str) -> None:
        """Remove a folder and everything in it, or a file or link of this name; links are removed, not followed.

        Raises:
            MachineError: A mount lies in it, or the path leads through a link or a mount.
            OSError: Something can't be removed; `FileNotFoundError` if it is not there.
        """
        *above, name = path_parts(path)
        with self.opened(above) as folder:
            remove_all(folder, name)

    def remove_empty(self, path: str) -> bool:
        """Remove a folder if it is empty, and return whether it is gone."""
        *above, name = path_parts(path)
        try:
            with self.opened(above) as folder:
                return folder.remove_if_empty(name)
        except (FileNotFoundError, NotADirectoryError):
            return False

    def entries(self, path: str = "") -> Iterator[tuple[str, bool]]:
        """Yield the path of each entry below a folder, inner ones first, and whether it is a folder; a link is not.

        Raises:
            MachineError: A mount lies in it, or the path leads through a link or a mount.
            OSError: A folder can't be read.
        """
        try:
            with self.opened(path_parts(path) if path else ()) as folder:
                yield from walk(folder, f"{path}/" if path else "")
        except FileNotFoundError:
            return

    def refuse_links(self, depth: int = 3) -> None:
        """Make sure that no folder down to `depth` is a link or a mount, before long work that would fail at its end.

        Raises:
            MachineError: A folder is a link or a mount.
        """
        with suppress(FileNotFoundError), self.opened(()) as folder:
            refuse_links(folder, depth)

    def _status(self, path: str) -> os.stat_result | None:
        """Return the status of a plain file; None if there is none."""
        *above, name = path_parts(path)
        try:
            with self.opened(above) as folder:
                status = folder.status(name)
        except FileNotFoundError:
            return None
        return status if stat.S_ISREG(status.st_mode) else None

    @contextmanager
    def opened(self, parts: Sequence[str] = (), *, make: bool = False) -> Iterator[OpenFolder]:
        """Open the folder at `parts` below this one, step by step."""
        start = self.within or Path(os.path.realpath(self.base))
        if make:
            start.mkdir(parents=True, exist_ok=True)
        way = self.base.relative_to(self.within).parts if self.within else ()
        folder = OpenFolder.open(start)
        try:
            for part in way:
                folder = folder.step_into(part, make=make)
            mount = folder.mount()
            for part in (*self.below, *parts):
                folder = folder.step_into(part, make=make)
                folder.refuse_other_mount(mount)
            yield folder
        finally:
            folder.close()


def output_folder(path: Path, root: Path | None = None) -> SafeFolder:
    """Return the output folder. Links are allowed in a path outside the project, but not inside it.

    Args:
        path: The folder as the person wrote it.
        root: The project's folder.
    """
    plain = Path(os.path.normpath(path.absolute()))
    above = root.absolute() if root else None
    return SafeFolder(plain, above if above and plain != above and plain.is_relative_to(above) else None)


def remove_tree(folder: Path) -> None:
    """Remove a folder and everything in it, see `SafeFolder.remove_tree`."""
    SafeFolder(folder.parent).remove_tree(folder.name)


def is_path_below(path: str) -> bool:
    """Return whether a relative path stays below its folder."""
    parts = PurePosixPath(path).parts
    foreign = "\0" in path or (os.name == "nt" and any(character in path for character in "\\:"))
    return bool(parts) and ".." not in parts and not path.startswith("/") and not foreign


def path_parts(path: str) -> tuple[str, ...]:
    """Return the names in a relative path.

    Raises:
        MachineError: The path leads out of its folder.
    """
    if not is_path_below(path):
        raise MachineError("folder-path", path=path)
    return PurePosixPath(path).parts
