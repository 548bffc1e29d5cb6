"""Render only changed pages: link the others from the last site.

A page is unchanged if all that it is made of is the same: its source, whether its links find their files, and what all
pages share (`shared_digest`). MkDocs's own `build --dirty` compares no more than times. A record of each page in the
work folder tells this, and the digest of the page itself: a page of the last site that somebody has changed is made
anew, and so is one whose making gave a warning, so that it is given again.

What else could show on a page is not looked for but excluded: with plugins, hooks or templates of a project's own that
see more than their page (`can_reuse_pages`), all pages are made.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from jinja2 import Environment, TemplateSyntaxError
from pydantic import TypeAdapter

from stufenweise.core.digests import digest_of, file_digest, program_versions
from stufenweise.core.file_reuse import find_files, reuse_files, with_digest, with_status
from stufenweise.core.safe_folders import SafeFolder
from stufenweise.render.mkdocs_adapter import recorded_files

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure import StructureItem
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

    from stufenweise.config.project import Project
    from stufenweise.render.builder_command import BuilderName
    from stufenweise.render.mkdocs_adapter import RecordedFiles

RECORDS = "STUFENWEISE_PAGE_RECORDS"
"""Environment variable of a builder: the folder of the records. Without it all pages are made, without records."""
LAST_SITE = "STUFENWEISE_LAST_SITE"
"""Environment variable of a builder: the published site; empty if its pages must not be reused."""
INCREMENTAL: frozenset[BuilderName] = frozenset({"mkdocs", "properdocs"})
"""Builders that can leave out pages."""
SHOWN_IN_NAVIGATION = ("icon", "status", "subtitle", "text_language")
"""Front matter of a page that the theme shows in the navigation of others (its partials/nav-item.html, patched)."""
MORE_THAN_A_PAGE = frozenset(
    {
        "nav", "pages", "previous_page", "next_page", "parent", "children", "ancestors", "homepage", "build_date_utc",
        "update_date",
    }
)  # fmt: skip
"""Names by which a template can read other pages; our templates and the theme's are covered by the records."""


@dataclass(slots=True, kw_only=True)
class PageRecord:
    """The inputs and the output of a page."""

    source: str
    """Digest of its Markdown."""
    made: str = ""
    """Digest of its HTML."""
    lookups: dict[str, bool] = field(default_factory=dict)
    """For each path that it looked up, whether there was a file."""
    anchors: list[str] = field(default_factory=list)
    links: dict[str, dict[str, str]] = field(default_factory=dict)
    """Anchors that it links to, by file, with the link as it is written."""
    warned: bool = False


_PAGES: TypeAdapter[dict[str, PageRecord]] = TypeAdapter(dict[str, PageRecord])


def can_reuse_pages(project: Project, builder: BuilderName) -> bool:
    """Return whether page records cover everything that can change a page.

    Hooks, plugins and templates of a project's own can read other pages.
    """
    ours, *own = project.overrides
    templates = [
        (file, ours / file.relative_to(folder))
        for folder in own
        for file in folder.rglob("*")
        if file.is_file() and file.relative_to(folder).parts[0] != "assets"
    ]
    return (
        builder in INCREMENTAL
        and not project.runs_other_code
        and not any(_sees_more(file, above) for file, above in templates)
    )


def _sees_more(file: Path, above: Path) -> bool:
    """Return whether a template may show more than its page; a template equal to ours does not."""
    data = file.read_bytes()
    if above.is_file() and above.read_bytes() == data:
        return False
    try:
        tokens = [*Environment(autoescape=True).lex(data.decode())]
    except (UnicodeDecodeError, TemplateSyntaxError):
        return True
    # A name may stand in quotes too: page["next_page"].
    return any(value.strip("\"'") in MORE_THAN_A_PAGE for _, kind, value in tokens if kind in {"name", "string"})


def page_records(project: Project) -> SafeFolder:
    """Return the folder of the records, one for each place of publication."""
    return project.work_folder.at(f"pages-{project.site_key}")


def page_record_environment(project: Project, *, rebuild_all: bool) -> dict[str, str]:
    """Return the environment variables with the paths of records and last site.

    Args:
        project: The project.
        rebuild_all: Whether all pages are built again.
    """
    return {
        RECORDS: str(page_records(project).path),
        LAST_SITE: "" if rebuild_all else str(project.site_dir),
    }


class UnchangedPages:
    """The unchanged pages of one language: chosen when the navigation is complete, linked at the end."""

    def __init__(self, records: SafeFolder, last_site: SafeFolder | None) -> None:
        """Prepare to reuse pages of `last_site` (None to reuse none), with records in a folder."""
        self.records_folder, self.last_site = records, last_site
        self.shared = ""
        self.known: dict[str, PageRecord] = {}
        """Records of the last build that still hold, by the path of the source."""
        self.new: dict[str, PageRecord] = {}
        self.statuses: dict[str, os.stat_result] = {}
        """Status of each page of the last site that is as it was made, by its path."""
        self.current: PageRecord | None = None
        """Record of the page that is being made."""
        self.files: RecordedFiles

    def record_lookups(self, files: Files) -> Files:
        """Return the files as a collection that records which of them the current page looks up."""
        self.files = recorded_files(files, self._note_lookup)
        return self.files

    def choose(self, nav: Navigation, config: MkDocsConfig) -> None:
        """Leave out unchanged pages, and record the others."""
        files = self.files
        for shown in nav.pages:
            # Its title stands in the navigation of every page.
            shown.read_source(config)
        self.shared = shared_digest(config, nav)
        known, paths = self._read(config), {file.src_uri for file in files}
        self.statuses = self._find(known, config, files)
        for file in files.documentation_pages():
            record = known.get(file.src_uri)
            source = file_digest(file.content_bytes)
            self.new[file.src_uri] = PageRecord(source=source)
            is_same = bool(
                record
                and record.source == source
                and all((path in paths) is there for path, there in record.lookups.items())
                and file.dest_uri in self.statuses
            )
            if record and is_same:
                self.known[file.src_uri] = record
                if (page := file.page) is not None:
                    page.present_anchor_ids = set(record.anchors)
                    page.links_to_anchors = {
                        target: links for path, links in record.links.items() if (target := files.src_uris.get(path))
                    }
        files.left_out = self.known.keys()
        self._note_warnings()

    def begin(self, page: Page) -> None:
        """Start recording a page's inputs."""
        self.current = self.new.get(page.file.src_uri)

    def end(self, html: str | None = None) -> None:
        """Stop recording the page; note the digest of its HTML."""
        if self.current is not None and html is not None:
            # As MkDocs writes it.
            self.current.made = file_digest(html.encode("utf-8", errors="xmlcharrefreplace")) if html.strip() else ""
        self.current = None

    def finish(self, config: MkDocsConfig) -> None:
        """Link the skipped pages, and write the records of all pages.

        They are linked after the builder has written its last file; otherwise it would write into the last site. If the
        last site changes meanwhile, that is logged as a builder's error, which stops the build.
        """
        files = self.files
        reused = [file for file in files.all_pages() if file.src_uri in self.known]
        wanted = {file.dest_uri: with_status(self.statuses[file.dest_uri]) for file in reused}
        last = self._last(config)
        linked = reuse_files(last, SafeFolder(Path(config.site_dir)), wanted) if last else set()
        for file in files.all_pages():
            path = file.src_uri
            if path in self.known:
                if file.page is not None:
                    file.page.validate_anchor_links(files=files, log_level=config.validation.links.anchors)
                if file.dest_uri not in linked:
                    _logger(config, "plugins.stufenweise").error(
                        "The published site has changed during the build, at %s: build it again.", file.dest_uri
                    )
            elif (page := file.page) is not None:
                self.new[path].anchors = sorted(page.present_anchor_ids or ())
                anchor_links = getattr(page, "links_to_anchors", None) or {}
                self.new[path].links = {target.src_uri: dict(links) for target, links in anchor_links.items()}
        pages = {
            path: record for path, record in {**self.new, **self.known}.items() if record.made and not record.warned
        }
        digests = {file.dest_uri: self.known[file.src_uri].made for file in reused}
        data = {"shared": self.shared, "pages": _PAGES.dump_python(pages), "reused": digests}
        self.records_folder.write(_name(config), json.dumps(data, ensure_ascii=False).encode())

    def _last(self, config: MkDocsConfig) -> SafeFolder | None:
        """Return the folder of this language in the last site."""
        return self.last_site.at(Path(config.site_dir).name) if self.last_site else None

    def _find(self, known: Mapping[str, PageRecord], config: MkDocsConfig, files: Files) -> dict[str, os.stat_result]:
        """Return the status of each page of the last site that is as its record tells, by its path."""
        pages = (file for file in files.documentation_pages() if file.src_uri in known)
        wanted = {file.dest_uri: with_digest(known[file.src_uri].made) for file in pages}
        last = self._last(config)
        return find_files(last, wanted) if last else {}

    def _read(self, config: MkDocsConfig) -> dict[str, PageRecord]:
        """Return the records of the last build; none if an input of all pages has changed, or if one is damaged."""
        match self.records_folder.read_json(_name(config)):
            case {"shared": self.shared, "pages": dict(pages)} if self.last_site is not None:
                with suppress(ValueError):
                    return _PAGES.validate_python(pages)
        return {}

    def _note_lookup(self, path: str, is_there: bool) -> None:
        if self.current is not None:
            self.current.lookups[PurePath(path).as_posix()] = is_there

    def _note_warnings(self) -> None:
        notes = self

        class _Warnings(logging.Handler):
            def emit(self, record: logging.LogRecord) -> None:
                if notes.current is not None:
                    notes.current.warned = True

        handler = _Warnings(logging.WARNING)
        for name in ("", "mkdocs", "properdocs"):
            logging.getLogger(name).addHandler(handler)


def reused_pages(records: SafeFolder, language: str) -> dict[str, str]:
    """Return the digests of the pages that a builder has just taken over from the last site, by their paths."""
    match records.read_json(f"{language}.json"):
        case {"reused": dict(reused)}:
            return {str(path): str(digest) for path, digest in reused.items()}
    return {}


def shared_digest(config: MkDocsConfig, nav: Navigation) -> str:
    """Return a digest over the inputs that all pages share: configuration, navigation, templates and programs."""
    settings = [
        {key: value for key, value in settings_of_file.items() if key != "site_dir"}
        for settings_of_file in config.user_configs
    ]
    shared = [
        type(config).__module__, program_versions(), settings,
        [_shown(item) for item in nav.items], nav.homepage.url if nav.homepage else "",
    ]  # fmt: skip
    inputs = (part for name, path in _input_files(config.theme.dirs) for part in (name, path.read_bytes()))
    return digest_of(json.dumps(shared, default=repr), *inputs)


def _input_files(folders: Sequence[str]) -> Iterator[tuple[str, Path]]:
    """Yield the input files of pages, each with a name that does not depend on the project's place.

    All of the merged theme, the templates of the themes below it, and our own code.
    """
    package = Path(__file__).parent.parent
    patterns = ("*.html", "*.yml", "partials/**/*.html", "blog/**/*.html")
    places = [
        (Path(folders[0]), ("**/*",)),
        *((Path(folder), patterns) for folder in folders[1:]),
        *((package / room, ("**/*.py",)) for room in ("render", "source")),
    ]
    for number, (folder, globs) in enumerate(places):
        paths = {path for pattern in globs for path in folder.glob(pattern) if path.is_file()}
        yield from ((f"{number} {path.relative_to(folder).as_posix()}", path) for path in sorted(paths))


def _shown(item: StructureItem) -> list[object]:
    """Return the parts of a navigation item (section, page or link) that other pages show."""
    if children := getattr(item, "children", None):
        return [item.title, [_shown(child) for child in children]]
    meta = getattr(item, "meta", None) or {}
    return [item.title, getattr(item, "url", ""), {name: meta.get(name) for name in SHOWN_IN_NAVIGATION}]


def _logger(config: object, name: str) -> logging.Logger:
    """Return a logger of the builder that owns the configuration."""
    return logging.getLogger(f"{type(config).__module__.partition('.')[0]}.{name}")


def _name(config: MkDocsConfig) -> str:
    return f"{Path(config.site_dir).name}.json"


def unchanged_pages(environ: Mapping[str, str]) -> UnchangedPages | None:
    """Return the unchanged pages for a builder with this environment; None if it makes all pages."""
    if not (records := environ.get(RECORDS)):
        return None
    last = environ.get(LAST_SITE)
    folder = Path(records)
    return UnchangedPages(SafeFolder(folder.parent).at(folder.name), SafeFolder(Path(last)) if last else None)
