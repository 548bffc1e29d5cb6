"""A folder takes another folder's place, so that nobody ever sees the place empty.

| system | how | guarantee |
|---|---|---|
| Linux >= 3.15 | `renameat2(RENAME_EXCHANGE)` | atomic |
| macOS >= 10.12 | `renamex_np(RENAME_SWAP)` | atomic |
| Windows; NFS, SMB, some FUSE | two renames, undone if the second fails | a gap, see below |

Between two renames the place is empty for a moment (well below a millisecond); a build killed just there is
mended by the next `sweep`.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import sys
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2
"""renameat2(2) of the Linux manual pages; renamex_np(2) of macOS: <sys/stdio.h>."""

_SYSCALL = {"x86_64": 316, "aarch64": 276, "riscv64": 276, "ppc64le": 357, "s390x": 347, "armv7l": 382}
"""Number of renameat2 per machine, for a C library without it (Linux: syscall tables below arch/)."""

_UNABLE = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})
"""What systems answer that cannot exchange, rather than may not."""


def swap_folders(new: Path, target: Path, aside: Path) -> Path | None:
    """Put the folder `new` in the place of `target`.

    Args:
        new: the folder that takes the place, on the same file system as `target`.
        target: the place; a folder, or nothing.
        aside: a free name in the folder of `target`, for the old one where only renames are possible.

    Returns:
        Where the old one is now (`new` or `aside`); None if there was none.

    Raises:
        OSError: nothing has changed; `errno.EXDEV` if the two lie on different file systems.
    """
    if not os.path.lexists(target):
        new.rename(target)
        return None
    try:
        _swap(new, target)
    except OSError as error:
        if error.errno not in _UNABLE:
            raise
        two_renames(new, target, aside)
        return aside
    return new


def two_renames(new: Path, target: Path, aside: Path) -> None:
    """Do what `swap_folders` does where the system has no exchange; the old one is `aside` afterwards."""
    try:
        target.rename(aside)
        new.rename(target)
    except BaseException:
        if os.path.lexists(aside) and not os.path.lexists(target):
            aside.rename(target)
        raise


def _swap(one: Path, other: Path) -> None:
    """Exchange two names in one step, or raise OSError."""
    if sys.platform == "linux":
        _swap_linux(one, other)
    elif sys.platform == "darwin":
        libc = ctypes.CDLL(None, use_errno=True)
        _check(libc.renamex_np(os.fsencode(one), os.fsencode(other), ctypes.c_uint(_RENAME_SWAP)), one, other)
    else:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))


def _swap_linux(one: Path, other: Path) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    start, flags = ctypes.c_int(_AT_FDCWD), ctypes.c_uint(_RENAME_EXCHANGE)
    arguments = (start, os.fsencode(one), start, os.fsencode(other), flags)
    if hasattr(libc, "renameat2"):  # glibc 2.28
        _check(libc.renameat2(*arguments), one, other)
    elif (number := _SYSCALL.get(platform.machine())) is not None:
        _check(libc.syscall(ctypes.c_long(number), *arguments), one, other)
    else:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))


def _check(result: int, one: Path, other: Path) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(one), None, str(other))


def flush(folder: Path) -> None:
    """Bring the file system of `folder` to the disk: a power cut after a rename finds whole files.

    One call for the file system, not one per file: hundreds of pages cost one wait. Windows has no such call
    without administrator's rights; a power cut there within seconds of a build may leave files incomplete.

    Raises:
        OSError: files that were written before could not reach the disk (disk full, network share gone).
    """
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        if hasattr(libc, "syncfs"):
            if libc.syncfs(descriptor) != 0:
                number = ctypes.get_errno()
                raise OSError(number, os.strerror(number), str(folder))
        else:
            os.sync()
    finally:
        os.close(descriptor)


def flush_names(folder: Path) -> None:
    """Bring the names in `folder` to the disk: a rename lasts. Nothing on Windows."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some network file systems have no fsync for folders: fsync(2), EINVAL.
        if error.errno not in _UNABLE:
            raise
    finally:
        os.close(descriptor)
