"""Call Typst with data; return a PDF, or by how much a text is too long for its pages.

Only worker processes do that: a hostile drawing may cost without bound.
"""

from __future__ import annotations

import json
import re

import typst

from stufenweise.core.font_files import FONT_FOLDER
from stufenweise.handouts.typeset import TEMPLATES, UnprintableError, page_count

KEPT_COMPILATIONS = 10
"""Typst forgets what none of this many last compilations has used."""
SHRINKS = (0.0, 0.5, 1.0, 2.5)
"""Points by which enlarged type is reduced, tried in turn until the handout fits its pages."""
_OVERFLOW = re.compile(r"overflow:([a-z0-9=.;-]+)")


class TypstCompiler:
    """Prints with a compiler of its own, which caches the files that it has read, especially fonts.

    Threads can't share one: it refuses calls while it works.
    """

    def __init__(self) -> None:
        """Load Typst and the fonts."""
        self.compiler = typst.Compiler(root=str(TEMPLATES), font_paths=[str(FONT_FOLDER)], ignore_system_fonts=True)

    def typeset_json(self, data: str, pages: int | None = None, bound_pages: int = 0) -> bytes:
        """Print JSON with `templates/main.typ` as a PDF (PDF/UA-1).

        Args:
            data: Template data as JSON; text in it is never read as code.
            pages: Number of pages that it must have; None for any number.
            bound_pages: Pages of a book's tutorials if none of them is too long; 0 if unknown.

        Raises:
            UnprintableError: A page is too long, or Typst refuses the data.
        """
        if bound_pages and (book := self._book_of_estimated_sizes(data, bound_pages)):
            return book
        for shrink in SHRINKS:
            pdf = self._compile(data, shrink)
            if pages is None or page_count(pdf) == pages:
                return pdf
        self._compile(data, SHRINKS[-1], measure=True)
        raise UnprintableError({"pages": float(page_count(pdf) - (pages or 0))})

    def drawing_as_png(self, svg: bytes) -> bytes:
        """Convert a drawing to a picture, for programs without SVG.

        Raises:
            UnprintableError: Typst refuses the drawing.
        """
        drawing = as_string(svg.decode("utf-8-sig"))
        source = (
            f"#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#image(bytes({drawing}), height: 24mm)\n"
        )
        try:
            picture = self.compiler.compile(input=source.encode(), format="png", ppi=300.0)
        except typst.TypstError as error:
            raise UnprintableError(typst_error=_shortened(error)) from None
        if not isinstance(picture, bytes):
            raise TypeError("Typst gives a picture of one page as bytes")
        return picture

    def forget_results(self) -> None:
        """Make Typst forget what it has worked out, by compilations that use nothing of it."""
        for _ in range(KEPT_COMPILATIONS + 1):
            self.compiler.compile(input=b"#set page(width: 1mm, height: 1mm)\n")

    def _book_of_estimated_sizes(self, data: str, bound_pages: int) -> bytes | None:
        """Return the PDF of a book whose tutorials all fit their pages in the estimated type sizes; otherwise None.

        That tells the number of pages behind the front. To measure each part would take as long as printing.
        """
        pdf = self._compile(data, SHRINKS[0], estimated=True)
        front = json.dumps({**json.loads(data), "tutorials": []}, ensure_ascii=False)
        front_pages = page_count(self._compile(front, SHRINKS[0], estimated=True))
        return pdf if page_count(pdf) - front_pages == bound_pages else None

    def _compile(self, data: str, shrink: float, *, measure: bool = False, estimated: bool = False) -> bytes:
        """Return the PDF of `data`, with enlarged type `shrink` points smaller.

        With `measure` the templates fail and name each page that is too long. With `estimated` the type of a book has
        the estimated sizes, whether they fit or not.

        Raises:
            UnprintableError: Typst refuses the data, or a measured page is too long.
        """
        mode = {"measure": measure, "estimated": estimated, "shrink": shrink}
        data_json = f"{data.removesuffix('}')}, {json.dumps(mode).removeprefix('{')}"
        # Not as `sys_inputs`: they are part of every template's scope, so that Typst would read each template anew.
        source = f'#import "main.typ": handout\n#show: handout.with({as_string(data_json)})\n'
        try:
            pdf = self.compiler.compile(input=source.encode(), pdf_standards="ua-1")
        except typst.TypstError as error:
            if match := _OVERFLOW.search(str(error)):
                pairs = (part.split("=") for part in match[1].split(";"))
                raise UnprintableError({name: float(millimetres) for name, millimetres in pairs}) from None
            raise UnprintableError(typst_error=_shortened(error)) from None
        if not isinstance(pdf, bytes):
            raise TypeError("Typst gives a PDF as bytes")
        return pdf


def as_string(text: str) -> str:
    """Quote a text as a string literal of Typst."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _shortened(error: typst.TypstError) -> str:
    """Return Typst's message on one line, at most 200 characters of it."""
    return " ".join(str(error).split())[:200]
