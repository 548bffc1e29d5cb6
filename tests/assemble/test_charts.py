"""The charts are images with a name and a description, drawn on the grid, and follow the content security policy."""

from __future__ import annotations

import re
from itertools import combinations
from xml.etree import ElementTree

from stufenweise.localized.charts import HEIGHT, RADIUS, WIDTH, Axis, Point, chart
from stufenweise.render.sanitiser import sanitise

X = Axis("Change-Aufwand", "gering", "hoch")
Y = Axis("Bedeutung für das Unternehmen", "gering", "hoch")
POINTS = [
    Point(label="Eins & <eins>", x=1, y=2, number=1),
    Point(label="Zwei", x=2, y=3, number=2),
    Point(label="Drei", x=2, y=3, number=3),
    Point(label="Vier", x=5, y=5, number=4, current=True),
]


def drawn(points: list[Point]) -> str:
    return chart(points, X, Y, 'Ein "Titel"', "chart-x")


def centres(svg: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', svg)]


def test_a_chart_is_an_image_with_a_name_that_is_short() -> None:
    root = ElementTree.fromstring(drawn(POINTS))
    assert root.attrib["role"] == "img"
    ids = {element.attrib["id"]: element.text for element in root.iter() if "id" in element.attrib}
    assert {root.attrib["aria-labelledby"]: 'Ein "Titel"'} == ids


def test_further_right_and_further_up_means_more() -> None:
    (left, low), *_, (right, high) = centres(drawn(POINTS))
    assert left < right
    assert low > high


def test_no_dot_lies_on_another_or_outside() -> None:
    found = centres(drawn(POINTS))
    assert len(found) == len(POINTS)
    for (x1, y1), (x2, y2) in combinations(found, 2):
        assert (x1 - x2) ** 2 + (y1 - y2) ** 2 >= (2 * RADIUS) ** 2
    assert all(RADIUS <= x <= WIDTH - RADIUS and RADIUS <= y <= HEIGHT - RADIUS for x, y in found)


def test_the_dot_of_the_page_stands_out_by_its_class() -> None:
    assert drawn(POINTS).count("chart__dot--current") == 1


def test_words_are_at_least_eleven_pixels_on_a_narrow_screen() -> None:
    """A page of 320 px has 288 px for a chart."""
    sizes = [int(size) for size in re.findall(r'font-size="(\d+)"', drawn(POINTS))]
    assert min(sizes) * 288 / WIDTH >= 11


def test_a_chart_stands_on_one_line_and_passes_the_sanitiser() -> None:
    svg = drawn(POINTS)
    assert "\n" not in svg
    assert "style=" not in svg
    clean = ElementTree.fromstring(sanitise(svg))
    assert [element.tag for element in clean.iter()] == [element.tag for element in ElementTree.fromstring(svg).iter()]
    name, shown = clean
    assert (name.text, shown.attrib) == ('Ein "Titel"', {"aria-hidden": "true"}), "Firefox would read what is drawn"
