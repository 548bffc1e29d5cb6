"""Parse the path of a text: `folder/slug.language.md`, or `folder/slug.language.extend.md` for an extension."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stufenweise.model.kinds import KINDS, Kind
from stufenweise.model.paths import ContentPath

EXTENSION_SUFFIX = ".extend.md"
"""Ending of a file that extends a text."""
_PATH = re.compile(r"(?:(?P<folder>.+)/)?(?P<slug>[^/.]+)\.(?P<language>[^/.]+)(?P<extension>\.extend)?\.md")


def extended_path(path: ContentPath) -> ContentPath:
    """Return the path of the text that a file extends; for other files, their own."""
    return ContentPath(f"{path.removesuffix(EXTENSION_SUFFIX)}.md") if path.endswith(EXTENSION_SUFFIX) else path


@dataclass(frozen=True, slots=True)
class TextPath:
    """The parts of a text's path below the content folder."""

    folder: str
    """Empty for a text in the content folder itself."""
    slug: str
    language: str
    is_extension: bool = False

    @classmethod
    def parse(cls, path: str) -> TextPath | None:
        """Return the parts of a path; None if it is not that of a text."""
        match = _PATH.fullmatch(path)
        if not match:
            return None
        return cls(match["folder"] or "", match["slug"], match["language"], bool(match["extension"]))

    @property
    def stem(self) -> str:
        """Folder and slug, which all languages of the text share."""
        return f"{self.folder}/{self.slug}".lstrip("/")

    @property
    def kind(self) -> Kind | None:
        """The kind of the text; None if no kind has this folder and slug."""
        return next((kind for kind in KINDS if kind.takes(self.folder, self.slug)), None)

    @property
    def path(self) -> ContentPath:
        """The path below the content folder."""
        return ContentPath(f"{self.stem}.{self.language}{EXTENSION_SUFFIX if self.is_extension else '.md'}")
