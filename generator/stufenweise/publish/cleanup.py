"""Remove folders of killed builds, recognised by name.

Temporary folders of a build have unique names that no person would choose. Only real folders with such names are
removed.
"""

from __future__ import annotations

import os
import re
import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from stufenweise.core.errors import Failure, MachineError, explain_os_error, failure
from stufenweise.core.open_folders import is_link
from stufenweise.core.safe_folders import remove_tree

_UNIQUE_SUFFIX = r"[1-9]\d*-[0-9a-f]{8}"
_STAGING = re.compile(rf"staging-{_UNIQUE_SUFFIX}")


def unique_suffix() -> str:
    """Return a unique suffix for names: process id and eight random hexadecimal digits."""
    return f"{os.getpid()}-{secrets.token_hex(4)}"


def sweep(work: Path, target: Path | None = None) -> list[Path]:
    """Remove folders of killed builds, and return those removed. Call it with the lock held.

    Only folders with names of this module are touched: `staging-*` in `work`, and the hidden
    `.<name>.staging-*` and `.<name>.old-*` beside `target`. If a build was killed between the two renames
    of a system that can't exchange folders (see `atomic_swap`), the old site is put back first. What can't be
    removed stays.
    """
    swept = [path for path in _folders_named(work, _STAGING) if remove_folder(path) is None]
    if target is None:
        return swept
    place = resolve_parents(target)
    old = _folders_named(place.parent, re.compile(rf"\.{re.escape(place.name)}\.old-{_UNIQUE_SUFFIX}"))
    if old and not os.path.lexists(place):
        try:
            old.pop().rename(place)
        except OSError as error:
            raise explain_os_error(error, target) from error
    copies = _folders_named(place.parent, re.compile(rf"\.{re.escape(place.name)}\.staging-{_UNIQUE_SUFFIX}"))
    # Another checkout may be publishing to the same place at this moment: its copy is locked.
    abandoned = [path for path in copies if not is_folder_locked(path)]
    return swept + [path for path in (*old, *abandoned) if remove_folder(path) is None]


def _folders_named(folder: Path, pattern: re.Pattern[str]) -> list[Path]:
    """Return the real folders (no links) directly in `folder` whose names match, oldest first."""
    try:
        entries = [entry for entry in os.scandir(folder) if pattern.fullmatch(entry.name)]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise explain_os_error(error, folder) from error
    folders: list[tuple[int, str]] = []
    for entry in entries:
        with suppress(FileNotFoundError):  # Another build removes its folder when it ends
            status = entry.stat(follow_symlinks=False)
            if entry.is_dir(follow_symlinks=False) and not is_link(status):
                folders.append((status.st_mtime_ns, entry.path))
    return [Path(path) for _, path in sorted(folders)]


def resolve_parents(target: Path) -> Path:
    """Return `target` with all of its parents resolved, but not the last name."""
    plain = target.absolute()
    return plain.parent.resolve() / plain.name if plain.name not in ("", "..") else plain.resolve()


def remove_folder(folder: Path) -> Failure | None:
    """Remove `folder`, with retries since a builder may still write into it; return the error, or None."""
    reason = None
    for pause in (0, 0.05, 0.2):
        time.sleep(pause)
        try:
            remove_tree(folder)
        except FileNotFoundError:
            if not os.path.lexists(folder):
                return None
            reason = failure("not-removed-changed", folder=folder)
        except OSError as error:
            reason = failure("not-removed", folder=folder, reason=error.strerror or type(error).__name__)
        except MachineError as error:
            return error.failure
        else:
            return None
    return reason


@contextmanager
def folder_lock(folder: Path) -> Iterator[None]:
    """Lock `folder` itself, where the system can, so that no other build sweeps it."""
    descriptor = _lock_folder(folder)
    try:
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def is_folder_locked(folder: Path) -> bool:
    """Return whether another process has locked `folder`; False where folders can't be locked."""
    try:
        with folder_lock(folder):
            return False
    except BlockingIOError:
        return True
    except FileNotFoundError:  # The other build has ended
        return False


if sys.platform == "win32":

    def _lock_folder(folder: Path) -> int | None:  # noqa: ARG001  (the same face on every system)
        return None

else:
    import fcntl

    def _lock_folder(folder: Path) -> int | None:
        """Return the descriptor that holds the lock; None if the file system has no such locks."""
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise
        except OSError:
            os.close(descriptor)
            return None
        return descriptor
