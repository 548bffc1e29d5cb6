"""Images have the type that their name says, and drawings run and fetch nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from stufenweise.model.paths import ContentPath
from stufenweise.model.problem import Problem

from .hostile_texts import TUTORIAL, problems, tutorial

DRAWINGS = yaml.safe_load((Path(__file__).parent / "drawings" / "drawings.yml").read_text(encoding="utf-8"))


def path(suffix: str) -> ContentPath:
    """Return the path of the image that a text uses."""
    return ContentPath(f"tutorials/images/new{suffix}")


def told(data: bytes, suffix: str) -> list[str]:
    """Return the problems of an image that a text uses."""
    text, _ = tutorial(f"![An image](images/new{suffix})")

    def about(problem: Problem) -> str:
        return f"{problem.code} {dict(problem.values).get('about', '')}".strip()

    return [about(finding) for finding in problems({TUTORIAL: text.encode(), path(suffix): data})]


@pytest.mark.parametrize("case", DRAWINGS, ids=lambda case: case["name"])
def test_a_drawing_holds_nothing_that_runs_or_fetches(case: dict[str, Any]) -> None:
    inside = case.get("inside", "") * case.get("repeat", 1)
    drawing = case.get("whole", f'<svg xmlns="http://www.w3.org/2000/svg">\n{inside}\n</svg>')
    assert sorted(told(drawing.encode(), ".svg")) == sorted(case["problems"])


def test_a_problem_of_a_drawing_names_its_line() -> None:
    text, _ = tutorial("![An image](images/new.svg)")
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg">\n<g/>\n<g\nonclick="a()"/>\n</svg>'
    (found,) = problems({TUTORIAL: text.encode(), path(".svg"): drawing})
    assert str(found.place) == "content/tutorials/images/new.svg:4:1"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "latin-1", "cp037"])
def test_a_drawing_is_utf8(encoding: str) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"><title>ä</title><script>alert(1)</script></svg>'
    assert told(drawing.encode(encoding), ".svg") in (["not-utf8"], ["control-character"])


@pytest.mark.parametrize(
    ("suffix", "start"),
    [(".png", b"\x89PNG\r\n\x1a\n"), (".jpg", b"\xff\xd8\xff\xe0"), (".webp", b"RIFF\n\0\0\0WEBPVP8 ")],
)
def test_an_image_is_what_its_name_says(suffix: str, start: bytes) -> None:
    assert told(start + b"more", suffix) == ["image-damaged"]
    for wrong in (b"", b"GIF89a", b"<svg onload='alert(1)'/>", b"<!doctype html><script>alert(1)</script>", start[1:]):
        assert told(wrong, suffix) == ["image-type"]


@pytest.mark.parametrize("name", ["a.js", "a.html", "a.css", "a.gif", "a.pdf", "a.svgz", "a.xhtml", "a.svg.js"])
def test_no_other_kind_of_file_may_lie_in_the_content(name: str) -> None:
    assert [problem.code for problem in problems({ContentPath(f"tutorials/{name}"): b"a"})] == ["unexpected-file"]


def test_an_image_that_no_text_uses_is_a_warning() -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"></svg>'
    (found,) = problems({path(".svg"): drawing})
    assert found.code == "unused-image"
    assert not found.is_error
