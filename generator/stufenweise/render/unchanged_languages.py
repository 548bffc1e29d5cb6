"""Reuse a whole language of the last site without a builder: most edits are in one language.

A record in the work folder lists the files that a builder made for a language, with a digest over all its inputs
(`language_key`). The files are hard-linked if the last site has all of them unchanged. Other inputs are excluded as for
single pages, see `unchanged_pages`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from stufenweise.core.digests import file_digest, key_of, program_versions
from stufenweise.core.result_cache import program_digest
from stufenweise.core.safe_folders import SafeFolder, with_digest
from stufenweise.render.builder_cleanup import is_builder_file
from stufenweise.render.builders import BuildJob, BuildOutcome, BuildProgress, run_builders
from stufenweise.render.unchanged_pages import kept_pages


def render_languages(
    jobs: Sequence[BuildJob],
    keys: Mapping[str, str],
    unchanged: UnchangedLanguages,
    environ: Mapping[str, str],
    on_progress: Callable[[BuildProgress], None],
) -> tuple[BuildOutcome, ...]:
    """Reuse each unchanged language, and build the others in parallel.

    Args:
        jobs: One job per language.
        keys: Digest over all inputs of a language, by language (`language_key`).
        unchanged: The languages that can be reused.
        environ: Environment for the builder processes.
        on_progress: Called when a language got further.

    Returns:
        What became of each language, in the order of the jobs.
    """
    likely = [job for job in jobs if unchanged.is_known(job.language, keys[job.language])]
    changed = [job for job in jobs if job not in likely]
    with ThreadPoolExecutor(1) as beside:
        # Builders are processes of their own.
        taken = beside.submit(lambda: [job for job in likely if unchanged.take_over(job.language, keys[job.language])])
        built = run_builders(changed, environ=environ, on_progress=on_progress)
        reused = taken.result()
    if all(outcome.ok for outcome in built):
        remaining = [job for job in likely if job not in reused]
        built += run_builders(remaining, environ=environ, on_progress=on_progress)
    outcomes = {job.language: BuildOutcome.unchanged(job.language) for job in likely}
    for outcome in built:
        outcomes[outcome.language] = outcome
        if outcome.ok and not outcome.warnings:  # A language with warnings is built again to repeat them
            unchanged.record(outcome.language, keys[outcome.language])
    return tuple(outcomes[job.language] for job in jobs)


def language_key(*inputs: str) -> str:
    """Return a digest over all inputs of a language's site: those of its builder, and the programs."""
    return key_of(*inputs, program_versions(), program_digest())


@dataclass(frozen=True, slots=True)
class UnchangedLanguages:
    """The languages of a site that need not be rendered."""

    records: SafeFolder | None
    """Folder of the records; None if the builder's pages are not reused."""
    site: SafeFolder
    """The site that is being made."""
    last_site: SafeFolder | None
    """The published site, if it may be used."""

    def is_known(self, language: str, key: str) -> bool:
        """Return whether a language was made with this key before, and the last site may be used."""
        return self.last_site is not None and bool(self._recorded(language, key))

    def take_over(self, language: str, key: str) -> bool:
        """Link a language from the last site; return False if it is incomplete there, or would be different now."""
        files = self._recorded(language, key)
        if not files or self.last_site is None:
            return False
        wanted = {f"{language}/{path}": with_digest(digest) for path, digest in files.items()}
        if self.site.link_tree(self.last_site, wanted) == wanted.keys():
            return True
        # Otherwise a builder would write into the files of the last site.
        self.site.remove_tree(language)
        return False

    def record(self, language: str, key: str) -> None:
        """Write the record of a language: the digests of its files by their paths."""
        if self.records is None:
            return
        site, kept = self.site.at(language), kept_pages(self.records, language)
        paths = [path for path, is_folder in site.entries() if not is_folder and not is_builder_file(path)]
        files = {path: kept.get(path) or file_digest(site.read(path)) for path in sorted(paths)}
        self.records.write(_name(language), json.dumps({"key": key, "files": files}, ensure_ascii=False).encode())

    def _recorded(self, language: str, key: str) -> dict[str, str]:
        """Return the digests of a language's files, by path, if it was made with this key; otherwise none."""
        if self.records is None:
            return {}
        match self.records.read_json(_name(language)):
            case {"key": recorded_key, "files": dict(files)} if recorded_key == key:
                return {str(path): str(digest) for path, digest in files.items()}
        return {}


def _name(language: str) -> str:
    return f"{language}-files.json"
