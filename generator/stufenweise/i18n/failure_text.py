"""Messages for failures of the machine, such as a site that can't be published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from stufenweise.errors import Failure
from stufenweise.i18n.catalogue import catalogue, catalogue_languages
from stufenweise.model.problem import visible


def failure_catalogue(language: str) -> Mapping[str, Mapping[str, str]]:
    """Return `what` and `remedy` of each failure by code, in `language` or else in English."""
    known = language if language in catalogue_languages("failures") else "en"
    return cast("Mapping[str, Mapping[str, str]]", catalogue(known, "failures"))


def failure_text(failure: Failure, language: str) -> str:
    """Return in one line what happened and what to do about it."""
    entry = failure_catalogue(language)[failure.code]
    values = {name: visible(value) for name, value in failure.values.items()}
    return " ".join(part.format_map(values) for part in (entry["what"], entry["remedy"]))
