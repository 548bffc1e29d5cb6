"""Errors on the way to a published site.

An error carries a code and values; the words for it stand in `i18n/*/failures.yml`, and are put in where the person's
language is known: in the command line and MkDocs's plugin.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that the machine could not do."""

    code: str
    """Key of its words in the catalogue."""
    values: Mapping[str, str]
    """What its words name."""


def failure(code: str, /, **values: object) -> Failure:
    """Return the failure `code`; `values` are what its words name."""
    return Failure(code, {name: str(value) for name, value in values.items()})


class PublishError(Exception):
    """The site could not be published; the one that readers see is still the old one."""

    def __init__(self, code: str, /, **values: object) -> None:
        """Keep what happened; see `failure`."""
        self.failure = failure(code, **values)
        super().__init__(self.failure)

    def __str__(self) -> str:
        """Return code and values in one line, for developers; people get `failure_text`."""
        return ", ".join((self.failure.code, *(f"{name}={value}" for name, value in self.failure.values.items())))


class WorkspaceBusyError(PublishError):
    """Another build holds the work folder."""

    def __init__(self, work: Path, process: str, since: str) -> None:
        """Keep who holds `work`: the id of a process, and its start as local time."""
        super().__init__("work-folder-busy", work=work, process=process, since=since)


_CODES = {
    errno.ENOSPC: "disk-full",
    errno.EFBIG: "file-too-large",
    errno.EROFS: "read-only",
    errno.EACCES: "permission-denied",
    errno.EPERM: "not-permitted",
    errno.EBUSY: "in-use",
    errno.ENAMETOOLONG: "path-too-long",
}
_CODES[getattr(errno, "EDQUOT", errno.ENOSPC)] = "disk-full"


def explain_os_error(error: OSError, path: Path) -> PublishError:
    """Return what `error`, met while working on `path`, means for the person who builds."""
    known = _CODES.get(error.errno or 0)
    if known:
        return PublishError(known, path=path)
    return PublishError("system-error", path=path, reason=error.strerror or type(error).__name__)


@contextmanager
def os_errors_explained(path: Path) -> Iterator[None]:
    """Raise an `OSError` met inside, while working on `path`, as a `PublishError` that explains it."""
    try:
        yield
    except OSError as error:
        raise explain_os_error(error, path) from error
