"""Write, move and remove files in a folder, and never through a link, a junction or a mount below it.

A repository can carry a link in the place of any folder that we write to or empty, and it can come there while we work.
So nothing is done by a long path: each folder on the way is opened from the one above it and refused if it is a link,
and files are made anew beside their place and then take it (openat(2), O_NOFOLLOW; rename(2)). Where the system can't
open folders that way (Windows), each folder on the way is looked at right before.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from stufenweise.errors import PublishError

_BY_HANDLE = {os.open, os.mkdir, os.unlink, os.rmdir, os.rename, os.stat} <= os.supports_dir_fd
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_READ = os.O_RDONLY | _NO_LINK | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
_REPARSE_LINKS = frozenset({0xA000000C, 0xA0000003})
"""IO_REPARSE_TAG_SYMLINK and IO_REPARSE_TAG_MOUNT_POINT, which junctions have too (Windows, winnt.h)."""
STAGED_SUFFIX = ".new~"
"""End of the name of a file that is about to take another one's place."""


@dataclass(frozen=True, slots=True)
class _Opened:
    """An open folder: by its handle where the system can, otherwise by its path."""

    handle: int | None
    path: Path

    def name(self, name: str) -> str:
        """Return what a call that takes the handle is given for an entry of this folder."""
        return name if self.handle is not None else str(self.path / name)

    def status(self, name: str) -> os.stat_result:
        return os.stat(self.name(name), dir_fd=self.handle, follow_symlinks=False)

    def entries(self) -> list[str]:
        return sorted(os.listdir(self.path if self.handle is None else self.handle))  # noqa: PTH208 -- by handle


@dataclass(frozen=True, slots=True)
class SafeFolder:
    """A folder that we write to; paths below it are written with slashes."""

    path: Path
    """Absolute path of the folder. It may be a mount; nothing below it may."""
    within: Path | None = None
    """The folder above from which on no part of the path may be a link; None if its path was chosen by a person."""
    below: tuple[str, ...] = ()
    """The way from `path` to the folder that is meant, on which no mount may be."""

    def at(self, path: str) -> SafeFolder:
        """Return a folder in this one."""
        return replace(self, below=(*self.below, *_parts(path)))

    def write(self, path: str, data: bytes) -> None:
        """Write a file, in one step; a link in its place is replaced, not followed.

        Raises:
            PublishError: The way there leads through a link or a mount.
            OSError: It can't be written; what was there before is still there.
        """
        *above, name = _parts(path)
        with self._opened(above, make=True) as folder:
            staged = f".{name}.{secrets.token_hex(4)}{STAGED_SUFFIX}"
            try:
                _create(folder, staged, data)
                os.replace(folder.name(staged), folder.name(name), src_dir_fd=folder.handle, dst_dir_fd=folder.handle)
            except BaseException:
                with suppress(OSError):
                    os.unlink(folder.name(staged), dir_fd=folder.handle)
                raise

    def create(self, path: str, data: bytes) -> None:
        """Write a file that must not be there yet.

        Raises:
            PublishError: The way there leads through a link or a mount.
            OSError: It can't be written; `FileExistsError` if something has its name.
        """
        *above, name = _parts(path)
        with self._opened(above, make=True) as folder:
            _create(folder, name, data)

    def read(self, path: str) -> bytes:
        """Return the content of a file.

        Raises:
            PublishError: The way there leads through a link or a mount.
            OSError: It can't be read, or is a link itself.
        """
        *above, name = _parts(path)
        with self._opened(above) as folder:
            if not stat.S_ISREG(folder.status(name).st_mode):
                raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(folder.path / name))
            with os.fdopen(os.open(folder.name(name), _READ, dir_fd=folder.handle), "rb") as file:
                return file.read()

    def link(self, path: str, source: SafeFolder, is_wanted: Callable[[bytes], bool]) -> bool:
        """Take over the file at `path` in another folder, if its content is wanted; see `link_all`."""
        above, _, name = path.rpartition("/")
        return bool(self.link_all(above, source, {name: is_wanted}))

    def link_all(self, path: str, source: SafeFolder, wanted: Mapping[str, Callable[[bytes], bool]]) -> set[str]:
        """Take over files of the folder at `path` in another folder, and return the names of those that were there.

        They are linked, so that nothing is written; where the system can't, they are copied. Nobody may write into a
        file of either folder afterwards: `write` puts a new one in its place.

        Args:
            path: Path of a folder below both folders; empty for the folders themselves.
            source: The other folder.
            wanted: By a file's name what judges its content; nothing of these names may be there in this folder.

        Raises:
            PublishError: The way there in this folder leads through a link or a mount.
            OSError: They can't be written.
        """
        found: set[str] = set()
        above = _parts(path) if path else ()
        with ExitStack() as opened:
            here: _Opened | None = None
            try:
                there = opened.enter_context(source._opened(above))
            except (OSError, PublishError):
                return found
            for name, is_wanted in wanted.items():
                if (known := _read_known(there, name)) is None or not is_wanted(known[0]):
                    continue
                here = here or opened.enter_context(self._opened(above, make=True))
                if not _link(there, here, name, known[1]):
                    _create(here, name, known[0])
                found.add(name)
        return found

    def sizes(self, path: str = "") -> dict[str, int]:
        """Return the sizes of the plain files in a folder by their names, in bytes; none if it can't be read."""
        try:
            with self._opened(_parts(path) if path else ()) as folder:
                found = ((name, folder.status(name)) for name in folder.entries())
                return {name: status.st_size for name, status in found if stat.S_ISREG(status.st_mode)}
        except (OSError, PublishError):
            return {}

    def files(self, path: str = "") -> dict[str, bytes]:
        """Return the plain files in a folder by their names; none if it can't be read."""
        try:
            with self._opened(_parts(path) if path else ()) as folder:
                found = ((name, _read_known(folder, name)) for name in folder.entries())
                return {name: known[0] for name, known in found if known}
        except (OSError, PublishError):
            return {}

    def size(self, path: str) -> int | None:
        """Return the size of a plain file in bytes; None if there is none."""
        status = self._status(path)
        return None if status is None else status.st_size

    def mode(self, path: str) -> int | None:
        """Return the permissions of a plain file; None if there is none."""
        status = self._status(path)
        return None if status is None else stat.S_IMODE(status.st_mode)

    def replace(self, path: str, target: str) -> None:
        """Let a file take another name in the same folder of it, in one step."""
        *above, name = _parts(path)
        *_, other = _parts(target)
        with self._opened(above) as folder:
            os.replace(folder.name(name), folder.name(other), src_dir_fd=folder.handle, dst_dir_fd=folder.handle)

    def set_mode(self, path: str, mode: int) -> None:
        """Give a plain file its permissions."""
        *above, name = _parts(path)
        with self._opened(above) as folder:
            file = os.open(folder.name(name), _READ, dir_fd=folder.handle)
            try:
                by_handle = os.chmod in os.supports_fd
                os.chmod(file if by_handle else folder.name(name), mode)  # noqa: PTH101 -- by handle
            finally:
                os.close(file)

    def remove(self, path: str, *, missing_ok: bool = True) -> None:
        """Remove a file or a link; what a link leads to stays.

        Raises:
            PublishError: The way there leads through a link or a mount.
            OSError: It can't be removed.
        """
        *above, name = _parts(path)
        with suppress(*((FileNotFoundError,) if missing_ok else ())), self._opened(above) as folder:
            _unlink(folder, name)

    def remove_tree(self, path: str) -> None:
        """Remove a folder with all in it, or whatever has its name; links in it are removed, not followed.

        Raises:
            PublishError: A mount lies in it, or the way there leads through a link or a mount.
            OSError: Something can't be removed; `FileNotFoundError` if it is not there.
        """
        *above, name = _parts(path)
        with self._opened(above) as folder:
            _remove_all(folder, name, _mount(folder))

    def remove_empty(self, path: str) -> bool:
        """Remove a folder if it is empty, and return whether it is gone."""
        *above, name = _parts(path)
        try:
            with self._opened(above) as folder:
                os.rmdir(folder.name(name), dir_fd=folder.handle)
        except OSError as error:
            if error.errno in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT, errno.ENOTDIR):
                return False
            raise
        return True

    def make(self, path: str = "") -> None:
        """Make a folder, and those above it, if it is not there yet."""
        with self._opened(_parts(path) if path else (), make=True):
            pass

    def entries(self, path: str = "") -> Iterator[tuple[str, bool]]:
        """Yield the paths of all below a folder, inner ones first, each with whether it is a folder; links are not.

        Raises:
            PublishError: A mount lies in it, or the way there leads through a link or a mount.
            OSError: A folder can't be read.
        """
        try:
            with self._opened(_parts(path) if path else ()) as folder:
                yield from _walk(folder, f"{path}/" if path else "", _mount(folder))
        except FileNotFoundError:
            return

    def refuse_links(self, depth: int = 3) -> None:
        """Make sure that no folder down to `depth` is a link or a mount, before work that would be in vain.

        Raises:
            PublishError: One is.
        """
        with suppress(FileNotFoundError), self._opened(()) as folder:
            _refuse_links(folder, _mount(folder), depth)

    def _status(self, path: str) -> os.stat_result | None:
        """Return the status of a plain file; None if there is none."""
        *above, name = _parts(path)
        try:
            with self._opened(above) as folder:
                status = folder.status(name)
        except FileNotFoundError:
            return None
        return status if stat.S_ISREG(status.st_mode) else None

    @contextmanager
    def _opened(self, parts: Sequence[str], *, make: bool = False) -> Iterator[_Opened]:
        """Open the folder at `parts` below this one, step by step."""
        start = self.within or Path(os.path.realpath(self.path))
        if make:
            start.mkdir(parents=True, exist_ok=True)
        way = self.path.relative_to(self.within).parts if self.within else ()
        folder = _Opened(os.open(start, _FOLDER) if _BY_HANDLE else None, start)
        try:
            for part in way:
                folder = _step(folder, part, make=make)
            mount = _mount(folder)
            for part in (*self.below, *parts):
                folder = _step(folder, part, make=make)
                _refuse_mount(folder, mount)
            yield folder
        finally:
            if folder.handle is not None:
                os.close(folder.handle)


def output_folder(path: Path, root: Path | None = None) -> SafeFolder:
    """Return the folder of `-o`: what a person chose is as they want it, but no link of the project `root` leads out.

    Args:
        path: The folder as it was given.
        root: The project's folder.
    """
    plain = Path(os.path.normpath(path.absolute()))
    above = root.absolute() if root else None
    return SafeFolder(plain, above if above and plain != above and plain.is_relative_to(above) else None)


def remove_tree(folder: Path) -> None:
    """Remove a folder with all in it; see `SafeFolder.remove_tree`."""
    SafeFolder(folder.parent).remove_tree(folder.name)


def is_link(status: os.stat_result) -> bool:
    """Return whether a status, not followed, is that of a link or a junction."""
    return stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) in _REPARSE_LINKS


def is_path_below(path: str) -> bool:
    """Return whether a path can only be that of something below the folder that it is taken from."""
    parts = PurePosixPath(path).parts
    foreign = "\0" in path or (os.name == "nt" and any(character in path for character in "\\:"))
    return bool(parts) and ".." not in parts and not path.startswith("/") and not foreign


def _parts(path: str) -> tuple[str, ...]:
    if not is_path_below(path):
        raise PublishError("folder-path", path=path)
    return PurePosixPath(path).parts


def _create(folder: _Opened, name: str, data: bytes) -> None:
    with os.fdopen(os.open(folder.name(name), _NEW_FILE, 0o666, dir_fd=folder.handle), "wb") as file:
        file.write(data)


def _read_known(folder: _Opened, name: str) -> tuple[bytes, os.stat_result] | None:
    """Return the content and the status of a plain file in an open folder; None if there is none."""
    try:
        with os.fdopen(os.open(folder.name(name), _READ, dir_fd=folder.handle), "rb") as file:
            status = os.fstat(file.fileno())
            return (file.read(), status) if stat.S_ISREG(status.st_mode) else None
    except OSError:
        return None


def _link(there: _Opened, here: _Opened, name: str, status: os.stat_result) -> bool:
    """Link a file of one open folder into another; return whether it is there, and still the one with this status."""
    try:
        os.link(
            there.name(name), here.name(name), src_dir_fd=there.handle, dst_dir_fd=here.handle, follow_symlinks=False
        )
    except (OSError, NotImplementedError):
        # Another file system, one without links, somebody else's file: link(2), EXDEV, EPERM, EMLINK.
        return False
    if os.path.samestat(here.status(name), status):
        return True
    _unlink(here, name)
    return False


def _step(folder: _Opened, part: str, *, make: bool) -> _Opened:
    """Return a folder in an open one, which is closed; a link is refused."""
    below = folder.path / part
    if make:
        with suppress(FileExistsError):
            os.mkdir(folder.name(part), dir_fd=folder.handle)
    if is_link(folder.status(part)):
        raise PublishError("folder-link", path=below)
    if folder.handle is None:
        return _Opened(None, below)
    try:
        handle = os.open(part, _FOLDER | _NO_LINK, dir_fd=folder.handle)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENOTDIR) and is_link(folder.status(part)):
            raise PublishError("folder-link", path=below) from None
        error.filename = str(below)
        raise
    os.close(folder.handle)
    return _Opened(handle, below)


def _mount(folder: _Opened) -> str:
    """Return what tells the mount that a folder lies on from others; bind mounts share the device's number."""
    if folder.handle is None:
        return ""
    if sys.platform == "linux":
        with suppress(OSError):
            file = os.open(f"/proc/self/fdinfo/{folder.handle}", os.O_RDONLY | os.O_CLOEXEC)
            try:
                lines = os.read(file, 4096).decode("ascii").splitlines()
            finally:
                os.close(file)
            return next((line for line in lines if line.startswith("mnt_id")), "")
    return str(os.fstat(folder.handle).st_dev)


def _refuse_mount(folder: _Opened, mount: str) -> None:
    if _mount(folder) != mount:
        raise PublishError("folder-mount", path=folder.path)


@contextmanager
def _entered(folder: _Opened, name: str, mount: str) -> Iterator[_Opened]:
    """Open a folder in another one, which stays open."""
    inner = _step(_Opened(None if folder.handle is None else os.dup(folder.handle), folder.path), name, make=False)
    try:
        _refuse_mount(inner, mount)
        yield inner
    finally:
        if inner.handle is not None:
            os.close(inner.handle)


def _unlink(folder: _Opened, name: str) -> None:
    """Remove a file or a link; on Windows a junction is removed like a folder."""
    status = folder.status(name)
    if stat.S_ISDIR(status.st_mode) and is_link(status):
        os.rmdir(folder.name(name), dir_fd=folder.handle)
    else:
        os.unlink(folder.name(name), dir_fd=folder.handle)


def _is_folder(folder: _Opened, name: str) -> bool:
    status = folder.status(name)
    return stat.S_ISDIR(status.st_mode) and not is_link(status)


def _remove_all(folder: _Opened, name: str, mount: str) -> None:
    if not _is_folder(folder, name):
        _unlink(folder, name)
        return
    with _entered(folder, name, mount) as inner:
        for one in inner.entries():
            with suppress(FileNotFoundError):
                _remove_all(inner, one, mount)
    os.rmdir(folder.name(name), dir_fd=folder.handle)


def _walk(folder: _Opened, above: str, mount: str) -> Iterator[tuple[str, bool]]:
    for name in folder.entries():
        if _is_folder(folder, name):
            with _entered(folder, name, mount) as inner:
                yield from _walk(inner, f"{above}{name}/", mount)
            yield f"{above}{name}", True
        else:
            yield f"{above}{name}", False


def _refuse_links(folder: _Opened, mount: str, depth: int) -> None:
    for name in folder.entries():
        status = folder.status(name)
        if is_link(status):
            raise PublishError("folder-link", path=folder.path / name)
        if stat.S_ISDIR(status.st_mode) and depth > 1:
            with _entered(folder, name, mount) as inner:
                _refuse_links(inner, mount, depth - 1)
