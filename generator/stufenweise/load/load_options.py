"""What a project's settings say about loading its content folder."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from stufenweise.i18n.labels import Labels
from stufenweise.load.vocabulary import VocabularyForms
from stufenweise.model.problem import Place
from stufenweise.overlay.visibility import Visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadOptions:
    """How a content folder is loaded; the defaults are those of content without a project."""

    content_path: str = "content"
    """How people write the folder's path, used in problems."""
    vocabulary: Mapping[str, VocabularyForms] = field(default_factory=dict)
    """The company's own words in its settings, by language; they take the place of the folder's."""
    word_places: Mapping[tuple[str, str], Place] = field(default_factory=dict)
    """Where the settings have these words, by language and word."""
    visibility: Visibility = field(default_factory=Visibility)
    """What the company hides."""
    labels: Mapping[str, Labels] = field(default_factory=dict)
    """Labels by language; for a language that the package lacks, they say what begins the mentor's words."""
    paused: Collection[str] | None = None
    """Codes of languages that the site could have and does not list: what is written in them is left out.
    If it is None, those that the package has labels for."""
