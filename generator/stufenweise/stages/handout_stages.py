"""Stages that print: make the handouts of checked content, or find what printing them would report."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import Protocol

from stufenweise.config.project import Project
from stufenweise.core.errors import os_errors_explained
from stufenweise.handouts.handout import Handout
from stufenweise.handouts.handout_problems import LinesOf
from stufenweise.handouts.print_handouts import PrintedHandouts, check_handouts, print_handouts
from stufenweise.model.library import Library
from stufenweise.model.outcome import Outcome
from stufenweise.model.paths import ShownPath
from stufenweise.stages.content_stages import site_library
from stufenweise.stages.stage_results import CheckedContent, Drafts, PrintedContent


class PrintLibrary(Protocol):
    """Prints the handouts of a library, or tries to: `print_handouts` or `check_handouts`."""

    def __call__(
        self, project: Project, library: Library, *, used_by: str, lines_of: LinesOf, damaged: Collection[ShownPath]
    ) -> PrintedHandouts:
        """Print them; see `print_handouts` for the arguments."""


def print_content(
    checked: CheckedContent,
    *,
    drafts: Drafts = "left out",
    on_printing: Callable[[int], None] = lambda _: None,
) -> Outcome[PrintedContent]:
    """Print the handouts of checked content that are not printed yet; return all problems if the content has errors.

    Call it with the work folder locked: handouts that are no longer made are removed.

    Args:
        checked: The content.
        drafts: Treatment of draft tutorials.
        on_printing: Called with the number of handouts that are to be printed, if there are any.

    Raises:
        MachineError: They can't be written.
    """
    return _printed_content(checked, drafts, partial(print_handouts, on_printing=on_printing))


def check_printing(
    checked: CheckedContent,
    *,
    select: Callable[[Handout], bool] | None = None,
    on_printing: Callable[[int], None] = lambda _: None,
) -> Outcome[PrintedContent]:
    """Find the problems that printing checked content, drafts included, would have, unless it has errors.

    Nothing needs to be written.

    Args:
        checked: The content.
        select: Which handouts are checked; all if left out.
        on_printing: Called with the number of handouts that are to be printed for that, if there are any.

    Raises:
        MachineError: Printing was ended from outside.
    """
    return _printed_content(checked, "included", partial(check_handouts, select=select, on_printing=on_printing))


def _printed_content(checked: CheckedContent, drafts: Drafts, print_library: PrintLibrary) -> Outcome[PrintedContent]:
    """Return checked content with the handouts that `print_library` prints; its problems alone if it has errors."""
    if checked.blocks_build():
        return Outcome.failure(*checked.problems)
    library = site_library(checked, drafts)
    with os_errors_explained(checked.project.work_folder.path):
        handouts = print_library(
            checked.project,
            library,
            used_by=drafts.replace(" ", "-"),
            lines_of=checked.result.lines_of,
            damaged={problem.place.file for problem in checked.problems if problem.code == "image-damaged"},
        )
    problems = (*checked.problems, *checked.result.locate(handouts.problems))
    printed = PrintedContent(checked=checked, problems=problems, handouts=handouts, library=library)
    return Outcome(printed, problems)
