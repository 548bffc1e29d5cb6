"""MkDocs's door to the assembled tree: `mkdocs build` and `mkdocs serve` with the project's own mkdocs.yml.

The plugin assembles the site in `on_config` and hands MkDocs the derived configuration of the source language; the
other languages and the start page follow when that one is done.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, NoReturn

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin

from stufenweise.assemble.derived_config import config_file
from stufenweise.assemble.draft_marks import mark_drafts
from stufenweise.checked import read_and_check, with_paper
from stufenweise.cli.context import today
from stufenweise.cli.problem_output import message_language
from stufenweise.config.brand_checks import colours_of
from stufenweise.config.open_project import read_project
from stufenweise.config.project import Project
from stufenweise.handouts.print_handouts import PrintedHandouts
from stufenweise.i18n.command_text import command_text
from stufenweise.i18n.problem_messages import problem_message
from stufenweise.model.library import Library
from stufenweise.model.problem import Problem
from stufenweise.pipeline import assemble, complete
from stufenweise.publish.publishing import mark_site
from stufenweise.publish.workspace_lock import COMMAND_WAIT, workspace_lock
from stufenweise.render.theme import builder_theme, write_theme

log = logging.getLogger("mkdocs.plugins.stufenweise")


class StufenweisePlugin(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """Assembles the site for MkDocs."""

    def __init__(self) -> None:
        """Start without a library; `on_config` reads it."""
        self.assembled: tuple[Project, Library, Path, PrintedHandouts] | None = None
        self.serves = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Note whether the site is for its authors' eyes alone; then drafts are part of it."""
        self.serves = command == "serve"

    def load_config(
        self,
        options: dict[str, Any],
        config_file_path: str | None = None,
    ) -> tuple[list[tuple[str, Exception]], list[tuple[str, str]]]:
        """Take the options as they are: `read_project` validates them, with their place in mkdocs.yml."""
        self.config = options
        return [], []

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Assemble the site, and return the derived configuration of the source language."""
        root = Path(config.site_dir)
        project = read_project(Path(config.config_file_path), root, today(os.environ))
        if isinstance(project, list):
            _abort(project)
        checked, paper = with_paper(project, read_and_check(project, today(os.environ)), drafts=self.serves)
        if checked.stops(strict=config.strict):
            _abort(checked.problems)
        _say(checked.problems)
        library = mark_drafts(checked.reading.library(drafts=self.serves), project.labels)
        with workspace_lock(project.work, wait=COMMAND_WAIT):
            assemble(library, project, root, paper)
            write_theme(project.work / "theme", project.overrides, builder_theme("mkdocs"), colours_of(project))
        self.assembled = project, library, root, paper
        derived = _derived(project, library.source, root, config)
        # From here on MkDocs asks the derived configuration's plugins; this one wants to hear when the build is done.
        derived.plugins["stufenweise"] = self
        return derived

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Build the other languages when the source language is done, and the start page above them."""
        if self.assembled is None:
            return
        project, library, root, paper = self.assembled
        for language in library.languages[1:]:
            mkdocs_build(_derived(project, language, root, config))
        complete(root, library, project, paper)
        mark_site(root)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:
        """Watch the theme folders; MkDocs itself watches the content, its `docs_dir`."""
        project = read_project(Path(config.config_file_path))
        if isinstance(project, Project):
            for folder in (project.content, *project.overrides):
                if folder.is_dir():
                    server.watch(str(folder))
        return server


def _derived(project: Project, language: str, root: Path, config: MkDocsConfig) -> MkDocsConfig:
    """Return the configuration of one language, published below `root`, with its plugins started."""
    derived = load_config(str(config_file(project, language)), site_dir=str(root / language), strict=config.strict)
    derived.plugins.on_startup(command="build", dirty=False)
    result: MkDocsConfig = derived.plugins.on_config(derived)
    return result


def _say(problems: Sequence[Problem]) -> None:
    language = message_language(None, os.environ)
    for one in problems:
        said = problem_message(one, language)
        level = logging.ERROR if one.is_error else logging.WARNING
        log.log(level, "%s: [%s] %s %s", one.place, one.code, said.what, said.remedy)


def _abort(problems: Sequence[Problem]) -> NoReturn:
    _say(problems)
    raise Abort(command_text("nothing-built", message_language(None, os.environ)))
