"""An open folder, and operations on its entries that follow no link.

Each call takes a name in the folder, never a path: openat(2), O_NOFOLLOW; rename(2). Where the system can't open
folders that way (Windows), the folder is held by its path, and each entry is looked at right before.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from stufenweise.core.errors import MachineError

_BY_HANDLE = {os.open, os.mkdir, os.unlink, os.rmdir, os.rename, os.stat} <= os.supports_dir_fd
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_READ = os.O_RDONLY | _NO_LINK | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
STAGED_SUFFIX = ".new~"
"""End of the name of a file that is about to take another one's place."""
_REPARSE_LINKS = frozenset({0xA000000C, 0xA0000003})
"""IO_REPARSE_TAG_SYMLINK and IO_REPARSE_TAG_MOUNT_POINT, which junctions have too (Windows, winnt.h)."""


def is_link(status: os.stat_result) -> bool:
    """Return whether a status, not followed, is that of a link or a junction."""
    return stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) in _REPARSE_LINKS


def _is_junction(entry: os.DirEntry[str]) -> bool:
    return os.name == "nt" and is_link(entry.stat(follow_symlinks=False))


@dataclass(frozen=True, slots=True)
class OpenFolder:
    """An open folder: by its handle where the system can, otherwise by its path. Whoever opens it closes it."""

    handle: int | None
    path: Path

    @classmethod
    def open(cls, path: Path) -> OpenFolder:
        """Open the folder at a path, as it was given."""
        return cls(os.open(path, _FOLDER) if _BY_HANDLE else None, path)

    def close(self) -> None:
        """Give the handle back."""
        if self.handle is not None:
            os.close(self.handle)

    def status(self, name: str) -> os.stat_result:
        """Return the status of an entry itself, also of a link."""
        return os.stat(self._address(name), dir_fd=self.handle, follow_symlinks=False)

    def is_folder(self, name: str) -> bool:
        """Return whether an entry is a folder; a link is not."""
        status = self.status(name)
        return stat.S_ISDIR(status.st_mode) and not is_link(status)

    def names(self) -> list[str]:
        """Return the names of all entries, sorted."""
        return sorted(os.listdir(self.path if self.handle is None else self.handle))  # noqa: PTH208 -- by handle

    def entries(self) -> list[tuple[str, bool]]:
        """Return the names of all entries, sorted, each with whether it is a folder; links are not."""
        with os.scandir(self.path if self.handle is None else self.handle) as entries:
            return sorted(
                (entry.name, entry.is_dir(follow_symlinks=False) and not _is_junction(entry)) for entry in entries
            )

    def mount(self) -> str:
        """Return an identifier of the folder's mount. The device number is not enough: bind mounts share it."""
        if self.handle is None:
            return ""
        if sys.platform == "linux":
            with suppress(OSError):
                file = os.open(f"/proc/self/fdinfo/{self.handle}", os.O_RDONLY | os.O_CLOEXEC)
                try:
                    lines = os.read(file, 4096).decode("ascii").splitlines()
                finally:
                    os.close(file)
                return next((line for line in lines if line.startswith("mnt_id")), "")
        return str(os.fstat(self.handle).st_dev)

    def refuse_other_mount(self, mount: str) -> None:
        """Refuse a folder that lies on another mount than `mount`.

        Raises:
            MachineError: It does.
        """
        if self.mount() != mount:
            raise MachineError("folder-mount", path=self.path)

    def open_inner(self, name: str, *, make: bool = False) -> OpenFolder:
        """Open a folder in this one; this one stays open.

        Args:
            name: Its name.
            make: Whether to make it if it is missing.

        Raises:
            MachineError: It is a link.
            OSError: It can't be opened.
        """
        inner = self.path / name
        if make:
            with suppress(FileExistsError):
                os.mkdir(self._address(name), dir_fd=self.handle)
        if self.handle is None:
            if is_link(self.status(name)):
                raise MachineError("folder-link", path=inner)
            return OpenFolder(None, inner)
        try:
            handle = os.open(name, _FOLDER | _NO_LINK, dir_fd=self.handle)
        except OSError as error:
            if error.errno in (errno.ELOOP, errno.ENOTDIR) and is_link(self.status(name)):
                raise MachineError("folder-link", path=inner) from None
            error.filename = str(inner)
            raise
        return OpenFolder(handle, inner)

    def step_into(self, name: str, *, make: bool) -> OpenFolder:
        """Open a folder in this one, and close this one; if it can't be opened, this one is still open.

        Raises:
            MachineError: It is a link.
            OSError: It can't be opened.
        """
        inner = self.open_inner(name, make=make)
        self.close()
        return inner

    @contextmanager
    def entered(self, name: str, mount: str, *, make: bool = False) -> Iterator[OpenFolder]:
        """Open a folder in this one for a while; this one stays open.

        Raises:
            MachineError: It is a link, or lies on another mount.
        """
        inner = self.open_inner(name, make=make)
        try:
            inner.refuse_other_mount(mount)
            yield inner
        finally:
            inner.close()

    def create(self, name: str, data: bytes) -> None:
        """Write a file that must not be there yet."""
        with os.fdopen(os.open(self._address(name), _NEW_FILE, 0o666, dir_fd=self.handle), "wb") as file:
            file.write(data)

    def write(self, name: str, data: bytes) -> None:
        """Write a file atomically; a link in its place is replaced, not followed.

        Raises:
            OSError: It can't be written; what was there before is still there.
        """
        staged = f".{name}.{secrets.token_hex(4)}{STAGED_SUFFIX}"
        try:
            self.create(staged, data)
            self.rename(staged, name)
        except BaseException:
            with suppress(OSError):
                self.unlink(staged)
            raise

    def opened_file(self, name: str) -> BinaryIO:
        """Open a file for reading; a link is refused."""
        return os.fdopen(os.open(self._address(name), _READ, dir_fd=self.handle), "rb")

    def read_plain(self, name: str) -> tuple[bytes, os.stat_result] | None:
        """Return the content and the status of a plain file; None if there is none or it can't be read."""
        try:
            with self.opened_file(name) as file:
                status = os.fstat(file.fileno())
                return (file.read(), status) if stat.S_ISREG(status.st_mode) else None
        except OSError:
            return None

    def set_mode(self, name: str, mode: int) -> None:
        """Give a plain file its permissions."""
        with self.opened_file(name) as file:
            by_handle = os.chmod in os.supports_fd
            os.chmod(file.fileno() if by_handle else self._address(name), mode)  # noqa: PTH101 -- by handle

    def rename(self, name: str, target: str) -> None:
        """Rename an entry atomically; an entry that has the new name is replaced."""
        os.replace(self._address(name), self._address(target), src_dir_fd=self.handle, dst_dir_fd=self.handle)

    def move(self, name: str, other: OpenFolder, target: str) -> None:
        """Move an entry to another open folder; an entry of that name there is replaced unless it is a folder."""
        os.rename(self._address(name), other._address(target), src_dir_fd=self.handle, dst_dir_fd=other.handle)

    def link_from(self, other: OpenFolder, name: str, status: os.stat_result) -> bool:
        """Link a file of another open folder into this one.

        Returns:
            Whether the file is now in this folder, and still has this status.
        """
        try:
            os.link(
                other._address(name),
                self._address(name),
                src_dir_fd=other.handle,
                dst_dir_fd=self.handle,
                follow_symlinks=False,
            )
        except (OSError, NotImplementedError):
            # Another file system, one without links, somebody else's file: link(2), EXDEV, EPERM, EMLINK.
            return False
        if os.path.samestat(self.status(name), status):
            return True
        self.unlink(name)
        return False

    def unlink(self, name: str) -> None:
        """Remove a file or a link; on Windows a junction is removed like a folder."""
        if os.name == "nt" and stat.S_ISDIR((status := self.status(name)).st_mode) and is_link(status):
            self.remove_empty(name)
        else:
            os.unlink(self._address(name), dir_fd=self.handle)

    def remove_empty(self, name: str) -> None:
        """Remove an empty folder."""
        os.rmdir(self._address(name), dir_fd=self.handle)

    def remove_if_empty(self, name: str) -> bool:
        """Remove a folder if it is empty, and return whether it is gone."""
        try:
            self.remove_empty(name)
        except OSError as error:
            if error.errno in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT, errno.ENOTDIR):
                return False
            raise
        return True

    def _address(self, name: str) -> str:
        """Return an entry's name relative to the handle, or its full path where there is no handle."""
        return name if self.handle is not None else str(self.path / name)
