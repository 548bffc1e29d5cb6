"""Make the stub of a translation: headings, ids, minutes, boxes and guidance in place, the rest as comments."""

from __future__ import annotations

import re
from collections import Counter

from stufenweise.load.load_result import LoadResult
from stufenweise.load.text_file import TextFile
from stufenweise.source.markdown.outline import OutlineHeading, read_outline

_WORD = re.compile(r"\{\{\s*([A-Za-z_]\w*)(?:\.([A-Za-z_]\w*))?\s*\}\}", re.ASCII)
_ATTRIBUTES = re.compile(r"\{#[^{}]*\}")


def translation_stub(loaded: LoadResult, source: TextFile, language: str) -> str:
    """Return the Markdown below the front matter of a new translation.

    Section headings are those of other translations of the kind. Comments never appear on a page; while there are any,
    the translation is `pending`.

    Args:
        loaded: The loaded content folder.
        source: The text to translate.
        language: The language of the translation.
    """
    translated_titles = _headings(loaded, source, language)
    items = {item.line for item in source.text.items}
    parts: list[str] = []
    waiting: list[str] = []

    def close() -> None:
        text = "\n".join(waiting).strip("\n")
        if text.strip():
            text = _with_guidance(text, loaded, source.language, language)
            parts.append(f"<!--\n{_for(text, source.language, language)}\n-->\n")
        waiting.clear()

    outline = read_outline(source.source_body)
    headings = {source.body_line + heading.line: heading for heading in outline.headings if _has_own_id(heading)}
    for number, line in enumerate(outline.lines, source.body_line):
        if heading := headings.get(number):
            close()
            attributes = _ATTRIBUTES.findall(line)[-1]
            title = translated_titles.get(heading.id) or _in_language(loaded, source, heading.title, language)
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
    """Adapt a line of the source for the translation: vocabulary words and links.

    A missing form is replaced by the base form, a missing word by the source's text. Links point to files in the other
    language.
    """
    words = loaded.data.vocabulary.get(language, {})

    def word(match: re.Match[str]) -> str:
        name, form = match[1], match[2] or "base"
        if form in words.get(name, {}):
            return match[0]
        return f"{{{{ {name} }}}}" if name in words else source.words.get(name, {}).get(form, match[0])

    return _for(_WORD.sub(word, line), source.language, language)


def _with_guidance(text: str, loaded: LoadResult, source_language: str, language: str) -> str:
    """Replace the words for do, ask and watch by those of the other language."""
    for old, new in zip(loaded.guidance_words[source_language], loaded.guidance_words[language], strict=True):
        text = re.sub(rf"(?m)^([-*+] \*\*){re.escape(old)}:\*\*", rf"\g<1>{new}:**", text)
    return text


def _headings(loaded: LoadResult, source: TextFile, language: str) -> dict[str, str]:
    """Return the most common translation of each heading in texts of the kind, by id."""
    titles: dict[str, Counter[str]] = {}
    step_ids = {step.id for step in source.text.steps}
    for file in loaded.files_of(source.kind, language):
        for heading in filter(_has_own_id, read_outline(file.source_body).headings):
            if heading.id not in step_ids and heading.heading.minutes is None:
                titles.setdefault(heading.id, Counter())[heading.title] += 1
    return {heading_id: counts.most_common(1)[0][0] for heading_id, counts in titles.items()}


def _has_own_id(heading: OutlineHeading) -> bool:
    """Return whether a heading is of a section, a step or a part of one, whose ids are the same in all languages."""
    return heading.level in {2, 3, 4} and bool(heading.id) and not heading.fault


def _for(text: str, source_language: str, language: str) -> str:
    """Point links to the other language's files, and mask ends of comments."""
    linked = re.sub(rf"(\]\([^)\s]*)\.{re.escape(source_language)}\.md\b", rf"\1.{language}.md", text)
    return linked.replace("-->", "-- >")
