"""Make each level and each programme a course for learning platforms; a tutorial is an item of it.

The formats are defined by SCORM 1.2 and SCORM 2004 (https://adlnet.gov/projects/scorm/), cmi5
(https://github.com/AICC/CMI-5_Spec_Current/blob/quartz/cmi5_spec.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urlsplit

from stufenweise.config.project import ExportTarget
from stufenweise.core.text_templates import render_html_template
from stufenweise.i18n.labels import Labels
from stufenweise.localized.level_names import level_name
from stufenweise.model import page_paths
from stufenweise.model.library import Library, Tutorial

Standard = Literal["1.2", "2004", "cmi5"]
Edition = Literal["2004 4th Edition", "2004 3rd Edition"]
SITE_FOLDER = "website/"
"""Folder of the site in a package."""
COURSE_TEMPLATES: Mapping[Standard, tuple[str, str]] = {
    "1.2": ("imsmanifest.xml", "scorm12.xml.j2"),
    "2004": ("imsmanifest.xml", "scorm2004.xml.j2"),
    "cmi5": ("cmi5.xml", "cmi5.xml.j2"),
}
"""Name of the file that describes a course, and its template."""
_TRACKING_SCRIPTS = re.compile(r"/assets/javascripts/(?:scorm|cmi5)\.[0-9a-f]{8}\.js$")
"""Scripts that report progress to a learning platform; no page of a silent course loads them."""


@dataclass(frozen=True, slots=True)
class Packaging:
    """How a course is packaged."""

    standard: Standard
    """The standard that describes it."""
    edition: Edition = "2004 4th Edition"
    """Edition of SCORM 2004 that the description names."""
    is_silent: bool = False
    """Whether nothing is reported to the platform, not even that an item is done."""

    @property
    def target(self) -> ExportTarget:
        """The target that the site in the package is built for."""
        if self.is_silent:
            return "silent"
        return "cmi5" if self.standard == "cmi5" else "scorm"

    @property
    def label(self) -> str:
        """Its name in names of files."""
        return "cmi5" if self.standard == "cmi5" else f"scorm-{self.standard}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A tutorial in a course."""

    slug: str
    title: str
    summary: str
    page: str
    """Path of its page in the package."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A course."""

    slug: str
    language: str
    title: str
    summary: str
    items: tuple[Item, ...]


def courses(library: Library, labels: Labels) -> Iterator[Course]:
    """Yield a course for each level and each programme with tutorials, in the language of the labels."""
    language = labels.language
    by_slug = library.tutorials_by_slug()
    for level in library.levels:
        text = level.text(language)
        tutorials = library.tutorials_of(level)
        title = level_name(labels, level, language)
        if tutorials:
            yield Course(
                slug=level.slug, language=language, title=title, summary=text.summary, items=_items(tutorials, language)
            )
    for programme in library.programmes:
        text = programme.text(language)
        planned = dict.fromkeys(slug for session in programme.facts.plan for slug in session.tutorials)
        if planned:
            yield Course(
                slug=programme.slug,
                language=language,
                title=text.title,
                summary=text.summary,
                items=_items([by_slug[slug] for slug in planned], language),
            )


def _items(tutorials: Sequence[Tutorial], language: str) -> tuple[Item, ...]:
    def page(slug: str) -> str:
        return f"{SITE_FOLDER}{language}/{page_paths.address(page_paths.tutorial_path(slug), directories=False)}"

    return tuple(
        Item(
            slug=tutorial.slug,
            title=tutorial.text(language).title,
            summary=tutorial.text(language).summary,
            page=page(tutorial.slug),
        )
        for tutorial in tutorials
    )


def publisher_id(site_url: str, site_name: str) -> str:
    """Return the publisher's name in ids of cmi5, which have to be unique worldwide (13.1.1).

    Args:
        site_url: Address of the site; if empty, the name is used instead.
        site_name: Name of the site.
    """
    address = urlsplit(site_url)
    return quote(f"{address.netloc}{address.path}".strip("/") or site_name, safe="/.-")


def course_files(
    course: Course, site: Mapping[str, bytes], packaging: Packaging, *, publisher: str = ""
) -> dict[str, bytes]:
    """Return the files of a course's package by path.

    Args:
        course: The course.
        site: The site's files by path.
        packaging: How it is packaged.
        publisher: Publisher for cmi5, see `publisher_id`.
    """
    silent = packaging.is_silent
    files = {
        f"{SITE_FOLDER}{path}": data for path, data in site.items() if not (silent and _TRACKING_SCRIPTS.search(path))
    }
    name, template = COURSE_TEMPLATES[packaging.standard]
    pages = {item.page for item in course.items}
    text = render_html_template(
        "stufenweise.export",
        template,
        course=course,
        others=[quote(path) for path in sorted(set(files) - pages)],
        silent=silent,
        edition=packaging.edition,
        publisher=publisher,
    )
    return {name: text.encode(), **files}
