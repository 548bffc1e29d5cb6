"""Rules about links: each leads to a page, an anchor or an image that exists."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from generator.check.markup import Link, scan
from generator.load.content import Reading, TextFile
from generator.load.files import IMAGE_SUFFIXES
from generator.load.nearest import nearest
from generator.model.kinds import KINDS, LEVEL, PROGRAMME, TUTORIAL
from generator.model.problem import Problem, problem

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_CONTENT_LINK = re.compile(r"(\]\(\s*)([\w./~%-]+?)\.([a-z]{2,3}(?:-[A-Z]{2})?)(\.md(?:#[\w-]*)?\s*\))")


def rewrite_links(markdown: str, language: str) -> str:
    """Return Markdown in which links to content files are links to the pages of the assembled tree.

    `find-people.de.md` becomes `find-people.md`: the tree has one language.
    """
    if ".md" not in markdown:
        return markdown

    def page(found: re.Match[str]) -> str:
        return f"{found[1]}{found[2]}{found[4]}" if found[3] == language else found[0]

    return _CONTENT_LINK.sub(page, markdown)


def link_problems(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for each link of the texts that leads nowhere."""
    targets = _targets(reading)
    for file in reading.texts.values():
        for link in scan(file).links:
            if not _SCHEME.match(link.target) and (found := _problem(reading, file, link, targets)):
                yield found


def _targets(reading: Reading) -> Mapping[str, frozenset[str] | None]:
    """Return the pages of the assembled tree with their anchors; None where they are not known."""
    targets: dict[str, frozenset[str] | None] = {
        "index.md": None,
        "levels/index.md": None,
        "tutorials/index.md": None,
        "checklists/index.md": None,
        "programmes/index.md": None,
        "goals.md": frozenset(f"goal-{code.lower()}" for code in reading.goals),
        "glossary.md": frozenset(f"term-{term}" for term in reading.terms),
    }
    for kind in (TUTORIAL, LEVEL):
        for slug in reading.slugs(kind):
            source = reading.texts.get((kind.name, slug, reading.source))
            anchors = frozenset(source.ids) - _boxes(source) if source else None
            targets[f"{kind.folder}/{slug}.md"] = anchors
    return targets


def _boxes(file: TextFile) -> frozenset[str]:
    """Return the ids that are no anchors: those of checklist items."""
    return frozenset(item.id for item in file.text.items)


def _problem(
    reading: Reading, file: TextFile, link: Link, targets: Mapping[str, frozenset[str] | None]
) -> Problem | None:
    """Return what is wrong with a relative link, or None."""
    path, _, anchor = link.target.partition("#")
    path = unquote(path.partition("?")[0])
    if not link.target.strip():
        return problem(link.place, "empty-link")
    if path.startswith(("/", "\\")):
        return problem(link.place, "absolute-link", target=link.target[:80])
    folder = posixpath.dirname(file.text.path)
    full = posixpath.normpath(posixpath.join(folder, path)) if path else ""
    if full.startswith(".."):
        return problem(link.place, "link-leaves-content", target=link.target[:80])
    if link.is_image or full.lower().endswith(IMAGE_SUFFIXES):
        if full in reading.assets:
            return None
        near = nearest(full, reading.assets)
        return problem(link.place, "image-missing", target=link.target[:80], nearest=_way(near, folder))
    if not path:
        known = frozenset(file.ids)
        own = "" if anchor in known else nearest(anchor, known)
        return None if anchor in known else problem(link.place, "anchor-missing", anchor=anchor, page="", nearest=own)
    page, language = _page(full, reading)
    if language and language != file.text.language:
        right = full.removesuffix(f".{language}.md") + f".{file.text.language}.md"
        return problem(link.place, "link-to-other-language", target=path, right=_way(right, folder))
    if page not in targets:
        near = nearest(page, targets)
        return problem(link.place, "link-missing", target=link.target[:80], nearest=_file(near, file, folder))
    anchors = targets[page]
    if anchor and anchors is not None and anchor not in anchors:
        return problem(link.place, "anchor-missing", anchor=anchor[:60], page=path, nearest=nearest(anchor, anchors))
    return None


def _page(path: str, reading: Reading) -> tuple[str, str]:
    """Return the page that a path of content means, and the language that it names."""
    stem = path.removesuffix(".md")
    base, _, language = stem.rpartition(".")
    if base and language in reading.languages and path.endswith(".md"):
        page = f"{base}.md"
        return ("index.md" if page == "home.md" else page), language
    return path, ""


def _file(page: str, file: TextFile, folder: str) -> str:
    """Return how a text would write the link to a page."""
    if not page:
        return ""
    folders = {kind.folder for kind in KINDS if kind is not PROGRAMME and kind.folder}
    name = page
    if posixpath.dirname(page) in folders and not page.endswith("/index.md"):
        name = page.removesuffix(".md") + f".{file.text.language}.md"
    return _way(name, folder)


def _way(path: str, folder: str) -> str:
    return posixpath.relpath(path, folder or ".") if path else ""
