"""The whole way from content to the published site.

load -> check -> assemble -> render -> publish; nothing is written while an error stands, and nothing is published but
a whole site. When nothing that goes into the site has changed since the last build, there is nothing to do.
"""

from __future__ import annotations

import datetime
import gc
import hashlib
import json
import multiprocessing
import os
import secrets
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from stufenweise.assemble import page_paths
from stufenweise.assemble.derived_config import as_yaml, config_file, derived_config, docs_folder
from stufenweise.assemble.docs_tree import docs_tree, write_docs_tree
from stufenweise.assemble.draft_marks import mark_drafts
from stufenweise.assemble.localized_library import LocalizedLibrary
from stufenweise.check import blocking_problems, check
from stufenweise.checked import files_of, read_texts
from stufenweise.config.brand_checks import colours_of
from stufenweise.config.brand_colours import start_styles
from stufenweise.config.project import Project
from stufenweise.errors import Failure, explain_os_error
from stufenweise.handouts.print_handouts import PrintedHandouts, copy_handouts, print_handouts
from stufenweise.model.library import Library
from stufenweise.model.problem import Place, Problem
from stufenweise.overlay.base_drift import BASE_FOLDER
from stufenweise.publish.cleanup import sweep
from stufenweise.publish.postprocess import postprocess_site
from stufenweise.publish.publishing import check_target, publish, staging
from stufenweise.publish.redirects import write_redirects
from stufenweise.publish.start_page import write_start_pages
from stufenweise.publish.workspace_lock import workspace_lock
from stufenweise.render.builder_command import Builder, builder_environment, source_date_epoch
from stufenweise.render.builders import BuildJob, BuildOutcome, BuildProgress, run_builders
from stufenweise.render.sanitiser import sanitise_pages
from stufenweise.render.theme import builder_theme, write_theme
from stufenweise.source.content_files import ContentFiles

MANY = 100
"""Tutorials from which on a process for each language saves more time than it costs."""


@dataclass
class Timings:
    """What each stage took."""

    seconds: dict[str, float] = field(default_factory=dict)
    """Seconds by the clock."""
    computing: dict[str, float] = field(default_factory=dict)
    """Seconds of computing, those of finished child processes included."""

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the time spent inside to the stage `name`."""
        start, computed = time.perf_counter(), sum(os.times()[:4])
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start
            self.computing[name] = self.computing.get(name, 0.0) + sum(os.times()[:4]) - computed


@dataclass(frozen=True, slots=True)
class Options:
    """How to build."""

    builder: Builder = "mkdocs"
    strict: bool = False
    """Whether warnings stop the build."""
    force: bool = False
    """Whether to build although nothing has changed."""
    wait: float = 0
    """Seconds to wait for another build in the same project."""
    drafts: bool = False
    """Whether to build what is still being written too, marked as drafts."""


@dataclass(frozen=True, slots=True)
class Report:
    """How a build ended."""

    problems: tuple[Problem, ...]
    outcomes: tuple[BuildOutcome, ...] = ()
    published: bool = False
    unchanged: bool = False
    """Whether nothing had changed since the last build."""
    notes: tuple[Failure, ...] = ()
    """What went wrong beside the published site."""
    pages: int = 0
    """How many pages the site has, all languages together."""


def assemble(library: Library, project: Project, output: Path, paper: PrintedHandouts, wall: str = "") -> int:
    """Write docs trees and derived configurations to the work folder; return the number of pages.

    Args:
        library: What the content says.
        project: The project.
        output: Folder below the work folder that the builders write to, one folder a language.
        paper: The sheets that the pages offer.
        wall: Secret that marks the pages' text, see `derived_config`.

    Raises:
        OSError: Something could not be written.
    """
    return sum(_assemble_language(library, project, output, language, paper, wall) for language in library.languages)


def _assemble_language(
    library: Library, project: Project, output: Path, language: str, paper: PrintedHandouts, wall: str
) -> int:
    """Write the tree and the configuration of one language; return the number of its pages."""
    site = LocalizedLibrary(library, language, project.labels, project.directories, paper.downloads(language))
    files = docs_tree(site)
    write_docs_tree(files, docs_folder(project, language))
    config = as_yaml(derived_config(site, project, output / language, wall), site.labels).encode()
    target = config_file(project, language)
    if not target.is_file() or target.read_bytes() != config:
        target.write_bytes(config)
    return sum(1 for path in files if path.endswith(".md"))


def _assemble_side_by_side(library: Library, project: Project, output: Path, paper: PrintedHandouts, wall: str) -> int:
    """Do what `assemble` does, a process a language, where a process can be had without copying the library.

    That is a fork, which must not happen while other threads run; so only a command of ours calls this.
    """
    if sys.platform != "linux" or len(library.tutorials) < MANY or threading.active_count() > 1:
        return assemble(library, project, output, paper, wall)
    context = multiprocessing.get_context("fork")
    counts = {language: context.Value("i", -1) for language in library.languages}

    def one(language: str) -> None:
        gc.disable()
        counts[language].value = _assemble_language(library, project, output, language, paper, wall)

    workers = [context.Process(target=one, args=(language,)) for language in library.languages]
    # A collection in a worker would touch, and so copy, every object of the library.
    gc.freeze()
    for worker in workers:
        worker.start()
    gc.unfreeze()
    for worker in workers:
        worker.join()
    if any(worker.exitcode for worker in workers):
        # Once more here, where a failure can be told.
        return assemble(library, project, output, paper, wall)
    return sum(count.value for count in counts.values())


def complete(site: Path, library: Library, project: Project, paper: PrintedHandouts) -> None:
    """Add what belongs to the site as a whole: sheets for paper, site map, pages at former addresses, start page."""
    copy_handouts(site, paper)
    facts = {page_paths.level_path(level.slug): level.facts.reviewed for level in library.levels}
    facts |= {page_paths.tutorial_path(tutorial.slug): tutorial.facts.reviewed for tutorial in library.tutorials}
    facts |= {page_paths.guide_path(guide.slug): guide.facts.reviewed for guide in library.guides}
    facts[page_paths.HOME_PAGE] = library.home.facts.reviewed
    reviewed = {page_paths.address(path, directories=project.directories): day for path, day in facts.items()}
    postprocess_site(site, library.languages, site_url=project.site_url, reviewed=reviewed)
    write_redirects(site, library, project)
    colours = start_styles(project.settings.colour)
    write_start_pages(site, project.site_name, [*project.labels.values()], project.site_url, colours)


def build(
    project: Project,
    options: Options,
    *,
    today: datetime.date,
    environ: Mapping[str, str],
    timings: Timings | None = None,
    on_progress: Callable[[BuildProgress], None] = lambda _: None,
    on_checked: Callable[[Sequence[Problem]], None] = lambda _: None,
) -> Report:
    """Build and publish the site of a project.

    Args:
        project: The project.
        options: How to build.
        today: The day against which reviews are due.
        environ: Environment for the builder processes.
        timings: Where to note how long each stage took.
        on_progress: Called when a language got further.
        on_checked: Called with the problems of the content before anything is built.

    Raises:
        PublishError: The site can't be written or published, or another build is running.
    """
    clock = timings or Timings()
    with workspace_lock(project.work, wait=options.wait):
        sweep(project.work, project.site_dir)
        check_target(project.site_dir, project.work)
        with clock.stage("load"):
            files = files_of(project)
            inputs = _inputs(project, options, today, files)
            before = _unchanged(project, inputs)
        if before is not None and not options.force and not blocking_problems(before, strict=options.strict):
            on_checked(before)
            return Report(tuple(before), published=True, unchanged=True)
        with clock.stage("load"):
            reading = read_texts(project, files)
        with clock.stage("check"):
            problems = (*project.warnings, *check(reading, today))
        library = None
        if not blocking_problems(problems, strict=False):
            library = mark_drafts(reading.library(drafts=options.drafts), project.labels)
        paper = PrintedHandouts()
        if library:
            with clock.stage("handouts"):
                try:
                    paper = print_handouts(project, library)
                except OSError as error:
                    raise explain_os_error(error, project.work) from error
            problems = (*problems, *reading.locate(paper.problems))
        on_checked(problems)
        if library is None or blocking_problems(problems, strict=options.strict):
            return Report(problems)
        wall = secrets.token_hex(16) if options.builder == "zensical" else ""
        with staging(project.work) as new:
            with clock.stage("assemble"):
                try:
                    pages = _assemble_side_by_side(library, project, new, paper, wall)
                    write_theme(
                        project.work / "theme", project.overrides, builder_theme(options.builder), colours_of(project)
                    )
                except OSError as error:
                    raise explain_os_error(error, project.work) from error
            epoch = source_date_epoch(environ, (tutorial.facts.reviewed for tutorial in library.tutorials))
            jobs = [
                BuildJob(
                    language,
                    config_file(project, language),
                    new / language,
                    options.builder,
                    pages // len(library.languages),
                )
                for language in library.languages
            ]
            with clock.stage("render"):
                outcomes = tuple(
                    run_builders(jobs, environ=builder_environment(environ, epoch), on_progress=on_progress)
                )
            if not all(outcome.ok for outcome in outcomes) or (
                options.strict and any(one.warnings for one in outcomes)
            ):
                return Report(problems, outcomes)
            with clock.stage("publish"):
                try:
                    if wall:
                        sanitise_pages(new, wall)
                    complete(new, library, project, paper)
                except OSError as error:
                    raise explain_os_error(error, new) from error
                notes = publish(new, project.site_dir, project.work)
                _remember(project, inputs, problems)
    return Report(problems, outcomes, published=True, notes=notes, pages=pages)


def _inputs(project: Project, options: Options, today: datetime.date, files: ContentFiles) -> str:
    """Return a digest over all that goes into a site."""
    result = hashlib.sha256()
    said = (
        _version("stufenweise"), _version("mkdocs"), _version("mkdocs-material"), _version(options.builder),
        options.builder, options.drafts, today.isoformat(), str(project),
        [one.code + str(one.place) for one in files.problems],
    )  # fmt: skip
    result.update(json.dumps(said).encode())
    result.update(project.config_file.read_bytes())
    for path, data in files.data.items():
        result.update(f"\0{path}\0{len(data)}\0".encode())
        result.update(data)
    package = Path(__file__).resolve().parent
    folders = [*project.overrides, package]
    if project.base:
        folders += [project.base, project.content / BASE_FOLDER]
    for folder in folders:
        for found in sorted(folder.rglob("*")):
            if found.is_file() and found.suffix != ".pyc":
                status = found.stat()
                result.update(f"\0{found}\0{status.st_size}\0{status.st_mtime_ns}".encode())
    return result.hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _unchanged(project: Project, inputs: str) -> list[Problem] | None:
    """Return the problems of the last build if the published site was made of the same inputs, otherwise None."""
    try:
        stamp = json.loads(_stamp(project).read_text(encoding="utf-8"))
        if stamp["inputs"] != inputs or stamp["site"] != _site_mark(project):
            return None
        return [
            Problem(Place(*place), code, tuple((name, value) for name, value in values))
            for place, code, values in stamp["problems"]
        ]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _stamp(project: Project) -> Path:
    """Return the file that remembers what the published site was made of, one for each place of publication."""
    name = hashlib.sha256(str(project.site_dir).encode()).hexdigest()[:12]
    return project.work / f"stamp-{name}.json"


def _site_mark(project: Project) -> list[int]:
    """Return what tells the published folder from another that took its place."""
    status = (project.site_dir / "index.html").stat()
    return [status.st_ino, status.st_mtime_ns, status.st_size]


def _remember(project: Project, inputs: str, problems: Sequence[Problem]) -> None:
    stamp = {
        "inputs": inputs,
        "site": _site_mark(project),
        "problems": [
            [[one.place.file, one.place.line, one.place.column], one.code, list(one.values)] for one in problems
        ],
    }
    _stamp(project).write_text(json.dumps(stamp, ensure_ascii=False), encoding="utf-8")
