"""The common parts of all handouts in one language: the site's name and address, logo and colours."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypedDict

import segno

from stufenweise.handouts.tree_nodes import ImageData
from stufenweise.i18n.labels import Labels
from stufenweise.localized.localized_library import LocalizedLibrary
from stufenweise.model import page_paths

DEFAULT_COLOUR = "#17505c"
"""Colour of headings unless a company has set its own; the same as on the site."""
QR_MASK = 4
"""Mask pattern of the QR codes, 0 to 7 (ISO/IEC 18004). Readers accept any; finding the best one takes longer than the
rest of a handout."""


class BrandData(TypedDict):
    """The company's name, colours and logo for the templates."""

    name: str
    colour: str
    """As #rrggbb."""
    accent: str | None
    """Colour of the marks of effort; None if the company has no second one."""
    logo: list[int] | None
    """Bytes of the image; None if there is none."""


@dataclass(frozen=True, kw_only=True)
class HandoutBranding:
    """A library in one language with the company's name, logo and colours."""

    localized: LocalizedLibrary
    name: str
    """Name of the site."""
    root_url: str = ""
    """Address of the site's root with a slash at its end, or empty."""
    logo: bytes = b""
    colour: str = DEFAULT_COLOUR
    """As #rrggbb."""
    accent: str = ""
    """The company's second colour as #rrggbb, for the marks of effort; empty if it has none."""
    print_as: Mapping[str, str] = field(default_factory=dict)
    """The company's spelling of names for print."""

    @property
    def language(self) -> str:
        """Code of the handouts' language."""
        return self.localized.language

    @cached_property
    def template_values(self) -> BrandData:
        """The company's name, colours and logo for the templates."""
        return {
            "name": self.name,
            "colour": self.colour,
            "accent": self.accent or None,
            "logo": list(self.logo) or None,
        }

    @cached_property
    def _assets(self) -> Mapping[str, bytes]:
        """Images and attachments by path below the content folder."""
        return {asset.path: asset.data for asset in self.localized.library.assets}

    def image(self, path: str) -> tuple[ImageData, str]:
        """Return an image for the templates, and its format; no data if there is no such image.

        Args:
            path: Path below the content folder.
        """
        data = self._assets.get(path, b"")
        image_format = path.rpartition(".")[2].lower().replace("jpeg", "jpg")
        return (data.decode("utf-8-sig") if image_format == "svg" else list(data)), image_format

    def page_url(self, path: str, language: str = "") -> str:
        """Return the address of a page; empty if the site's address is not known."""
        if not self.root_url:
            return ""
        address = page_paths.address(path, directories=self.localized.directories)
        return f"{self.root_url}{language or self.language}/{address}"

    def file_url(self, path: str, language: str) -> str:
        """Return the address of a file below a language's folder; empty if the site's address is not known."""
        return f"{self.root_url}{language}/{path}" if self.root_url else ""


def shown_address(address: str) -> str:
    """Return an address without its scheme, as people type it."""
    return address.partition("://")[2]


def qr_code(address: str) -> str:
    """Return the QR code for an address as SVG; error correction of 15 % survives a fold or a stain."""
    if not address:
        return ""
    buffer = io.BytesIO()
    code = segno.make(address, error="m", micro=False, mask=QR_MASK)
    code.save(buffer, kind="svg", border=0, xmldecl=False, nl=False)
    return buffer.getvalue().decode()


LabelData = Mapping[str, str | Mapping[str, str]]
"""Labels for the templates by key; `guidance` has one for each part of the guidance."""


def handout_labels(labels: Labels) -> LabelData:
    """Return the labels that the templates print."""
    return {
        **labels.group("handout"),
        "guidance": {part: f"{word}{labels('colon')}" for part, word in labels.group("guidance").items()},
        **{f"{kind}_copy": labels.member("download_copies", kind) for kind in ("mentee", "mentor")},
        **{key: labels(key) for key in ("colon", "level", "orientation", "effort", "duration")},
    }
