"""A case: a small change to the library in `tests/library`. test_cases.py lists its keys."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from stufenweise.model.paths import ContentPath

TESTS = Path(__file__).parent
CASES = sorted((TESTS / "cases").glob("*/*.yml"))


def changes(case: Mapping[str, Any], before: Mapping[ContentPath, bytes]) -> dict[ContentPath, bytes | None]:
    """Return the changes of a case to the files `before`: new bytes by path, None for a removed file."""
    after: dict[ContentPath, bytes | None] = {
        path: before[original] for path, original in case.get("copies", {}).items()
    }
    after |= {path: text if text is None else text.encode() for path, text in case.get("files", {}).items()}
    after |= {path: base64.b64decode(data, validate=True) for path, data in case.get("bytes", {}).items()}

    def now(path: ContentPath) -> bytes:
        data = after[path] if path in after else before[path]
        assert data is not None, path
        return data

    for path, find, replace, *rest in case.get("edits", ()):
        times = rest[0] if rest else 1
        data = now(path)
        assert data.count(find.encode()) == 1, f"{find!r} stands {data.count(find.encode())} times in {path}"
        after[path] = data.replace(find.encode(), replace.encode() * times)
    for path, size in case.get("pad", {}).items():
        assert len(now(path)) < size
        after[path] = now(path).ljust(size, b"\n")
    return after


def apply(case: Mapping[str, Any], content: Path) -> None:
    """Change the library in the folder `content` as the case says."""
    files = (path for path in content.rglob("*") if path.is_file())
    before = {ContentPath(path.relative_to(content).as_posix()): path.read_bytes() for path in files}
    for path, data in changes(case, before).items():
        if data is None:
            (content / path).unlink()
        else:
            (content / path).parent.mkdir(parents=True, exist_ok=True)
            (content / path).write_bytes(data)
