"""Replace a folder atomically, so that readers never see it missing.

| system | how | guarantee |
|---|---|---|
| Linux >= 3.15 | `renameat2(RENAME_EXCHANGE)` | atomic |
| macOS >= 10.12 | `renamex_np(RENAME_SWAP)` | atomic |
| Windows; NFS, SMB, some FUSE | two renames, undone if the second fails | a gap, see below |

Between two renames the place is empty for a moment (well below a millisecond); a build killed just there is
put right by the next `sweep`.
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

_NOT_SUPPORTED = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})
"""Error numbers of systems that can't exchange folders at all."""


def swap_folders(new: Path, target: Path, aside: Path) -> Path | None:
    """Put the folder `new` in the place of `target`.

    Args:
        new: The folder that takes the place, on the same file system as `target`.
        target: The place; a folder, or nothing.
        aside: A free name in the folder of `target`, for the old folder if only renames are possible.

    Returns:
        Where the old one is now (`new` or `aside`); None if there was none.

    Raises:
        OSError: Nothing has changed; `errno.EXDEV` if the two lie on different file systems.
    """
    if not os.path.lexists(target):
        new.rename(target)
        return None
    try:
        _exchange(new, target)
    except OSError as error:
        if error.errno not in _NOT_SUPPORTED:
            raise
        swap_by_two_renames(new, target, aside)
        return aside
    return new


def swap_by_two_renames(new: Path, target: Path, aside: Path) -> None:
    """Swap by two renames, where the system has no exchange; the old folder is `aside` afterwards."""
    try:
        target.rename(aside)
        new.rename(target)
    except BaseException:
        if os.path.lexists(aside) and not os.path.lexists(target):
            aside.rename(target)
        raise


def _exchange(first: Path, second: Path) -> None:
    """Exchange two names in one step, or raise OSError."""
    if sys.platform == "linux":
        _exchange_linux(first, second)
    elif sys.platform == "darwin":
        libc = ctypes.CDLL(None, use_errno=True)
        _raise_if_failed(
            libc.renamex_np(os.fsencode(first), os.fsencode(second), ctypes.c_uint(_RENAME_SWAP)), first, second
        )
    else:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))


def _exchange_linux(first: Path, second: Path) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    start, flags = ctypes.c_int(_AT_FDCWD), ctypes.c_uint(_RENAME_EXCHANGE)
    arguments = (start, os.fsencode(first), start, os.fsencode(second), flags)
    if hasattr(libc, "renameat2"):  # glibc 2.28
        _raise_if_failed(libc.renameat2(*arguments), first, second)
    elif (number := _SYSCALL.get(platform.machine())) is not None:
        _raise_if_failed(libc.syscall(ctypes.c_long(number), *arguments), first, second)
    else:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))


def _raise_if_failed(result: int, first: Path, second: Path) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(first), None, str(second))


def flush_file_system(folder: Path) -> None:
    """Write the file system of `folder` to the disk, so that a power cut after a rename finds whole files.

    One call for the file system, not one per file: hundreds of pages cost one wait. Windows has no such call
    without administrator's rights; a power cut there within seconds of a build may leave files incomplete.

    Raises:
        OSError: Files that were written before could not reach the disk (disk full, network share gone).
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


def flush_folder(folder: Path) -> None:
    """Write the names in `folder` to the disk, so that a rename lasts; does nothing on Windows."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some network file systems have no fsync for folders: fsync(2), EINVAL.
        if error.errno not in _NOT_SUPPORTED:
            raise
    finally:
        os.close(descriptor)
