"""The context of every page template: labels, links, and rendered Markdown.

Templates escape every text of front matter with the filter for its place: `html`, `text` (a line of Markdown),
`attribute`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from types import ModuleType, SimpleNamespace
from typing import ClassVar, TypeVar

from jinja2 import Template

from stufenweise.assemble.attachment_links import with_attachments
from stufenweise.assemble.figures import with_figures
from stufenweise.assemble.plain_markdown import plain_line
from stufenweise.core.text_templates import template_environment
from stufenweise.i18n.labels import Labels
from stufenweise.localized.escaping import as_attribute, as_html, as_markdown
from stufenweise.localized.glossary_terms import mark_terms
from stufenweise.localized.localized_library import Download, LocalizedLibrary
from stufenweise.localized.page_links import moved_links, rewrite_links
from stufenweise.model import page_paths
from stufenweise.model.data_facts import TermText
from stufenweise.model.facts import Reviewed
from stufenweise.model.library import Document, Level, Tutorial
from stufenweise.model.text import ChecklistItem, Text

F = TypeVar("F", bound=Reviewed)

_BREAK = "\n\n\x1e\n\n"
"""Separates texts whose terms are marked together. Content has no control characters."""


_ENVIRONMENT = template_environment(
    "stufenweise.assemble",
    escape=False,  # The pages are Markdown; templates escape each value with the filter for its place
    filters={"html": as_html, "text": as_markdown, "attribute": as_attribute, "plain": plain_line},
)


def page_template(name: str) -> Template:
    """Return the template of a page, compiled once."""
    return _ENVIRONMENT.get_template(f"{name}.md.j2")


@dataclass
class TemplateContext:
    """The page that a template renders: its labels and links."""

    localized: LocalizedLibrary
    path: str
    """Path of the page below the docs folder."""
    labels: Labels
    """Labels in the language of the page's text."""

    page_paths: ClassVar[ModuleType] = page_paths

    def link(self, target: str) -> str:
        """Return the address of another page, escaped for HTML."""
        return as_html(page_paths.link(self.path, target, directories=self.localized.directories))

    def downloads(self, names: Iterable[str]) -> list[Download]:
        """Return the named handouts that the site has."""
        return [self.localized.downloads[name] for name in names if name in self.localized.downloads]

    def download(self, download: Download) -> str:
        """Return the address of a handout, escaped for HTML."""
        return as_html(page_paths.file_link(self.path, download.path, directories=self.localized.directories))

    def handout_label(self, download: Download) -> str:
        """Return the name of a handout on its tutorial's page; parts of a book keep their full title."""
        kinds = self.labels.group("download_copies")
        return download.title if download.is_part else kinds.get(download.kind, download.title)

    def size(self, download: Download) -> str:
        """Return pages and size of a handout as text."""
        what = "download_size_word" if download.kind == "word" else "download_size"
        pages, size = self.labels("pages", n=download.pages), self.labels.kilobytes(download.size)
        return as_html(self.labels(what, pages=pages, size=size))

    @property
    def html_labels(self) -> SimpleNamespace:
        """The labels without values, escaped for HTML."""
        return _html_labels(self.labels)

    def effort(self, grade: int) -> str:
        """Return a grade of 1 to 5 as marks and words."""
        return _snippet("effort", self.labels, grade)

    def orientation(self, value: str) -> str:
        """Return an orientation in words."""
        return _snippet("orientation", self.labels, value)

    def level_badge(self, number: int) -> str:
        """Return the badge of a level."""
        return _snippet("level_badge", self.labels, number)

    def minutes(self, n: int) -> str:
        """Return a length in words."""
        return _snippet("minutes", self.labels, n)

    def first_meeting(self, tutorial: Tutorial) -> int:
        """Return the minutes of a tutorial's first meeting: what a session after another one would take."""
        return sum(step.minutes for step in self.text(tutorial).steps if step.part == 1)

    def blocks(self, markdown: Iterable[str]) -> list[str]:
        """Return an author's texts as this page shows them: with links to pages, terms marked and figures drawn.

        Args:
            markdown: The texts in reading order: a term is marked where it is first read.
        """
        text = self.with_page_links(_BREAK.join(markdown))
        if self.labels is self.localized.labels:
            text = mark_terms(text, self.localized.glossary, self.link(page_paths.GLOSSARY))
        text = with_figures(text, self.localized.figure_by_name, self.labels.language)
        return text.split(_BREAK)

    def with_page_links(self, markdown: str) -> str:
        """Return Markdown with its links to texts and attachments turned into links to pages and files of the site."""
        linked = rewrite_links(markdown, self.labels.language)
        return with_attachments(linked, self.path, self.localized.attachment_sizes, self.labels)

    def repeated_items(self, document: Document[F], origin: str) -> list[ChecklistItem]:
        """Return the checklist of the document at `origin`, with its links adjusted to this page."""
        text = self.text(document)
        linked = [(item, rewrite_links(item.text, text.language)) for item in text.items]
        return [replace(item, text=self.with_page_links(moved_links(line, origin, self.path))) for item, line in linked]

    def text(self, document: Document[F]) -> Text:
        """Return the text of a document in the page's language."""
        return document.text(self.labels.language)

    def lang(self, document: Document[F]) -> str:
        """Return a lang attribute if a document's text is not in the site's language."""
        code = self.localized.other_language(self.text(document).language)
        return f' lang="{code}"' if code else ""

    def level_path(self, level: Level | int) -> str:
        """Return the path of a level's page."""
        slug = self.localized.level_by_number[level].slug if isinstance(level, int) else level.slug
        return page_paths.level_path(slug)

    def term_texts(self, terms: Iterable[str]) -> list[tuple[str, TermText]]:
        """Return anchor and text of terms, in the order of their names."""
        texts = self.localized.glossary.texts
        entries = [(page_paths.term_anchor(term), texts[term]) for term in terms]
        return sorted(entries, key=lambda entry: entry[1].term.casefold())

    def in_language_of(self, text: Text) -> TemplateContext:
        """Return the context for a text on this page, which may be in another language than the page."""
        return replace(self, labels=self.localized.labels_by_language[text.language])


@lru_cache
def _html_labels(labels: Labels) -> SimpleNamespace:
    plain = {key: label for key, label in labels.words.items() if isinstance(label, str)}
    return SimpleNamespace(**{key: as_html(label) for key, label in plain.items()})


@lru_cache(maxsize=4096)
def _snippet(macro: str, labels: Labels, value: int | str) -> str:
    """Render a value with a macro of macros.md.j2. Cached, since few values occur in many places."""
    return str(getattr(page_template("macros").module, macro)(labels, value))


def template_context(localized: LocalizedLibrary, path: str, text: Text | None = None) -> TemplateContext:
    """Return the context of a page; the labels are in the language of its text, which may be untranslated."""
    return TemplateContext(localized, path, localized.labels_by_language[text.language] if text else localized.labels)


def render_page_template(template: str, context: TemplateContext, **values: object) -> str:
    """Return the Markdown of a page."""
    text: str = page_template(template).render(
        page=context,
        t=context.labels,
        page_paths=page_paths,
        localized=context.localized,
        library=context.localized.library,
        **values,
    )
    return text
