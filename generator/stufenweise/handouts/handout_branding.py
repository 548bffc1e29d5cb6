"""What every sheet of one language carries: the site's name and address, logo and colour."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cached_property

import segno

from stufenweise.assemble import page_paths
from stufenweise.assemble.localized_library import LocalizedLibrary
from stufenweise.i18n.labels import Labels

DEFAULT_COLOUR = "#17505c"
"""Colour of headings where a company has not set its own; that of the site."""

_MASK = 4


@dataclass(frozen=True)
class HandoutBranding:
    """A library seen in one language, and whose sheets they are."""

    site: LocalizedLibrary
    name: str
    """Name of the site."""
    root_url: str = ""
    """Address of the site's root with a slash at its end, or empty."""
    logo: bytes = b""
    colour: str = DEFAULT_COLOUR
    """As #rrggbb."""
    accent: str = ""
    """The company's second colour as #rrggbb, of the marks of effort; empty if it has none."""

    @property
    def language(self) -> str:
        """Code of the sheets' language."""
        return self.site.language

    @cached_property
    def brand(self) -> dict[str, object]:
        """What the templates need of the company."""
        return {
            "name": self.name,
            "colour": self.colour,
            "accent": self.accent or None,
            "logo": list(self.logo) or None,
        }

    def address(self, path: str, language: str = "") -> str:
        """Return the address of a page, or nothing if the site's is not known."""
        if not self.root_url:
            return ""
        return (
            f"{self.root_url}{language or self.language}/{page_paths.address(path, directories=self.site.directories)}"
        )


def shown_address(address: str) -> str:
    """Return an address as people type it: without scheme."""
    return address.partition("://")[2]


def qr_code(address: str) -> str:
    """Return the code for an address as SVG; error correction of 15 % survives a fold or a stain."""
    if not address:
        return ""
    buffer = io.BytesIO()
    # Every mask can be read; to look for the one with the least glare costs more than all the rest of a sheet.
    segno.make(address, error="m", micro=False, mask=_MASK).save(buffer, kind="svg", border=0, xmldecl=False, nl=False)
    return buffer.getvalue().decode()


def handout_labels(labels: Labels) -> dict[str, str]:
    """Return the words that the templates print."""
    return {
        **labels.group("paper"),
        **{f"{copy}_copy": labels.of("download_copies", copy) for copy in ("mentee", "mentor")},
        **{key: labels(key) for key in ("level", "orientation", "effort", "duration")},
    }
