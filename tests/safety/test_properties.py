"""Properties of every text, tested with random ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pytest
from day import TODAY
from hypothesis import assume, example, given
from hypothesis import strategies as st
from hypothesis_profiles import tries
from memory_library import CACHE, LANGUAGES, library
from stufenweise.assemble.page_list import all_pages
from stufenweise.assemble.page_source import page_source
from stufenweise.check import check
from stufenweise.check.markup.html_findings import html_findings
from stufenweise.check.markup.markup_scan import scan_markup
from stufenweise.i18n.labels import package_labels
from stufenweise.load.library_builder import build_library
from stufenweise.load.load_result import LoadResult
from stufenweise.load.loader import load_content
from stufenweise.load.text_file import TextFile, TextKey
from stufenweise.localized.localized_library import LocalizedLibrary
from stufenweise.model.paths import ContentPath
from stufenweise.model.problem import Place
from stufenweise.render.sanitiser import sanitise
from stufenweise.source.files.content_files import ContentFiles
from stufenweise.source.markdown.markdown_rendering import UnreadableMarkdownError, markdown_to_html, render_markdown

from . import soup
from .hostile_texts import TUTORIAL, ForbiddenHtmlFinder, faults, problems, read, tutorial

VOCABULARY = ContentPath("vocabulary.yml")
DATA = (ContentPath("goals.yml"), ContentPath("glossary.yml"), VOCABULARY, ContentPath("self-check.yml"))


def alone(text: str) -> tuple[LoadResult, TextFile | None]:
    """Return the first tutorial with `text` in its first section, read without the rest of the library."""
    whole = {
        TUTORIAL: tutorial(text)[0].encode("utf-8", "surrogatepass"),
        VOCABULARY: library()[VOCABULARY],
    }
    reading = load_content(ContentFiles(whole), LANGUAGES)
    return reading, reading.texts.get(TextKey("tutorial", "first", "de"))


def relative(links: Iterable[str]) -> Iterator[str]:
    return (link for link in links if ":" not in link)


def assert_problems_have_places(files: dict[ContentPath, bytes]) -> None:
    """Check everything; each problem has a place in a file of the content."""
    for problem in problems(files):
        assert isinstance(problem.place, Place)
        assert problem.place.line >= 1
        assert problem.place.column >= 1


@pytest.mark.thorough
@given(soup.markdown)
@tries(200)
def test_a_text_without_a_problem_becomes_nothing_but_what_the_allowlist_knows(text: str) -> None:
    reading, file = alone(text)
    assume(file is not None and not reading.problems)
    assert file is not None
    found = scan_markup(file)
    assume(not found.problems)
    links: list[str] = []
    for section in file.text.sections.values():
        for body in (section.body, *(step.body for step in section.steps)):
            result = html_findings(render_markdown(body))
            assert result.findings == []
            links += (target for target, _ in result.links)
    assert sorted(relative(link.target for link in found.links)) == sorted(relative(links))


class Pieces(ForbiddenHtmlFinder):
    """Notes every start tag with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = [(name, value) for name, value in attrs if name not in {"style", "class"}]
        # Python-Markdown writes attributes by their name, html5ever as they come; an empty one is one without a value.
        self.tags.append((tag, sorted((name, value or "") for name, value in kept)))


def tags(html: str) -> list[tuple[str, list[tuple[str, str | None]]]]:
    pieces = Pieces()
    pieces.feed(html)
    pieces.close()
    return pieces.tags


@pytest.mark.thorough
@given(soup.markdown)
@example("&## ")
@tries(50)
def test_the_sanitiser_changes_no_page_whose_text_has_no_problem(text: str) -> None:
    reading = read({TUTORIAL: tutorial(text)[0].encode("utf-8", "surrogatepass")})
    assume(not any(problem.is_error for problem in check(reading, TODAY, cache=CACHE)))
    site = LocalizedLibrary(
        library=build_library(reading), language="de", labels_by_language={"de": package_labels("de")}
    )
    page = next(page for page in all_pages(site) if page.path == "tutorials/first.md")
    html = markdown_to_html(page_source(page, site.labels).split("\n---\n", 1)[1])
    assert tags(sanitise(html)) == tags(html)
    assert faults(sanitise(html)) == []


def settled(html: str) -> str:
    """Return HTML without the line ends behind <pre>: a parser drops the first (HTML standard, 13.2.6.4.7)."""
    return re.sub(r"(<pre\b[^>]*>)\n+", r"\1", html)


@given(soup.markdown)
@example('<pre class="highlight"></<script>\n### a {#b-c}\n')
@tries(300)
def test_nothing_that_runs_passes_the_sanitiser(text: str) -> None:
    try:
        clean = sanitise(markdown_to_html(text))
    except UnreadableMarkdownError:
        return
    assert faults(clean) == []
    assert settled(sanitise(clean)) == settled(clean)


def among_good_facts(line: str, text: str) -> bytes:
    """Return the first tutorial with `text` in the place of a line of its front matter."""
    return library()[TUTORIAL].decode().replace(line, text).encode("utf-8", "surrogatepass")


FACTS = st.sampled_from(["title: Tutorial first", "goals: [S1, O1]", "requires: []"])


@given(
    st.one_of(
        soup.anything,
        soup.yaml.map(lambda text: f"---\n{text}\n---\n## a {{#why}}\n".encode()),
        st.builds(among_good_facts, FACTS, soup.yaml),
    )
)
@tries(90)
def test_whatever_a_text_file_holds_the_check_ends_with_problems(data: bytes) -> None:
    assert_problems_have_places({TUTORIAL: data})


@given(st.sampled_from(DATA), st.booleans(), st.one_of(soup.anything, soup.yaml.map(str.encode)))
@tries(90)
def test_whatever_a_data_file_holds_the_check_ends_with_problems(
    name: ContentPath, behind_good: bool, data: bytes
) -> None:
    assert_problems_have_places({name: library()[name] + data if behind_good else data})


@given(st.sampled_from(["a.svg", "a.png", "a.webp"]), soup.anything)
@tries(50)
def test_whatever_an_image_holds_the_check_ends_with_problems(name: str, data: bytes) -> None:
    assert_problems_have_places({ContentPath(f"tutorials/images/{name}"): data})


@given(soup.markdown)
@tries(50)
def test_whatever_a_body_holds_the_check_ends_with_problems(text: str) -> None:
    assert_problems_have_places({TUTORIAL: tutorial(text)[0].encode("utf-8", "surrogatepass")})
