"""Template data of one tutorial: labels in its language, Markdown as trees of nodes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import cast

from stufenweise.handouts.handout_branding import HandoutBranding, qr_code, shown_address
from stufenweise.handouts.mentor_guide_clock import mentor_guide_clock
from stufenweise.handouts.mentor_guide_size import has_room_beside_key, has_room_for_figure, mentor_guide_sizes
from stufenweise.handouts.printed_figures import printed_figures
from stufenweise.handouts.printed_tutorial import (
    MenteeStep,
    MenteeTutorial,
    MentorStep,
    MentorTutorial,
    PageReference,
    StepData,
    TutorialData,
    UnsizedTutorial,
)
from stufenweise.handouts.step_layout import lay_out_step
from stufenweise.handouts.text_trees import TextTrees, text_trees
from stufenweise.handouts.tree_nodes import Node, Nodes, plain_text
from stufenweise.handouts.worksheet import worksheet_blocks
from stufenweise.model import page_paths
from stufenweise.model.library import Tutorial
from stufenweise.model.text import Step, Text

_SENTENCE = re.compile(r"""(?:(?<=\w\w)\.|[!?])[“”"]?(?= [A-ZÄÖÜ„“"])""")
"""The end of a sentence before another one."""


def tutorial_data(branding: HandoutBranding, tutorial: Tutorial) -> TutorialData:
    """Return the template data of all handouts of a tutorial.

    An untranslated tutorial is printed in its source language, labels included.
    """
    text = tutorial.text(branding.language)
    trees = text_trees(branding, text)
    labels = trees.labels
    effort = tutorial.facts.effort
    number = branding.localized.tutorial_numbers[tutorial.slug]
    case, why = _first_paragraph(trees.section("why"))
    key = text.sections["mentor"].key
    rows, spans = mentor_guide_clock(labels, text.steps)
    material = trees.section("material")
    figures = printed_figures(branding.localized.figure_by_name, text) if material else iter(())
    data: UnsizedTutorial = {
        **page_reference(branding, text, page_paths.tutorial_path(tutorial.slug)),
        "source": labels("handout_tutorial_n", n=number),
        "version": labels("handout_date", date=labels.date(tutorial.facts.reviewed)),
        "title": text.title,
        "number": number,
        "level": labels("level_n", n=tutorial.facts.level),
        "level_number": tutorial.facts.level,
        "effort": effort,
        "effort_words": labels("grade", n=effort, word=labels.member("grades", effort)),
        "minutes": labels("minutes", n=tutorial.facts.minutes),
        "headings": {name.replace("-", "_"): plain_text(trees.heading(name)) for name in text.sections},
        "case": case,
        "why": why,
        "prepare": trees.section("prepare"),
        "steps": _steps(trees, text.steps, spans),
        "hour": rows,
        "items": trees.items,
        "next": trees.section("next"),
        "team_question": _last_list_item(trees.section("talk")),
        "talk": trees.section("talk"),
        "pitfalls": trees.section("pitfalls"),
        "local": trees.section("local"),
        "mentor": trees.section("mentor"),
        "material": material,
        "figure": next(figures, None),
        "key": trees.key,
        "key_heading": key.heading if key else "",
        "beside_key": [],
    }
    beside_key = data["material"] if data["key"] and has_room_beside_key(data) else []
    data = {**data, "beside_key": beside_key, "figure": data["figure"] if has_room_for_figure(data) else None}
    return {**data, "sizes": mentor_guide_sizes(data)}


def mentee_data(full: TutorialData) -> MenteeTutorial:
    """Reduce a tutorial to the leader's handout: nothing for the mentor."""
    headings = {name: heading for name, heading in full["headings"].items() if name != "mentor"}
    steps = [cast("MenteeStep", _parts_of(step, MenteeStep)) for step in full["steps"]]
    return cast("MenteeTutorial", {**_parts_of(full, MenteeTutorial), "headings": headings, "steps": steps})


def mentor_data(full: TutorialData) -> MentorTutorial:
    """Reduce a tutorial to the mentor's handout: the guidance of each step, without places to write in.

    The practice text is printed at most below its key, so that both have the same text on screen.
    """
    steps = [cast("MentorStep", _parts_of(step, MentorStep)) for step in full["steps"]]
    reduced = {**_parts_of(full, MentorTutorial), "steps": steps, "material": [], "figure": None}
    return cast("MentorTutorial", reduced)


def _parts_of(data: Mapping[str, object], part_type: type) -> dict[str, object]:
    """Return the parts of data that a narrower TypedDict has, too."""
    return {name: value for name, value in data.items() if name in part_type.__annotations__}


def page_reference(branding: HandoutBranding, text: Text, path: str) -> PageReference:
    """Return the page of a text; `path` is the path of the page."""
    href = branding.page_url(path, text.language)
    return {"href": href, "address": shown_address(href), "qr": qr_code(href)}


def _steps(trees: TextTrees, steps: Sequence[Step], spans: Sequence[str]) -> list[StepData]:
    """Return the steps of a tutorial; `spans` has the first and last minute of each."""
    result: list[StepData] = []
    meetings = max((step.part for step in steps), default=1)
    for index, step in enumerate(steps):
        begins = meetings > 1 and (index == 0 or step.part != steps[index - 1].part)
        body = trees.step(step)
        blocks = worksheet_blocks(body)
        short = _instruction(body, leads=bool(blocks))
        layout = lay_out_step(short, blocks)
        result.append(
            {
                "number": index + 1,
                "title": trees.title(step),
                "minutes": trees.labels("minutes_short", n=step.minutes),
                "span": spans[index],
                "meeting": trees.labels("meeting_n", n=step.part) if begins else "",
                "short": short,
                "below": layout.below,
                "beside": layout.beside,
                "brief": first_sentence(_instruction(body, leads=False)),
                "guidance": trees.guidance(step),
            }
        )
    return result


def _first_paragraph(blocks: Nodes) -> tuple[Nodes, Nodes]:
    """Return the first paragraph among blocks, and the blocks after it."""
    first = blocks[0] if blocks else ""
    return (blocks[:1], blocks[1:]) if not isinstance(first, str) and first["kind"] == "p" else ([], blocks)


def _instruction(body: Nodes, *, leads: bool) -> Nodes:
    """Return the first paragraph of a step as inline nodes; none if the step begins with another block.

    A colon at its end becomes a full stop unless it `leads` to printed blocks.
    """
    first = body[0] if body else ""
    if isinstance(first, str) or first["kind"] != "p":
        return []
    *before, last = first["children"] or [""]
    is_open = isinstance(last, str) and last.endswith(":") and not leads
    return [*before, f"{str(last)[:-1]}."] if is_open else first["children"]


def first_sentence(inner: Nodes) -> Nodes:
    """Return inline nodes up to the end of the first sentence."""
    result: list[Node | str] = []
    for node in inner:
        if isinstance(node, str) and (match := _SENTENCE.search(node)):
            return [*result, node[: match.end()].rstrip()]
        result.append(node)
    return result


def _last_list_item(blocks: Nodes) -> Nodes:
    """Return the last item of the last list among blocks: the leader's question to the team."""
    for block in reversed(blocks):
        if not isinstance(block, str) and block["kind"] in {"ul", "ol"}:
            item = block["children"][-1]
            return item["children"] if not isinstance(item, str) else [item]
    return []
