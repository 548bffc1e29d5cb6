"""The sheets for paper of a project: made before the pages, which name their sizes, and copied into the site."""

from __future__ import annotations

import math
import re
import shutil
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from stufenweise.assemble.localized_library import Download, LocalizedLibrary
from stufenweise.config.project import Project
from stufenweise.handouts.handout_branding import DEFAULT_COLOUR, HandoutBranding
from stufenweise.handouts.handout_list import Handout, all_handouts
from stufenweise.handouts.pdf_cache import PrintedHandout, fill_cache, sweep_cache
from stufenweise.model.library import Library
from stufenweise.model.problem import Place, Problem, problem

_SIGN = re.compile(r"the text `\"(.+?)\"` could not be displayed")
LINE_HEIGHT = 4.8
"""Height of a line of text on paper, in millimetres."""
_SECTIONS = {"pages": "steps", "mentee": "steps", "mentor-1": "steps", "mentor-2": "mentor"}
"""Section that fills most of a page, by the page."""


@dataclass(frozen=True, slots=True)
class PrintedHandouts:
    """The sheets of a project, and what is wrong with them."""

    made: tuple[PrintedHandout, ...] = ()
    problems: tuple[Problem, ...] = ()

    def downloads(self, language: str) -> dict[str, Download]:
        """Return what the pages of a language offer."""
        return {
            one.sheet.name: Download(one.sheet.copy, one.sheet.path, one.sheet.title, one.pages, one.size)
            for one in self.made
            if one.ok and one.sheet.language == language
        }


def pdf_cache_folder(project: Project) -> Path:
    """Return the folder that keeps a project's sheets."""
    return project.work / "handouts"


def project_branding(project: Project, library: Library, language: str) -> HandoutBranding:
    """Return what the sheets of a language carry."""
    site = LocalizedLibrary(library, language, project.labels, project.directories)
    colour = project.settings.colour or DEFAULT_COLOUR
    accent = (project.settings.accent or "").lower()
    return HandoutBranding(site, project.site_name, project.site_url, _logo(project), colour.lower(), accent)


def _logo(project: Project) -> bytes:
    """Return the theme's logo, if there is one that paper can show."""
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
    wanted: Callable[[Handout], bool] = lambda _: True,
    sweep: bool = True,
    shelf: Path | None = None,
) -> PrintedHandouts:
    """Make the sheets of a project that are not made yet.

    Args:
        project: The project.
        library: What the content says.
        wanted: Which sheets; all if left out.
        sweep: Whether to remove from the shelf what is not among them.
        shelf: Folder that finished sheets are kept in, if not the project's own.

    Raises:
        OSError: They can't be written.
    """
    if not project.settings.handouts:
        return PrintedHandouts()
    imprints = [project_branding(project, library, language) for language in library.languages]
    orders = [(one, sheet) for one in imprints for sheet in all_handouts(one) if wanted(sheet)]
    made = fill_cache(orders, shelf or pdf_cache_folder(project))
    if sweep:
        sweep_cache(pdf_cache_folder(project), [sheet for _, sheet in orders])
    return PrintedHandouts(tuple(made), tuple(handout_problems(made, project)))


def shows_text(sheet: Handout, paths: Collection[str]) -> bool:
    """Return whether a sheet that is no book shows one of the texts at `paths`, which are below the content folder."""
    return sheet.pages is not None and any(text.path in paths for text in sheet.texts(sheet.language))


def handout_problems(made: Sequence[PrintedHandout], project: Project) -> list[Problem]:
    """Return a problem for each sheet that could not be made; of a book only what its sheets don't tell."""
    failed = [one for one in made if not one.ok]
    told = {
        tutorial.slug for one in failed if one.sheet.copy in {"mentee", "mentor"} for tutorial in one.sheet.tutorials
    }
    result: list[Problem] = []
    for one in failed:
        sheet = one.sheet
        if sheet.copy in {"workbook", "selection"} and told.intersection(t.slug for t in sheet.tutorials):
            continue
        text = next(sheet.texts(sheet.language))
        file = f"{project.shown_content}/{text.path}"
        if one.fault:
            result.append(_fault(one, file, project.content / text.path))
        for page, much in (one.over or {}).items():
            section = text.sections.get(_SECTIONS.get(page, ""))
            place = Place(file, section.line if section else 1)
            result.append(
                problem(
                    place,
                    "handout-overflow",
                    sheet=sheet.title,
                    millimetres=math.ceil(much),
                    lines=math.ceil(much / LINE_HEIGHT),
                )
            )
    return list(dict.fromkeys(result))


def _fault(one: PrintedHandout, shown: str, file: Path) -> Problem:
    """Return the problem of a sheet that Typst refuses: a sign that no font has, at its place, or what Typst says."""
    found = _SIGN.search(one.fault)
    if not found:
        return problem(Place(shown), "handout-unprintable", sheet=one.sheet.title, detail=one.fault)
    sign = found[1]
    lines = file.read_text(encoding="utf-8-sig").splitlines() if file.is_file() else []
    for number, line in enumerate(lines, 1):
        if sign in line:
            return problem(Place(shown, number, line.index(sign) + 1), "unprintable-sign", sign=sign)
    return problem(Place(shown), "unprintable-sign", sign=sign)


def copy_handouts(site: Path, paper: PrintedHandouts) -> None:
    """Put the sheets into a rendered site.

    Raises:
        OSError: They can't be written.
    """
    for one in paper.made:
        if one.ok:
            target = site / one.sheet.language / one.sheet.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)
            shutil.copyfile(one.file, target)
