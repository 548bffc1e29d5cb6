"""Report vocabulary words that would show single braces or a doubled article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stufenweise.check.misreadings.misreading import Misreading
from stufenweise.check.misreadings.written_text import WrittenText
from stufenweise.source.markdown.literal_lines import code_blanked

_SINGLE = re.compile(r"\{(?<![{$\\#]\{)[ \t]*(?P<word>[a-z_]+)(?:\.(?P<form>[a-z_]+))?[ \t]*\}(?!\})")
_AFTER_WORD = re.compile(r"(?<!\w)(?P<before>\w+)[ \t]+\{\{[ \t]*(?P<word>[a-z_]+)(?:\.(?P<form>[a-z_]+))?[ \t]*\}\}")
_ARTICLES = {
    "de": frozenset(["der", "die", "das", "dem", "den", "des", "ein", "eine", "einem", "einen", "einer", "eines"]),
    "en": frozenset(["the", "a", "an"]),
}
_CONTRACTED = {
    "im": "in", "am": "an", "zum": "zu", "zur": "zu", "vom": "von", "beim": "bei", "ins": "in", "ans": "an",
}  # fmt: skip
"""Prepositions contracted with an article, each with the preposition alone."""


def vocabulary_misreadings(text: WrittenText) -> Iterator[Misreading]:
    """Yield words in single braces, and articles before a form that brings its own."""
    words = text.file.words
    articles = _ARTICLES.get(text.language, frozenset())
    contracted = _CONTRACTED if text.language == "de" else {}
    for index, line in text.written:
        if "{" not in line:
            continue
        bare = code_blanked(line)
        for match in _SINGLE.finditer(bare):
            forms = words.get(match["word"], {})
            if (match["form"] or "base") in forms:
                form = f".{match['form']}" if match["form"] else ""
                right = f"{{{{ {match['word']}{form} }}}}"
                replacement = line[: match.start()] + right + line[match.end() :]
                yield text.misreading(
                    index, "word-braces", (replacement,), column=match.start() + 1, text=match[0], right=right
                )
        for match in _AFTER_WORD.finditer(bare) if "{{" in bare else ():
            shown = words.get(match["word"], {}).get(match["form"] or "base", "")
            before = match["before"]
            if shown.partition(" ")[0].casefold() not in articles:
                continue
            if before.casefold() not in articles | contracted.keys():
                continue
            start = match.start("before")
            kept = contracted.get(before.casefold(), "")
            kept = f"{kept.capitalize() if before[:1].isupper() else kept} " if kept else ""
            right = kept + match[0][len(before) :].lstrip()
            replacement = line[:start] + right + line[match.end() :]
            yield text.misreading(
                index, "word-article", (replacement,), column=start + 1, text=f"{before} {shown}", right=right
            )
