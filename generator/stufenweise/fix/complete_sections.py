"""Add the headings of sections that a text must have, in the words of the other texts of its kind."""

from __future__ import annotations

import re

from stufenweise.check.section_headings import usual_headings
from stufenweise.load.load_result import LoadResult, TextFile
from stufenweise.source.outline import read_outline

_DECORATION = re.compile(r"[\s#*_:\-]+|[{(].*")
"""What stands around the words of a heading, in whatever way it was meant to be one."""


def complete_sections(text: str, file: TextFile, loaded: LoadResult, *, insert: bool) -> str:
    """Return a file's text with every section's heading that it must have, as far as other texts have words for it.

    A heading in those words without an id gets the id. One of which the text has no trace is put where it belongs, for
    the author to fill: neither its id nor its words stand anywhere, not even misspelt as something else.

    Args:
        text: The whole file.
        file: What was read of it.
        loaded: All that was read.
        insert: Whether headings may be put in; never where something else in the text is wrong, which may hide them.
    """
    absent = [section for section in file.kind.required if section not in file.text.sections]
    headings = usual_headings(loaded, file) if absent else {}
    missing = [section for section in absent if section in headings]
    if not missing:
        return text
    lines = text.split("\n")
    bare = _without_id(lines, file.body_line - 1)
    for section in missing:
        if headings[section] in bare:
            index = bare[headings[section]]
            lines[index] = lines[index].rstrip() + f" {{#{section}}}" + ("\r" if lines[index].endswith("\r") else "")
    there = {section: one.line - 1 for section, one in file.text.sections.items()}
    there |= {section: bare[headings[section]] for section in missing if headings[section] in bare}
    line_end = "\r" if lines[0].endswith("\r") else ""
    order = list(file.kind.sections)
    traceless = [one for one in missing if one not in there and not _has_trace(file, one, headings[one])]
    for section in reversed(traceless if insert else ()):
        later = [there[other] for other in order[order.index(section) + 1 :] if other in there]
        heading = f"## {headings[section]} {{#{section}}}{line_end}"
        if later:
            index = min(later)
            lines[index:index] = [heading, line_end]
            there = {one: line + 2 if line >= index else line for one, line in there.items()} | {section: index}
        else:
            while len(lines) > 1 and not lines[-1].strip():
                lines.pop()
            there[section] = len(lines) + 1
            lines[-1] = lines[-1].rstrip("\r") + line_end
            lines += [line_end, heading, ""]
    return "\n".join(lines)


def _without_id(lines: list[str], first: int) -> dict[str, int]:
    """Return the lines of the headings of sections that have no attributes, by their words, from line `first` on."""
    found: dict[str, int] = {}
    for section in read_outline("\n".join(lines[first:])).sections:
        one = section.heading
        index = first + one.line
        if not one.id and not one.fault and lines[index].rstrip().endswith(one.title):
            found.setdefault(one.title, index)
    return found


def _has_trace(file: TextFile, section: str, heading: str) -> bool:
    """Return whether a text names a section that it lacks: by its id, or by the words of its usual heading."""
    if section in file.ids or re.search(rf"#[ \t]*{re.escape(section)}(?![\w-])", file.body):
        return True
    words = _plain(heading)
    return any(_plain(line) == words for line in file.body.split("\n"))


def _plain(line: str) -> str:
    """Return the words of a line without marks and attributes, for comparison."""
    return _DECORATION.sub("", line).casefold()
