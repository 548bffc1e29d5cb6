"""Publish data as a script: a page opened from a folder can load scripts, but not fetch data."""

from __future__ import annotations

import json


def data_script(name: str, value: object) -> bytes:
    """Return a script that adds `value` to the site's global object as `name`."""
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"globalThis.stufenweise = Object.freeze({{ ...globalThis.stufenweise, {name}: {data} }});\n".encode()
