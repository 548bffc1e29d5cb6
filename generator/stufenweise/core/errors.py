"""Errors that end a command.

An error carries a code and values. The words are in the catalogue. Whoever knows the person's language looks them up:
the command line and MkDocs's plugin.
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
    """Key of its message in the catalogue."""
    values: Mapping[str, str]
    """Values for the placeholders of the message."""


def failure(code: str, /, **values: object) -> Failure:
    """Return the failure `code`; `values` fill the placeholders of its message."""
    return Failure(code, {name: str(value) for name, value in values.items()})


class StufenweiseError(Exception):
    """An error that ends a command with a message."""

    def __init__(self, code: str, /, **values: object) -> None:
        """Create the error from a code and values, see `failure`."""
        self.failure = failure(code, **values)
        super().__init__(self.failure)

    def __str__(self) -> str:
        """Return code and values in one line, for developers; people get the catalogue's words."""
        return ", ".join((self.failure.code, *(f"{name}={value}" for name, value in self.failure.values.items())))


class MachineError(StufenweiseError):
    """The machine could not do something. Messages are in `failures.yml`."""


class InputRefusedError(StufenweiseError):
    """A file that a person named can't be used. Messages are in `commands.yml`."""


class WorkFolderBusyError(MachineError):
    """Another build holds the work folder."""

    def __init__(self, work: Path, process: str, since: str) -> None:
        """Create the error from the process that holds `work`: its id, and its start as local time."""
        super().__init__("work-folder-busy", work=work, process=process, since=since)
        self.process = process
        """Id of the process."""


_BUILD_CODES = {
    errno.ENOSPC: "disk-full",
    errno.EFBIG: "file-too-large",
    errno.EROFS: "read-only",
    errno.EACCES: "permission-denied",
    errno.EPERM: "not-permitted",
    errno.EBUSY: "in-use",
    errno.ENAMETOOLONG: "path-too-long",
}
_BUILD_CODES[getattr(errno, "EDQUOT", errno.ENOSPC)] = "disk-full"


def explain_os_error(error: OSError, path: Path | str, code: str | None = None) -> MachineError:
    """Explain an `OSError`.

    Args:
        error: The error.
        path: What was read or written, as people write it.
        code: Code of the message, which has the values `path` and `reason`; if left out, that of a build that could not
            write there.
    """
    code = code or _BUILD_CODES.get(error.errno or 0, "system-error")
    return MachineError(code, path=path, reason=error.strerror or type(error).__name__)


@contextmanager
def os_errors_explained(path: Path | str, code: str | None = None) -> Iterator[None]:
    """Turn an `OSError` inside the block into a `MachineError`, see `explain_os_error`."""
    try:
        yield
    except OSError as error:
        raise explain_os_error(error, path, code) from error
