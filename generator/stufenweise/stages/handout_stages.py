"""Stages that print: make handouts of checked content, or find what printing them would report."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import partial
from typing import Protocol

from stufenweise.config.project import Project
from stufenweise.core.errors import os_errors_explained
from stufenweise.handouts.handout import Handout
from stufenweise.handouts.handout_problems import LinesOf
from stufenweise.handouts.print_handouts import (
    ChooseHandouts,
    PrintedHandouts,
    check_handouts,
    print_chosen,
    print_handouts,
)
from stufenweise.model.library import Library
from stufenweise.model.outcome import Outcome
from stufenweise.model.paths import ShownPath
from stufenweise.stages.content_stages import site_library
from stufenweise.stages.stage_results import CheckedContent, Drafts, PrintedContent


class PrintLibrary(Protocol):
    """Prints handouts of a library, or tries to: `print_handouts`, `check_handouts` or `print_chosen`."""

    def __call__(
        self, project: Project, library: Library, *, lines_of: LinesOf, damaged: Collection[ShownPath]
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
    print_library = partial(print_handouts, used_by=_index_name(drafts), on_printing=on_printing)
    return _printed_content(checked, drafts, print_library)


def print_chosen_content(
    checked: CheckedContent,
    languages: Iterable[str],
    choose: ChooseHandouts,
    *,
    drafts: Drafts = "left out",
    on_printing: Callable[[int], None] = lambda _: None,
) -> Outcome[PrintedContent]:
    """Print handouts that a command asks for, such as one that no site offers, unless the content has errors.

    Call it with the work folder locked: handouts that are no longer made are removed.

    Args:
        checked: The content.
        languages: Languages of the handouts.
        choose: Returns the handouts of a branding.
        drafts: Treatment of draft tutorials.
        on_printing: Called with the number of handouts that are to be printed, if there are any.

    Raises:
        MachineError: They can't be written.
    """
    return _printed_content(
        checked, drafts, partial(print_chosen, languages=languages, choose=choose, on_printing=on_printing)
    )


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
    print_library = partial(check_handouts, used_by=_index_name("included"), select=select, on_printing=on_printing)
    return _printed_content(checked, "included", print_library)


def _index_name(drafts: Drafts) -> str:
    """Return the name of the index of the cache for handouts of a site with such drafts."""
    return drafts.replace(" ", "-")


def _printed_content(checked: CheckedContent, drafts: Drafts, print_library: PrintLibrary) -> Outcome[PrintedContent]:
    """Return checked content with the handouts that `print_library` prints; its problems alone if it has errors."""
    if checked.blocks_build():
        return Outcome.failure(*checked.problems)
    library = site_library(checked, drafts)
    with os_errors_explained(checked.project.work_folder.path):
        handouts = print_library(
            checked.project,
            library,
            lines_of=checked.result.lines_of,
            damaged={problem.place.file for problem in checked.problems if problem.code == "image-damaged"},
        )
    problems = (*checked.problems, *checked.result.locate(handouts.problems))
    printed = PrintedContent(checked=checked, problems=problems, handouts=handouts, library=library)
    return Outcome(printed, problems)
