"""Write a tutorial draft from an imported text; sample sentences fill the gaps.

Everything that was guessed or left out is reported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from stufenweise.importing.foreign_file import Loss
from stufenweise.importing.import_plan import IMPORTED_ITEM, ONE_MEETING, ImportedPart, ImportPlan, plain
from stufenweise.load.section_reader import proposed_id, unused_id
from stufenweise.model.kinds import CHECKLIST_ITEMS
from stufenweise.source.markdown.checklist_syntax import parse_checklist_box

USUAL_MINUTES = 30
"""Minutes of all steps if the text has none."""
_SAMPLE_SECTION = re.compile(r"^## .*\{#([a-z-]+)\}$", re.MULTILINE)


def draft_body(plan: ImportPlan, sample: str, minutes: int) -> str:
    """Return the body of a draft; guesses are added to `plan.losses`.

    Args:
        plan: The imported text, sorted into sections.
        sample: Body of a new tutorial with its sample sentences.
        minutes: Minutes of all steps.
    """
    pieces = _SAMPLE_SECTION.split(sample)
    headings = [match[0] for match in _SAMPLE_SECTION.finditer(sample)]
    result = []
    samples = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    extra = [section for section in ("prepare", "local") if section in plan.sections]
    titles = dict(zip(samples, headings, strict=True))
    titles |= {section: f"## {plan.sections[section].heading} {{#{section}}}" for section in extra}
    order = ["why", "learning-goals", "prepare", "steps", "checklist", "talk", "pitfalls", "next", "local", "mentor"]
    for section in (section for section in order if section in titles):
        default = samples.get(section, "")
        if section == "steps":
            body = _steps(plan, default, minutes)
        elif section == "checklist":
            body = _checklist(plan, default)
        elif section == "mentor":
            own = _text(plan.sections[section].lines) if section in plan.sections else ""
            body = f"{own}\n\n{default.strip()}"
        else:
            body = _text(plan.sections[section].lines) if section in plan.sections else ""
        if not body.strip():
            body = default
        if section not in plan.sections and section not in {"steps", "mentor"}:
            plan.losses.append(Loss(kind="import-sample", text=re.sub(r"^## | \{.*", "", titles[section])))
        result.append(f"{titles[section]}\n\n{body.strip()}\n")
    return "\n".join(result)


def _text(lines: Sequence[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _steps(plan: ImportPlan, sample: str, minutes: int) -> str:
    """Return the steps, with minutes that add up; the sample's steps if the text has none."""
    if not plan.steps:
        plan.losses.append(Loss(kind="import-no-steps"))
        return sample
    plan.steps = _at_most(plan.steps, minutes)  # Each takes at least a minute
    given = sum(step.minutes for step in plan.steps)
    without = [step for step in plan.steps if not step.minutes]
    if without or given != minutes:
        shares = _shares([step.minutes for step in plan.steps], minutes)
        plan.steps = [replace(step, minutes=share) for step, share in zip(plan.steps, shares, strict=True)]
        plan.losses.append(Loss(kind="import-minutes", text=str(minutes)))
    guidance = "\n".join(sample.split("### ")[1].split("\n- **", 1)[1:])
    mentor_item = f"- **{guidance}".strip() if guidance else ""
    taken: set[str] = set()
    result, spent = [], 0
    in_second_meeting = False
    for step in plan.steps:
        base = proposed_id(step.heading) or "step"
        step_id = unused_id(base, taken)
        taken.add(step_id)
        begins = minutes > ONE_MEETING and spent + step.minutes > minutes / 2 and spent and not in_second_meeting
        in_second_meeting = in_second_meeting or bool(begins)
        part = " part=2" if begins else ""
        spent += step.minutes
        body = _text(step.lines) or step.heading
        result.append(f"### {step.heading} {{#{step_id} minutes={step.minutes}{part}}}\n\n{body}\n\n{mentor_item}")
    return "\n\n".join(result)


def _at_most(steps: list[ImportedPart], count: int) -> list[ImportedPart]:
    """Return so many steps at most; the last one has the texts of all that are left."""
    if len(steps) <= count:
        return steps
    last, *rest = steps[count - 1 :]
    lines = [line for step in rest for line in ("", f"**{step.heading}**", "", *step.lines)]
    return [*steps[: count - 1], replace(last, lines=[*last.lines, *lines], minutes=0)]


def _shares(given: Sequence[int], minutes: int) -> list[int]:
    """Return minutes for each step that add up to `minutes`, close to the given ones."""
    rest = max(minutes - sum(given), 0)
    open_steps = given.count(0)
    wanted = [share or max(rest / max(open_steps, 1), 1) for share in given]
    scale = minutes / sum(wanted)
    shares = [max(1, round(share * scale)) for share in wanted]
    shares[shares.index(max(shares))] += minutes - sum(shares)
    return shares


def _checklist(plan: ImportPlan, sample: str) -> str:
    """Return the checklist with an id for each item; the sample's if there are too few."""
    place = plan.sections.get("checklist")
    items: list[str] = []
    is_continued = False
    for line in place.lines if place else ():
        if match := IMPORTED_ITEM.match(line):
            items.append(match["words"])
        elif line.strip() and is_continued:
            items[-1] += f" {line.strip()}"
        elif line.strip():
            plan.losses.append(Loss(kind="import-no-item", text=line.strip()[:80]))
        is_continued = bool(line.strip() and (match or is_continued))
    most = max(CHECKLIST_ITEMS)
    plan.losses += [Loss(kind="import-item", text=words[:60]) for words in items[most:]]
    taken: dict[str, str] = {}
    for words in items[:most]:
        box = parse_checklist_box(f"- [ ] {words}")
        base = (box and box.id) or proposed_id(plain(words))
        taken[unused_id(base, taken)] = re.sub(r"[ \t]*\{#[^{}]*\}[ \t]*$", "", words).strip()
    lines = [f"- [ ] {words} {{#{name}}}" for name, words in taken.items()]
    for line in sample.strip().split("\n"):
        if len(lines) < min(CHECKLIST_ITEMS):
            lines.append(line)
    return "\n".join(lines)
