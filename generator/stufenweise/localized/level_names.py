"""Name levels in titles of handouts and courses."""

from __future__ import annotations

import re

from stufenweise.i18n.labels import Labels
from stufenweise.model.library import Level


def level_title(level: Level, language: str) -> str:
    """Return the title of a level without its number; authors may align titles by several spaces."""
    return re.sub(" +", " ", level.text(language).title)


def level_name(labels: Labels, level: Level, language: str) -> str:
    """Return number and title of a level, such as "Level 2: Share"."""
    return f"{labels('level_n', n=level.facts.level)}{labels('colon')} {level_title(level, language)}"
