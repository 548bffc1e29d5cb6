"""Stages that write: assemble the input of the builders, render it, publish the site."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from stufenweise.assemble.derived_config import THEME_FOLDER, config_file
from stufenweise.assemble.site_tree import write_site_tree
from stufenweise.config.brand_checks import brand_stylesheet
from stufenweise.core.digests import digest_of
from stufenweise.core.errors import Failure, MachineError, os_errors_explained
from stufenweise.core.result_cache import ResultCache
from stufenweise.core.safe_folders import SafeFolder
from stufenweise.handouts.print_handouts import copy_handouts
from stufenweise.publish.build_stamp import is_last_site, remember_site
from stufenweise.publish.publishing import claim_site, publish
from stufenweise.publish.whole_site import HANDOUTS_STAGING, complete_site, remove_other_languages
from stufenweise.render.builder_command import BuilderName
from stufenweise.render.builder_process import BuilderProcess
from stufenweise.render.builders import BuildJob, BuildProgress
from stufenweise.render.language_rendering import plan_rendering, render_languages
from stufenweise.render.sanitiser import sanitise_pages
from stufenweise.render.theme import builder_theme, write_theme
from stufenweise.render.unchanged_languages import language_digest
from stufenweise.stages.stage_results import AssembledSite, PrintedContent, RenderedSite


def assemble_site(printed: PrintedContent, folder: Path, builder: BuilderName = "mkdocs") -> AssembledSite:
    """Write the builders' input for rendering the site into `folder`; only changed files are written.

    Raises:
        MachineError: It can't be written, or the theme is not the expected one.
    """
    project, library = printed.project, printed.library
    marker_secret = secrets.token_hex(16) if builder == "zensical" else ""
    with os_errors_explained(project.work_folder.path):
        downloads = {code: printed.handouts.downloads(code) for code in library.languages}
        trees = write_site_tree(project, library, downloads, folder, marker_secret)
        theme = write_theme(
            project.work_folder.at(THEME_FOLDER),
            project.overrides,
            builder_theme(builder),
            brand_stylesheet(project),
            {*project.features, *project.settings.languages},
            ResultCache(project.work_folder, "theme"),
        )
    return AssembledSite(
        printed=printed,
        folder=folder,
        builder=builder,
        trees=trees,
        theme_digest=digest_of(repr(theme)),
        marker_secret=marker_secret,
    )


def render_site(
    assembled: AssembledSite,
    environ: Mapping[str, str],
    on_progress: Callable[[BuildProgress], None] = lambda _: None,
    *,
    ready: BuilderProcess | None = None,
    rebuild_all: bool = False,
) -> RenderedSite:
    """Render changed languages, each in a builder process of its own.

    Meanwhile the handouts are copied.

    Args:
        assembled: The assembled site.
        environ: Environment for the builder processes.
        on_progress: Called with the progress of a language.
        ready: A builder process that waits for what to build, if there is one.
        rebuild_all: Whether to make all pages; otherwise those that have not changed are taken from the published site.

    Raises:
        MachineError: The pages can't be written.
    """
    project, folder, builder = assembled.project, assembled.folder, assembled.builder
    jobs = [
        BuildJob(
            language=code,
            config=config_file(project, code),
            site=folder / code,
            builder=builder,
            pages=tree.pages,
            digest=language_digest(builder, project.config_digest, assembled.theme_digest, tree.digest),
        )
        for code, tree in assembled.trees.items()
    ]
    may_reuse = not rebuild_all and is_last_site(project)
    plan = plan_rendering(project, assembled.library, folder, jobs, environ, may_reuse=may_reuse)
    with os_errors_explained(folder):
        with ThreadPoolExecutor(1) as background:
            # Copying files and waiting for builders both leave this thread idle.
            copied = background.submit(_copy_handouts, assembled, project.site_dir)
            outcomes = render_languages(plan, on_progress, ready)
            copied.result()
        if assembled.marker_secret and all(outcome.ok for outcome in outcomes):
            sanitise_pages(folder, assembled.marker_secret)
    return RenderedSite(assembled, outcomes)


def publish_site(rendered: RenderedSite, digest: str) -> tuple[Failure, ...]:
    """Replace the published site atomically, and stamp it; return non-fatal failures.

    Call it with the work folder locked.

    Args:
        rendered: The rendered site.
        digest: Digest of all its inputs, see `site_digest`.

    Raises:
        MachineError: It failed; readers still have the old site.
    """
    assembled = rendered.assembled
    project = assembled.project
    with os_errors_explained(assembled.folder):
        complete_site(assembled.folder, assembled.library, project)
    notes = publish(assembled.folder, project.site_dir, project.work_folder.path)
    try:
        with os_errors_explained(project.work_folder.path, "stamp-not-written"):
            # The next build repeats a builder's warnings, and stops at them if it is strict.
            has_warnings = any(outcome.warnings for outcome in rendered.outcomes)
            remember_site(project, "" if has_warnings else digest, assembled.printed.problems)
    except MachineError as error:  # The site is published, only the next build takes longer
        return (*notes, error.failure)
    return notes


def take_over_site(assembled: AssembledSite) -> None:
    """Mark the published folder as ours before pages are rendered into it, and remove languages that it no longer has.

    Call it with the work folder locked.

    Raises:
        MachineError: It can't be written.
    """
    with os_errors_explained(assembled.folder):
        claim_site(assembled.folder)
        remove_other_languages(assembled.folder, assembled.library.languages)


def publish_in_place(assembled: AssembledSite) -> None:
    """Add everything that is not a page to a site whose pages were rendered into the published folder itself.

    Call it with the work folder locked.

    Raises:
        MachineError: It can't be written.
    """
    with os_errors_explained(assembled.folder):
        _copy_handouts(assembled)
        complete_site(assembled.folder, assembled.library, assembled.project)


def _copy_handouts(assembled: AssembledSite, last_site: Path | None = None) -> None:
    """Copy the handouts beside the pages; equal ones are linked from the last site."""
    copy_handouts(SafeFolder(assembled.folder).at(HANDOUTS_STAGING), assembled.printed.handouts, last_site)
