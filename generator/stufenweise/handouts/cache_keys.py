"""Digests over all inputs of a handout: with the same digest its PDF has the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import PurePosixPath

from stufenweise.core.digests import digest_of, file_digest
from stufenweise.core.font_files import FONT_FOLDER
from stufenweise.core.result_cache import program_digest
from stufenweise.handouts.handout import Handout, HandoutDocument
from stufenweise.handouts.handout_branding import HandoutBranding
from stufenweise.handouts.printed_figures import figure_names
from stufenweise.handouts.typeset import TEMPLATES
from stufenweise.model.text import Text


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
            [(level.text(branding.language).title, level.facts.model_dump_json()) for level in library.levels],
        )  # fmt: skip
        self._shared = json.dumps(shared)
        self._digests: dict[tuple[type[HandoutDocument], str, str], str] = {}
        """Digests of documents by kind, slug and fingerprint of the text: a list has other texts than a book."""
        self._assets = [(asset.path.rpartition("/")[2], asset.data) for asset in library.assets]
        self._endings = {PurePosixPath(name).suffix for name, _ in self._assets}

    def key(self, handout: Handout) -> str:
        """Return the digest of a handout as hexadecimal digits."""
        facts = (handout.kind, handout.name, handout.title, handout.choices)
        numbers = [self.branding.localized.tutorial_numbers[tutorial.slug] for tutorial in handout.tutorials]
        return digest_of(self._shared, repr(facts), repr(numbers), *map(self._document_digest, handout.documents))

    def _document_digest(self, document: HandoutDocument) -> str:
        """Return a digest over the text of a document, its facts and the images that it names."""
        text = document.text(self.branding.language)
        known_by = (type(document), document.slug, text.fingerprint)
        if known_by not in self._digests:
            labels = self.branding.localized.labels_by_language[text.language]
            figures = (repr(self.branding.localized.figure_by_name.get(name)) for name in figure_names(text))
            facts = document.facts.model_dump_json()
            self._digests[known_by] = digest_of(
                text.fingerprint, labels.digest, facts, *self._named_assets(text), *figures
            )
        return self._digests[known_by]

    def _named_assets(self, text: Text) -> Iterator[bytes]:
        """Yield the images and attachments whose names stand in a text."""
        markdown = text.markdown
        if any(ending in markdown for ending in self._endings):  # In most texts none is, and there are many assets
            yield from (data for name, data in self._assets if name in markdown)


@lru_cache(maxsize=1)
def printer_digest() -> str:
    """Return a digest over everything that prints handouts: our code, other programs, templates and fonts."""
    files = [path for path in sorted((*TEMPLATES.iterdir(), *FONT_FOLDER.iterdir())) if path.is_file()]
    return digest_of(program_digest(), *(part for path in files for part in (path.name, path.read_bytes())))
