"""Print handouts that the cache does not have: `print_missing` for their files, `try_printing` for their faults."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from stufenweise.core.digests import file_digest
from stufenweise.core.worker_limits import give_back_freed_memory
from stufenweise.handouts.cache_keys import CacheKeys
from stufenweise.handouts.handout import BoundHandout, Handout, WordDocument
from stufenweise.handouts.handout_branding import HandoutBranding
from stufenweise.handouts.handout_data import HandoutDataFactory
from stufenweise.handouts.pdf_cache import CacheEntry, PdfCache, PrintedHandout, handout_path, version_path
from stufenweise.handouts.typeset import UnprintableError, page_count
from stufenweise.handouts.typeset_pool import PRINTERS, Typeset, TypesetJob
from stufenweise.handouts.word_document import word_document

PARALLEL_FROM = 40
"""Number of pages from which on a process for each core saves more time than its start costs."""
TUTORIAL_PAGES = 2
"""Pages of a tutorial in a book, about."""
MOST_TUTORIAL_PAGES = 6
"""Pages for each tutorial of a book in the time limit of the book."""
PRINTED_ALONE = 100
"""Number of tutorials from which on a handout is printed alone: Typst needs as much memory for it as for all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintJob:
    """A handout to print, with the key of its present state."""

    handout: Handout
    key: str
    factory: HandoutDataFactory
    """Makes the handout's data; the jobs of one branding share it, so that each text is converted once."""
    is_front: bool = False
    """Whether only the front of a bound handout is printed, to check it."""

    @property
    def branding(self) -> HandoutBranding:
        """The branding in which it is printed."""
        return self.factory.branding

    @property
    def path(self) -> str:
        """Path of its file in the cache."""
        return version_path(handout_path(self.handout), self.key)

    def data(self) -> object:
        """Return the handout's data for `templates/main.typ`."""
        return self.factory.build_front(self.handout) if self.is_front else self.factory.build(self.handout)


def print_jobs(branding: HandoutBranding, handouts: Iterable[Handout]) -> list[PrintJob]:
    """Return a job for each handout of a branding; what they share is digested once."""
    keys, factory = CacheKeys(branding), HandoutDataFactory(branding)
    return [PrintJob(handout=handout, key=keys.key(handout), factory=factory) for handout in handouts]


def print_missing(
    jobs: Sequence[PrintJob], cache: PdfCache, *, on_printing: Callable[[int], None] = lambda _: None
) -> list[PrintedHandout]:
    """Print the handouts that are not in the cache in their present state, and return all of them, in order.

    Args:
        jobs: The handouts.
        cache: The cache.
        on_printing: Called with the number of handouts to print, if there are any.

    Raises:
        MachineError: Printing was ended from outside, or the cache leads through a link.
        OSError: The cache can't be written.
    """
    missing = [job for job in jobs if not cache.find(job.handout, job.key, front_is_enough=job.is_front)]
    if missing:
        on_printing(len(missing))
        _write_word_documents(missing, cache)
        workers = _print_with_typst([job for job in missing if not isinstance(job.handout, WordDocument)], cache)
        if workers > 1:
            PRINTERS.end_idle_workers()  # The later stages of a build need their memory
    cache.save()
    fresh = {job.path for job in missing}
    return [
        PrintedHandout(
            handout=job.handout, cache=cache.folder, entry=cache.entries[job.path], from_cache=job.path not in fresh
        )
        for job in jobs
    ]


def try_printing(
    jobs: Iterable[PrintJob], cache: PdfCache, *, on_printing: Callable[[int], None] = lambda _: None
) -> list[PrintedHandout]:
    """Print only what shows all faults of the handouts, and return them; see `print_missing` for arguments and errors.

    Of bound handouts that is the front: the handouts of their tutorials are printed by themselves. Word documents are
    left out: what can be wrong with one is wrong with the sheet of the same text.
    """
    fronts = [
        replace(job, is_front=isinstance(job.handout, BoundHandout))
        for job in jobs
        if not isinstance(job.handout, WordDocument)
    ]
    return print_missing(fronts, cache, on_printing=on_printing)


def _print_with_typst(jobs: Sequence[PrintJob], cache: PdfCache) -> int:
    """Print PDFs into the cache, on all cores if there are many pages; return how many processes printed.

    A book is not tried if one of its handouts exceeded the limits.
    """
    pages = sum(job.handout.pages or TUTORIAL_PAGES * len(job.handout.tutorials) for job in jobs)
    workers = (os.cpu_count() or 1) if pages >= PARALLEL_FROM else 1
    sheets = [job for job in jobs if job.handout.pages is not None]
    _typeset_into(cache, sheets, workers)
    costly = {slug for job in sheets if cache.entries[job.path].too_costly for slug in _localized_slugs(job)}
    books = [job for job in jobs if job.handout.pages is None]
    for job in books:
        if not costly.isdisjoint(_localized_slugs(job)):
            cache.keep(job.handout, CacheEntry(key=job.key, too_costly=True), b"")
    _typeset_into(cache, [job for job in books if costly.isdisjoint(_localized_slugs(job))], workers)
    return workers


def _typeset_into(cache: PdfCache, jobs: Iterable[PrintJob], workers: int) -> None:
    """Print PDFs into the cache, the longest last: Typst keeps the memory that it has once needed."""
    longest_last = sorted(jobs, key=lambda job: len(job.handout.tutorials))
    together = [job for job in longest_last if len(job.handout.tutorials) < PRINTED_ALONE]
    _typeset_in(workers, together, cache)
    if len(together) < len(longest_last):
        PRINTERS.end_idle_workers()
        _typeset_in(1, longest_last[len(together) :], cache)
        PRINTERS.end_idle_workers()


def _typeset_in(workers: int, jobs: Sequence[PrintJob], cache: PdfCache) -> None:
    """Print PDFs into the cache in so many processes."""
    results = PRINTERS.typeset_all([_typeset_job(job) for job in jobs], workers)
    for job, typeset in zip(jobs, results, strict=True):
        cache.keep(job.handout, _entry(job, typeset), b"" if isinstance(typeset, UnprintableError) else typeset.data)


def _typeset_job(job: PrintJob) -> TypesetJob:
    """Return the job for the worker processes; its data is made when they get to it."""
    handout = job.handout
    return TypesetJob(
        data=job.data,
        pages=handout.pages,
        most_pages=handout.pages or MOST_TUTORIAL_PAGES * (1 + len(handout.tutorials)),
        language=job.branding.language,
        bound_pages=handout.bound_pages if isinstance(handout, BoundHandout) and not job.is_front else 0,
        print_as=job.branding.print_as,
    )


def _entry(job: PrintJob, typeset: Typeset) -> CacheEntry:
    """Return the cache's entry for what Typst gave."""
    if isinstance(typeset, UnprintableError):
        return CacheEntry(key=job.key, typst_error=typeset.typst_error, too_costly=typeset.too_costly)
    entry = CacheEntry(key=job.key, overflow=typeset.overflow, characters=typeset.characters, images=typeset.images)
    if job.is_front:
        return replace(entry, is_front=True)
    data = typeset.data
    return replace(entry, pages=page_count(data), size=len(data), digest=file_digest(data))


def _localized_slugs(job: PrintJob) -> set[tuple[str, str]]:
    """Return language and slug of a handout's tutorials."""
    return {(job.handout.language, tutorial.slug) for tutorial in job.handout.tutorials}


def _write_word_documents(jobs: Iterable[PrintJob], cache: PdfCache) -> None:
    """Write the Word documents among the handouts into the cache."""
    documents = [(job, job.handout) for job in jobs if isinstance(job.handout, WordDocument)]
    for job, handout in documents:
        data = word_document(job.branding, handout.piece)
        cache.keep(handout, CacheEntry(key=job.key, size=len(data), digest=file_digest(data)), data)
    if documents:
        gc.collect()  # python-docx leaves large objects in cycles
        give_back_freed_memory()
