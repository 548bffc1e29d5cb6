"""What functions returned before for the same, kept in the work folder from one run to the next.

Only for functions whose result follows from what they are given and from our own code. A key is a digest over what
they are given; the file holds one over the code (`program_digest`), and with other code nothing is known. What a run
does not ask for is forgotten when it keeps the rest. A file that can not be read or written is none.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from stufenweise.digests import installed_versions
from stufenweise.errors import PublishError
from stufenweise.safe_folders import SafeFolder

R = TypeVar("R")

KEPT = "kept"
"""Name of the folder in the work folder."""
SHOWN_PROGRAMS = ("babel", "jinja2", "markupsafe", "pydantic", "snowballstemmer")
"""Distributions whose version can show in a result."""
CODE = frozenset({".py", ".yml", ".j2"})
"""Endings of our own files that can show in a result."""


class KeptResults:
    """Results by key, each of them plain JSON."""

    def __init__(self, work: SafeFolder | None, name: str, *, trusted: bool = True) -> None:
        """Read what is known.

        Args:
            work: The work folder; without one nothing is known and nothing kept.
            name: Of the file.
            trusted: Whether what is known may be used; otherwise it is only kept for the next run.
        """
        self._folder, self._file = work.at(KEPT) if work else None, f"{name}.json"
        self._known: dict[str, object] = self._read() if trusted else {}
        self._asked: dict[str, object] = {}
        self._is_new = not self._known

    @property
    def is_kept(self) -> bool:
        """Whether there is a place to keep anything; without one no key is needed."""
        return self._folder is not None

    def known(self, key: str) -> object | None:
        """Return the result that a key had; None if it is not known."""
        found = self._known.get(key)
        if found is not None:
            self._asked[key] = found
        return found

    def note(self, key: str, result: object) -> None:
        """Note the result of a key."""
        if self._folder is not None:
            self._asked[key] = result
            self._is_new = self._is_new or self._known.get(key) != result

    def known_or_made(
        self, key: str, make: Callable[[], R], *, to_data: Callable[[R], object], from_data: Callable[[Any], R]
    ) -> R:
        """Return the result of a key: the known one, otherwise what `make` returns, which is noted.

        Args:
            key: The key.
            make: Makes the result.
            to_data: Returns a result as plain JSON.
            from_data: Returns the result of what `to_data` returned; what it can't read is made anew.
        """
        found = self.known(key)
        if found is not None:
            with suppress(ValueError, TypeError):
                return from_data(found)
        result = make()
        self.note(key, to_data(result))
        return result

    def keep(self) -> None:
        """Keep what was asked for and noted in this run, in a work folder that is there: what only reads makes none."""
        if self._folder is None or not self._folder.path.is_dir():
            return
        if not self._is_new and len(self._asked) == len(self._known):
            return
        data = json.dumps({"program": program_digest(), "results": self._asked}, ensure_ascii=False)
        with suppress(OSError, PublishError):
            self._folder.write(self._file, data.encode())

    def _read(self) -> dict[str, object]:
        if self._folder is None:
            return {}
        try:
            found = json.loads(self._folder.read(self._file))
            return dict(found["results"]) if found["program"] == program_digest() else {}
        except (OSError, PublishError, ValueError, KeyError, TypeError):
            return {}


NOTHING_KEPT = KeptResults(None, "")
"""For those who have no work folder."""


@lru_cache(maxsize=1)
def program_digest() -> str:
    """Return a digest over our own code and words, and over the programs that show in results."""
    package = Path(__file__).parent
    result = hashlib.sha256(repr([platform.python_version(), installed_versions(SHOWN_PROGRAMS)]).encode())
    for path in sorted(package.rglob("*")):
        if path.suffix in CODE:
            result.update(f"\0{path.relative_to(package).as_posix()}\0".encode())
            result.update(path.read_bytes())
    return result.hexdigest()
