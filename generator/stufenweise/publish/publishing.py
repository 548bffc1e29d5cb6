"""Replace the published site by a finished one atomically.

In: a folder with a complete site (`staging`). Out: the same site under its public name. Whatever happens in
between (`kill -9`, a full disk, a second build, a power cut), readers have the old site or the new one; the next
`sweep` removes what a killed build left behind. `pipeline.build` shows the order of these steps.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stufenweise.core.errors import Failure, MachineError, explain_os_error, failure
from stufenweise.core.open_folders import is_link
from stufenweise.core.safe_folders import SafeFolder
from stufenweise.publish.atomic_swap import flush_file_system, flush_folder, swap_folders
from stufenweise.publish.cleanup import folder_lock, remove_folder, resolve_parents, unique_suffix
from stufenweise.publish.work_folder_lock import create_work_folder

OWNERSHIP_FILE = ".stufenweise"
"""Name of the file that marks a site as ours; a folder without it is never replaced."""

_OWNERSHIP_TEXT = "This folder is a site made by stufenweise: its next build replaces it as a whole.\n"


def claim_site(site: Path) -> None:
    """Mark `site` as ours, so that a later build may replace it."""
    SafeFolder(site).write(OWNERSHIP_FILE, _OWNERSHIP_TEXT.encode())


@contextmanager
def staging(work: Path) -> Iterator[Path]:
    """Create an empty folder below `work` for a new site, and remove it afterwards.

    Raises:
        MachineError: It can't be created.
    """
    create_work_folder(work)
    folder = work / f"staging-{unique_suffix()}"
    try:
        folder.mkdir()
    except OSError as error:
        raise explain_os_error(error, folder) from error
    try:
        yield folder
    finally:
        remove_folder(folder)


def check_target(target: Path, work: Path) -> None:
    """Make sure that `target` may be replaced; call it before a long build.

    Raises:
        MachineError: `target` is a link, a file, a folder with something in it that is not a site of ours,
            holds the work folder, or lies where this process may not write.
    """
    try:
        place = resolve_parents(target)
        _check_kind(target, place)
        if work.resolve().is_relative_to(place):
            raise MachineError("target-holds-work-folder", target=target, work=work)
        _check_writable(place)
    except OSError as error:
        raise explain_os_error(error, target) from error


def _check_kind(target: Path, place: Path) -> None:
    if os.path.lexists(place) and is_link(place.lstat()):
        raise MachineError("target-link", target=target)
    if place.is_dir():
        if any(place.iterdir()) and not _is_ours(place):
            raise MachineError("target-foreign", target=target)
    elif place.exists():
        raise MachineError("target-file", target=target)


def _is_ours(folder: Path) -> bool:
    path = folder / OWNERSHIP_FILE
    return path.is_file() and not path.is_symlink()


def _check_writable(place: Path) -> None:
    """Raise MachineError if `place` can't be replaced.

    The folder itself counts too: moving a folder below another one writes its `..` (rename(2), EACCES).
    """
    above = next(folder for folder in place.parents if folder.exists())
    for folder in (above, place):
        if not folder.exists():
            continue
        if sys.platform != "win32" and os.statvfs(folder).f_flag & os.ST_RDONLY:
            raise explain_os_error(OSError(errno.EROFS, ""), place)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise explain_os_error(OSError(errno.EACCES, ""), folder)


def publish(new: Path, target: Path, work: Path) -> tuple[Failure, ...]:
    """Replace `target` by the complete site `new` atomically. Call it with the lock held.

    `new` lies in the work folder; if that is another file system than that of `target`, the site is copied
    to a hidden folder beside `target` first. Afterwards `new` is gone, and so is the old site.

    Returns:
        Notes on what did not matter enough to fail, e.g. that the old site could not be removed.

    Raises:
        MachineError: Nothing has changed for readers.
    """
    check_target(target, work)
    if not (new / "index.html").is_file():
        raise MachineError("start-page-missing")
    place = resolve_parents(target)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        claim_site(new)
        flush_file_system(new)
        old = _swap_in(new, place)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise explain_os_error(error, target) from error
        old = _publish_across(new, place)
    notes = [_flush_swap(place.parent), *(remove_folder(folder) for folder in (old, new) if folder is not None)]
    return tuple(note for note in notes if note is not None)


def _swap_in(new: Path, place: Path) -> Path | None:
    return swap_folders(new, place, place.with_name(f".{place.name}.old-{unique_suffix()}"))


def _flush_swap(folder: Path) -> Failure | None:
    """Write the swap to disk; return a note if that fails, since the new site is published already."""
    try:
        flush_folder(folder)
    except OSError as error:
        return failure("power-cut", folder=folder, reason=error.strerror or type(error).__name__)
    return None


def _publish_across(new: Path, place: Path) -> Path | None:
    """Publish from another file system through a copy beside `place`; return the new path of the old site."""
    copy = place.with_name(f".{place.name}.staging-{unique_suffix()}")
    old: Path | None = None
    try:
        copy.mkdir()
        with folder_lock(copy):
            shutil.copytree(new, copy, symlinks=True, copy_function=shutil.copyfile, dirs_exist_ok=True)
            flush_file_system(copy)
            old = _swap_in(copy, place)
    except shutil.Error as error:
        raise _first_cause(error, place) from error
    except OSError as error:
        if error.errno == errno.EXDEV:
            # A folder that came with a container's image: overlayfs can't rename it (Linux, overlayfs.rst).
            raise MachineError("target-read-only-layer", target=place) from error
        raise explain_os_error(error, place) from error
    finally:
        if old is None:
            remove_folder(copy)
    return old


def _first_cause(error: shutil.Error, place: Path) -> MachineError:
    """Return the most likely cause of a failed copy; `copytree` reports only the texts of its errors."""
    texts = [str(text) for *_, text in error.args[0]]
    for number in (errno.ENOSPC, errno.EROFS, errno.EACCES):
        if any(f"[Errno {number}]" in text for text in texts):
            return explain_os_error(OSError(number, os.strerror(number)), place)
    return MachineError("not-copied", target=place, reason=texts[0])
