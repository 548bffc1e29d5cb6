"""Reuse a whole language of the last site without a builder: most edits are in one language.

A record in the work folder lists the files that a builder made for a language, with a digest over all its inputs
(`language_digest`). The files are hard-linked if the last site has all of them unchanged. Other inputs are excluded as
for single pages, see `unchanged_pages`.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass

from stufenweise.core.digests import digest_of, file_digest, program_versions
from stufenweise.core.file_reuse import reuse_files, with_digest
from stufenweise.core.result_cache import program_digest
from stufenweise.core.safe_folders import SafeFolder
from stufenweise.render.builder_cleanup import is_builder_file
from stufenweise.render.unchanged_pages import reused_pages


def language_digest(*inputs: str) -> str:
    """Return a digest over all inputs of a language's site: those of its builder, and the programs."""
    return digest_of(*inputs, program_versions(), program_digest())


@dataclass(frozen=True, slots=True)
class UnchangedLanguages:
    """The languages of a site that need not be rendered."""

    records: SafeFolder | None
    """Folder of the records; None if the builder's pages are not reused."""
    site: SafeFolder
    """The site that is being made."""
    last_site: SafeFolder | None
    """The published site, if it may be used."""

    def is_known(self, language: str, digest: str) -> bool:
        """Return whether a language with this digest was made before, and the last site may be used."""
        return self.last_site is not None and bool(self._recorded(language, digest))

    def take_over(self, language: str, digest: str) -> bool:
        """Link a language from the last site; return False if it is incomplete there, or would be different now."""
        files = self._recorded(language, digest)
        if not files or self.last_site is None:
            return False
        wanted = {f"{language}/{path}": with_digest(made) for path, made in files.items()}
        if reuse_files(self.last_site, self.site, wanted) == wanted.keys():
            return True
        # Otherwise a builder would write into the files of the last site.
        with suppress(FileNotFoundError):  # Nothing of the language was there
            self.site.remove_tree(language)
        return False

    def record(self, language: str, digest: str) -> None:
        """Write the record of a language: the digests of its files by their paths."""
        if self.records is None:
            return
        site, reused = self.site.at(language), reused_pages(self.records, language)
        paths = [path for path, is_folder in site.entries() if not is_folder and not is_builder_file(path)]
        files = {path: reused.get(path) or file_digest(site.read(path)) for path in sorted(paths)}
        self.records.write(_name(language), json.dumps({"digest": digest, "files": files}, ensure_ascii=False).encode())

    def _recorded(self, language: str, digest: str) -> dict[str, str]:
        """Return the digests of a language's files, by path, if its inputs have this digest; otherwise none."""
        if self.records is None:
            return {}
        match self.records.read_json(_name(language)):
            case {"digest": recorded, "files": dict(files)} if recorded == digest:
                return {str(path): str(made) for path, made in files.items()}
        return {}


def _name(language: str) -> str:
    return f"{language}-files.json"
