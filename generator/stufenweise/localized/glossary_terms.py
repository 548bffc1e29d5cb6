"""Link the first mention of each glossary term on a page to the glossary, with its definition."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from stufenweise.localized.escaping import as_attribute
from stufenweise.model.data_facts import TermText
from stufenweise.model.library import Term
from stufenweise.model.page_paths import term_anchor
from stufenweise.source.markdown.outline import read_outline

_HEADLINE = re.compile(r"[ \t]*(?:\#{1,6}|!!!|\?\?\?)")
_MARKUP = re.compile(
    r"(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)"
    r"|!?\[(?:[^\[\]]|\[[^\[\]]*\])*\](?:\([^()\n]*\)|\[[^\]\n]*\])?"
    r"|<[^<>\n]*>|\{[^{}\n]*\}|https?://[^\s<>]+|[\w.+-]+@[\w.-]+"
)


_BETWEEN = re.sub("[-'_]", "", string.punctuation) + "„“”‚‘–—…»«›‹"
_WORD = re.compile(rf"[^\s{re.escape(_BETWEEN)}]+")
"""Hyphens, apostrophes and underscores are parts of words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermForm:
    """One way to write a term."""

    written: str
    """In lower case, words with one space between them."""
    first: str
    """Its first word."""
    key: str
    """The first word without the characters around it. Pages that lack the word are not searched for the form."""
    term: str
    lang: str
    """Language of the form, where it differs from the text's."""

    @property
    def pattern(self) -> re.Pattern[str]:
        """Matches the form as whole words, also across a line end, but not as a part of a compound."""
        return _pattern(self.written)


@dataclass(frozen=True)
class Glossary:
    """The terms of one language, with the forms that are searched for in running text."""

    texts: Mapping[str, TermText]
    forms: Sequence[TermForm]
    """The longest form first."""


def compile_glossary(terms: Sequence[Term], language: str, source: str) -> Glossary:
    """Return the terms in `language`; a term without words in it is explained in the source language."""
    texts: dict[str, TermText] = {}
    forms: list[TermForm] = []
    for term in terms:
        text = term.texts.get(language) or term.texts[source]
        texts[term.id] = text
        if language in term.texts:
            forms += (_form(written, term.id, text) for written in (text.term, *text.forms))
    return Glossary(texts, sorted(forms, key=lambda form: (-len(form.written), form.written)))


def _form(written: str, term: str, text: TermText) -> TermForm:
    words = written.lower().split()
    lang = text.lang if written.startswith(text.term) else ""
    return TermForm(
        written=" ".join(words),
        first=words[0],
        key=next(iter(_words(words[0])), ""),
        term=term,
        lang=lang,
    )


@lru_cache(maxsize=1024)
def _pattern(written: str) -> re.Pattern[str]:
    """Return the pattern of a form. Compiled on demand, because most forms occur on no page."""
    between = r"(?:[ \t]+|[ \t]*\n[ \t]*)".join(map(re.escape, written.split()))
    return re.compile(rf"(?<![\w’'-]){between}(?!\w|[’'-]\w)")


def _words(lower: str) -> list[str]:
    """Return the words of a text in lower case, without the characters around them."""
    return [word.strip("-’'") for word in _WORD.findall(lower)]


def mark_terms(markdown: str, terms: Glossary, address: str) -> str:
    """Link the first mention of each term on a page to the glossary at `address`.

    Headings, code, links, addresses and anything that looks like markup are left unchanged.
    """
    lower = _lower(markdown)
    occurring = set(_words(lower)) - {""}
    taken = read_outline(markdown).code_spans() if "```" in markdown or "~~~" in markdown else []
    mentions: dict[str, tuple[int, int, str]] = {}
    for form in terms.forms:
        for start, end in _mentions(form, lower) if form.key in occurring else ():
            if any(start < last and first < end for first, last in taken) or _is_markup(markdown, start, end):
                continue
            if form.term not in mentions or start < mentions[form.term][0]:
                mentions[form.term] = start, end, form.lang
            taken.append((start, end))
            break
    pieces: list[str] = []
    done = 0
    for term, (start, end, lang) in sorted(mentions.items(), key=lambda entry: entry[1]):
        text = terms.texts[term]
        attributes = f'data-term="{as_attribute(text.term)}" title="{as_attribute(text.text)}"'
        tag = f'<a class="term" href="{address}#{term_anchor(term)}" {attributes}>'
        # Only around the words: the explanation is in the page's language.
        words = f'<span lang="{lang}">{markdown[start:end]}</span>' if lang else markdown[start:end]
        pieces += (markdown[done:start], tag, words, "</a>")
        done = end
    return "".join((*pieces, markdown[done:]))


def _is_markup(markdown: str, start: int, end: int) -> bool:
    """Return whether a position is in a heading, code, a link or an address, not in running text."""
    first = markdown.rfind("\n", 0, start) + 1
    last = markdown.find("\n", end)
    line = markdown[first : last if last >= 0 else len(markdown)]
    if _HEADLINE.match(line):
        return True
    if not any(character in line for character in "`[<{@:"):
        return False
    start, end = start - first, end - first
    return any(start < match.end() and match.start() < end for match in _MARKUP.finditer(line))


def _mentions(form: TermForm, lower: str) -> Iterator[tuple[int, int]]:
    """Yield the occurrences of a form. A plain search comes first, since most forms do not occur on a page."""
    start = lower.find(form.first)
    if start < 0:
        return
    pattern = form.pattern
    while start >= 0:
        if match := pattern.match(lower, start):
            yield match.span()
        start = lower.find(form.first, start + 1)


def _lower(text: str) -> str:
    """Return `text` in lower case, each character in its place."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(char.lower()[:1] for char in text)
