"""Example values of each key, for messages, editors and the reference."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import cast

from stufenweise.core.package_files import load_resource


def example_value(model: str, key: str) -> object:
    """Return an example value for a key of a model; None if there is none."""
    return _examples().get(model, {}).get(key, _examples()["Facts"].get(key))


def as_yaml_value(value: object) -> str:
    """Return an example as YAML; an ellipsis for a map or no value."""
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(as_yaml_value, value))}]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False) if {":", "#"} & set(value) else value
    if value is None or isinstance(value, Mapping):
        return "…"
    return str(value).lower() if isinstance(value, bool) else str(value)


@lru_cache
def _examples() -> Mapping[str, Mapping[str, object]]:
    return cast("Mapping[str, Mapping[str, object]]", load_resource("stufenweise.model", "example_values.yml"))
