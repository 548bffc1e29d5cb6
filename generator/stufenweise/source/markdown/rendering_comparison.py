"""Split a text into words with their enclosing elements, once by CommonMark and once by Python-Markdown.

Editors follow CommonMark with GitHub's tables and strikethrough (here markdown-it); the site uses Python-Markdown. The
two differ where only one puts a word into a list, a table, a quote, code, a link or emphasis, or where one drops it.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_MARKS = frozenset({"em", "strong", "del", "ul", "ol", "li", "blockquote", "pre", "code", "th", "td"})
_UNSEEN = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "summary"})
_NAMES = {"s": "del"}
_INLINE = frozenset({"em", "strong", "del", "code", "a", "kbd", "sub", "sup", "small", "mark", "ins", "wbr", "span"})
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadWord:
    """A word and its enclosing elements; it equals the same word in the same elements anywhere else."""

    text: str
    inside: tuple[str, ...]
    line: int = field(compare=False, default=0)
    """First line, from 0, of the block with the word; 0 in the site's rendering."""
    end: int = field(compare=False, default=0)
    """The line after that block."""


@dataclass(kw_only=True)
class _Words:
    """Collects words from pieces of text, which may be in different elements."""

    words: list[ReadWord] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    span: tuple[int, int] = (0, 0)
    _text: str = ""
    _inside: list[tuple[str, ...]] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Add a piece of text in the open elements."""
        inside = tuple(self.open)
        for piece in re.findall(r"\s+|\S+", text):
            if piece.isspace():
                self.close()
            else:
                self._text += piece
                if inside not in self._inside:
                    self._inside.append(inside)

    def close(self) -> None:
        """End the current word."""
        if self._text:
            line, end = self.span
            inside = tuple("/".join(_in_order(names)) for names in self._inside)
            self.words.append(ReadWord(text=self._text, inside=inside, line=line, end=end))
        self._text, self._inside = "", []


def _in_order(names: tuple[str, ...]) -> list[str]:
    """Put `strong` before `em`, since their nesting is invisible."""
    result = list(names)
    for at in range(len(result) - 1):
        if result[at : at + 2] == ["em", "strong"]:
            result[at : at + 2] = ["strong", "em"]
    return result


class _Editors(threading.local):
    """The parser of each thread: it completes itself at its first text."""

    @cached_property
    def own(self) -> MarkdownIt:
        """The parser of the thread that asks."""
        from markdown_it import MarkdownIt  # Almost no text needs it

        editor = MarkdownIt("commonmark").enable(["table", "strikethrough"])
        editor.normalizeLinkText = str  # type: ignore[method-assign,assignment]  # An address is shown as it is written
        return editor


_EDITORS = _Editors()


def editor_words(text: str) -> list[ReadWord]:
    """Return the words of a text as rendered by an editor."""
    words = _Words()
    for token in _EDITORS.own.parse(text):
        if token.map and token.type in {"inline", "fence", "code_block", "html_block"}:
            words.span = (token.map[0], token.map[1])
        if token.type == "inline":
            _inline(words, token.children or [])
            words.close()
        elif token.type in {"fence", "code_block"}:
            words.open.append("pre")
            words.add(token.content)
            words.close()
            words.open.pop()
        elif token.type == "html_block":
            words.add(re.sub(r"<[^<>]*>", " ", token.content))
            words.close()
        elif token.nesting > 0 and token.tag in _MARKS:
            words.open.append(token.tag)
        elif token.nesting < 0 and token.tag in _MARKS:
            words.open.pop()
    return words.words


def _inline(words: _Words, tokens: Sequence[Token]) -> None:
    for token in tokens:
        tag = _NAMES.get(token.tag, token.tag)
        if token.type == "text":
            words.add(token.content)
        elif token.type == "code_inline":
            words.open.append("code")
            words.add(token.content)
            words.open.pop()
        elif token.type in {"softbreak", "hardbreak"}:
            words.close()
        elif token.type == "image":
            words.add(f" {token.content} ")
        elif token.type == "html_inline":
            _tag(words, token.content)
        elif token.type == "link_open":
            words.open.append("a")
        elif token.type == "link_close":
            words.open.pop()
        elif token.nesting > 0 and tag in _MARKS:
            words.open.append(tag)
        elif token.nesting < 0 and tag in _MARKS:
            words.open.pop()


def _tag(words: _Words, text: str) -> None:
    """Apply an element written as HTML: `br` ends a word, `del` encloses the words in it."""
    tag = _TAG.match(text)
    name = tag["name"].lower() if tag else ""
    if name == "br":
        words.close()
    elif tag and name == "del" and not tag["end"]:
        words.open.append(name)
    elif name == "del" and words.open[-1:] == [name]:
        words.open.pop()


class _SiteWords(HTMLParser):
    """Collects words from the HTML that Python-Markdown writes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words = _Words()
        self._all: list[tuple[str, bool]] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self.words.close()
        values = dict(attrs)
        if tag == "img":
            self.words.add(f" {values.get('alt') or ''} ")
        if tag in {"img", "br", "hr", "wbr"}:
            return
        is_unseen = tag in _UNSEEN or values.get("class") == "admonition-title"
        self._unseen += is_unseen
        self._all.append((tag, is_unseen))
        name = "" if tag == "code" and "pre" in self.words.open else tag
        if name in _MARKS or name == "a":
            self.words.open.append(name)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self.words.close()
        while self._all:
            name, is_unseen = self._all.pop()
            self._unseen -= is_unseen
            if self.words.open and self.words.open[-1] == name:
                self.words.open.pop()
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.words.add(data)


def site_words(html: str) -> list[ReadWord]:
    """Return the words of rendered Markdown."""
    reader = _SiteWords()
    reader.feed(html)
    reader.close()
    reader.words.close()
    return reader.words.words
