"""Lock a work folder: one build at a time.

The kernel keeps the lock, not the existence of the file: it is released as soon as its process ends in any way.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from stufenweise.core.errors import MachineError, WorkFolderBusyError, explain_os_error
from stufenweise.core.open_folders import is_link

LOCK = "lock"
"""Name of the lock file in the work folder."""

CONTENT_LOCK = "content-lock"
"""Name of the lock file for changes of content."""

COMMAND_WAIT = 60.0
"""Seconds that a command waits for another build, or another change of content, in the same project."""

_POLL = 0.1
"""Seconds between two tries; a tenth is short compared with a build."""

if sys.platform == "win32":
    import msvcrt

    # Windows locks bytes against reading, too. A byte far beyond the text leaves the holder's name readable.
    _LOCKED_BYTE = 1 << 30

    def _lock_descriptor(descriptor: int) -> None:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock_descriptor(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def create_work_folder(work: Path) -> None:
    """Create the work folder.

    Raises:
        MachineError: It is a symbolic link (a pull request could aim it at somebody's folder), a file, or
            can't be created.
    """
    try:
        if os.path.lexists(work) and is_link(work.lstat()):
            raise MachineError("work-folder-link", work=work)
        work.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise MachineError("work-folder-file", work=work) from None
    except OSError as error:
        raise explain_os_error(error, work) from error


@contextmanager
def work_folder_lock(
    work: Path, *, wait: float = 0, on_wait: Callable[[WorkFolderBusyError], None] | None = None, name: str = LOCK
) -> Iterator[None]:
    """Lock `work` for this process; create it if missing.

    Args:
        work: The work folder.
        wait: Seconds to wait for another build to end; 0 for a single try.
        on_wait: Called once before waiting, with the holder of the lock.
        name: The lock file; builds and changes of content have different ones.

    Raises:
        WorkFolderBusyError: Another build holds it, even after `wait` seconds.
        MachineError: The folder or its file system can't be locked.
    """
    create_work_folder(work)
    path = work / name
    try:
        # A link in the lock's place could make us write into its target.
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise MachineError("lock-file-link", path=path) from None
        raise explain_os_error(error, path) from error
    try:
        _wait_for(descriptor, work, wait, on_wait)
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)


def _wait_for(descriptor: int, work: Path, wait: float, on_wait: Callable[[WorkFolderBusyError], None] | None) -> None:
    deadline = time.monotonic() + wait
    asked = False
    while True:
        try:
            _lock_descriptor(descriptor)
        except OSError as error:
            if error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
                raise MachineError("work-folder-lock", work=work, reason=error.strerror) from error
            if time.monotonic() >= deadline:
                raise WorkFolderBusyError(work, *_holder(descriptor)) from None
            if on_wait is not None and not asked:
                on_wait(WorkFolderBusyError(work, *_holder(descriptor)))
                asked = True
            time.sleep(_POLL)
        else:
            return


def _holder(descriptor: int) -> tuple[str, str]:
    """Read the lock file: id of the process that holds the lock, and since when (local time)."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    process = os.read(descriptor, 32).decode("ascii", "replace").strip()
    since = datetime.fromtimestamp(os.fstat(descriptor).st_mtime).astimezone()
    return process or "?", f"{since:%Y-%m-%d %H:%M:%S}"
