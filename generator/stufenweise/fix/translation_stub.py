"""Begin a translation: headings, ids, minutes, boxes and the mentor's words in place, the rest as comments."""

from __future__ import annotations

import re
from collections import Counter

from stufenweise.load.load_result import LoadResult, TextFile
from stufenweise.source.outline import OutlineHeading, read_outline

_WORD = re.compile(r"\{\{\s*([A-Za-z_]\w*)(?:\.([A-Za-z_]\w*))?\s*\}\}", re.ASCII)
_ATTRIBUTES = re.compile(r"\{#[^{}]*\}")


def translation_stub(loaded: LoadResult, source: TextFile, language: str) -> str:
    """Return the Markdown below the front matter of a new translation.

    Section headings are those of the other translations of that kind. The comments are left out of every page; while
    they stand there, the translation says `pending`.

    Args:
        loaded: What was read of the content folder.
        source: The text to translate.
        language: The language to come.
    """
    known = _headings(loaded, source, language)
    items = {item.line for item in source.text.items}
    parts: list[str] = []
    waiting: list[str] = []

    def close() -> None:
        text = "\n".join(waiting).strip("\n")
        if text.strip():
            text = _with_guidance(text, loaded, source.text.language, language)
            parts.append(f"<!--\n{_for(text, source.text.language, language)}\n-->\n")
        waiting.clear()

    outline = read_outline(source.source_body)
    headings = {source.body_line + one.line: one for one in outline.headings if _has_own_id(one)}
    for number, line in enumerate(outline.lines, source.body_line):
        if heading := headings.get(number):
            close()
            attributes = _ATTRIBUTES.findall(line)[-1]
            title = known.get(heading.id) or _in_language(loaded, source, heading.title, language)
            parts.append(f"{'#' * heading.level} {title} {attributes}\n")
        elif number in items:
            close()
            parts.append(_in_language(loaded, source, line, language))
        elif waiting or line.strip():
            if number - 1 in items:
                parts.append("")
            waiting.append(line)
        elif number - 1 in items:
            parts.append("")
    close()
    return "\n" + "\n".join(parts).rstrip("\n") + "\n"


def _in_language(loaded: LoadResult, source: TextFile, line: str, language: str) -> str:
    """Return a line of a source that stands in its translation until it is translated.

    Words of the vocabulary have other forms in the other language: where it lacks one, the word's base takes its place,
    and the source's own word where it lacks the word. Links lead to the other language's files.
    """
    words = loaded.vocabulary.get(language, {})

    def word(found: re.Match[str]) -> str:
        name, form = found[1], found[2] or "base"
        if form in words.get(name, {}):
            return found[0]
        return f"{{{{ {name} }}}}" if name in words else source.words.get(name, {}).get(form, found[0])

    return _for(_WORD.sub(word, line), source.text.language, language)


def _with_guidance(text: str, loaded: LoadResult, source: str, language: str) -> str:
    """Return lines in which the items for the mentor begin with the words of the other language."""
    for old, new in zip(loaded.guidance_words[source], loaded.guidance_words[language], strict=True):
        text = re.sub(rf"(?m)^([-*+] \*\*){re.escape(old)}:\*\*", rf"\g<1>{new}:**", text)
    return text


def _headings(loaded: LoadResult, source: TextFile, language: str) -> dict[str, str]:
    """Return the words that the other translations have for headings that the texts of a kind share, by their ids."""
    seen: dict[str, Counter[str]] = {}
    own = {step.id for step in source.text.steps}
    for file in loaded.files_of(source.kind, language):
        for one in filter(_has_own_id, read_outline(file.source_body).headings):
            if one.id not in own and one.heading.minutes is None:
                seen.setdefault(one.id, Counter())[one.title] += 1
    return {one: counts.most_common(1)[0][0] for one, counts in seen.items()}


def _has_own_id(one: OutlineHeading) -> bool:
    """Return whether a heading is one of a section, a step or below, and keeps its id in every language."""
    return one.level in {2, 3, 4} and bool(one.id) and not one.fault


def _for(text: str, source: str, language: str) -> str:
    """Return a source's text with links to the other language's files, and nothing that ends a comment."""
    linked = re.sub(rf"(\]\([^)\s]*)\.{re.escape(source)}\.md\b", rf"\1.{language}.md", text)
    return linked.replace("-->", "-- >")
