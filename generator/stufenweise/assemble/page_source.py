"""One page as a Markdown file: front matter for the theme, title and body."""

from __future__ import annotations

import datetime
import json
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from stufenweise.i18n.labels import Labels
from stufenweise.localized.escaping import as_html, as_markdown
from stufenweise.model.facts import Reviewed

TITLE_ID = "page_title"
"""Id of a page's title, the target of the skip link. Authors' ids have no underscore."""
WITHOUT_NAVIGATION = ("home", "our-programme", "begin", "tutorials", "tutorial")
"""Kinds of pages without a navigation column: their content needs the width."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One assembled page."""

    path: str
    """Path below the docs folder."""
    kind: str
    title: str
    """Plain text."""
    description: str
    """Plain text."""
    body: str
    """Markdown below the title."""
    edit_path: str = ""
    """Path of its file below the content folder; empty for a page made of many files."""
    reviewed: datetime.date | None = None
    due: datetime.date | None = None
    level: int | None = None
    language: str = ""
    """Language of its text, if it is not the site's."""
    data: Mapping[str, object] = field(default_factory=dict)
    """Values for the theme's template of this page; every text in it is escaped for HTML."""


def with_review(page: Page, facts: Reviewed) -> Page:
    """Return a page with the dates of its last and its next review."""
    return replace(page, reviewed=facts.reviewed, due=facts.review_due)


def page_source(page: Page, labels: Labels) -> str:
    """Return a page as a Markdown file with front matter; every value in it is escaped for HTML."""
    meta: dict[str, object] = {
        "title": as_html(page.title),
        "description": as_html(page.description),
        "kind": page.kind,
    }
    if page.edit_path:
        meta["edit_path"] = as_html(page.edit_path)
    if page.reviewed and page.due:
        meta["reviewed"] = page.reviewed.isoformat()
        text = labels("reviewed", date=labels.date(page.reviewed), due=labels.date(page.due))
        meta["reviewed_text"] = as_html(text)
    if page.kind == "tutorial":
        meta["slug"] = posixpath.basename(page.path).removesuffix(".md")
    if page.level:
        meta["level"] = page.level
    if page.language:
        meta["text_language"] = page.language
    meta |= page.data
    if page.kind in WITHOUT_NAVIGATION:
        meta["hide"] = ["navigation"]
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in meta.items()]
    return "\n".join(("---", *lines, "---", "", f"# {as_markdown(page.title)} {{#{TITLE_ID}}}", "", page.body))
