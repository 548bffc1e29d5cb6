"""Measure a built site."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

LARGEST_FILES = 5
"""How many of the largest files are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSize:
    """Size of a built site."""

    pages: int
    pdfs: int
    megabytes: float
    """With one decimal place."""
    largest: tuple[str, ...]
    """Largest files, each with its size in kilobytes."""


def site_size(site: Path) -> SiteSize | None:
    """Return the size of the built site in a folder; None without one."""
    files = {path: path.stat().st_size for path in site.rglob("*") if path.is_file()} if site.is_dir() else {}
    if not files:
        return None
    largest = sorted(files, key=lambda path: (-files[path], path))[:LARGEST_FILES]
    return SiteSize(
        pages=sum(1 for path in files if path.suffix == ".html"),
        pdfs=sum(1 for path in files if path.suffix == ".pdf"),
        megabytes=round(sum(files.values()) / 1_000_000, 1),
        largest=tuple(f"{path.relative_to(site).as_posix()} {files[path] // 1000} kB" for path in largest),
    )
