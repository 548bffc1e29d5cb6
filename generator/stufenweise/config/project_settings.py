"""Parse our own settings, the options of the plugin `stufenweise`, with positions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from stufenweise.config.mkdocs_keys import OURS, lists_to_tuples
from stufenweise.i18n.labels import Labels, addressing, label_languages, package_labels
from stufenweise.model.problem import Place, Problem, new_problem
from stufenweise.model.settings import Settings
from stufenweise.overlay.visibility import Visibility
from stufenweise.source.files.text_paths import TextPath
from stufenweise.source.suggest import suggest, unknown_language_problem
from stufenweise.source.yaml.validation import ValidatedFacts, validate_facts
from stufenweise.source.yaml.yaml_positions import Value, YamlDocument, YamlPath

_SETTINGS = TypeAdapter(Settings)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectSettings:
    """The valid settings of a project."""

    value: Settings
    problems: tuple[Problem, ...]
    unread: frozenset[str]
    """Names of the settings that could not be read."""
    path: YamlPath
    """Path of the options in the configuration."""

    def visibility(self, positions: YamlDocument) -> Visibility:
        """Return the visibility settings, with their places."""
        hide, path = self.value.hide, self.path
        return Visibility(
            hidden_levels={
                level: positions.place((*path, "hide", "levels", index)) for index, level in enumerate(hide.levels)
            },
            hidden_tutorials={
                slug: positions.place((*path, "hide", "tutorials", index)) for index, slug in enumerate(hide.tutorials)
            },
            shown_programmes={
                slug: positions.place((*path, "programmes", index)) for index, slug in enumerate(self.value.programmes)
            },
            hidden_goals={
                code: positions.place((*path, "hide", "goals", index)) for index, code in enumerate(hide.goals)
            },
        )

    def word_places(self, positions: YamlDocument) -> dict[tuple[str, str], Place]:
        """Return the places of the company's own words, by language and word."""
        return {
            (language, word): positions.place((*self.path, "vocabulary", language, word), key=True)
            for language, words in self.value.vocabulary.items()
            for word in words
        }


def read_settings(options: object, positions: YamlDocument, own_labels: Collection[str]) -> ProjectSettings:
    """Return the valid settings, and the problems of the others.

    Args:
        options: The options of our plugin; None without any.
        positions: Positions in the configuration.
        own_labels: Codes of the languages that the project has labels of its own for.
    """
    path = _options_path(positions)

    def read(value: Value) -> ValidatedFacts[Settings]:
        return validate_facts(_SETTINGS, positions, value, path)

    plain_options = lists_to_tuples(options or {})
    result = read(plain_options)
    if result.value:
        return ProjectSettings(
            value=result.value,
            problems=(*_language_problems(result.value, positions, path, own_labels),),
            unread=frozenset(),
            path=path,
        )
    if not isinstance(plain_options, dict):
        return ProjectSettings(
            value=Settings(), problems=result.problems, unread=frozenset(Settings.model_fields), path=path
        )
    known_options = {key: value for key, value in plain_options.items() if key in Settings.model_fields}
    unread = frozenset(str(key) for key, value in known_options.items() if not read({key: value}).value)
    usable = read({key: value for key, value in known_options.items() if key not in unread})
    settings = usable.value or Settings()
    language_problems = [] if "languages" in unread else _language_problems(settings, positions, path, own_labels)
    return ProjectSettings(value=settings, problems=(*result.problems, *language_problems), unread=unread, path=path)


def site_labels(languages: Sequence[str], own: Mapping[str, Labels], form_of_address: str) -> dict[str, Labels]:
    """Return the labels of the site's languages; `read_settings` reports languages without labels."""
    package = label_languages()
    return {
        code: addressing(own.get(code) or package_labels(code), form_of_address)
        for code in languages
        if code in own or code in package
    }


def known_languages(own_labels: Collection[str]) -> frozenset[str]:
    """Return the codes of the possible languages of a site: those with labels."""
    return frozenset({*own_labels, *label_languages()})


def first_language_problem(settings: ProjectSettings, package: Path, positions: YamlDocument) -> Problem | None:
    """Return the problem if the package has no facts in the first language, otherwise None.

    Args:
        settings: The settings.
        package: Folder of the package's content.
        positions: Positions in the configuration.
    """
    texts: dict[str, set[str]] = {}
    for file in package.rglob("*.*.md"):
        if text := TextPath.parse(file.name):
            texts.setdefault(text.language, set()).add(text.slug)
    known = sorted(language for language, slugs in texts.items() if len(slugs) == max(map(len, texts.values())))
    first = settings.value.languages[0]
    place = positions.place((*settings.path, "languages", 0))
    return None if first in known else new_problem(place, "language-first", language=first, known=", ".join(known))


def _options_path(positions: YamlDocument) -> YamlPath:
    """Return the path of our options in the configuration."""
    for path in positions.keys:
        if path[0] == "plugins" and path[-1] == OURS:
            return path
    return ()


def _language_problems(
    settings: Settings, positions: YamlDocument, path: YamlPath, own_labels: Collection[str]
) -> list[Problem]:
    """Return a problem for each language without labels, and for each vocabulary in a language that the site lacks."""
    known = sorted(known_languages(own_labels))
    without_labels = [
        new_problem(
            positions.place((*path, "languages", index)),
            "language-without-labels",
            language=language,
            known=", ".join(known),
            nearest=suggest(language, known),
        )
        for index, language in enumerate(settings.languages)
        if language not in known
    ]
    unused = [
        unknown_language_problem(
            positions.place((*path, "vocabulary", language), key=True), language, settings.languages
        )
        for language in settings.vocabulary
        if language not in settings.languages and language not in known
    ]
    return without_labels + unused
