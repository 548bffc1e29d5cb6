"""Print a project's handouts before its pages, which name their sizes, and copy them into the rendered site."""

from __future__ import annotations

import math
import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from stufenweise.config.project import Project
from stufenweise.core.safe_folders import SafeFolder, with_digest
from stufenweise.handouts.cached_printing import PrintJob, fill_cache, print_jobs, try_printing
from stufenweise.handouts.glyph_fallbacks import replacement_text
from stufenweise.handouts.handout_branding import DEFAULT_COLOUR, HandoutBranding
from stufenweise.handouts.handout_list import Handout, all_handouts
from stufenweise.handouts.pdf_cache import PdfCache, PrintedHandout
from stufenweise.handouts.typeset_pool import PAGE_SECONDS
from stufenweise.localized.localized_library import Download, LocalizedLibrary
from stufenweise.model.library import Library
from stufenweise.model.paths import ContentPath, ShownPath, shown_path
from stufenweise.model.problem import QUOTED_TEXT, Place, Problem, new_problem

LinesOf = Callable[[ContentPath], Sequence[str]]
"""Returns the lines of a text by its path below the content folder."""
MAX_PLACES = 5
"""Most lines of a text at which the same character or image is reported."""
MAX_CODES = 4
"""Most numbers of characters that a message names."""
LINE_HEIGHT = 4.5
"""Height of a line of running text in millimetres: 10.5 pt type with 0.55 em leading (templates/page.typ)."""
_MAIN_SECTIONS = {
    "pages": "steps", "mentee": "steps", "material": "material", "mentor-1": "steps", "mentor-2": "mentor",
    "key": "mentor",
}  # fmt: skip
"""The largest section of each page: there an author will want to shorten the text."""


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


def pdf_cache_folder(project: Project) -> SafeFolder:
    """Return the folder that keeps a project's printed handouts."""
    return project.workspace.at("handouts")


def project_branding(project: Project, library: Library, language: str) -> HandoutBranding:
    """Return the branding of a project's handouts in one language."""
    localized = LocalizedLibrary(
        library=library, language=language, labels_by_language=project.labels, directories=project.directories
    )
    colour = project.settings.colour or DEFAULT_COLOUR
    accent = (project.settings.accent or "").lower()
    print_as = project.settings.print_as
    return HandoutBranding(
        localized=localized,
        name=project.site_name,
        root_url=project.site_url,
        logo=_logo(project),
        colour=colour.lower(),
        accent=accent,
        print_as=print_as,
    )


def _logo(project: Project) -> bytes:
    """Return the theme's logo, if there is one that Typst can print."""
    name = str(project.theme.get("logo") or "")
    for folder in (*reversed(project.overrides), project.content):
        file = folder / name
        if name and file.is_file() and file.suffix.lower() in {".svg", ".png", ".jpg", ".jpeg"}:
            return file.read_bytes()
    return b""


def print_handouts(
    project: Project,
    library: Library,
    *,
    select: Callable[[Handout], bool] | None = None,
    cache: SafeFolder | None = None,
    on_printing: Callable[[int], None] = lambda _: None,
    lines_of: LinesOf | None = None,
    damaged: Collection[ShownPath] = (),
) -> PrintedHandouts:
    """Print the handouts of a project that are not in the cache yet.

    Args:
        project: The project.
        library: The content.
        select: Chooses handouts; all if left out, and then all others are removed from the cache.
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
    printed_before = PdfCache(cache or pdf_cache_folder(project))
    jobs = _jobs(project, library, library.languages, lambda branding: filter(select, all_handouts(branding)))
    printed = fill_cache(jobs, printed_before, on_printing=on_printing)
    if select is None:
        printed_before.sweep(job.handout for job in jobs)
    return PrintedHandouts(tuple(printed), tuple(handout_problems(printed, project, lines_of, damaged)))


def check_handouts(
    project: Project,
    library: Library,
    *,
    select: Callable[[Handout], bool] | None = None,
    on_printing: Callable[[int], None] = lambda _: None,
    lines_of: LinesOf | None = None,
    damaged: Collection[ShownPath] = (),
) -> PrintedHandouts:
    """Find the problems of a project's handouts; print only what shows them, and need no cache that can be written.

    The arguments are those of `print_handouts`.

    Raises:
        MachineError: Printing was ended from outside, or the cache leads through a link.
    """
    if not project.settings.handouts:
        return PrintedHandouts()
    printed_before = PdfCache(pdf_cache_folder(project), is_optional=True)
    jobs = _jobs(project, library, library.languages, lambda branding: filter(select, all_handouts(branding)))
    printed = try_printing(jobs, printed_before, on_printing=on_printing)
    if select is None:
        printed_before.sweep(job.handout for job in jobs)
    return PrintedHandouts(tuple(printed), tuple(handout_problems(printed, project, lines_of, damaged)))


def print_chosen(
    project: Project, library: Library, languages: Iterable[str], choose: Callable[[HandoutBranding], Iterable[Handout]]
) -> PrintedHandouts:
    """Print handouts that a command asks for, such as one that no site offers; others stay in the cache.

    Args:
        project: The project.
        library: The content.
        languages: Languages of the handouts.
        choose: Returns the handouts of a branding.

    Raises:
        MachineError: Printing was ended from outside, or the cache leads through a link.
        OSError: They can't be written.
    """
    jobs = _jobs(project, library, languages, choose)
    printed = fill_cache(jobs, PdfCache(pdf_cache_folder(project)))
    return PrintedHandouts(tuple(printed), tuple(handout_problems(printed, project)))


def _jobs(
    project: Project, library: Library, languages: Iterable[str], choose: Callable[[HandoutBranding], Iterable[Handout]]
) -> list[PrintJob]:
    """Return the jobs for the chosen handouts of each language."""
    brandings = (project_branding(project, library, language) for language in languages)
    return [job for branding in brandings for job in print_jobs(branding, choose(branding))]


def shows_text(handout: Handout, paths: Collection[str]) -> bool:
    """Return whether a handout, not a book, prints one of the texts at `paths` below the content folder."""
    return handout.pages is not None and any(text.path in paths for text in handout.texts(handout.language))


def handout_problems(
    printed: Sequence[PrintedHandout],
    project: Project,
    lines_of: LinesOf | None = None,
    damaged: Collection[ShownPath] = (),
) -> list[Problem]:
    """Return the problems of printed handouts.

    A book has the problems of its handouts again, so it is named only if they have no problem.
    """
    failed = [result for result in printed if not result.entry.is_faultless]
    failed_tutorials = {
        tutorial.slug
        for result in failed
        if result.handout.traits.is_of_tutorial
        for tutorial in result.handout.tutorials
    }
    problems: list[Problem] = []
    for result in failed:
        handout, entry = result.handout, result.entry
        is_bound = handout.traits.is_bound
        if handout.kind == "kit-set" and any(
            other.handout.kit or other.handout.form for other in failed if other is not result
        ):
            continue
        if is_bound and failed_tutorials.intersection(tutorial.slug for tutorial in handout.tutorials):
            continue
        text = next(handout.texts(handout.language))
        shown_file = shown_path(project.shown_content, text.path)
        if entry.too_costly:
            values = {"handout": handout.title, "seconds": f"{PAGE_SECONDS:g}"}
            problems.append(new_problem(Place(shown_file), "handout-costly", **values))
        if entry.typst_error:
            problems.append(new_problem(Place(shown_file), "handout-unprintable", handout=handout.title))
        problems += _unshown(result, project, lines_of or _lines_in(project), damaged)
        for page, millimetres in (entry.overflow or {}).items():
            section = text.sections.get(_MAIN_SECTIONS.get(page, ""))
            problems.append(
                new_problem(
                    Place(shown_file, section.line if section else 1),
                    "handout-overflow",
                    handout=handout.title,
                    millimetres=math.ceil(millimetres),
                    lines=math.ceil(millimetres / LINE_HEIGHT),
                )
            )
    return list(dict.fromkeys(problems))


def _lines_in(project: Project) -> LinesOf:
    """Return a function that reads the lines of a text from its file."""

    def lines_of(path: ContentPath) -> Sequence[str]:
        file = project.content / path
        return file.read_text(encoding="utf-8-sig").splitlines() if file.is_file() else ()

    return lines_of


def _unshown(
    printed: PrintedHandout, project: Project, lines_of: LinesOf, damaged: Collection[ShownPath]
) -> Iterator[Problem]:
    """Yield the unprintable characters and images of a handout, at the lines of its texts."""
    handout = printed.handout
    paths = list(dict.fromkeys(text.path for text in handout.texts(handout.language)))
    shown = {character: replacement_text(character, handout.language) for character in printed.entry.characters}
    numbered = [character for character, name in shown.items() if name.startswith("[U+")]
    runs = _runs(numbered, paths, lines_of)
    for wanted in [
        *(character for character in shown if character not in numbered or not any(character in run for run in runs)),
        *runs,
    ]:
        codes = "".join(shown[character] for character in wanted[:MAX_CODES]) if wanted[0] in numbered else ""
        values = {"character": wanted[:QUOTED_TEXT], "shown": "" if codes else shown[wanted], "code": codes[1:-1]}
        around = f"[{re.escape(''.join(numbered))}]" if codes else ""
        alone = rf"(?<!{around}){re.escape(wanted)}(?!{around})" if around else re.escape(wanted)
        yield from _places("unprintable-character", re.compile(alone), paths, project, lines_of, values)
    for image in printed.entry.images:
        if shown_path(project.shown_content, ContentPath(image)) not in damaged:
            name = posixpath.basename(image)
            yield from _places(
                "unprintable-image", re.compile(re.escape(name)), paths, project, lines_of, {"name": name}
            )


def _runs(characters: Sequence[str], paths: Sequence[ContentPath], lines_of: LinesOf) -> list[str]:
    """Return the words of texts with a character that is printed as a number, such as a name."""
    if not characters:
        return []
    pattern = re.compile(f"[{re.escape(''.join(characters))}]+")
    return list(dict.fromkeys(run for path in paths for line in lines_of(path) for run in pattern.findall(line)))


def _places(
    code: str,
    wanted: re.Pattern[str],
    paths: Sequence[ContentPath],
    project: Project,
    lines_of: LinesOf,
    values: Mapping[str, str],
) -> Iterator[Problem]:
    """Yield a problem at each line with one of the characters.

    A character that no text has is from the configuration.
    """
    problems = [
        new_problem(Place(shown_path(project.shown_content, path), number, match.start() + 1), code, **values)
        for path in paths
        for number, line in enumerate(lines_of(path), 1)
        if (match := wanted.search(line))
    ]
    if not problems:
        config = project.config_file.read_text(encoding="utf-8-sig").splitlines()
        problems = [
            new_problem(Place(ShownPath(project.config_file.name), number, match.start() + 1), code, **values)
            for number, line in enumerate(config, 1)
            if (match := wanted.search(line))
        ]
    yield from problems[:MAX_PLACES] or [
        new_problem(Place(shown_path(project.shown_content, paths[0])), code, **values)
    ]


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
    linked = site.link_tree(SafeFolder(last_site), known) if last_site else set()
    for path, result in by_path.items():
        if path not in linked:
            site.write(path, result.read())
