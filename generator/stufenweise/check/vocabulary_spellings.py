"""Report vocabulary words that would show single braces or a doubled article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stufenweise.check.spelling import Spelling, WrittenText
from stufenweise.model.problem import QUOTED_TEXT
from stufenweise.source.literal_lines import code_blanked

_SINGLE = re.compile(r"(?<![{$\\#])\{[ \t]*(?P<word>[a-z_]+)(?:\.(?P<form>[a-z_]+))?[ \t]*\}(?!\})")
_AFTER_WORD = re.compile(r"(?<!\w)(?P<before>\w+)[ \t]+\{\{[ \t]*(?P<word>[a-z_]+)(?:\.(?P<form>[a-z_]+))?[ \t]*\}\}")
_ARTICLES = {
    "de": frozenset(["der", "die", "das", "dem", "den", "des", "ein", "eine", "einem", "einen", "einer", "eines"]),
    "en": frozenset(["the", "a", "an"]),
}
_CONTRACTED = {
    "im": "in", "am": "an", "zum": "zu", "zur": "zu", "vom": "von", "beim": "bei", "ins": "in", "ans": "an",
}  # fmt: skip
"""Prepositions contracted with an article, each with the preposition alone."""


def vocabulary_spellings(text: WrittenText) -> Iterator[Spelling]:
    """Yield words in single braces, and articles before a form that brings its own."""
    words = text.file.words
    articles = _ARTICLES.get(text.file.text.language, frozenset())
    contracted = _CONTRACTED if text.file.text.language == "de" else {}
    for index, line in enumerate(text.lines):
        if text.literal[index] or "{" not in line:
            continue
        bare = code_blanked(line)
        for found in _SINGLE.finditer(bare):
            forms = words.get(found["word"], {})
            if (found["form"] or "base") in forms:
                form = f".{found['form']}" if found["form"] else ""
                named = f"{{{{ {found['word']}{form} }}}}"
                right = line[: found.start()] + named + line[found.end() :]
                values = {"text": found[0], "right": named}
                yield Spelling(line=index, code="word-braces", values=values, column=found.start() + 1, right=(right,))
        for found in _AFTER_WORD.finditer(bare):
            shown = words.get(found["word"], {}).get(found["form"] or "base", "")
            before = found["before"]
            if shown.partition(" ")[0].casefold() not in articles:
                continue
            if before.casefold() not in articles | contracted.keys():
                continue
            start = found.start("before")
            kept = contracted.get(before.casefold(), "")
            kept = f"{kept.capitalize() if before[:1].isupper() else kept} " if kept else ""
            behind = found[0][len(before) :].lstrip()
            right = line[:start] + kept + behind + line[found.end() :]
            values = {"text": f"{before} {shown}"[:QUOTED_TEXT], "right": f"{kept}{behind}"}
            yield Spelling(line=index, code="word-article", values=values, column=start + 1, right=(right,))
