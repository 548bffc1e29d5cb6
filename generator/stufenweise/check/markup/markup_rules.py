"""Rules about the HTML that a text's Markdown becomes: nothing that runs, fetches or takes over a page."""

from __future__ import annotations

from stufenweise.check.check_run import CheckRun
from stufenweise.load.text_file import TextFile
from stufenweise.model.problem import Problem


def markup_problems(run: CheckRun, file: TextFile) -> tuple[Problem, ...]:
    """Return the problems of one text's Markdown, as `scan_markup` finds them."""
    return run.scan(file).problems
