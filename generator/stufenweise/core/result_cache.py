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

from stufenweise.core.digests import key_of, program_versions
from stufenweise.core.errors import MachineError
from stufenweise.core.safe_folders import SafeFolder

R = TypeVar("R")

CACHE_FOLDER = "cache"
"""Name of the folder in the work folder."""
CODE = frozenset({".py", ".yml", ".j2"})
"""Endings of our own files that can change a result."""


class ResultCache:
    """Results by key, each of them plain JSON."""

    def __init__(self, work: SafeFolder | None, name: str, *, trusted: bool = True) -> None:
        """Read what the last run saved.

        Args:
            work: The work folder; without one the cache stays empty and saves nothing.
            name: Name of the cache's file, without its ending.
            trusted: Whether saved results may be used; otherwise new ones are only saved for the next run.
        """
        self._folder, self._file = work.at(CACHE_FOLDER) if work else None, f"{name}.json"
        self._saved: dict[str, object] = self._read() if trusted else {}
        self._used: dict[str, object] = {}
        self._is_new = not self._saved

    @property
    def is_enabled(self) -> bool:
        """Whether this cache stores anything; if not, callers can skip computing keys."""
        return self._folder is not None

    def get(self, key: str) -> object | None:
        """Return the saved result of a key; None if there is none."""
        result = self._saved.get(key)
        if result is not None:
            self._used[key] = result
        return result

    def put(self, key: str, result: object) -> None:
        """Set the result of a key."""
        if self._folder is not None:
            self._used[key] = result
            self._is_new = self._is_new or self._saved.get(key) != result

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
            with suppress(ValueError, TypeError):
                return from_data(saved)
        result = compute()
        self.put(key, to_data(result))
        return result

    def save(self) -> None:
        """Save the results that this run used or set, if there is a work folder: commands that only read make none."""
        if self._folder is None or not self._folder.path.is_dir():
            return
        if not self._is_new and len(self._used) == len(self._saved):
            return
        with suppress(OSError, MachineError):
            data = {"program": program_digest(), "folder": _folder_mark(self._folder), "results": self._used}
            self._folder.write(self._file, json.dumps(data, ensure_ascii=False).encode())

    def _read(self) -> dict[str, object]:
        if self._folder is None:
            return {}
        match self._folder.read_json(self._file):
            case {"program": program, "folder": folder, "results": dict(results)}:
                is_own = program == program_digest() and folder == _folder_mark(self._folder)
                return results if is_own else {}
            case _:
                return {}


def _folder_mark(folder: SafeFolder) -> int:
    """Return the inode of the work folder: a forged cache in a repository can't know it."""
    return folder.path.stat().st_ino


NO_CACHE = ResultCache(None, "")
"""A cache that is always empty, for callers without a work folder."""


@lru_cache(maxsize=1)
def program_digest() -> str:
    """Return a digest over our own code and words, and over the versions of the programs behind it."""
    package = Path(__file__).parent.parent
    code = {path.relative_to(package).as_posix(): path for path in sorted(package.rglob("*")) if path.suffix in CODE}
    return key_of(program_versions(), *(part for name, path in code.items() for part in (name, path.read_bytes())))
