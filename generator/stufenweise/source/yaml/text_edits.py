"""Edit a file's text at single places; BOM, line ends and comments stay unchanged."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from stufenweise.model.problem import Place
from stufenweise.source.yaml.front_matter import front_matter_end
from stufenweise.source.yaml.line_mistakes import split_comment
from stufenweise.source.yaml.yaml_positions import YamlDocument

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


class UnfixableError(Exception):
    """A text can't be changed safely, because of the unusual markup at `place`."""

    def __init__(self, place: Place) -> None:
        """Take the place."""
        super().__init__(str(place))
        self.place = place


@dataclass(frozen=True, slots=True)
class TextEdit:
    """Replace `old` at `place` by `new`."""

    place: Place
    old: str
    new: str


def change_text(data: bytes, change: Callable[[str], str]) -> bytes:
    """Return a file's bytes with `change` applied to its text, given with LF line ends and without a BOM."""
    text = data.decode("utf-8")
    mark = BOM if text.startswith(BOM) else ""
    return (mark + change(text.removeprefix(BOM))).encode()


def apply_edits(text: str, edits: Iterable[TextEdit]) -> str:
    """Return `text` with all edits made.

    Raises:
        UnfixableError: The text at the place of an edit is not `old`, or there is no such line.
    """
    lines = text.split("\n")
    for edit in sorted(edits, key=lambda edit: edit.place, reverse=True):
        if edit.place.line > len(lines):
            raise UnfixableError(edit.place)
        line, start = lines[edit.place.line - 1], edit.place.column - 1
        if line[start : start + 1] in {"'", '"'} and not edit.old.startswith(line[start]):
            start += 1
        if not line.startswith(edit.old, start):
            raise UnfixableError(edit.place)
        lines[edit.place.line - 1] = line[:start] + edit.new + line[start + len(edit.old) :]
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class FrontMatterEntry:
    """A key of front matter with its value: lines `first` to before `end`, counted from 0."""

    key: str
    first: int
    end: int


def front_matter_entries(text: str, document: YamlDocument) -> list[FrontMatterEntry]:
    """Return the entries of a file's front matter in order; comments and empty lines between them are left out.

    An indented comment belongs to the entry above: it may be a line of a block of text.

    Raises:
        UnfixableError: Two of them share a line.
    """
    lines = text.split("\n")
    places = {str(path[0]): place for path, place in document.keys.items() if len(path) == 1}
    starts = sorted((place.line - 1, key) for key, place in places.items())
    result: list[FrontMatterEntry] = []
    for (first, key), end in zip(starts, [*(start for start, _ in starts[1:]), front_matter_end(lines)], strict=False):
        if places[key].column != 1 or end == first:
            raise UnfixableError(places[key])
        while end > first + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
            end -= 1  # Empty lines at the end of a block of text mean nothing
        result.append(FrontMatterEntry(key, first, end))
    return result


def set_list(text: str, document: YamlDocument, key: str, values: Iterable[str], after: Iterable[str]) -> str:
    """Return `text` with a list of words under `key`, and the comments in it behind it; without values both go.

    Args:
        text: The whole file.
        document: Its front matter.
        key: The key.
        values: Words that need no quotes.
        after: Keys after which a new entry is inserted, the best first.

    Raises:
        UnfixableError: The front matter does not have each entry on a line of its own.
    """
    lines = text.split("\n")
    entries = {entry.key: entry for entry in front_matter_entries(text, document)}
    line_end = "\r" if lines[0].endswith("\r") else ""
    words = ", ".join(values)
    new = [f"{key}: [{words}]{line_end}"] if words else []
    if key in entries:
        old = lines[entries[key].first : entries[key].end]
        comments = "".join(split_comment(line.removesuffix("\r"))[1] for line in old)
        lines[entries[key].first : entries[key].end] = [line.removesuffix("\r") + comments + line_end for line in new]
    else:
        insert_line = next((entries[name].end for name in after if name in entries), 1)
        lines[insert_line:insert_line] = new
    return "\n".join(lines)
