"""Make the text of a new content file: front matter, headings, and steps whose minutes add up."""

from __future__ import annotations

import yaml

from stufenweise.core.text_templates import render_text_template
from stufenweise.i18n.catalogue import FALLBACK_LANGUAGE, language_folder
from stufenweise.model.hour_table import SHORT_HOUR, USUAL_HOUR, hour_frames


def starting_text(name: str, language: str, **values: object) -> str:
    """Fill the template `name` in `language`, or in English if the language has none."""
    file = language_folder(language, "templates", f"{name}.j2")
    if not file.is_file():
        file = language_folder(FALLBACK_LANGUAGE, "templates", f"{name}.j2")
    return render_text_template(file.read_text(encoding="utf-8"), values)


def facts_as_yaml(**facts: object) -> str:
    """Return facts as front matter, lists on one line."""
    lines = []
    for key, value in facts.items():
        flow = None if isinstance(value, list) else False
        lines.append(yaml.safe_dump({key: value}, allow_unicode=True, width=1000, default_flow_style=flow))
    return "".join(lines).rstrip("\n")


def split_minutes(minutes: int) -> tuple[str, str, str]:
    """Return the attributes of three steps that add up to `minutes`, with the minutes of the 30-minute way.

    A tutorial that is too long for one meeting gets a second one, and no 30-minute way.
    """
    frames = hour_frames()
    if minutes > frames[USUAL_HOUR].steps.maximum:
        first, second = minutes // 6, minutes // 2 - minutes // 6
        return f"minutes={first}", f"minutes={second}", f"minutes={minutes - first - second} part=2"
    first = last = max(1, minutes // 5)
    middle = minutes - first - last
    available = frames[SHORT_HOUR].steps.maximum
    if minutes <= available:
        return f"minutes={first} short={first}", f"minutes={middle} short={middle}", f"minutes={last} short={last}"
    short = min(middle, available - first)
    return f"minutes={first} short={first}", f"minutes={middle} short={short}", f"minutes={last}"
