"""Add the headings of sections that a text must have, in the words of the other texts of its kind."""

from __future__ import annotations

from stufenweise.check.section_headings import usual_headings
from stufenweise.load.load_result import LoadResult, TextFile
from stufenweise.source.outline import read_outline


def complete_sections(text: str, file: TextFile, loaded: LoadResult) -> str:
    """Return a file's text with every section's heading that it must have, as far as other texts have words for it.

    A heading in those words without an id gets the id; others are put where they belong, for the author to fill.
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
    end_sign = "\r" if lines[0].endswith("\r") else ""
    order = list(file.kind.sections)
    for section in reversed([one for one in missing if one not in there]):
        later = [there[other] for other in order[order.index(section) + 1 :] if other in there]
        heading = f"## {headings[section]} {{#{section}}}{end_sign}"
        if later:
            index = min(later)
            lines[index:index] = [heading, end_sign]
            there = {one: line + 2 if line >= index else line for one, line in there.items()} | {section: index}
        else:
            while len(lines) > 1 and not lines[-1].strip():
                lines.pop()
            there[section] = len(lines) + 1
            lines[-1] = lines[-1].rstrip("\r") + end_sign
            lines += [end_sign, heading, ""]
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
