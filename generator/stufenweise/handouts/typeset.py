"""Typst at the rim: data in, a PDF out, or how far a text is too long for its sheet."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typst

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
TEMPLATES = HERE / "templates"
_PAGE = re.compile(rb"/Type ?/Page(?![a-zA-Z])")
_OVER = re.compile(r"overflow:([a-z0-9=.;-]+)")


class UnprintableError(Exception):
    """A sheet can't be made of what it should hold."""

    def __init__(self, over: Mapping[str, float] | None = None, fault: str = "") -> None:
        """Say how far each page is too long in millimetres, or what Typst says."""
        super().__init__(over, fault)
        self.over = over
        self.fault = fault


_own = threading.local()


def _compiler() -> typst.Compiler:
    """Return the one compiler of this thread: what it has read once, fonts above all, it keeps.

    It can't be lent: while one thread sets a workbook, another would be refused.
    """
    import typst  # Where no sheet is made, nothing waits for it

    if not hasattr(_own, "compiler"):
        _own.compiler = typst.Compiler(root=str(TEMPLATES), font_paths=[str(FONTS)], ignore_system_fonts=True)
    found: typst.Compiler = _own.compiler
    return found


def typeset(data: Mapping[str, object], pages: int | None = None) -> bytes:
    """Return a PDF (PDF/UA-1) of what `templates/main.typ` makes of `data`.

    Args:
        data: What to print; text in it is never read as code.
        pages: How many pages it has to have; None where that is not said.

    Raises:
        UnprintableError: Something does not fit on its page, or can't be printed.
    """
    pdf = _compiled(data, measure=False)
    if pages is not None and page_count(pdf) != pages:
        _compiled(data, measure=True)
        raise UnprintableError({"pages": float(page_count(pdf) - pages)})
    return pdf


def page_count(pdf: bytes) -> int:
    """Return the number of pages of a PDF that Typst wrote."""
    return len(_PAGE.findall(pdf))


def as_string(text: str) -> str:
    """Return a text as a string of Typst's code, in which nothing but its end is read as code."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _compiled(data: Mapping[str, object], *, measure: bool) -> bytes:
    import typst

    said = json.dumps({**data, "measure": measure}, ensure_ascii=False)
    # Handed over as `sys_inputs` it would change what every template stands on, and each would be read anew.
    source = f'#import "main.typ": sheet\n#show: sheet.with({as_string(said)})\n'
    try:
        pdf = _compiler().compile(input=source.encode(), pdf_standards="ua-1")
    except typst.TypstError as error:
        if found := _OVER.search(str(error)):
            pairs = (part.split("=") for part in found[1].split(";"))
            raise UnprintableError({name: float(much) for name, much in pairs}) from None
        raise UnprintableError(fault=" ".join(str(error).split())[:200]) from None
    if not isinstance(pdf, bytes):
        raise TypeError("Typst gives a PDF as bytes")
    return pdf
