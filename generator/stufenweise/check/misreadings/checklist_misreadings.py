"""Repair checklist items whose meaning is clear; the loader reports the problems."""

from __future__ import annotations

from collections.abc import Iterator

from stufenweise.check.misreadings.misreading import Misreading
from stufenweise.check.misreadings.written_text import WrittenText, translated_ids
from stufenweise.load.checklist_items import continues_item, item_line, with_one_id
from stufenweise.load.section_reader import proposed_id
from stufenweise.source.markdown.checklist_syntax import parse_checklist_box


def checklist_misreadings(text: WrittenText) -> Iterator[Misreading]:
    """Yield corrected items: one empty box and one id each; of duplicates, keep the first."""
    seen: set[str] = set()
    known = {*text.file.ids}
    own = text.file.text.items
    translated = dict(zip((item.line for item in own), translated_ids(text, "items", len(own)), strict=False))
    end = 0
    for index in text.checklist:
        line = text.lines[index].rstrip()
        if index < end or text.literal[index] or not line or line[0] in " \t":
            continue
        end = index + 1
        while end < text.checklist.stop and text.lines[end].strip() and continues_item(text.lines[end]):
            line = f"{line} {text.lines[end].strip()}"
            end += 1
        if line in seen and line.endswith("}"):
            yield text.misreading(index, "", (), end=end)
            continue
        seen.add(line)
        item = _item(text, line, known, translated.get(text.file.body_line + index, ""))
        if item and item != text.lines[index].rstrip():
            yield text.misreading(index, "", (item,), end=end)


def _item(text: WrittenText, line: str, known: set[str], translated: str) -> str:
    """Return the corrected item; empty if the correction is not certain."""
    box = parse_checklist_box(with_one_id(line))
    if not box:
        box = parse_checklist_box(item_line(line))
        if not box or (not text.file.is_source and not line.endswith("}")):
            return ""
    if not box.text:
        return ""
    item_id = box.id
    if item_id is None and text.file.is_source:
        item_id = translated or proposed_id(box.text)
        if item_id in known:
            return ""
        known.add(item_id)
    return f"- [ ] {box.text} {{#{item_id}}}" if item_id else f"- [ ] {box.text}"
