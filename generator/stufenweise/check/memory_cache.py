"""A cache for several checks of nearly the same content in one process: what no change touched is checked once."""

from __future__ import annotations

from stufenweise.core.result_cache import ResultCache


class MemoryCache(ResultCache):
    """Keeps results while the process lives; nothing is read from a disk or saved to one."""

    is_enabled = True

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(None, "")
        self._kept: dict[str, object] = {}

    def get(self, key: str) -> object | None:
        """Return the result of a key; None if there is none."""
        return self._kept.get(key)

    def put(self, key: str, result: object) -> None:
        """Set the result of a key."""
        self._kept[key] = result
