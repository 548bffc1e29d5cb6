r"""Fill vocabulary words into a text: `{{ network }}` and `{{ network.dative }}`, nothing else of Jinja.

Jinja parses each expression; only a name and one attribute of it are allowed. So no text can call, loop or compute:
time and output are limited without a timer.

Braces in code stay unchanged, and `\{{ name }}` in a sentence is shown as `{{ name }}`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from stufenweise.model.kinds import VOCABULARY_FILE
from stufenweise.model.paths import ContentPath, ShownPath
from stufenweise.model.problem import QUOTED_TEXT, Place, Problem, new_problem
from stufenweise.source.files.decoding import place_at
from stufenweise.source.markdown.literal_lines import code_blanked, literal_lines
from stufenweise.source.markdown.outline import read_outline
from stufenweise.source.suggest import suggest

VocabularyForms = Mapping[str, Mapping[str, str]]
"""The vocabulary in one language: word -> form -> text; the form `base` always exists."""


@dataclass(frozen=True, slots=True)
class CompanyWord:
    """A word for which a company has its own forms."""

    place: Place
    forms: Mapping[str, str]
    default: Mapping[str, str]
    """The package's forms; empty if the package has no such word."""


@dataclass(frozen=True, slots=True)
class FilledText:
    """A text with vocabulary words filled in."""

    text: str
    problems: Sequence[Problem] = ()
    """Problems of expressions that are no such words; these stay as they were written."""


MAX_GROWTH = 64 * 1024
"""Most characters that words may add to one text."""

MAX_GUESSED_WORDS = 20
"""Most misspelt words of a text for which a similar one is searched."""

_EXPRESSION = re.compile(r"\{\{(?<!\\\{\{)(.{0,200}?)\}\}|\{\{(?<!\\\{\{)|\}\}|\{%.*%\}|\{%")
"""Each alternative begins with a brace, which Python finds fast."""
_PLAIN = re.compile(r"\s*([A-Za-z_]\w*)(?:\.([A-Za-z_]\w*))?\s*", re.ASCII)
"""The usual form of an expression. It is a name unless it is a word of Jinja's own, so Jinja need not parse it."""
_OWN_WORDS = frozenset(["true", "false", "none", "True", "False", "None", "not", "and", "or", "in", "is", "if", "else"])


def _expressions(text: str) -> Iterator[re.Match[str]]:
    """Yield everything in double braces, or apparently meant as such, outside of code."""
    bare = _without_code(text) if "`" in text or "~~~" in text or "\n    " in text or "\n\t" in text else text
    shown = 0
    """End of the last escaped expression."""
    for match in _EXPRESSION.finditer(bare):
        if (
            match[0] == "}}"
            and (start := bare.rfind("\\{{", shown, match.start())) >= 0
            and "\n" not in bare[start : match.end()]
        ):
            shown = match.end()
            continue
        yield match


def _without_code(text: str) -> str:
    """Return a text of the same length with blanks in place of code."""
    outline = read_outline(text)
    rows = zip(outline.lines, literal_lines(outline), strict=True)
    return "\n".join(" " * len(line) if is_literal else code_blanked(line) for line, is_literal in rows)


@lru_cache(maxsize=1024)
def _word(expression: str) -> tuple[str, str] | None:
    """Return word and form of an expression, or None if it is anything else."""
    if (plain := _PLAIN.fullmatch(expression)) and plain[1] not in _OWN_WORDS:
        return plain[1], plain[2] or "base"
    return _read_by_jinja(expression)


def _read_by_jinja(expression: str) -> tuple[str, str] | None:
    """Return word and form of an expression, parsed by Jinja (imported late: it is slow to start)."""
    from jinja2 import TemplateSyntaxError, nodes
    from jinja2.sandbox import SandboxedEnvironment

    try:
        body = SandboxedEnvironment(autoescape=False).parse("{{" + expression + "}}").body
    except (TemplateSyntaxError, RecursionError):
        return None
    if len(body) != 1 or not isinstance(body[0], nodes.Output) or len(body[0].nodes) != 1:
        return None
    node = body[0].nodes[0]
    if isinstance(node, nodes.Name):
        return node.name, "base"
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        return node.node.name, node.attr
    return None


def fill_vocabulary(text: str, words: VocabularyForms, file: ShownPath, first_line: int = 1) -> FilledText:
    """Return `text` with vocabulary words filled in, and a problem for each other expression.

    Args:
        text: Markdown or one line of front matter.
        words: The vocabulary in the text's language.
        file: Path for positions, as people write it.
        first_line: Line of the file at which `text` starts, from 1.
    """
    if "{{" not in text and "{%" not in text and "}}" not in text:
        return FilledText(text)
    problems: list[Problem] = []
    pieces: list[str] = []
    growth = 0
    end = 0
    for match in _expressions(text):
        where = place_at(file, text, match.start(), first_line)
        named = _word(match[1]) if match[1] is not None else None
        if named is None:
            if missing := {"{{": "}}", "}}": "{{"}.get(match[0]):
                problems.append(new_problem(where, "word-open", missing=missing))
            else:
                problems.append(new_problem(where, "word-expression", text=" ".join(match[0].split())[:QUOTED_TEXT]))
            continue
        word, form = named
        forms = words.get(word)
        if forms is None:
            suggestion = suggest(word, words) if len(problems) < MAX_GUESSED_WORDS else ""
            problems.append(new_problem(where, "unknown-word", word=word, nearest=suggestion))
            continue
        if form not in forms:
            suggestion = suggest(form, forms)
            problems.append(
                new_problem(where, "unknown-form", word=word, form=form, nearest=suggestion, forms=", ".join(forms))
            )
            continue
        growth += len(forms[form])
        if growth > MAX_GROWTH:
            problems.append(new_problem(where, "words-too-long", limit=MAX_GROWTH))
            return FilledText(text, problems)
        pieces += (text[end : match.start()], forms[form])
        end = match.end()
    return FilledText("".join((*pieces, text[end:])), problems)


def usable_word_problems(unreadable: Container[ContentPath], unknown: Iterable[Problem]) -> list[Problem]:
    """Return problems of unknown words and forms, unless the vocabulary is among the unreadable data files."""
    if VOCABULARY_FILE in unreadable:
        return [problem for problem in unknown if problem.code not in {"unknown-word", "unknown-form"}]
    return [*unknown]


def vocabulary_words_in(text: str) -> set[tuple[str, str]]:
    """Return the words that a text uses, each with its form."""
    named = (_word(match[1]) for match in _expressions(text) if match[1] is not None) if "{{" in text else ()
    return {word for word in named if word}


def source_column(line: str, words: VocabularyForms, column: int) -> int:
    """Map a column of a line with words filled in to the column of the line as written.

    Args:
        line: The line as written.
        words: The vocabulary in the text's language.
        column: Column in the line with words filled in, from 1.
    """
    longer = 0
    for match in _EXPRESSION.finditer(code_blanked(line)):
        named = _word(match[1]) if match[1] is not None else None
        filled = words.get(named[0], {}).get(named[1]) if named else None
        if filled is None:
            continue
        start = match.start() + longer
        if column - 1 < start:
            break
        if column - 1 < start + len(filled):
            return match.start() + 1
        longer += len(filled) - len(match[0])
    return column - longer
