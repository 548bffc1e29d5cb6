"""Words by which texts are parsed: the beginnings of a step's guidance, and default titles of boxes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from stufenweise.i18n.labels import Labels, label_languages, labels_or_fallback

GuidanceWords = tuple[str, str, str]
"""A language's words for do, ask and watch, with which items of guidance begin."""

PARTS = ("do", "ask", "watch")


def guidance_words(languages: Iterable[str], labels: Mapping[str, Labels]) -> dict[str, GuidanceWords]:
    """Return the words for do, ask and watch by language.

    Texts use the package's words; a project's own labels count only for languages that the package lacks.
    """
    packaged = label_languages()
    result: dict[str, GuidanceWords] = {}
    for language in languages:
        own = None if language in packaged else labels.get(language)
        language_labels = own or labels_or_fallback(language)
        do, ask, watch = (language_labels.member("guidance", part) for part in PARTS)
        result[language] = do, ask, watch
    return result


def admonition_titles(languages: Iterable[str], labels: Mapping[str, Labels]) -> dict[str, Mapping[str, str]]:
    """Return the default titles of boxes, by language and kind; a project's own labels count."""
    return {language: (labels.get(language) or labels_or_fallback(language)).group("boxes") for language in languages}
