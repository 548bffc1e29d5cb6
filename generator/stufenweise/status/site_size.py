"""Measure a built site."""

from __future__ import annotations

from pathlib import Path

LARGEST_FILES = 5
"""How many of the largest files are named."""


def site_size(site: Path) -> dict[str, object]:
    """Return numbers of pages and PDFs, size and largest files of the built site; empty without one."""
    files = {path: path.stat().st_size for path in site.rglob("*") if path.is_file()} if site.is_dir() else {}
    if not files:
        return {}
    heaviest = sorted(files, key=lambda path: (-files[path], path))[:LARGEST_FILES]
    return {
        "pages": sum(1 for path in files if path.suffix == ".html"),
        "pdf": sum(1 for path in files if path.suffix == ".pdf"),
        "MB": round(sum(files.values()) / 1_000_000, 1),
        "heaviest": [f"{path.relative_to(site).as_posix()} {files[path] // 1000} kB" for path in heaviest],
    }
