"""Report unfilled placeholders, formulas, bare image paths and accidental code blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stufenweise.check.misreadings.misreading import Misreading
from stufenweise.check.misreadings.written_text import WrittenText
from stufenweise.model.problem import QUOTED_ADDRESS
from stufenweise.source.files.file_names import linked_path
from stufenweise.source.markdown.literal_lines import code_blanked
from stufenweise.source.markdown.outline import LineKind

_UNFILLED = re.compile(
    r"[%\[{](?:(?<=%)(?<![\w%]%)[A-Za-zÄÖÜäöüß][\wÄÖÜäöüß]{2,30}%(?![\w%])"
    r"|(?<=\[)(?<![!\]\\\w]\[)(?:Name|Namen|Titel|Datum|Ort|Abteilung|Link|Thema|Ihr|Ihre|Dein|Deine|hier|Your|your|"
    r"Title|Date|Place|Department|Topic|insert|Insert|here|"
    r"Bild|Screenshot|Foto|Grafik|Image|Picture)(?: [^\[\]\n]{1,40})?\](?![(\[:{])"
    r"|(?<=\{)(?<![{$\w#\\]\{)"
    r"(?:Vorname|Nachname|Name|Firma|Firmenname|Datum|Ort|Titel|Abteilung|name|date|company)\}(?!\}))"
)
"""Each begins with its sign, which Python finds fast; what may not stand before it follows."""
_SOURCE = re.compile(r"(?<=[\w.,;!?“”\"»)])[ ]?(?P<mark>\[\d{1,2}\])(?=(?:\[\d{1,2}\])*(?![(\[:{\w]))")
_NAMED = re.compile(r"[ \t>|*_-]*(?:\d{1,2}[.)][ \t]+)?[*_]*(?P<mark>\[\d{1,2}\])")
"""A number at the beginning of a line, item or cell, as in a list of sources."""
_FORMULA = re.compile(
    r"\$[ ]{3,}\$|(?<![\w$\\])\$(?=[^\s$])[^$\n]*[\^_\\=+{][^$\n]*(?<=[^\s$])\$(?![\w$])|^[ ]{0,3}\$\$.*"
    r"|(?<!\\)\\\((?=[^()\n]*[\^_=+\\])[^()\n]*\\\)|(?<!\\)\\\[(?=[^\[\]\n]*[\^_=+])[^\[\]\n]*\\\]"
)
_PATH = re.compile(r"(?<![\w/(\[\]\\\"'=:.-])(?:\.{1,2}/)*(?:[\w-]+/)+[\w.-]+\.(?:png|jpe?g|webp|svg)(?![\w)\]/])")
_QUOTED = re.compile(r"[ ]{0,3}&gt;[ ]?(?=\S)")
_LANGUAGE = re.compile(r"[ >]*(?:`{3,}|~{3,})[ ]*\{?[.=]?(?P<name>[\w-]+)")
_DRAWN = frozenset({"mermaid", "plantuml", "puml", "dot", "graphviz", "dataview", "dataviewjs", "query", "math"})
_READ = frozenset({"markdown", "md", "suggestion", "ad-note", "ad-tip", "ad-info", "ad-warning"})
"""Fences around a chat assistant's answer, and boxes of a note program."""
_SENTENCE = re.compile(r"[ \t]+(?P<words>[\"„“»(]?[A-ZÄÖÜ][a-zäöüß]*[ ,][^{}<>=;]*[.!?:…]\W?)[ \t]*")


def unrendered_markup(text: WrittenText) -> Iterator[Misreading]:
    """Yield markup that the page would show as text, and text that it would show as code."""
    yield from _not_drawn(text)
    is_formula = False
    """Whether the line is inside a `$$` block."""
    named = {match["mark"] for line in text.lines if "[" in line and (match := _NAMED.match(line))}
    for index, line in enumerate(text.lines):
        if text.literal[index]:
            yield from _indented(text, index, line)
            continue
        if not line:
            continue
        bare = code_blanked(line)
        if "%" in bare or "[" in bare or "{" in bare:
            match = _UNFILLED.search(bare)
            # Braces in a heading are attributes, which another rule checks.
            if match and not (match[0].startswith("{") and text.outline.kinds[index] is LineKind.HEADING):
                yield text.misreading(index, "place-unfilled", column=match.start() + 1, text=match[0])
            is_shown = text.outline.kinds[index] is LineKind.HEADING or line.lstrip().startswith(">")
            # A quotation shows it as an example
            match = None if is_shown or "[" not in bare else _SOURCE.search(bare)
            if match and match["mark"] not in named:
                yield text.misreading(
                    index,
                    "source-unnamed",
                    column=match.start("mark") + 1,
                    text=match["mark"],
                    name=match["mark"][1:-1],
                )
        is_formula = is_formula != ("$$" in line and line.strip() == "$$")
        if ("$" in bare or "\\" in bare) and (match := _FORMULA.search(bare)) and (match[0] != "$$" or is_formula):
            quoted = line[match.start() : match.end()]
            yield text.misreading(index, "formula-left", column=match.start() + 1, text=quoted)
        if "/" in bare and (match := _PATH.search(bare)) and _is_image(text, match[0]):
            column = match.start() + 1
            yield text.misreading(index, "image-as-words", column=column, longest=QUOTED_ADDRESS, text=match[0])
        if "&gt;" in bare and text.is_blank(index - 1) and (match := _QUOTED.match(line)):
            replacement = f"> {line[match.end() :]}"
            yield text.misreading(index, "export-left", (replacement,), text="&gt;", right=replacement)


def _not_drawn(text: WrittenText) -> Iterator[Misreading]:
    """Report code fences that only other programs render, such as mermaid."""
    for fence in text.outline.fences:
        match = _LANGUAGE.match(text.lines[fence.first])
        name = match["name"].casefold() if match else ""
        if name in _DRAWN | _READ:
            yield text.misreading(
                fence.first,
                "fence-not-drawn",
                name=name,
                drawn=name if name in _DRAWN else "",
                read=name if name in _READ else "",
            )


def _is_image(text: WrittenText, target: str) -> bool:
    """Return whether the content has this image."""
    return linked_path(text.path, target) in text.loaded.media.images


def _indented(text: WrittenText, index: int, line: str) -> Iterator[Misreading]:
    """Yield the first line of a sentence that its indentation turns into code."""
    if text.is_blank(index - 1) and not text.outline.is_hidden(index) and (match := _SENTENCE.fullmatch(line)):
        yield text.misreading(index, "indented-words", right=match["words"])
