"""A cache of results of pure functions, for this run and for the next one with the same inputs and the same code.

A key is a digest over the inputs; the file holds one over our code (`program_digest`), and with other code, or in
another folder, the cache is empty. `save` drops results that the run did not ask for. A file that can't be read or
written counts as an empty cache.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from stufenweise.core.digests import digest_of, program_versions
from stufenweise.core.errors import MachineError
from stufenweise.core.safe_folders import SafeFolder

if TYPE_CHECKING:
    from pydantic import TypeAdapter

R = TypeVar("R")

CACHE_FOLDER = "cache"
"""Name of the folder in the work folder."""
CACHE_SUFFIX = ".lines"
"""Ending of a cache's file: a line about our code, and then a line for each result, with a tab behind its key."""
MOST_IN_MEMORY = 50_000
"""Most results without a file: a server that runs for days sees many versions of a text, each with some results."""
CODE = frozenset({".py", ".yml", ".j2"})
"""Endings of our own files that can change a result."""


class ResultCache:
    """Results by key: in memory, and in a file if there is a work folder.

    The type of a result (frozen dataclasses, texts, numbers, collections of these) says how it is written to the file
    and read from it: every field of a dataclass is kept.
    """

    def __init__(self, work: SafeFolder | None = None, name: str = "", *, is_enabled: bool = True) -> None:
        """Read what the last run saved.

        Args:
            work: The work folder; without one the results are kept only as long as this object.
            name: Name of the cache's file, without its ending.
            is_enabled: Whether it keeps anything; if not, callers can skip computing keys.
        """
        self.is_enabled = is_enabled
        self._folder, self._file = work.at(CACHE_FOLDER) if work else None, f"{name}{CACHE_SUFFIX}"
        self._saved: dict[str, bytes] = self._read()
        """Lines as the last run wrote them, by key: one that is used again is not written anew."""
        self._results: dict[str, object] = {}
        """Results that this run used or set."""
        self._new: dict[str, type[object]] = {}
        """Types of those that it set."""

    def get(self, key: str, form: type[R]) -> R | None:
        """Return the result of a key, which is of this type; None if there is none."""
        result = self._results.get(key)
        if result is None and (line := self._saved.get(key)):
            with suppress(ValueError):
                written = line[line.index(b"\t") + 1 :]
                result = self._results[key] = _adapter(cast("Hashable", form)).validate_json(written)
        return cast("R | None", result)  # Not looked up again: another thread may clear all of them meanwhile

    def put(self, key: str, result: R, form: type[R]) -> None:
        """Set the result of a key, which is of this type."""
        if self.is_enabled:
            if self._folder is None and len(self._results) >= MOST_IN_MEMORY:
                self._results.clear()
                self._new.clear()
            self._results[key] = result
            self._new[key] = form

    def get_or_compute(self, key: str, compute: Callable[[], R], form: type[R]) -> R:
        """Return the result of a key, or what `compute` returns, which is then set."""
        result = self.get(key, form)
        if result is None:
            result = compute()
            self.put(key, result, form)
        return result

    def save(self) -> None:
        """Save the results that this run used or set, if there is a work folder: commands that only read make none."""
        if self._folder is None or not self._folder.base.is_dir():
            return
        with suppress(OSError, MachineError, ValueError):
            written = {key: self._line(key) for key in self._results}
            if written != self._saved:
                self._folder.write(self._file, b"\n".join([self._head(self._folder), *written.values()]))

    def _line(self, key: str) -> bytes:
        """Return the line of a result in the file."""
        if key not in self._new:
            return self._saved[key]
        result = _adapter(cast("Hashable", self._new[key])).dump_json(self._results[key], exclude_defaults=True)
        return b"%b\t%b" % (key.encode(), result)

    def _read(self) -> dict[str, bytes]:
        """Return the results of the last run, if it had the same code, by key."""
        if self._folder is None:
            return {}
        try:
            head, *lines = self._folder.read(self._file).split(b"\n")
            if head != self._head(self._folder):
                return {}
            return {line[: line.index(b"\t")].decode(): line for line in lines}
        except (OSError, MachineError, ValueError):
            return {}

    @staticmethod
    def _head(folder: SafeFolder) -> bytes:
        """Return the first line of a file: our code, and the number of the work folder on this machine.

        A repository that carries a forged cache can't know that number.
        """
        return f"{program_digest()} {folder.base.stat().st_ino}".encode()


NO_CACHE = ResultCache(is_enabled=False)
"""A cache that is always empty, for callers that want none."""


@lru_cache
def _adapter(form: Hashable) -> TypeAdapter[Any]:
    """Return what writes and reads values of a type; it takes a while to make."""
    from pydantic import TypeAdapter  # Slow to import

    return TypeAdapter(cast("type[object]", form))


@lru_cache(maxsize=1)
def program_digest() -> str:
    """Return a digest over our own code and words, and over the versions of the programs behind it."""
    package = Path(__file__).parent.parent
    code = {path.relative_to(package).as_posix(): path for path in sorted(package.rglob("*")) if path.suffix in CODE}
    return digest_of(program_versions(), *(part for name, path in code.items() for part in (name, path.read_bytes())))
