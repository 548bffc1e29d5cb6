"""Digests over all inputs of a handout: with the same digest its PDF has the same bytes."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache

from stufenweise.core.digests import file_digest
from stufenweise.core.font_files import FONT_FOLDER
from stufenweise.core.result_cache import program_digest
from stufenweise.handouts.handout_branding import HandoutBranding
from stufenweise.handouts.handout_list import Handout, HandoutDocument
from stufenweise.handouts.printed_figures import figure_names
from stufenweise.handouts.typeset import TEMPLATES


class CacheKeys:
    """Digests of the handouts of one branding. Shared inputs are digested only once."""

    def __init__(self, branding: HandoutBranding) -> None:
        """Digest the inputs that all handouts of the branding share."""
        self.branding = branding
        library = branding.localized.library
        shared = (
            printer_digest(), branding.language, branding.localized.labels.digest, branding.name, branding.root_url,
            branding.colour, branding.accent, branding.localized.directories, file_digest(branding.logo),
            sorted(branding.print_as.items()),
            [(one.text(branding.language).title, one.facts.model_dump_json()) for one in library.levels],
        )  # fmt: skip
        self._shared = json.dumps(shared).encode()
        self._digests: dict[int, bytes] = {}
        self._assets = [(asset.path.rpartition("/")[2], asset.data) for asset in library.assets]

    def key(self, handout: Handout) -> str:
        """Return the digest of a handout as hexadecimal digits."""
        result = hashlib.sha256(self._shared)
        shown = (handout.kind, handout.name, handout.title, handout.copies, handout.pairs)
        result.update(f"\0{shown}\0".encode())
        numbers = self.branding.localized.tutorial_numbers
        result.update(" ".join(numbers[tutorial.slug] for tutorial in handout.tutorials).encode())
        for document in handout.documents:
            if id(document) not in self._digests:
                self._digests[id(document)] = self._document_digest(document)
            result.update(self._digests[id(document)])
        return result.hexdigest()

    def _document_digest(self, document: HandoutDocument) -> bytes:
        """Return a digest over the text of a document, its facts and the images that it names."""
        text = document.text(self.branding.language)
        labels = self.branding.localized.labels_by_language[text.language]
        shown = repr(text)
        result = hashlib.sha256(f"{shown}\0{labels.digest}\0{document.facts.model_dump_json()}".encode())
        for name, data in self._assets:
            if name in shown:
                result.update(data)
        for name in figure_names(text):
            result.update(repr(self.branding.localized.figure_by_name.get(name)).encode())
        return result.digest()


@lru_cache(maxsize=1)
def printer_digest() -> str:
    """Return a digest over everything that prints handouts: our code, other programs, templates and fonts."""
    result = hashlib.sha256(program_digest().encode())
    for path in sorted((*TEMPLATES.iterdir(), *FONT_FOLDER.iterdir())):
        if path.is_file():
            result.update(path.name.encode())
            result.update(path.read_bytes())
    return result.hexdigest()
