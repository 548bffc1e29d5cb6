"""The clock on the mentor's guide counts the minutes of a session from its beginning to its end."""

from __future__ import annotations

from itertools import pairwise

import pytest
from stufenweise.handouts.mentor_guide_clock import mentor_guide_clock
from stufenweise.handouts.printed_tutorial import ClockRow
from stufenweise.i18n.labels import package_labels
from stufenweise.model.text import Step


def step(minutes: int, part: int = 1, short: int | None = None) -> Step:
    return Step(id=f"s{minutes}", title="", minutes=minutes, body="", line=1, part=part, short=short)


def clock(*steps: Step) -> tuple[list[str], list[ClockRow], list[str]]:
    """Return the lengths of the shorter sessions, the rows, and the spans of the steps."""
    hour, spans = mentor_guide_clock(package_labels("en"), steps)
    return [*hour["lengths"]], [*hour["rows"]], spans


def test_each_part_begins_when_the_one_before_it_ends() -> None:
    _, rows, spans = clock(step(10, short=6), step(15, short=9))
    times = [tuple(map(int, row["span"].split("–"))) for row in rows]
    assert times[0][0] == 0
    assert times[-1][1] == 60
    assert all(before[1] == after[0] for before, after in pairwise(times))
    assert spans == ["15–25", "25–40"]
    assert [row["title"] for row in rows] == [True, True, False, False, True, True]


def test_a_shorter_session_has_the_short_way_and_a_dash_for_what_is_left_out() -> None:
    lengths, rows, _ = clock(step(10, short=8), step(8), step(7, short=7))
    assert lengths == ["45", "30"]
    assert [row["left"][1] for row in rows if not row["title"]] == ["8", "–", "7"]
    assert sum(int(row["left"][1].replace("–", "0")) for row in rows) <= 30


def test_a_session_that_is_too_short_has_nothing_but_dashes() -> None:
    _, rows, _ = clock(step(30))
    assert {row["left"][1] for row in rows} == {"–"}


def test_each_meeting_has_its_name_and_steps_are_numbered_on() -> None:
    _, rows, spans = clock(step(20), step(10), step(25, part=2))
    assert [row["name"].partition(":")[0] for row in rows if ":" in row["name"]] == ["Meeting 1", "Meeting 2"]
    assert [row["name"] for row in rows if not row["title"]] == ["Step 1", "Step 2", "Step 3"]
    assert spans[2].startswith("15–")


@pytest.mark.parametrize(("minutes", "length"), [(40, 60), (41, 81), (200, 221)])
def test_a_meeting_takes_the_shortest_session_that_it_fits(minutes: int, length: int) -> None:
    """41 minutes need the one of 90, with its longer parts; what fits none is shown as long as it takes."""
    _, rows, _ = clock(step(minutes))
    assert rows[-1]["span"].endswith(f"–{length}")
