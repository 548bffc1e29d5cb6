"""What can go wrong on the way to a published site, said for people: what happened, and what to do."""

from __future__ import annotations

import errno
from pathlib import Path

SITE_UNCHANGED = "The published site is unchanged."


class PublishError(Exception):
    """The site could not be published; the one that readers see is still the old one."""

    def __init__(self, what: str, remedy: str) -> None:
        """Keep `what` happened (one line) and its `remedy` (one line, an instruction)."""
        super().__init__(what)
        self.what = what
        self.remedy = remedy

    def __str__(self) -> str:
        """Return both in one line."""
        return f"{self.what}. {self.remedy}"


class WorkspaceBusyError(PublishError):
    """Another build holds the work folder."""

    def __init__(self, work: Path, holder: str) -> None:
        """Say who holds `work`; `holder` is e.g. `process 4711, since 2026-11-23 14:02`."""
        super().__init__(
            f"Another build is at work in {work} ({holder})",
            "Wait until it has ended, or end it; a lock that a killed build held is free at once.",
        )
        self.holder = holder


_REASONS = {
    errno.ENOSPC: ("No space is left on the disk of {path}", "Free some space and build again."),
    errno.EFBIG: ("A file below {path} is larger than allowed here", "Raise that limit and build again."),
    errno.EROFS: ("{path} lies on a read-only file system", "Choose another site_dir, or mount it writable."),
    errno.EACCES: ("{path} cannot be written: permission denied", "Get the right to write there."),
    errno.EPERM: ("{path} cannot be written: operation not permitted", "Get the right to write there."),
    errno.EBUSY: (
        "{path} is in use or a mount point, and cannot be exchanged as a whole",
        "Choose a folder inside of it as site_dir, or close the program that uses it.",
    ),
    errno.ENAMETOOLONG: ("The path {path} is too long for this file system", "Choose a shorter site_dir."),
}
_REASONS[getattr(errno, "EDQUOT", errno.ENOSPC)] = _REASONS[errno.ENOSPC]


def explain_os_error(error: OSError, path: Path) -> PublishError:
    """Return what `error`, met while working on `path`, means for the person who builds."""
    unknown = (
        "{path} cannot be written: " + (error.strerror or type(error).__name__),
        "Mend this and build again.",
    )
    what, remedy = _REASONS.get(error.errno or 0, unknown)
    return PublishError(what.replace("{path}", str(path)), f"{remedy} {SITE_UNCHANGED}")
