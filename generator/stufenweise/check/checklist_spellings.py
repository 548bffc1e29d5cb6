"""Repair checklist items whose meaning is clear; the loader reports the problems."""

from __future__ import annotations

from collections.abc import Iterator

from stufenweise.check.spelling import Spelling, WrittenText
from stufenweise.load.checklist_items import continues_item, item_line, with_one_id
from stufenweise.load.section_reader import proposed_id
from stufenweise.source.outline import parse_checklist_box


def checklist_spellings(text: WrittenText) -> Iterator[Spelling]:
    """Yield corrected items: one empty box and one id each; of duplicates, keep the first."""
    seen: set[str] = set()
    known = {*text.file.ids}
    translated = _ids_in_translation(text)
    behind = 0
    for index in text.checklist:
        line = text.lines[index].rstrip()
        if index < behind or text.literal[index] or not line or line[0] in " \t":
            continue
        behind = index + 1
        while behind < text.checklist.stop and text.lines[behind].strip() and continues_item(text.lines[behind]):
            line = f"{line} {text.lines[behind].strip()}"
            behind += 1
        if line in seen and line.endswith("}"):
            yield Spelling(line=index, code="", end=behind, right=())
            continue
        seen.add(line)
        right = _item(text, line, known, translated.get(text.file.body_line + index, ""))
        if right and right != text.lines[index].rstrip():
            yield Spelling(line=index, code="", end=behind, right=(right,))


def _ids_in_translation(text: WrittenText) -> dict[int, str]:
    """Return the ids that a translation's items have, by the line of the item that stands in the same place here.

    Ticks go by the id that an item lost, so it is better than one made of the item's words.
    """
    own = text.file.text.items
    for file in text.translations:
        if len(file.text.items) == len(own):
            return {one.line: there.id for one, there in zip(own, file.text.items, strict=True)}
    return {}


def _item(text: WrittenText, line: str, known: set[str], translated: str) -> str:
    """Return the corrected item; empty if the correction is not certain."""
    one = parse_checklist_box(with_one_id(line))
    if not one:
        right = item_line(line)
        one = parse_checklist_box(right)
        if not one or (not text.file.is_source and not line.endswith("}")):
            return ""
    if not one.text:
        return ""
    named = one.id
    if named is None and text.file.is_source:
        named = translated or proposed_id(one.text)
        if named in known:
            return ""
        known.add(named)
    return f"- [ ] {one.text} {{#{named}}}" if named else f"- [ ] {one.text}"
