"""A project: what the generator needs of its mkdocs.yml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, cast

from stufenweise.core.digests import digest_of
from stufenweise.core.safe_folders import SafeFolder
from stufenweise.i18n.labels import Labels
from stufenweise.load.load_options import LoadOptions
from stufenweise.model.paths import ShownPath
from stufenweise.model.problem import Place, Problem
from stufenweise.model.settings import Settings
from stufenweise.overlay.visibility import Visibility

ExportTarget = Literal["web", "folder", "scorm", "cmi5", "silent"]
"""Targets of a build: a web server, a folder, or a learning platform told of progress by SCORM, cmi5 or not."""
BUILDER_SEARCH_PLUGINS = frozenset({"search", "material/search"})
"""Names of the plugins by which builders bring their own search."""
WORK_FOLDER = ".stufenweise"
"""Name of the work folder."""
WORK_VARIABLE = "STUFENWEISE_WORK"
"""Environment variable with the folder in which the work folder is made; otherwise it is made in the root."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project: its folder, the part of its MkDocs configuration that we need, and our settings in it."""

    config_file: Path
    """Absolute path of its mkdocs.yml."""
    work_parent: Path
    """Absolute path of the folder that holds the work folder: the root, or the one that a person named."""
    settings: Settings
    site_name: str
    site_dir: Path
    """Absolute path of the folder that is published."""
    site_url: str
    """Address of the site's root with a slash at its end, or empty."""
    content: Path
    """Absolute path of the content folder: MkDocs's `docs_dir`, or the content that comes with the package."""
    shown_content: ShownPath
    """The same path as people write it."""
    edit_root: str
    """Address below which the content's files can be edited, with a slash at its end, or empty."""
    directories: bool
    """MkDocs's `use_directory_urls`."""
    theme: Mapping[str, object]
    plugins: Sequence[tuple[str, Mapping[str, object]]]
    """The other plugins, in their order, with their options."""
    labels: Mapping[str, Labels]
    """Labels of site and handouts, by language."""
    paused: tuple[str, ...] = ()
    """Sorted codes of languages with labels that the site does not list: texts in them are left out."""
    hooks: tuple[str, ...] = ()
    """Paths of the project's own Python files that a builder runs, as MkDocs's `hooks` names them."""
    overrides: tuple[Path, ...] = ()
    """Theme folders, absolute: ours first, the project's own above it."""

    base: Path | None = None
    """Folder of the package's content, if the project uses it."""
    visibility: Visibility = field(default_factory=Visibility)
    """Levels, tutorials, goals and programmes that are hidden."""
    word_places: Mapping[tuple[str, str], Place] = field(default_factory=dict)
    """Places of the company's own words in the settings, by language and word."""
    config_digest: str = ""
    """Digest of the configuration, of those that it inherits from, and of the environment variables in them."""
    parent_configs: tuple[Path, ...] = ()
    """Absolute paths of the configurations that it inherits from."""
    target: ExportTarget = "web"
    publisher: str = ""
    """Name under which the pages of a folder or course store what they keep; empty on a web server: there the path is
    used."""
    warnings: tuple[Problem, ...] = ()
    """Warnings about the configuration."""

    @property
    def root(self) -> Path:
        """Folder of mkdocs.yml."""
        return self.config_file.parent

    @property
    def load_options(self) -> LoadOptions:
        """Options for loading its content."""
        return LoadOptions(
            shown_content=self.shown_content,
            vocabulary=self.settings.vocabulary,
            word_places=self.word_places,
            visibility=self.visibility,
            labels=self.labels,
            paused=self.paused,
        )

    @property
    def features(self) -> tuple[str, ...]:
        """The theme's features that are switched on."""
        return tuple(cast("Sequence[str]", self.theme.get("features") or ()))

    @property
    def further_plugins(self) -> tuple[tuple[str, Mapping[str, object]], ...]:
        """The other plugins without the builders' own search, which we don't use."""
        return tuple(plugin for plugin in self.plugins if plugin[0] not in BUILDER_SEARCH_PLUGINS)

    @property
    def runs_other_code(self) -> bool:
        """Whether a builder runs hooks or plugins of the project, whose inputs nobody but they know."""
        return bool(self.hooks or self.further_plugins)

    @property
    def site_key(self) -> str:
        """Short digest of `site_dir`, used in names of files in the work folder that belong to one published site."""
        return digest_of(str(self.site_dir))[:12]

    @property
    def work_folder(self) -> SafeFolder:
        """The folder for everything made on the way to the site; links out of it are refused."""
        return SafeFolder(self.work_parent / WORK_FOLDER, self.work_parent)
