"""Default titles of admonitions that came from other programs, by language and kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from stufenweise.i18n.labels import Labels, label_languages, package_labels


def admonition_titles(languages: Iterable[str], labels: Mapping[str, Labels]) -> dict[str, Mapping[str, str]]:
    """Return the titles of boxes without title, by language and kind; a project's own labels count."""
    known = label_languages()
    result: dict[str, Mapping[str, str]] = {}
    for language in languages:
        own = labels.get(language) or package_labels(language if language in known else "en")
        result[language] = own.group("boxes")
    return result
