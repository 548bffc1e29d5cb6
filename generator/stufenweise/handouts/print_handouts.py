"""Print a project's handouts before its pages, which name their sizes, and copy them into the rendered site."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from stufenweise.config.project import Project
from stufenweise.core.file_reuse import reuse_files, with_digest
from stufenweise.core.safe_folders import SafeFolder
from stufenweise.handouts.cached_printing import PrintJob, print_jobs, print_missing, try_printing
from stufenweise.handouts.handout import Handout
from stufenweise.handouts.handout_branding import DEFAULT_COLOUR, HandoutBranding
from stufenweise.handouts.handout_list import all_handouts
from stufenweise.handouts.handout_problems import LinesOf, handout_problems
from stufenweise.handouts.pdf_cache import PdfCache, PrintedHandout
from stufenweise.localized.localized_library import Download, LocalizedLibrary
from stufenweise.model.library import Library
from stufenweise.model.paths import ShownPath
from stufenweise.model.problem import Problem

ChooseHandouts = Callable[[HandoutBranding], Iterable[Handout]]
"""Returns the handouts to print of a branding, which has the library."""
CHOSEN = "chosen"
"""Name of the index of handouts that a command was asked for."""


@dataclass(frozen=True, slots=True)
class PrintedHandouts:
    """The handouts of a project, and their problems."""

    handouts: tuple[PrintedHandout, ...] = ()
    problems: tuple[Problem, ...] = ()

    def downloads(self, language: str) -> dict[str, Download]:
        """Return the downloads of a language by the handout's name."""
        return {
            printed.handout.name: Download(
                kind=printed.handout.kind,
                path=printed.handout.path,
                title=printed.handout.title,
                pages=printed.entry.pages,
                size=printed.entry.size,
                is_part=printed.handout.is_part,
            )
            for printed in self.handouts
            if printed.has_file and printed.handout.language == language
        }


def print_handouts(
    project: Project,
    library: Library,
    *,
    used_by: str = CHOSEN,
    select: Callable[[Handout], bool] | None = None,
    cache: SafeFolder | None = None,
    on_printing: Callable[[int], None] = lambda _: None,
    lines_of: LinesOf | None = None,
    damaged: Collection[ShownPath] = (),
) -> PrintedHandouts:
    """Print the handouts of a project that are not in the cache yet, and remove those that nobody uses.

    Call it with the work folder locked, or with a cache of your own.

    Args:
        project: The project.
        library: The content.
        used_by: Name of the index that keeps what is used, see `PdfCache`.
        select: Chooses handouts; all if left out, and then the index keeps no others.
        cache: Folder of printed handouts, if not the project's own.
        on_printing: Called with the number of handouts to print, if there are any.
        lines_of: Returns the lines of a text by its path; by default, from its file.
        damaged: Paths of images that are reported as damaged; that they can't be printed is not reported again.

    Raises:
        MachineError: Printing was ended from outside, or the cache leads through a link.
        OSError: They can't be written.
    """
    if not project.settings.handouts:
        return PrintedHandouts()
    pdfs = PdfCache(cache or _cache_folder(project), used_by)
    jobs = _site_jobs(project, library, select)
    printed = print_missing(jobs, pdfs, on_printing=on_printing)
    if select is None:
        pdfs.forget_others(job.handout for job in jobs)
    pdfs.remove_unused()
    return PrintedHandouts(tuple(printed), tuple(handout_problems(printed, project, lines_of, damaged)))


def check_handouts(
    project: Project,
    library: Library,
    *,
    used_by: str,
    select: Callable[[Handout], bool] | None = None,
    on_printing: Callable[[int], None] = lambda _: None,
    lines_of: LinesOf | None = None,
    damaged: Collection[ShownPath] = (),
) -> PrintedHandouts:
    """Find the problems of a project's handouts; print only what shows them, and need no cache that can be written.

    Nothing needs to be locked, and nothing is removed. The arguments are those of `print_handouts`.

    Raises:
        MachineError: Printing was ended from outside, or the cache leads through a link.
    """
    if not project.settings.handouts:
        return PrintedHandouts()
    pdfs = PdfCache(_cache_folder(project), used_by, is_optional=True)
    jobs = _site_jobs(project, library, select)
    printed = try_printing(jobs, pdfs, on_printing=on_printing)
    if select is None:
        pdfs.forget_others(job.handout for job in jobs)
    return PrintedHandouts(tuple(printed), tuple(handout_problems(printed, project, lines_of, damaged)))


def print_chosen(
    project: Project,
    library: Library,
    languages: Iterable[str],
    choose: ChooseHandouts,
    *,
    on_printing: Callable[[int], None] = lambda _: None,
    lines_of: LinesOf | None = None,
    damaged: Collection[ShownPath] = (),
) -> PrintedHandouts:
    """Print handouts that a command asks for, such as one that no site offers; call it with the work folder locked.

    Args:
        project: The project.
        library: The content.
        languages: Languages of the handouts.
        choose: Returns the handouts of a branding.
        on_printing: Called with the number of handouts to print, if there are any.
        lines_of: Returns the lines of a text by its path; by default, from its file.
        damaged: Paths of images that are reported as damaged; that they can't be printed is not reported again.

    Raises:
        MachineError: Printing was ended from outside, or the cache leads through a link.
        OSError: They can't be written.
    """
    jobs = _jobs(project, library, languages, choose)
    pdfs = PdfCache(_cache_folder(project), CHOSEN)
    printed = print_missing(jobs, pdfs, on_printing=on_printing)
    brandings = (_branding(project, library, language) for language in library.languages)
    of_site = (handout for branding in brandings for handout in all_handouts(branding))
    # Those of removed texts, and of earlier commands that asked for what no site offers, are never asked for again.
    pdfs.forget_others([*of_site, *(job.handout for job in jobs)])
    pdfs.remove_unused()
    return PrintedHandouts(tuple(printed), tuple(handout_problems(printed, project, lines_of, damaged)))


def _site_jobs(project: Project, library: Library, select: Callable[[Handout], bool] | None) -> list[PrintJob]:
    """Return the jobs for the selected handouts of a site, or for all of them."""

    def selected(branding: HandoutBranding) -> list[Handout]:
        return [handout for handout in all_handouts(branding) if select is None or select(handout)]

    return _jobs(project, library, library.languages, selected)


def _jobs(project: Project, library: Library, languages: Iterable[str], choose: ChooseHandouts) -> list[PrintJob]:
    """Return the jobs for the chosen handouts of each language."""
    brandings = [_branding(project, library, language) for language in languages]
    return [job for branding in brandings for job in print_jobs(branding, choose(branding))]


def _cache_folder(project: Project) -> SafeFolder:
    """Return the folder that keeps a project's printed handouts."""
    return project.work_folder.at("handouts")


def _branding(project: Project, library: Library, language: str) -> HandoutBranding:
    """Return the branding of a project's handouts in one language."""
    settings = project.settings
    return HandoutBranding(
        localized=LocalizedLibrary(
            library=library, language=language, labels_by_language=project.labels, directories=project.directories
        ),
        name=project.site_name,
        root_url=project.site_url,
        logo=_logo(project),
        colour=(settings.colour or DEFAULT_COLOUR).lower(),
        accent=(settings.accent or "").lower(),
        print_as=settings.print_as,
    )


def _logo(project: Project) -> bytes:
    """Return the theme's logo, if there is one that Typst can print."""
    name = str(project.theme.get("logo") or "")
    for folder in (*reversed(project.overrides), project.content):
        file = folder / name
        if name and file.is_file() and file.suffix.lower() in {".svg", ".png", ".jpg", ".jpeg"}:
            return file.read_bytes()
    return b""


def shows_text(handout: Handout, paths: Collection[str]) -> bool:
    """Return whether a handout, not a book, prints one of the texts at `paths` below the content folder."""
    return handout.pages is not None and any(text.path in paths for text in handout.texts())


def copy_handouts(site: SafeFolder, printed: PrintedHandouts, last_site: Path | None = None) -> None:
    """Copy the handouts into a folder, one folder per language.

    Args:
        site: The folder.
        printed: The handouts.
        last_site: The site that it will replace: equal files are hard-linked from there.

    Raises:
        OSError: They can't be written.
    """
    by_path = {
        f"{result.handout.language}/{result.handout.path}": result for result in printed.handouts if result.has_file
    }
    known = {path: with_digest(result.entry.digest) for path, result in by_path.items() if result.entry.digest}
    linked = reuse_files(SafeFolder(last_site), site, known) if last_site else set()
    for path, result in by_path.items():
        if path not in linked:
            site.write(path, result.read())
