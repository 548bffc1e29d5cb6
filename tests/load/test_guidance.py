"""The guidance for the mentor in a step, and how it is separated from the text for all."""

from __future__ import annotations

import pytest
from stufenweise.load.label_words import guidance_words
from stufenweise.load.mentor_guidance import split_guidance
from stufenweise.source.markdown.outline import read_outline

WORDS = ("Do", "Ask", "Watch")
THREE = '- **Do:** Sit back.\n- **Ask:** "Where?"\n- **Watch:** They find it.'


def split(text: str) -> tuple[str, tuple[str, str, str] | None]:
    outline = read_outline(text)
    rest, told = split_guidance(outline.lines, outline.kinds, 10, WORDS)
    return "\n".join(rest).strip("\n"), (told.do, told.ask, told.watch) if told else None


@pytest.mark.parametrize(
    ("text", "rest", "told"),
    [
        (f"Look.\n\n{THREE}", "Look.", ("Sit back.", '"Where?"', "They find it.")),
        (f"- one\n- two\n\n{THREE}", "- one\n- two", ("Sit back.", '"Where?"', "They find it.")),
        (f"Look.\n\n{THREE}\n\nMore.", "Look.\n\n\n\n\n\nMore.", ("Sit back.", '"Where?"', "They find it.")),
        ("Look.\n\n- **Ask:** “Where?”", "Look.", ("", "“Where?”", "")),
        ("- **Do:** Sit\n  back.\n- **Ask:** Where?", "", ("Sit\nback.", "Where?", "")),
        ("- **Do**: Sit back.", "", ("Sit back.", "", "")),
        ("- **Tell:** Sit back.\n- **Do** it", "- **Tell:** Sit back.\n- **Do** it", None),
        ("```\n- **Do:** code\n```", "```\n- **Do:** code\n```", None),
    ],
)
def test_guidance_is_taken_out(text: str, rest: str, told: tuple[str, str, str] | None) -> None:
    assert split(text) == (rest, told)


def test_words_are_those_of_the_language() -> None:
    words = guidance_words(("de", "en", "xx"), {})
    assert words == {"de": ("Tun", "Fragen", "Achten"), "en": WORDS, "xx": WORDS}
