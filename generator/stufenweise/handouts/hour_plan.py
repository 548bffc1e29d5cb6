"""How long the parts of a session are, as the session view of the site lays it out (`hour.js`).

The frames come from `assemble/hours.yml`; `tests/node/hours.yml` holds this module and the script against the same
cases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, cast

from stufenweise.model.library import Step
from stufenweise.resources import load_resource

_TALK = ("why", "own")
"""Parts that give up their minutes first, down to what they need, until a buffer is kept."""
_ENDS = ("checkin", "check", "next")
"""Parts that give up minutes after those, until the session is as long as it may be."""

SHORT_SESSION = 30
"""Minutes of a session up to which there is only the 30-minute way."""

Frame = Mapping[str, Any]
"""Each part's minutes as planned and at the least, and the `buffer`."""


@dataclass(frozen=True, slots=True)
class HourPart:
    """A part of a session."""

    part: str
    """`checkin`, `why`, `doing` (a step), `own`, `check` or `next`."""
    minutes: int
    least: int
    """Fewest minutes that it can do with."""
    step: int = -1
    """Which of the steps it is, from 0."""


@dataclass(frozen=True, slots=True)
class HourPlan:
    """The parts of a session in their order."""

    parts: tuple[HourPart, ...]
    over: int
    """Minutes that don't fit; 0 if all fits."""

    def minutes(self, *names: str, step: int = -1) -> int:
        """Return the minutes of the parts with these names; of a step if one is named."""
        return sum(one.minutes for one in self.parts if one.part in names and one.step == step)


@lru_cache(maxsize=1)
def frames() -> Mapping[int, Frame]:
    """Return the frame of each length of a session, in minutes."""
    return cast("Mapping[int, Frame]", load_resource("stufenweise.assemble", "hours.yml"))


def plan_hour(length: int, steps: Sequence[int]) -> HourPlan:
    """Return the parts of a session of `length` minutes; a step of 0 minutes is left out."""
    frame = frames()[length]
    parts = [
        *(HourPart(name, *frame[name]) for name in ("checkin", "why")),
        *(HourPart("doing", minutes, minutes, number) for number, minutes in enumerate(steps)),
        *(HourPart(name, *frame[name]) for name in ("own", "check", "next")),
    ]
    if _total(parts) > length:
        _shorten(parts, length - frame["buffer"], _TALK)
        _shorten(parts, length, _ENDS)
    return HourPlan(tuple(parts), max(0, _total(parts) - length))


def plan_meeting(length: int, steps: Sequence[Step]) -> HourPlan | None:
    """Return a session of `length` minutes with the steps of one meeting; None if they don't fit into it.

    A session that is too short for all keeps those of the 30-minute way, with their own minutes if these fit.
    """
    stay = [step.short is not None for step in steps]
    ways = [[step.minutes for step in steps]]
    if any(stay):
        ways.append([step.minutes if stays else 0 for step, stays in zip(steps, stay, strict=True)])
        ways.append([step.short or 0 for step in steps])
    if length <= SHORT_SESSION:
        ways = ways[2:]
    plans = (plan_hour(length, way) for way in ways)
    return next((plan for plan in plans if not plan.over), None)


def _total(parts: Sequence[HourPart]) -> int:
    return sum(one.minutes for one in parts)


def _shorten(parts: list[HourPart], wanted: int, names: Sequence[str]) -> None:
    """Take minute by minute from the longest of the parts named until no more than `wanted` is left."""
    while _total(parts) > wanted:
        able = [one for one in parts if one.part in names and one.minutes > one.least]
        if not able:
            return
        longest = max(able, key=lambda one: one.minutes)
        parts[parts.index(longest)] = replace(longest, minutes=longest.minutes - 1)
