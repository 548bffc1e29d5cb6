"""The Markdown of a text as trees of nodes, part by part."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from stufenweise.handouts.handout_branding import HandoutBranding
from stufenweise.handouts.markdown_tree import INLINE, LinkContext, markdown_tree
from stufenweise.handouts.tree_nodes import Nodes
from stufenweise.handouts.worksheet import WritingText
from stufenweise.i18n.labels import Labels
from stufenweise.localized.page_links import rewrite_links
from stufenweise.model.text import GuidancePart, Section, Step, Text
from stufenweise.source.files.attachments import is_attachment
from stufenweise.source.files.file_names import path_from
from stufenweise.source.images.figure_drawing import replace_figures

_KEY = "key"
"""Where the solution of the practice material is kept, which is no section of its own."""


@dataclass(frozen=True, slots=True)
class TextTrees:
    """The Markdown of one text as trees of nodes, converted only once for all its handouts."""

    text: Text
    labels: Labels
    """Labels in the text's language."""
    trees: Mapping[str, Nodes]
    """Trees of sections by id, and of other parts by id and prefix, such as `title:`."""

    def section(self, name: str) -> Nodes:
        """Return the blocks of a section; none if the text has no such section, or if it has steps."""
        return self.trees.get(name, [])

    def heading(self, name: str) -> Nodes:
        """Return the heading of a section."""
        return self.trees[f"heading:{name}"]

    @property
    def key(self) -> Nodes:
        """The blocks of the solution of the practice material; none if there is none."""
        return self.trees.get(_KEY, [])

    @property
    def items(self) -> list[Nodes]:
        """The items of the checklist."""
        return [self.trees[f"item:{item.id}"] for item in self.text.items]

    def title(self, step: Step) -> Nodes:
        """Return the title of a step."""
        return self.trees[f"title:{step.id}"]

    def step(self, step: Step) -> Nodes:
        """Return the blocks of a step, without the guidance."""
        return self.trees[f"step:{step.id}"]

    def guidance(self, step: Step) -> list[tuple[GuidancePart, Nodes]]:
        """Return a step's guidance for the mentor, part by part."""
        return [(part, self.trees[f"{part}:{step.id}"]) for part, _ in _guidance(step)]


def text_trees(branding: HandoutBranding, text: Text) -> TextTrees:
    """Return the Markdown of a text as trees of nodes, all converted together."""
    texts: dict[str, WritingText] = {}
    fragments: dict[str, str] = {}
    for section in text.sections.values():
        texts |= {name: WritingText.read(markdown) for name, markdown in _bodies(section)}
        fragments |= {name: INLINE + markdown for name, markdown in _lines(section)}
    for name, writing in texts.items():
        fragments |= writing.fragments(name)
    trees: dict[str, Nodes] = dict(zip(fragments, _trees(branding, text, fragments.values()), strict=True))
    labels = branding.localized.labels_by_language[text.language]
    return TextTrees(text, labels, trees | {name: writing.nodes(name, trees) for name, writing in texts.items()})


def _bodies(section: Section) -> Iterator[tuple[str, str]]:
    """Yield the parts of a section that can have places to write in."""
    if section.steps:
        yield from ((f"step:{step.id}", step.body) for step in section.steps)
    else:
        yield section.id, section.body
    if section.key:
        yield _KEY, section.key.body


def _lines(section: Section) -> Iterator[tuple[str, str]]:
    """Yield the parts of a section that are one line of Markdown."""
    yield f"heading:{section.id}", section.heading
    yield from ((f"item:{item.id}", item.text) for item in section.items)
    for step in section.steps:
        yield f"title:{step.id}", step.title
        yield from ((f"{part}:{step.id}", words) for part, words in _guidance(step))


def _guidance(step: Step) -> list[tuple[GuidancePart, str]]:
    """Return the parts of a step's guidance that are not empty."""
    return [(part, words) for part, words in step.guidance.parts() if words] if step.guidance else []


def item_trees(branding: HandoutBranding, text: Text) -> list[Nodes]:
    """Return the items of a text's checklist as trees of nodes, without converting the rest of it."""
    return _trees(branding, text, [INLINE + item.text for item in text.items])


def _trees(branding: HandoutBranding, text: Text, fragments: Iterable[str]) -> list[Nodes]:
    """Return fragments of a text as trees of nodes, its links and images resolved."""
    folder = posixpath.dirname(text.path)
    context = LinkContext(folder, lambda target: _page_url(branding, folder, target, text.language), branding.image)
    markdown = [replace_figures(rewrite_links(fragment, text.language), lambda _: "") for fragment in fragments]
    return [*markdown_tree(markdown, context)]


def _page_url(branding: HandoutBranding, folder: str, target: str, language: str) -> str:
    """Return the address of the page that a link leads to; empty if the site's address is unknown."""
    path, hash_mark, anchor = target.partition("#")
    full = path_from(folder, path)
    if is_attachment(full):
        return branding.file_url(full, language)
    if not path or not path.endswith(".md"):
        return ""
    url = branding.page_url(full, language)
    return f"{url}{hash_mark}{anchor}" if url else ""
