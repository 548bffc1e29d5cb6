"""One tutorial as the templates print it: everything in words of its language, Markdown as nodes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

from stufenweise.assemble import page_paths
from stufenweise.handouts.handout_branding import HandoutBranding, qr_code, shown_address
from stufenweise.handouts.markdown_tree import INLINE, Node, Source, markdown_tree, plain_text
from stufenweise.i18n.labels import Labels
from stufenweise.model.library import Level, Step, Text, Tutorial

Nodes = Sequence[Node | str]


class StepData(TypedDict):
    """One step."""

    title: Nodes
    minutes: str
    span: str
    """From which minute of the meeting to which."""
    meeting: str
    """Name of the meeting that begins with this step; empty for all others."""
    short: Nodes
    """Its first paragraph: what the mentee's sheet says."""
    body: Nodes


class TutorialData(TypedDict, total=False):
    """One tutorial, or what else fills a page."""

    title: str
    level: str
    level_title: str
    orientation: str
    effort: int
    effort_words: str
    minutes: str
    summary: str
    headings: Mapping[str, str]
    goals: Nodes
    why: Nodes
    prepare: Nodes
    steps: Sequence[StepData]
    items: Sequence[Nodes]
    talk: Nodes
    team_question: Nodes
    pitfalls: Nodes
    next: Nodes
    local: Nodes
    mentor: Nodes
    address: str
    href: str
    qr: str
    source: str
    stand: str


@dataclass(frozen=True)
class TextData:
    """The Markdown of one text as nodes, converted once for all its sheets."""

    labels: Labels
    found: Mapping[str, Nodes]
    """By the id of a section; `heading:`, `step:`, `title:` and `item:` before an id mean those."""

    def section(self, section_id: str) -> Nodes:
        """Return the text of a section; nothing if there is none."""
        return self.found.get(section_id, [])


def text_data(imprint: HandoutBranding, text: Text) -> TextData:
    """Return the words of a text as nodes."""
    folder = posixpath.dirname(text.path)
    source = Source(folder, lambda target: _page_address(imprint, folder, target, text.language))
    fragments: dict[str, str] = {}
    for name, section in text.sections.items():
        fragments[name] = section.body
        fragments[f"heading:{name}"] = INLINE + section.heading
        fragments |= {f"step:{step.id}": step.body for step in section.steps}
        fragments |= {f"title:{step.id}": INLINE + step.title for step in section.steps}
        fragments |= {f"item:{item.id}": INLINE + item.text for item in section.items}
    texts = [page_paths.rewrite_links(markdown, text.language) for markdown in fragments.values()]
    return TextData(
        imprint.site.labels_by_language[text.language], dict(zip(fragments, markdown_tree(texts, source), strict=True))
    )


def _page_address(imprint: HandoutBranding, folder: str, target: str, language: str) -> str:
    """Return the address of the page that a link inside of the content leads to; empty if the site's is not known."""
    path, hash_sign, anchor = target.partition("#")
    if not path or not path.endswith(".md"):
        return ""
    page = imprint.address(posixpath.normpath(posixpath.join(folder, path)), language)
    return f"{page}{hash_sign}{anchor}" if page else ""


MENTOR = ("why", "prepare", "talk", "pitfalls", "local", "mentor")
"""Sections that the mentor's sheet alone has."""


def tutorial_data(imprint: HandoutBranding, tutorial: Tutorial) -> TutorialData:
    """Return a tutorial with all that its sheets print.

    A tutorial that is not translated is printed in the language of its source, labels and all.
    """
    text = tutorial.text(imprint.language)
    read = text_data(imprint, text)
    said = read.labels
    level = imprint.site.level[tutorial.facts.level]
    result = version_stamp(imprint, text, page_paths.tutorial_path(tutorial.slug), tutorial.slug)
    result |= {
        "title": text.title,
        "level": said("level_n", n=tutorial.facts.level),
        "level_title": level.text(text.language).title,
        "orientation": said.of("orientations", tutorial.facts.orientation),
        "effort": tutorial.facts.effort,
        "effort_words": said("grade", n=tutorial.facts.effort, word=said.of("grades", tutorial.facts.effort)),
        "minutes": said("minutes", n=tutorial.facts.minutes),
        "summary": text.summary,
        "headings": {name.replace("-", "_"): plain_text(read.section(f"heading:{name}")) for name in text.sections},
        "goals": read.section("learning-goals"),
        "steps": _steps(read, text.steps),
        "items": [read.section(f"item:{item.id}") for item in text.items],
        "next": read.section("next"),
        "team_question": _last_item(read.section("talk")),
        "stand": said("paper_stand", version=text.digest[:6], date=said.date(tutorial.facts.reviewed)),
        "why": read.section("why"),
        "prepare": read.section("prepare"),
        "talk": read.section("talk"),
        "pitfalls": read.section("pitfalls"),
        "local": read.section("local"),
        "mentor": read.section("mentor"),
    }
    return result


def for_mentee(full: TutorialData) -> TutorialData:
    """Return what the mentee's sheet prints: not a word of the mentor's part, and of each step the first paragraph."""
    result = full.copy()
    for name in MENTOR:
        result.pop(name)  # type: ignore[misc]
    result["steps"] = [{**step, "body": []} for step in full["steps"]]
    return result


def version_stamp(imprint: HandoutBranding, text: Text, path: str, source: str) -> TutorialData:
    """Return what the head and foot of a sheet say of its page."""
    href = imprint.address(path, text.language)
    return {"href": href, "address": shown_address(href), "qr": qr_code(href), "source": source}


def _steps(read: TextData, steps: Sequence[Step]) -> list[StepData]:
    result: list[StepData] = []
    meeting, minute = 1, 0
    last = max((step.part for step in steps), default=1)
    for index, step in enumerate(steps):
        begins = last > 1 and (index == 0 or step.part != meeting)
        if step.part != meeting:
            meeting, minute = step.part, 0
        body = read.section(f"step:{step.id}")
        result.append(
            {
                "title": read.section(f"title:{step.id}"),
                "minutes": read.labels("minutes_short", n=step.minutes),
                "span": f"{minute}–{minute + step.minutes}",
                "meeting": read.labels("meeting_n", n=step.part) if begins else "",
                "short": short_form(body),
                "body": body,
            }
        )
        minute += step.minutes
    return result


def short_form(body: Nodes) -> Nodes:
    """Return the first paragraph of a step's text, in a line; nothing if it begins with something else.

    A colon at its end, which leads to what follows, becomes a full stop.
    """
    first = body[0] if body else ""
    if isinstance(first, str) or first["k"] != "p":
        return []
    *before, last = first["c"] or [""]
    return [*before, f"{last[:-1]}."] if isinstance(last, str) and last.endswith(":") else first["c"]


def _last_item(blocks: Nodes) -> Nodes:
    """Return the last item of the last list among blocks: the question that a leader takes to the team."""
    for block in reversed(blocks):
        if not isinstance(block, str) and block["k"] in {"ul", "ol"}:
            item = block["c"][-1]
            return item["c"] if not isinstance(item, str) else [item]
    return []


def level_name(said: Labels, level: Level, language: str) -> str:
    """Return number and title of a level in words."""
    return f"{said('level_n', n=level.facts.level)}: {re.sub(' +', ' ', level.text(language).title)}"
