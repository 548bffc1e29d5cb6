"""The handouts of the shipped content as they were built, and a way to print a small library."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from conftest import make_project
from day import TODAY
from pypdf import PdfReader
from stufenweise.handouts.print_handouts import PrintedHandouts, print_handouts
from stufenweise.load.library_builder import build_library
from stufenweise.load.loader import load_content
from stufenweise.model.library import Library
from stufenweise.model.problem import Problem
from stufenweise.source.files.content_files import read_content_files
from stufenweise.stages.project_stage import open_project
from texts import SMALL_LIBRARY, content_file, replace_once

ADDRESS = "site_url: https://intranet.example.org/rm/\n"


@pytest.fixture(scope="session")
def handouts(built_project: Path) -> Path:
    """Return the folder of the built site that holds `de/handouts` and `en/handouts`."""
    return built_project / "site"


def fewer_books(site: Path) -> list[Path]:
    """Return the handouts in one language, and of each kind of book only one: the sheets in it are handouts, too."""
    files = sorted((site / "handouts").glob("*.pdf"))
    kinds = (r"level-\d-workbook", r"level-\d-mentor-book", r".*-sheets")
    books = [[file for file in files if re.fullmatch(kind, file.stem)] for kind in kinds]
    assert all(books)
    return [file for file in files if not any(file in others for _, *others in books)]


@pytest.fixture
def printed(tmp_path: Path) -> Callable[..., tuple[PrintedHandouts, Path]]:
    """Return a function that prints the small library, changed by `edits`, and returns handouts and cache folder.

    Pass `only` to print a single handout; printing all of them takes five times as long.
    """

    def run(
        edits: Mapping[str, tuple[str, str]] | None = None,
        extra: str = "",
        name: str = "p",
        settings: str = "",
        only: str = "",
        files: Mapping[str, bytes] | None = None,
    ) -> tuple[PrintedHandouts, Path]:
        config = make_project(tmp_path / name, content=SMALL_LIBRARY, extra=extra, options=settings, handouts=True)
        for path, (find, replace) in (edits or {}).items():
            replace_once(content_file(config, path), find, replace)
        for path, data in (files or {}).items():
            content_file(config, path).write_bytes(data)
        project = open_project(config, TODAY).value
        assert project
        content = library(config.parent / "content")
        printed = print_handouts(project, content, select=(lambda handout: handout.name == only) if only else None)
        return printed, project.work_folder.path / "handouts"

    return run


def library(content: Path) -> Library:
    reading = load_content(read_content_files(content), ("de", "en"))
    assert not [problem for problem in reading.problems if problem.is_error], reading.problems
    return build_library(reading)


def pdf(printed: PrintedHandouts, name: str, language: str = "de") -> PdfReader:
    """Return one of the handouts."""
    return PdfReader(
        next(
            sheet.file for sheet in printed.handouts if (sheet.handout.name, sheet.handout.language) == (name, language)
        )
    )


def text_of(reader: PdfReader) -> str:
    """Return the text of all pages in one line, hyphens at line ends joined."""
    lines = "\n".join(page.extract_text() for page in reader.pages)
    return " ".join(lines.replace("-\n", "").split())


def codes(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(str(problem.place), problem.code) for problem in problems]
