"""Recognise addresses on somebody's own disk or file share, and write them as paths of their system."""

from __future__ import annotations

import re
from urllib.parse import unquote

_ON_DISK = re.compile(r"file:|[a-z]:|[/\\\\]{2}", re.IGNORECASE)
_DRIVE = re.compile(r"[A-Za-z]:")


def is_on_disk(target: str) -> bool:
    """Return whether an address names a file on a disk or share."""
    return bool(_ON_DISK.match(target))


def disk_path(target: str) -> str:
    """Return an address as a path of Windows, or of Unix if it is one."""
    path = target.lstrip("<")
    if path.lower().startswith("file:"):
        slashes, path = re.match(r"(/*)(.*)", unquote(path[5:]), re.DOTALL).groups()  # type: ignore[union-attr]
        if len(slashes) == 3 and not _DRIVE.match(path):
            return f"/{path}"
        path = path if _DRIVE.match(path) else f"//{path}"
    path = path.replace("/", "\\")
    return path if _DRIVE.match(path) else "\\\\" + path.lstrip("\\")
