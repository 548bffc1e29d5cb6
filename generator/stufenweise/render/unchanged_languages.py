"""Take over a whole language from the last site, without a builder: most edits are made in one language.

A record in the work folder tells the files that a builder made of a language, and a digest over all that it was given
(`language_key`). They are linked if the last site has each of them as it was made. What else could show in them is
excluded as it is for single pages, see `unchanged_pages`.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass

from stufenweise.digests import file_digest, installed_versions, key_of
from stufenweise.errors import PublishError
from stufenweise.render.leftovers import is_leftover
from stufenweise.render.unchanged_pages import PAGE_PROGRAMS
from stufenweise.result_cache import program_digest
from stufenweise.safe_folders import SafeFolder


def language_key(*given: str) -> str:
    """Return a digest over all that a language's site is made of: what its builder is given, and the programs."""
    return key_of(*given, platform.python_version(), *installed_versions(PAGE_PROGRAMS), program_digest())


@dataclass(frozen=True, slots=True)
class UnchangedLanguages:
    """The languages of a site that need not be rendered."""

    records: SafeFolder
    """Folder of the records."""
    site: SafeFolder
    """The site that is being made."""
    last_site: SafeFolder | None
    """The published site, if it may be used."""

    def take_over(self, language: str, key: str) -> bool:
        """Link a language from the last site; return whether it is whole there, and the same as it would be made."""
        files = self._known(language, key)
        if not files or self.last_site is None:
            return False
        by_folder: dict[str, dict[str, str]] = {}
        for path, digest in files.items():
            above, _, name = f"{language}/{path}".rpartition("/")
            by_folder.setdefault(above, {})[name] = digest
        for above, digests in by_folder.items():
            wanted = {name: lambda data, digest=digest: file_digest(data) == digest for name, digest in digests.items()}
            if self.site.link_all(above, self.last_site, wanted) != digests.keys():
                # A builder would write into the files of the last site.
                self.site.remove_tree(language)
                return False
        return True

    def note(self, language: str, key: str, files: Mapping[str, str]) -> None:
        """Note what a builder made of a language: the digests of its files by their paths."""
        data = {"key": key, "files": {path: one for path, one in files.items() if not is_leftover(path)}}
        self.records.write(_name(language), json.dumps(data, ensure_ascii=False).encode())

    def _known(self, language: str, key: str) -> dict[str, str]:
        """Return the files of a language that was made of the same; none if it was not."""
        try:
            found = json.loads(self.records.read(_name(language)))
            return {str(path): str(one) for path, one in found["files"].items()} if found["key"] == key else {}
        except (OSError, PublishError, ValueError, KeyError, TypeError, AttributeError):
            return {}


def _name(language: str) -> str:
    return f"{language}-files.json"
