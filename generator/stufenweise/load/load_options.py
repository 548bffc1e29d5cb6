"""Options for loading a content folder, from a project's settings."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from stufenweise.i18n.labels import Labels
from stufenweise.load.vocabulary import VocabularyForms
from stufenweise.model.paths import ShownPath
from stufenweise.model.problem import Place
from stufenweise.overlay.visibility import Visibility
from stufenweise.source.files.content_files import CONTENT


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadOptions:
    """Options for loading a content folder; the defaults are for content without a project."""

    shown_content: ShownPath = CONTENT
    """The folder's path as shown in problems."""
    vocabulary: Mapping[str, VocabularyForms] = field(default_factory=dict)
    """The company's words in its settings, by language; they override the folder's."""
    word_places: Mapping[tuple[str, str], Place] = field(default_factory=dict)
    """Places of these words in the settings, by language and word."""
    visibility: Visibility = field(default_factory=Visibility)
    """Content that the company hides."""
    labels: Mapping[str, Labels] = field(default_factory=dict)
    """Labels by language; they give the words of mentor guidance for languages that the package lacks."""
    paused: Collection[str] | None = None
    """Codes of languages that the site does not list: texts in them are ignored. None means all languages for which the
    package has labels."""
