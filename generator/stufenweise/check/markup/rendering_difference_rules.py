"""Report words that the site renders differently than CommonMark editors do.

This catches what no other rule knows. The site's own markup (admonitions, fields, vocabulary, definition lists, the
checklist) is unknown to editors; it is left out of both renderings.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from stufenweise.check.check_run import CheckRun
from stufenweise.load.text_file import TextFile
from stufenweise.model.problem import QUOTED_TEXT, Place, Problem, new_problem
from stufenweise.source.markdown.callouts import boxes_from_callouts
from stufenweise.source.markdown.dialect import caption_marked
from stufenweise.source.markdown.footnotes import small_print
from stufenweise.source.markdown.inline_dialect import keep_inner_stars, link_addresses
from stufenweise.source.markdown.literal_lines import literal_lines, outside_code
from stufenweise.source.markdown.markdown_rendering import UnreadableMarkdownError, markdown_to_html
from stufenweise.source.markdown.outline import LineKind, Outline, read_outline
from stufenweise.source.markdown.rendering_comparison import ReadWord, editor_words, site_words

_PLAIN_LINE = re.compile(
    r"(?:#{2,4} [^\n]*|(?:(?:[-*]|\d{1,3}\.) (?! )|> )?(?:\[ \] )?"
    r"(?:[^\W\d_]|[„“”‚‘’\"'(»«§–…+]|\d+(?![.)\d])|(?=[|{_`\[*]))"
    r"(?:[^*_`\\<>&\[\]~|\n]|\*\*(?=\S)[^*\n]*(?<=\S)\*\*(?!\w)|(?<![\w*])\*(?=[^\s*])[^*\n]*(?<=\S)\*(?![\w*])"
    r"|\[[^\[\]`*_\n]*\]\([^()\s<>]*\)|(?<!`)`[^`\n]+`(?!`)|\||\{\{[^{}\n]*\}\}|_{3,})*)"
)
_ITEM = re.compile(r"(?:[-*]|\d{1,3}\.) ")
_BOX = re.compile(r"(?P<indent>[ ]*)(?:!!!|\?\?\?\+?) .*")
_LINES = re.compile(r"[ \t]*_{3,}[ \t]*")
_UNREAD_CODES = frozenset(
    {"fence-open", "link-definition", "nested-too-deep", "raw-html", "unclosed-html", "html-comment"}
)
"""Problems that make the two renderings differ anyway; texts with one of them are not compared."""
_MAX_DIFFERENCES = 5
"""Most differences that are reported for one text."""


def rendering_problems(run: CheckRun, file: TextFile, reported: Sequence[Problem]) -> Iterator[Problem]:
    """Yield lines that the site and an editor render differently, unless a problem that is `reported` explains it."""
    reported_lines = _reported_lines(reported)
    if file.is_stub or reported_lines is None or _is_plain(file.source_body):
        return
    body = read_outline(file.body)
    lines = file.body.split("\n")
    source = _without_site_dialect(file.source_filled(), run.loaded.admonition_titles[file.language])
    try:
        site = site_words(markdown_to_html(_bare(body, lines, in_boxes=False)))
    except UnreadableMarkdownError:
        return
    editor = editor_words(_bare(read_outline(source), source.split("\n"), in_boxes=True))
    if editor == site:
        return
    yield from _differences(file, editor, site, reported_lines)


def rendering_inputs(file: TextFile, reported: Sequence[Problem]) -> tuple[str, ...]:
    """Return all that `rendering_problems` reads, for its cache key."""
    lines = _reported_lines(reported)
    return repr(lines and sorted(lines)), file.fingerprint


def _reported_lines(reported: Iterable[Problem]) -> AbstractSet[int] | None:
    """Return the lines of a text with a problem that may explain a difference.

    None if the text has one of `_UNREAD_CODES`. An invisible character does not explain a difference.
    """
    lines: set[int] = set()
    for problem in reported:
        if problem.code in _UNREAD_CODES:
            return None
        if problem.code != "invisible-character":
            lines |= {problem.place.line, *problem.covered_lines}
    return lines


def _is_plain(text: str) -> bool:
    """Return whether a text uses only Markdown that all programs render alike."""
    above = ""
    for line in text.split("\n"):
        if line:
            if not _PLAIN_LINE.fullmatch(line):
                return False
            if above and not above.startswith("#") and _kind(line) != _kind(above):
                return False
        above = line
    return True


def _kind(line: str) -> str:
    """Return the kind of block that a plain line belongs to: a list, a quote, a table or a paragraph."""
    if _ITEM.match(line):
        return "list"
    return ">" if line[0] == ">" else "|" if "|" in line else ""


def _without_site_dialect(text: str, titles: Mapping[str, str]) -> str:
    """Return a text with callouts as boxes and footnotes in small print: editors show both in ways of their own."""
    outline = read_outline(text)
    hidden = [outline.is_hidden(index) for index in range(len(outline.lines))]
    lines = boxes_from_callouts(outline.lines, hidden, titles)
    literal = literal_lines(read_outline("\n".join(lines)))
    lines = small_print(lines, literal)
    lines = [caption_marked(lines, index, line) for index, line in enumerate(lines)]
    rows = zip(lines, literal, strict=True)
    return "\n".join(line if is_literal else outside_code(line, _as_meant) for line, is_literal in rows)


def _as_meant(text: str) -> str:
    """Rewrite markup that editors render differently than its author meant: stars inside words, bare URLs."""
    return keep_inner_stars(link_addresses(text))


def _bare(outline: Outline, lines: list[str], *, in_boxes: bool) -> str:
    """Blank the site's own markup; with `in_boxes`, the text of boxes is unindented as well."""
    result = list(lines)
    checklist = next((section for section in outline.sections if section.heading.id == "checklist"), None)
    box_indents: list[int] = []
    for index, line in enumerate(lines):
        if checklist and checklist.heading.line < index < checklist.end:
            result[index] = ""
            continue
        kind = outline.kinds[index]
        if kind in {LineKind.HEADING, LineKind.COMMENT}:
            result[index] = ""
            box_indents.clear()
            continue
        if line.strip():
            width = len(line) - len(line.lstrip(" "))
            while box_indents and width < box_indents[-1] + 4:
                box_indents.pop()
            if in_boxes and (box := _BOX.fullmatch(line)) and not outline.is_hidden(index):
                result[index] = ""
                box_indents.append(len(box["indent"]))
                continue
            if in_boxes and box_indents:
                line = result[index] = line[4 * len(box_indents) :]
        if outline.is_hidden(index):
            continue
        if _LINES.fullmatch(line):
            result[index] = ""
        elif "___" in line:
            result[index] = re.sub(r"_{3,}", "…", line)
        if re.match(r":[ \t]", line):
            _blank_definition(result, lines, index)
    return "\n".join(result)


def _blank_definition(result: list[str], lines: list[str], index: int) -> None:
    """Blank a definition and its term."""
    start = index
    while start > 0 and lines[start - 1].strip():
        start -= 1
    end = index + 1
    while end < len(lines) and (lines[end].strip() == "" or lines[end].startswith((" ", "\t", ":"))):
        end += 1
    result[start:end] = [""] * (end - start)


def _differences(
    file: TextFile, editor: list[ReadWord], site: list[ReadWord], reported: AbstractSet[int]
) -> Iterator[Problem]:
    """Yield a problem for each block with words that are rendered differently, unless it has one already."""
    seen: set[int] = set()
    match = difflib.SequenceMatcher(None, editor, site, autojunk=False)
    for tag, start, end, _, _ in match.get_opcodes():
        if tag == "equal" or len(seen) >= _MAX_DIFFERENCES or not editor:
            continue
        words = editor[start:end] or editor[max(start - 1, 0) : start + 1]
        start_line = words[0].line
        lines = range(file.body_line + start_line - 1, file.body_line + words[-1].end + 1)
        if start_line in seen or any(line in reported for line in lines):
            continue
        seen.add(start_line)
        text = " ".join(word.text for word in words)
        yield new_problem(
            Place(file.shown_path, file.body_line + start_line), "reading-differs", text=text[:QUOTED_TEXT]
        )
