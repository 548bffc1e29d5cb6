"""Add the headings of required sections, worded as in other texts of the kind."""

from __future__ import annotations

import re

from stufenweise.check.text.section_headings import headings_of_missing_sections
from stufenweise.load.load_result import LoadResult
from stufenweise.load.text_file import TextFile
from stufenweise.source.markdown.outline import read_outline

_DECORATION = re.compile(r"[\s#*_:\-]+|[{(].*")
"""Markup around the words of a line that was meant as a heading."""


def complete_sections(text: str, file: TextFile, loaded: LoadResult, *, insert: bool) -> str:
    """Add the headings of missing sections, worded as in other texts of the kind.

    A heading with those words but without an id gets the id. If neither id nor words occur in the text, an empty
    section is inserted where it belongs.

    Args:
        text: The whole file.
        file: The loaded text.
        loaded: The whole load result.
        insert: Whether headings may be inserted; not while the text has other errors, which may hide sections.
    """
    absent = [section for section in file.kind.required if section not in file.text.sections]
    headings = headings_of_missing_sections(loaded, file) if absent else {}
    missing = [section for section in absent if section in headings]
    if not missing:
        return text
    lines = text.split("\n")
    bare = _without_id(lines, file.body_line - 1)
    for section in missing:
        if headings[section] in bare:
            index = bare[headings[section]]
            lines[index] = lines[index].rstrip() + f" {{#{section}}}" + ("\r" if lines[index].endswith("\r") else "")
    line_of = {section: present.line - 1 for section, present in file.text.sections.items()}
    line_of |= {section: bare[headings[section]] for section in missing if headings[section] in bare}
    line_end = "\r" if lines[0].endswith("\r") else ""
    order = list(file.kind.sections)
    traceless = [
        section for section in missing if section not in line_of and not _has_trace(file, section, headings[section])
    ]
    for section in reversed(traceless if insert else ()):
        later = [line_of[other] for other in order[order.index(section) + 1 :] if other in line_of]
        heading = f"## {headings[section]} {{#{section}}}{line_end}"
        if later:
            index = min(later)
            lines[index:index] = [heading, line_end]
            line_of = {other: line + 2 if line >= index else line for other, line in line_of.items()} | {section: index}
        else:
            while len(lines) > 1 and not lines[-1].strip():
                lines.pop()
            line_of[section] = len(lines) + 1
            lines[-1] = lines[-1].rstrip("\r") + line_end
            lines += [line_end, heading, ""]
    return "\n".join(lines)


def _without_id(lines: list[str], first: int) -> dict[str, int]:
    """Return section headings without an id, by title, each with its line, from line `first` on."""
    lines_by_title: dict[str, int] = {}
    for section in read_outline("\n".join(lines[first:])).sections:
        heading = section.heading
        index = first + heading.line
        if not heading.id and not heading.fault and lines[index].rstrip().endswith(heading.title):
            lines_by_title.setdefault(heading.title, index)
    return lines_by_title


def _has_trace(file: TextFile, section: str, heading: str) -> bool:
    """Return whether a text mentions a missing section: its id, or the words of its usual heading."""
    if section in file.ids or re.search(rf"#[ \t]*{re.escape(section)}(?![\w-])", file.body):
        return True
    words = _plain(heading)
    return any(_plain(line) == words for line in file.body.split("\n"))


def _plain(line: str) -> str:
    """Return a line without marks and attributes, for comparison."""
    return _DECORATION.sub("", line).casefold()
