"""A case: a small change to the library in `tests/library`. What its keys are is said in test_cases.py."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parent
CASES = sorted((TESTS / "cases").glob("*/*.yml"))


def apply(case: Mapping[str, Any], content: Path) -> None:
    """Change the library in `content` as the case says."""
    for path, original in case.get("copies", {}).items():
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(content / original, content / path)
    whole = {path: text if text is None else text.encode() for path, text in case.get("files", {}).items()}
    whole |= {path: base64.b64decode(data, validate=True) for path, data in case.get("bytes", {}).items()}
    for path, data in whole.items():
        if data is None:
            (content / path).unlink()
        else:
            (content / path).parent.mkdir(parents=True, exist_ok=True)
            (content / path).write_bytes(data)
    for path, find, replace, *rest in case.get("edits", ()):
        times = rest[0] if rest else 1
        before = (content / path).read_bytes()
        assert before.count(find.encode()) == 1, f"{find!r} stands {before.count(find.encode())} times in {path}"
        (content / path).write_bytes(before.replace(find.encode(), replace.encode() * times))
    for path, size in case.get("pad", {}).items():
        data = (content / path).read_bytes()
        assert len(data) < size
        (content / path).write_bytes(data.ljust(size, b"\n"))
