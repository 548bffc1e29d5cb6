"""Find the words of the vocabulary that a company has left as the package has them."""

from __future__ import annotations

from collections.abc import Mapping

from stufenweise.model.kinds import VOCABULARY_FILE
from stufenweise.model.paths import ContentPath, ShownPath
from stufenweise.model.settings import Settings
from stufenweise.source.yaml.yaml_positions import read_yaml


def default_words(
    own: Mapping[ContentPath, bytes], base: Mapping[ContentPath, bytes] | None, settings: Settings
) -> list[str]:
    """Return the vocabulary words that the company has not replaced, each with the languages in which it has not.

    Args:
        own: The company's files by path.
        base: The files of the package's content; None if the company does not build on it.
        settings: The project's settings, which can replace words, too.
    """
    default = _words(own if base is None else base)
    replaced = {(language, name) for language, words in settings.vocabulary.items() for name in words}
    replaced |= set() if base is None else _words(own)
    languages = [code for code in settings.languages if any(code == language for language, _ in default)]
    missing = {name: [code for code in languages if (code, name) in default - replaced] for _, name in default}
    return [
        name if lacking == languages else f"{name} ({', '.join(lacking)})"
        for name, lacking in sorted(missing.items())
        if lacking
    ]


def _words(files: Mapping[ContentPath, bytes]) -> set[tuple[str, str]]:
    """Return language and name of each word of a vocabulary."""
    value = read_yaml(files.get(VOCABULARY_FILE, b"").decode("utf-8-sig", "replace"), ShownPath(VOCABULARY_FILE)).value
    entries = value.items() if isinstance(value, dict) else ()
    return {(str(language), str(name)) for name, words in entries if isinstance(words, dict) for language in words}
