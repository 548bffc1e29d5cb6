"""A cache on disk: results of pure functions, reused in the next run while their inputs and our code are the same.

A key is a digest over the inputs; the file holds one over our code (`program_digest`), and with other code, or in
another folder, the cache is empty. `save` drops results that the run did not ask for. A file that can't be read or
written counts as an empty cache.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from stufenweise.core.digests import digest_of, program_versions
from stufenweise.core.errors import MachineError
from stufenweise.core.safe_folders import SafeFolder

R = TypeVar("R")

CACHE_FOLDER = "cache"
"""Name of the folder in the work folder."""
CACHE_SUFFIX = ".lines"
"""Ending of a cache's file: a line about our code, and then a line for each result, with a tab behind its key."""
CODE = frozenset({".py", ".yml", ".j2"})
"""Endings of our own files that can change a result."""


class ResultCache:
    """Results by key, each of them plain JSON."""

    def __init__(self, work: SafeFolder | None, name: str) -> None:
        """Read what the last run saved.

        Args:
            work: The work folder; without one the cache stays empty and saves nothing.
            name: Name of the cache's file, without its ending.
        """
        self._folder, self._file = work.at(CACHE_FOLDER) if work else None, f"{name}{CACHE_SUFFIX}"
        self._saved: dict[str, str] = self._read()
        """Results as the last run wrote them: one that is used again is not written anew."""
        self._used: dict[str, str] = {}
        self._results: dict[str, object] = {}
        """Decoded results: each is parsed only once."""
        self._is_new = not self._saved

    @property
    def is_enabled(self) -> bool:
        """Whether this cache stores anything; if not, callers can skip computing keys."""
        return self._folder is not None

    def get(self, key: str) -> object | None:
        """Return the saved result of a key; None if there is none."""
        if key not in self._results:
            written = self._used.get(key, self._saved.get(key))
            if written is None:
                return None
            try:
                self._results[key] = json.loads(written)
            except ValueError:
                return None
            self._used[key] = written
        return self._results[key]

    def put(self, key: str, result: object) -> None:
        """Set the result of a key; without a work folder nothing is kept."""
        if self._folder is not None:
            self._results.pop(key, None)
            self._used[key] = json.dumps(result, ensure_ascii=False)
            self._is_new = self._is_new or self._saved.get(key) != self._used[key]

    def get_or_compute(
        self, key: str, compute: Callable[[], R], *, to_data: Callable[[R], object], from_data: Callable[[Any], R]
    ) -> R:
        """Return the saved result of a key, or what `compute` returns, which is then set.

        Args:
            key: The key.
            compute: Returns the result.
            to_data: Returns a result as plain JSON.
            from_data: Turns plain JSON back into a result; if it fails, the result is computed anew.
        """
        saved = self.get(key)
        if saved is not None:
            with suppress(ValueError, TypeError, LookupError, AttributeError):
                return from_data(saved)
        result = compute()
        self.put(key, to_data(result))
        return result

    def save(self) -> None:
        """Save the results that this run used or set, if there is a work folder: commands that only read make none."""
        if self._folder is None or not self._folder.base.is_dir():
            return
        if not self._is_new and len(self._used) == len(self._saved):
            return
        with suppress(OSError, MachineError):
            lines = (f"{key}\t{result}" for key, result in self._used.items())
            self._folder.write(self._file, "\n".join([self._head(self._folder), *lines]).encode())

    def _read(self) -> dict[str, str]:
        """Return the results of the last run, if it had the same code, by key."""
        if self._folder is None:
            return {}
        try:
            head, *lines = self._folder.read(self._file).decode().split("\n")
            is_own = head == self._head(self._folder)
        except (OSError, MachineError, ValueError):
            return {}
        parted = (line.partition("\t") for line in lines if is_own)
        return {key: result for key, _, result in parted}

    @staticmethod
    def _head(folder: SafeFolder) -> str:
        """Return the first line of a file: our code, and the number of the work folder on this machine.

        A repository that carries a forged cache can't know that number.
        """
        return f"{program_digest()} {folder.base.stat().st_ino}"


NO_CACHE = ResultCache(None, "")
"""A cache that is always empty, for callers without a work folder."""


@lru_cache(maxsize=1)
def program_digest() -> str:
    """Return a digest over our own code and words, and over the versions of the programs behind it."""
    package = Path(__file__).parent.parent
    code = {path.relative_to(package).as_posix(): path for path in sorted(package.rglob("*")) if path.suffix in CODE}
    return digest_of(program_versions(), *(part for name, path in code.items() for part in (name, path.read_bytes())))
