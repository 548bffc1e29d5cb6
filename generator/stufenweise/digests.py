"""Digests by which files, texts and what they were made with are known again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version


def file_digest(data: bytes) -> str:
    """Return the digest of a file's content."""
    return hashlib.sha256(data).hexdigest()


def key_of(*parts: str) -> str:
    """Return a digest over texts in order."""
    result = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        result.update(f"{len(data)}\0".encode())
        result.update(data)
    return result.hexdigest()


def hashed_name(stem: str, data: bytes, suffix: str) -> str:
    """Return the name of a published file, which changes with what is in it: browsers keep the file."""
    return f"{stem}.{file_digest(data)[:8]}.{suffix}"


def installed_versions(names: Iterable[str]) -> list[str]:
    """Return the versions of distributions, in order; an empty one for what is not installed."""
    return [_version(name) for name in names]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
