"""Rules about links: each leads to a page, an anchor or an image that exists."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from stufenweise.check.check_run import CheckRun
from stufenweise.check.content.reference_rules import former_slug
from stufenweise.check.markup.rendered_text import Link
from stufenweise.load.load_result import LoadResult
from stufenweise.load.section_reader import proposed_id
from stufenweise.load.text_file import TextFile, TextKey
from stufenweise.model import page_paths
from stufenweise.model.kinds import (
    GLOSSARY_FILE,
    GOALS_FILE,
    GUIDE,
    HOME,
    KINDS,
    KIT,
    LEVEL,
    PROGRAMME,
    SELF_CHECK_FILE,
    TUTORIAL,
    Kind,
)
from stufenweise.model.paths import NO_PATH, ContentPath, shown_path
from stufenweise.model.problem import QUOTED_ADDRESS, QUOTED_TEXT, Problem, Subject, new_problem
from stufenweise.source.files.attachments import ATTACHMENT_SUFFIXES, is_attachment
from stufenweise.source.files.content_files import IMAGE_SUFFIXES
from stufenweise.source.files.file_names import linked_path, slug_of
from stufenweise.source.files.text_paths import TextPath
from stufenweise.source.markdown.outline import read_outline
from stufenweise.source.suggest import suggest

MAX_GUESSED_LINKS = 10
"""Most wrong links of a text for which a right one is suggested: each means a comparison with every page."""

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_HOST = re.compile(r"www\.|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|eu|de|at|ch|info|io)(?:/|$)", re.IGNORECASE)
"""Web addresses without a scheme."""
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"\+?[\d ()/-]{6,}")
_FORMS = (page_paths.OUR_PROGRAMME, page_paths.PLANNER, page_paths.GOAL_SHEET, page_paths.COORDINATORS)
"""Pages that are there on every site; their anchors are not known here."""
_DATA_PAGES = (
    (page_paths.GOALS, GOALS_FILE),
    (page_paths.GLOSSARY, GLOSSARY_FILE),
    (page_paths.BEGIN, SELF_CHECK_FILE),
)
"""Pages made of a data file; their anchors are unknown where it can't be read."""
Pages = Mapping[str, frozenset[str] | None]
"""The pages of the assembled tree in one language, with their anchors; None where a file could not be read."""
Guess = Callable[[str, Iterable[str]], str]


def link_problems(run: CheckRun) -> Iterator[Problem]:
    """Yield a problem for each broken link in the texts to check."""
    loaded, texts = run.loaded, run.texts.values()
    sites = {language: linkable_pages(loaded, language) for language in {file.language for file in texts}}
    drafts = loaded.drafts()
    for file in texts:
        links = [link for link in run.scan(file).links if not _SCHEME.match(link.target)]
        if not links:
            continue
        is_draft = file.kind == TUTORIAL and file.slug in drafts
        check = _Links(loaded=loaded, file=file, pages=sites[file.language], drafts=frozenset() if is_draft else drafts)
        guesses = MAX_GUESSED_LINKS
        for link in links:
            if problem := check.problem(link, suggest if guesses else _no_guess):
                guesses = max(guesses - 1, 0)
                yield problem


def _no_guess(_word: str, _valid: Iterable[str]) -> str:
    return ""


def linkable_pages(loaded: LoadResult, language: str) -> Pages:
    """Return the pages of a language that texts can link to."""
    tutorials, levels, guides, kit = (loaded.slugs(kind) for kind in (TUTORIAL, LEVEL, GUIDE, KIT))
    pages: dict[str, frozenset[str] | None] = {
        page_paths.HOME_PAGE: _anchors(loaded, HOME, HOME.name, language),
        page_paths.LEVELS: frozenset({page_paths.LEVELS_CHART}),
        page_paths.TUTORIALS: frozenset(),
        page_paths.CHECKLISTS: frozenset(tutorials | levels),
        page_paths.PROGRAMMES: frozenset(loaded.slugs(PROGRAMME)),
        page_paths.GOALS: frozenset(page_paths.goal_anchor(code) for code in loaded.data.goals),
        page_paths.GLOSSARY: frozenset(page_paths.term_anchor(term) for term in loaded.data.terms),
    }
    pages |= dict.fromkeys(_FORMS)
    if loaded.data.questions:
        pages[page_paths.BEGIN] = frozenset()
    pages |= {page: None for page, data in _DATA_PAGES if data in loaded.data.unreadable}
    for kind, slugs in ((TUTORIAL, tutorials), (LEVEL, levels), (GUIDE, guides), (KIT, kit)):
        for slug in slugs:
            pages[page_paths.text_path(kind, slug)] = _anchors(loaded, kind, slug, language)
    if guides:
        pages[page_paths.GUIDES] = frozenset(guides)
    if kit:
        pages[page_paths.KIT_INDEX] = frozenset({*kit, page_paths.KIT_HANDOUTS})
    pages |= {page_paths.checklist_path(slug): frozenset({page_paths.LEVEL_CHECKLIST} | tutorials) for slug in levels}
    return pages


def _anchors(loaded: LoadResult, kind: Kind, slug: str, language: str) -> frozenset[str] | None:
    """Return the anchors of the page that shows a text in a language, or its source where that is not translated."""
    keys = {TextKey(kind.name, slug, code) for code in (loaded.source_language, language)}
    if keys & loaded.unreadable:
        return None
    source = loaded.text_of(kind.name, slug)
    shown = loaded.text_of(kind.name, slug, language) or source
    # A translation takes the ids of its steps from the source; the items of a checklist are no anchors.
    steps = [step.id for step in source.text.steps] if source else []
    ids = frozenset({*(shown.ids if shown else ()), *steps})
    boxes = {item.id for file in (shown, source) if file for item in file.text.items}
    return (ids - boxes) | kind.page_ids


def _page_of(text: TextPath) -> str:
    return page_paths.HOME_PAGE if text.stem == HOME.name else f"{text.stem}.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Links:
    """Checks the relative links of one text."""

    loaded: LoadResult
    file: TextFile
    pages: Pages
    drafts: AbstractSet[str]
    """Slugs of the tutorials that this text can't link to; a draft can link to others."""

    @property
    def folder(self) -> str:
        return posixpath.dirname(self.file.path)

    def problem(self, link: Link, guess: Guess) -> Problem | None:
        """Return what is wrong with a relative link, or None."""
        path, _, anchor = link.target.partition("#")
        path = path.partition("?")[0]
        quoted = link.target[:QUOTED_ADDRESS]
        if not link.target.strip():
            return new_problem(link.place, "empty-link")
        if path.startswith("\\") and f"\\{link.target}" in self.file.source_body:  # Markdown reads two of them as one
            share = f"\\{link.target}"
            return new_problem(
                link.place, "unsafe-link", about=share[:QUOTED_ADDRESS], disk=f"`{share[:QUOTED_ADDRESS]}`"
            )
        if path.startswith(("/", "\\")):
            return new_problem(link.place, "absolute-link", target=quoted)
        full = linked_path(self.file.path, path) if path else NO_PATH
        if full == ".." or full.startswith("../"):
            return new_problem(link.place, "link-leaves-content", target=quoted)
        if not link.is_plain:
            return new_problem(link.place, "encoded-link", target=quoted)
        if link.is_image or full.lower().endswith(IMAGE_SUFFIXES):
            return self._missing_file(link, guess, full, self.loaded.media.images, "image-missing")
        if is_attachment(full) or full.lower().endswith(ATTACHMENT_SUFFIXES):
            return self._missing_file(link, guess, full, self.loaded.media.attachments, "attachment-missing")
        text = self._linked_text(full or self.file.path)
        if text and text.language != self.file.language:
            replacement = self._relative(replace(text, language=self.file.language).path)
            return new_problem(link.place, "link-to-other-language", target=path, right=replacement)
        page = _page_of(text) if text else full
        if page not in self.pages:
            return self._missing_page(link, guess, page, path)
        slug = posixpath.basename(page).removesuffix(".md")
        if posixpath.dirname(page) == TUTORIAL.folder and slug in self.drafts:
            return new_problem(link.place, "draft-named", slug=slug)
        anchors = self.pages[page]
        if anchor and anchors is not None and anchor not in anchors:
            suggestion = self._headed(page).get(proposed_id(anchor), "") or guess(anchor, anchors)
            name = path or posixpath.basename(self.file.path)
            subject = Subject(nearest=suggestion, source=shown_path(self.loaded.shown_content, full or self.file.path))
            return new_problem(link.place, "anchor-missing", subject, anchor=anchor[:QUOTED_TEXT], page=name)
        return None

    def _missing_file(
        self, link: Link, guess: Guess, path: ContentPath, files: Mapping[ContentPath, bytes], code: str
    ) -> Problem | None:
        """Return the problem that an image or attachment is missing; None if it is there."""
        if path in files or path in self.loaded.refused:
            return None
        names = {posixpath.basename(file): file for file in files}
        suggestion = self._relative(names.get(guess(posixpath.basename(path), names)) or "")
        return new_problem(link.place, code, target=link.target[:QUOTED_ADDRESS], nearest=suggestion)

    def _missing_page(self, link: Link, guess: Guess, page: str, path: str) -> Problem:
        """Return the problem that there is no such page, with the most likely address."""
        quoted = link.target[:QUOTED_ADDRESS]
        suggestion = f"https://{quoted}" if _HOST.match(path) else self._suggested_link(page, guess)
        if _MAIL.fullmatch(quoted):
            suggestion = f"mailto:{quoted}"
        elif _PHONE.fullmatch(quoted):
            suggestion = f"tel:{re.sub('[^+0-9]', '', quoted)}"
        subject = Subject(name=slug_of(path), nearest=suggestion)
        return new_problem(link.place, "link-missing", subject, target=quoted)

    def _headed(self, page: str) -> dict[str, str]:
        """Return the ids of a page by the ids that other programs generate from its headings."""
        language = self.file.language
        texts = [
            file for file in self.loaded.texts.values() if file.language in {language, self.loaded.source_language}
        ]
        files = [file for file in texts if f"{file.kind.folder}/{file.slug}.md" == page]
        return {
            proposed_id(heading.title): heading.id
            for file in sorted(files, key=lambda file: file.language == language)
            for heading in read_outline(file.source_body).headings
            if heading.id
        }

    def _linked_text(self, path: ContentPath) -> TextPath | None:
        """Return the text in a language of the site that has this path; None if it is that of anything else."""
        text = TextPath.parse(path)
        return text if text and not text.is_extension and text.language in self.loaded.languages else None

    def _suggested_link(self, page: str, guess: Guess) -> str:
        """Return the relative link to the page most similar to `page`; empty if there is none."""
        if posixpath.dirname(page) == PROGRAMME.folder:
            slug = posixpath.basename(page).removesuffix(".md")
            is_page = slug in (self.pages[page_paths.PROGRAMMES] or ())
            return self._relative(page_paths.PROGRAMMES) + (f"#{slug}" if is_page else "")
        slug = posixpath.basename(page).removesuffix(".md")
        renamed = posixpath.dirname(page) == TUTORIAL.folder and former_slug(self.loaded, slug)
        suggestion = page_paths.tutorial_path(renamed) if renamed else self._page_like(page, guess)
        folders = {kind.folder for kind in KINDS if kind.folder}
        if posixpath.dirname(suggestion) in folders and not suggestion.endswith("/index.md"):
            suggestion = suggestion.removesuffix(".md") + f".{self.file.language}.md"
        return self._relative(suggestion)

    def _page_like(self, page: str, guess: Guess) -> str:
        """Return the page whose name is most similar to that of a wrong path, in the same folder first."""
        folder, _, name = page.rstrip("/").replace("\\", "/").rpartition("/")
        slug = name.partition(".")[0].replace(" ", "-").replace("_", "-")
        in_folder = {
            posixpath.basename(path).removesuffix(".md"): path
            for path in self.pages
            if posixpath.dirname(path) == folder
        }
        all_pages = {posixpath.basename(path).removesuffix(".md"): path for path in self.pages}
        return in_folder.get(guess(slug, in_folder), "") or all_pages.get(guess(slug, all_pages), "") if slug else ""

    def _relative(self, path: str) -> str:
        """Return a path below the content folder relative to this text."""
        return posixpath.relpath(path, self.folder or ".") if path else ""
