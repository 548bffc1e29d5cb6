"""Errors that end a command.

An error carries a code and values. The catalogue has the words; they are put in where the person's language is known:
in the command line and in MkDocs's plugin.
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


class StufenweiseError(Exception):
    """Something that ends a command and that a person has to be told."""

    def __init__(self, code: str, /, **values: object) -> None:
        """Keep what happened; see `failure`."""
        self.failure = failure(code, **values)
        super().__init__(self.failure)

    def __str__(self) -> str:
        """Return code and values in one line, for developers; people get the catalogue's words."""
        return ", ".join((self.failure.code, *(f"{name}={value}" for name, value in self.failure.values.items())))


class MachineError(StufenweiseError):
    """The machine could not do something; the words stand in `failures.yml`."""


class InputRefusedError(StufenweiseError):
    """A file that a person handed in can't be used; the words stand in `commands.yml`."""


class WorkspaceBusyError(MachineError):
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


def explain_os_error(error: OSError, path: Path) -> MachineError:
    """Return what `error`, met while working on `path`, means for the person who builds."""
    known = _CODES.get(error.errno or 0)
    if known:
        return MachineError(known, path=path)
    return MachineError("system-error", path=path, reason=error.strerror or type(error).__name__)


@contextmanager
def os_errors_explained(path: Path) -> Iterator[None]:
    """Raise an `OSError` met inside, while working on `path`, as a `MachineError` that explains it."""
    try:
        yield
    except OSError as error:
        raise explain_os_error(error, path) from error
