"""What templates are given: words, links, an author's Markdown made ready for the page.

Every text of front matter is escaped for its place by the filters `html`, `text` (a line of Markdown) and `attribute`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from types import ModuleType, SimpleNamespace
from typing import ClassVar, TypeVar

from babel import Locale
from babel.numbers import format_decimal
from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from stufenweise.assemble import page_paths
from stufenweise.assemble.escaping import as_attribute, as_html, as_markdown
from stufenweise.assemble.glossary_terms import mark_terms
from stufenweise.assemble.localized_library import Download, LocalizedLibrary
from stufenweise.i18n.labels import Labels
from stufenweise.model.facts import Reviewed
from stufenweise.model.library import Document, Level, Text

F = TypeVar("F", bound=Reviewed)

_BREAK = "\n\n\x1e\n\n"
"""Stands between texts that are read together; no content may hold a control character."""


class _Templates:
    """The page templates, compiled once."""

    def __init__(self) -> None:
        self.environment = Environment(
            loader=PackageLoader("stufenweise.assemble", "templates"),
            # A heading's id looks like the start of a comment: "{#why}".
            comment_start_string="{##",
            comment_end_string="##}",
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            undefined=StrictUndefined,
            autoescape=False,  # noqa: S701 -- the pages are Markdown; each value goes through the filter of its place
        )
        self.environment.filters |= {"html": as_html, "text": as_markdown, "attribute": as_attribute}

    def get(self, name: str) -> Template:
        return self.environment.get_template(f"{name}.md.j2")


_TEMPLATES = _Templates()


@dataclass
class TemplateContext:
    """What a page's template is given beside its own values: words, links, and the terms met on the page."""

    site: LocalizedLibrary
    path: str
    words: Labels
    terms: dict[str, None] = field(default_factory=dict)
    """Ids of the terms that the page explains."""

    page_paths: ClassVar[ModuleType] = page_paths

    def link(self, target: str) -> str:
        """Return the address of another page, escaped for HTML."""
        return as_html(page_paths.link(self.path, target, directories=self.site.directories))

    def downloads(self, names: Iterable[str]) -> list[Download]:
        """Return those of the named sheets for paper that there are."""
        return [self.site.downloads[name] for name in names if name in self.site.downloads]

    def download(self, found: Download) -> str:
        """Return the address of a sheet for paper, escaped for HTML."""
        return as_html(page_paths.file_link(self.path, found.path, directories=self.site.directories))

    def size(self, found: Download) -> str:
        """Return pages and size of a sheet in words."""
        kilobytes = format_decimal(max(1, round(found.size / 1000)), locale=Locale.parse(self.words.code, sep="-"))
        return as_html(self.words("download_size", pages=self.words("pages", n=found.pages), size=kilobytes))

    @property
    def html(self) -> SimpleNamespace:
        """The labels without values, escaped for HTML."""
        return _html_labels(self.words)

    def effort(self, grade: int) -> str:
        """Return a grade of 1 to 5 as marks and words."""
        return _snippet("effort", self.words, grade)

    def orientation(self, value: str) -> str:
        """Return an orientation in words."""
        return _snippet("orientation", self.words, value)

    def level_badge(self, number: int) -> str:
        """Return the badge of a level."""
        return _snippet("level_badge", self.words, number)

    def minutes(self, n: int) -> str:
        """Return a length in words."""
        return _snippet("minutes", self.words, n)

    def bodies(self, markdown: Iterable[str]) -> list[str]:
        """Return an author's texts with links as the assembled tree has them and terms marked, in reading order."""
        text = page_paths.rewrite_links(_BREAK.join(markdown), self.words.code)
        if self.words is self.site.labels:
            text, found = mark_terms(text, self.site.glossary)
            self.terms |= dict.fromkeys(found)
        return text.split(_BREAK)

    def item(self, markdown: str) -> str:
        """Return a checklist item's line with links as the assembled tree has them."""
        return page_paths.rewrite_links(markdown, self.words.code)

    def text(self, document: Document[F]) -> Text:
        """Return the words of a document in the page's language."""
        return document.text(self.words.code)

    def lang(self, document: Document[F]) -> str:
        """Return a lang attribute where a document's words are not in the page's language."""
        code = self.site.foreign(self.text(document).language)
        return f' lang="{code}"' if code else ""

    def level_path(self, level: Level | int) -> str:
        """Return the path of a level's page."""
        slug = self.site.level[level].slug if isinstance(level, int) else level.slug
        return page_paths.level_path(slug)

    def term_texts(self) -> list[tuple[str, str, str]]:
        """Return anchor, term and explanation of the terms met on the page, in the order of their names."""
        texts = self.site.glossary.texts
        found = [(page_paths.term_anchor(term), texts[term].term, texts[term].text) for term in self.terms]
        return sorted(found, key=lambda entry: entry[1].casefold())


@lru_cache
def _html_labels(labels: Labels) -> SimpleNamespace:
    plain = {key: label for key, label in labels.words.items() if isinstance(label, str)}
    return SimpleNamespace(**{key: as_html(label) for key, label in plain.items()})


@lru_cache(maxsize=4096)
def _snippet(macro: str, labels: Labels, value: int | str) -> str:
    """Return what a macro makes of a value; there are few values and many places."""
    return str(getattr(_TEMPLATES.get("macros").module, macro)(labels, value))


def template_context(site: LocalizedLibrary, path: str, text: Text | None = None) -> TemplateContext:
    """Return the view for a page; one whose text is not translated speaks the text's language throughout."""
    return TemplateContext(site, path, site.labels_by_language[text.language] if text else site.labels)


def render_page_template(template: str, view: TemplateContext, **values: object) -> str:
    """Return the Markdown of a page."""
    text: str = _TEMPLATES.get(template).render(
        v=view, t=view.words, link=view.link, page_paths=page_paths, site=view.site, library=view.site.library, **values
    )
    return text
