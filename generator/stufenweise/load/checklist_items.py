"""Read the items of a checklist; report other lines, and correct those that were meant as items."""

from __future__ import annotations

import re

from stufenweise.load.section_reader import SectionPart, SectionReader, proposed_id
from stufenweise.model.problem import QUOTED_START, QUOTED_TEXT
from stufenweise.model.text import ChecklistItem
from stufenweise.source.markdown.checklist_syntax import ChecklistBox, parse_checklist_box

MAX_ITEM_LINE = 160
"""Longest line, in characters, that is proposed as an item."""
MAX_ITEM_PROPOSAL = 200
"""Most characters of a proposed item."""
_LIST = re.compile(
    r"[ \t]*(?:[-*+–•·‣▪●○■]|\d{1,2}[.)]|[☐☑☒□✓✔✅])?[ \t]*(?:\[[ \txX✓✔]*\]|\([ \txX✓✔]?\)|[☐☑☒□✓✔✅])?[ \t]*(?=\S)"
)
_TWO_IDS = re.compile(r"[ \t]*\{#(?P<first>[\w-]+)(?:\}[ \t]*\{#|[ \t]+#?)[\w-]+\}[ \t]*$")


def item_line(line: str) -> str:
    """Return a list line as a checklist item with an id; empty for other lines."""
    mark = _LIST.match(line)
    if not mark or not line[: mark.end()].strip() or len(line) > MAX_ITEM_LINE:
        return ""
    words = line[mark.end() :].strip()
    return f"- [ ] {words}" if words.endswith("}") else f"- [ ] {words} {{#{proposed_id(words)}}}"


def continues_item(line: str) -> bool:
    """Return whether a line continues the item above."""
    mark = _LIST.match(line)
    is_list = bool(mark and line[: mark.end()].strip())
    return not parse_checklist_box(line.lstrip()) and not is_list and line[:1] not in "#|>"


def checklist_items(reader: SectionReader, part: SectionPart) -> tuple[ChecklistItem, ...]:
    """Return the items of a checklist section; report each line that is not an item."""
    items: list[ChecklistItem] = []
    pairs = enumerate(zip(part.lines, (*part.lines[1:], ""), strict=True), part.first)
    for number, (written, below) in pairs:
        line = with_one_id(written)
        box = parse_checklist_box(line)
        if not written.strip():
            continue
        if box and box.text and below.strip() and continues_item(below):
            items.append(_joined_item(reader, number, written, below, box))
            next(pairs)
            continue
        if line != written:
            reader.report(number, "item-ids", line.rindex("{") + 1, right=line.strip()[:MAX_ITEM_PROPOSAL])
        if not box:
            items += _item_without_box(reader, number, line)
            continue
        if box.box != " ":
            reader.report(number, "checklist-box", box.box_column, box=f"[{box.box}]")
        if not box.text:
            reader.report(number, "checklist-line", text=line.strip()[:QUOTED_START], right="")
            continue
        if line in part.lines[: number - part.first] and box.id is not None:
            reader.repeated[number] = part.first + part.lines.index(line)
        items.append(_item(reader, number, box))
    return tuple(items)


def _item(reader: SectionReader, number: int, box: ChecklistBox) -> ChecklistItem:
    """Return the item of a line; note its id, or report that it has none."""
    if box.id is not None:
        reader.take_id(box.id, number, box.id_column)
    elif reader.is_source:
        title = box.text[:QUOTED_TEXT]
        reader.report(number, "id-missing", box.id_column, title=title, proposal=proposed_id(box.text))
    return ChecklistItem(box.id or "", box.text, number)


def _joined_item(
    reader: SectionReader, number: int, line: str, following: str, first_box: ChecklistBox
) -> ChecklistItem:
    """Return the item that spans two lines, with its id on the second; `number` is the first."""
    if first_box.id:
        reader.ids.setdefault(first_box.id, number)
    words = f"{line.rstrip()} {following.strip()}"
    box = parse_checklist_box(words)
    if box and box.id:
        reader.take_id(box.id, number + 1, 1)
    replacement = words if box and box.id else f"{words} {{#{proposed_id(box.text if box else words)}}}"
    reader.report(number, "checklist-item-parted", right=replacement[:MAX_ITEM_PROPOSAL])
    return ChecklistItem((box.id if box else None) or "", box.text if box else "", number)


def with_one_id(line: str) -> str:
    """Return a line without the second of two ids at its end."""
    two = _TWO_IDS.search(line)
    return f"{line[: two.start()]} {{#{two['first']}}}" if two else line


def _item_without_box(reader: SectionReader, number: int, line: str) -> list[ChecklistItem]:
    """Report a line without a box; return the item that its author probably meant, if any."""
    replacement = item_line(line)
    reader.report(number, "checklist-line", text=line.strip()[:QUOTED_START].rstrip(), right=replacement)
    box = parse_checklist_box(replacement)
    if not box or line[:1] in " \t":
        return []
    if box.id and box.id not in reader.ids:
        reader.ids[box.id] = number
    return [ChecklistItem(box.id or "", box.text, number)]
