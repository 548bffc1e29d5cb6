"""Decoration is not read aloud: circles of a grade, dashes of lists, numbers of pages are artefacts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject


def letters(font: Mapping[str, Any]) -> Mapping[int, str]:
    """Return the character for each code of a font."""
    table = font["/ToUnicode"].get_object().get_data().decode()
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, text in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + step] = chr(int(text, 16) + step)
    return found


def shown(reader: PdfReader) -> Iterator[tuple[str, bool]]:
    """Yield each drawn text, and whether screen readers read it."""
    for page in reader.pages:
        resources = page["/Resources"]
        assert isinstance(resources, DictionaryObject)
        by_name = resources["/Font"]
        assert isinstance(by_name, DictionaryObject)
        fonts = {name: letters(font.get_object()) for name, font in by_name.items()}
        inside: list[object] = []
        font: Mapping[int, str] = {}
        for operands, operator in ContentStream(page["/Contents"].get_object(), reader).operations:
            if operator in {b"BDC", b"BMC"}:
                inside.append(operands[0])
            elif operator == b"EMC":
                inside.pop()
            elif operator == b"Tf":
                font = fonts[operands[0]]
            elif operator in {b"Tj", b"TJ"}:
                parts = operands[0] if operator == b"TJ" else operands
                data = b"".join(getattr(part, "original_bytes", b"") for part in parts)
                codes = (int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2))
                yield "".join(font[code] for code in codes), "/Artifact" not in inside


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("copy", ["mentee", "mentor"])
def test_decoration_is_shown_and_not_read_aloud(language: str, copy: str, handouts: Path) -> None:
    found = [*shown(PdfReader(handouts / language / "handouts" / f"find-people-{copy}.pdf"))]
    said = [text for text, is_said in found if is_said]
    silent = "".join(text for text, is_said in found if not is_said)
    assert len(said) > 50
    assert not re.search("[●○]", "".join(said))
    if copy == "mentor":
        assert {"●", "○", "–"} <= {*silent}
    dashes = [at for at, text in enumerate(said) if text.strip() == "–"]
    assert all(re.fullmatch(r"\d+", said[at - 1]) for at in dashes), "in a table of minutes alone"
