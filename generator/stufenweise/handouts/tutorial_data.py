"""The data that templates print of one tutorial: labels in its language, Markdown as trees of nodes."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

from stufenweise.assemble import page_paths
from stufenweise.assemble.page_paths import rewrite_links
from stufenweise.handouts.handout_branding import HandoutBranding, qr_code, shown_address
from stufenweise.handouts.markdown_tree import INLINE, LinkContext, Node, markdown_tree, plain_text
from stufenweise.i18n.labels import Labels
from stufenweise.model.library import Step, Text, Tutorial

Nodes = Sequence[Node | str]

MENTOR_SECTIONS = ("why", "prepare", "talk", "pitfalls", "local", "mentor")
"""Sections that only the mentor's handout has (domain.md 4.2)."""


class StepData(TypedDict):
    """One step of a tutorial."""

    title: Nodes
    minutes: str
    span: str
    """From which minute of the meeting to which, such as "5–15"."""
    meeting: str
    """Name of the meeting that begins with this step; empty for all others."""
    short: Nodes
    """Its first paragraph: what the mentee's handout prints of it."""
    body: Nodes


class PageReference(TypedDict, total=False):
    """The page of the site that a handout was printed from, for its head and foot."""

    href: str
    """Address of the page; empty if the site's is not known."""
    address: str
    """The same as people type it."""
    qr: str
    """The same as a QR code (SVG)."""
    source: str
    """Slug of the text."""
    version: str
    """Version and date of the last review in words."""


class TutorialData(PageReference, total=False):
    """One tutorial as its handouts print it."""

    title: str
    level: str
    level_title: str
    orientation: str
    effort: int
    """Change effort, 1 to 5."""
    effort_words: str
    minutes: str
    summary: str
    headings: Mapping[str, str]
    """Headings by the id of their section, with underscores for hyphens."""
    goals: Nodes
    why: Nodes
    prepare: Nodes
    steps: Sequence[StepData]
    items: Sequence[Nodes]
    """Items of the checklist."""
    talk: Nodes
    team_question: Nodes
    pitfalls: Nodes
    next: Nodes
    local: Nodes
    mentor: Nodes


@dataclass(frozen=True)
class TextTrees:
    """The Markdown of one text as trees of nodes, converted once for all its handouts."""

    labels: Labels
    """Labels in the text's language."""
    trees: Mapping[str, Nodes]
    """By the id of a section; `heading:`, `step:`, `title:` and `item:` before an id mean those."""

    def tree(self, key: str) -> Nodes:
        """Return the nodes of a section or another part; none if the text has no such part."""
        return self.trees.get(key, [])


def text_trees(branding: HandoutBranding, text: Text) -> TextTrees:
    """Return the Markdown of a text as trees of nodes."""
    folder = posixpath.dirname(text.path)
    context = LinkContext(folder, lambda target: page_of_link(branding, folder, target, text.language))
    fragments: dict[str, str] = {}
    for name, section in text.sections.items():
        fragments[name] = section.body
        fragments[f"heading:{name}"] = INLINE + section.heading
        fragments |= {f"step:{step.id}": step.body for step in section.steps}
        fragments |= {f"title:{step.id}": INLINE + step.title for step in section.steps}
        fragments |= {f"item:{item.id}": INLINE + item.text for item in section.items}
    markdown = [rewrite_links(fragment, text.language) for fragment in fragments.values()]
    labels = branding.localized.labels_by_language[text.language]
    return TextTrees(labels, dict(zip(fragments, markdown_tree(markdown, context), strict=True)))


def page_of_link(branding: HandoutBranding, folder: str, target: str, language: str) -> str:
    """Return the address of the page that a link inside of the content leads to; empty if the site's is not known."""
    path, hash_sign, anchor = target.partition("#")
    if not path or not path.endswith(".md"):
        return ""
    url = branding.page_url(posixpath.normpath(posixpath.join(folder, path)), language)
    return f"{url}{hash_sign}{anchor}" if url else ""


def tutorial_data(branding: HandoutBranding, tutorial: Tutorial) -> TutorialData:
    """Return all that the handouts of a tutorial print of it.

    A tutorial that is not translated is printed in the language of its source, labels included.
    """
    text = tutorial.text(branding.language)
    trees = text_trees(branding, text)
    labels = trees.labels
    level = branding.localized.level_by_number[tutorial.facts.level]
    effort = tutorial.facts.effort
    return {
        **page_reference(branding, text, page_paths.tutorial_path(tutorial.slug), tutorial.slug),
        "title": text.title,
        "level": labels("level_n", n=tutorial.facts.level),
        "level_title": level.text(text.language).title,
        "orientation": labels.of("orientations", tutorial.facts.orientation),
        "effort": effort,
        "effort_words": labels("grade", n=effort, word=labels.of("grades", effort)),
        "minutes": labels("minutes", n=tutorial.facts.minutes),
        "summary": text.summary,
        "headings": {name.replace("-", "_"): plain_text(trees.tree(f"heading:{name}")) for name in text.sections},
        "goals": trees.tree("learning-goals"),
        "steps": _steps(trees, text.steps),
        "items": [trees.tree(f"item:{item.id}") for item in text.items],
        "next": trees.tree("next"),
        "team_question": _last_list_item(trees.tree("talk")),
        "version": labels("handout_version", version=text.digest[:6], date=labels.date(tutorial.facts.reviewed)),
        "why": trees.tree("why"),
        "prepare": trees.tree("prepare"),
        "talk": trees.tree("talk"),
        "pitfalls": trees.tree("pitfalls"),
        "local": trees.tree("local"),
        "mentor": trees.tree("mentor"),
    }


def mentee_data(full: TutorialData) -> TutorialData:
    """Return what the mentee's handout prints: nothing of the mentor's part, and the first paragraph of each step."""
    result = full.copy()
    for name in MENTOR_SECTIONS:
        result.pop(name)  # type: ignore[misc]
    result["steps"] = [{**step, "body": []} for step in full["steps"]]
    return result


def page_reference(branding: HandoutBranding, text: Text, path: str, source: str) -> PageReference:
    """Return where the page of a text is found; `path` is the page's, `source` the text's slug."""
    href = branding.page_url(path, text.language)
    return {"href": href, "address": shown_address(href), "qr": qr_code(href), "source": source}


def _steps(trees: TextTrees, steps: Sequence[Step]) -> list[StepData]:
    result: list[StepData] = []
    meeting, minute = 1, 0
    meetings = max((step.part for step in steps), default=1)
    for index, step in enumerate(steps):
        begins = meetings > 1 and (index == 0 or step.part != meeting)
        if step.part != meeting:
            meeting, minute = step.part, 0
        body = trees.tree(f"step:{step.id}")
        result.append(
            {
                "title": trees.tree(f"title:{step.id}"),
                "minutes": trees.labels("minutes_short", n=step.minutes),
                "span": f"{minute}–{minute + step.minutes}",
                "meeting": trees.labels("meeting_n", n=step.part) if begins else "",
                "short": short_step(body),
                "body": body,
            }
        )
        minute += step.minutes
    return result


def short_step(body: Nodes) -> Nodes:
    """Return the first paragraph of a step as inline nodes; none if the step begins with something else.

    A colon at its end, which leads to what follows, becomes a full stop.
    """
    first = body[0] if body else ""
    if isinstance(first, str) or first["k"] != "p":
        return []
    *before, last = first["c"] or [""]
    return [*before, f"{last[:-1]}."] if isinstance(last, str) and last.endswith(":") else first["c"]


def _last_list_item(blocks: Nodes) -> Nodes:
    """Return the last item of the last list among blocks: the question that a leader takes to the team."""
    for block in reversed(blocks):
        if not isinstance(block, str) and block["k"] in {"ul", "ol"}:
            item = block["c"][-1]
            return item["c"] if not isinstance(item, str) else [item]
    return []
