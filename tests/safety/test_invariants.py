"""The same promises as in `test_properties`, for texts in every part of a file."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from hypothesis_profiles import tries
from stufenweise.check import check
from stufenweise.load.vocabulary import fill_vocabulary
from stufenweise.render.sanitiser import sanitise
from stufenweise.source.markdown_rendering import UnreadableMarkdownError, markdown_to_html

from . import soup
from .memory_library import TODAY, TUTORIAL, faults, library, read, tutorial

FENCES = st.lists(
    st.sampled_from(
        ["```", "~~~", "  ```", "    ```", "\t~~~", "> ```", "````", "``` a b", "``` py", "~~~ `", "- ```", "```{.py}",
         "## a {#b}", "### c {#d}", "> e", "- f", "", "", "g", "    h", "<!--", "!!! tip \"i\"", "{: .j }"]
    ),
    max_size=14,
).map("\n".join)  # fmt: skip


def has_errors(text: str) -> bool:
    reading = read({TUTORIAL: tutorial(text)[0].encode("utf-8", "surrogatepass")})
    return any(problem.is_error and problem.place.file == f"content/{TUTORIAL}" for problem in check(reading, TODAY))


@given(soup.markdown)
@tries(60)
def test_a_text_without_errors_needs_no_sanitiser(text: str) -> None:
    if has_errors(text):
        return
    body, problems = fill_vocabulary(text, {"network": {"base": "a", "dative": "b"}}, TUTORIAL)
    assert problems == []
    # Columns of a table are aligned by a style; the sanitiser makes a class of it.
    assert [one for one in faults(markdown_to_html(body)) if one not in {"td style", "th style"}] == []


@given(FENCES)
@tries(60)
def test_no_fence_hides_or_adds_a_section(text: str) -> None:
    if has_errors(text):
        return
    whole = tutorial(text)[0].split("\n---\n", 1)[1]
    assert markdown_to_html(whole).count("<h2") == library()[TUTORIAL].decode().count("\n## ")


@given(soup.markdown)
@tries(60)
def test_the_sanitiser_changes_nothing_twice(text: str) -> None:
    try:
        clean = sanitise(markdown_to_html(text))
    except UnreadableMarkdownError:
        return
    assert sanitise(clean) == clean
    assert faults(clean) == []


@given(st.sampled_from(["title: Tutorial first", "goals: [S1, O1]", "requires: []"]), soup.yaml)
@tries(60)
def test_whatever_the_facts_say_the_check_ends(line: str, text: str) -> None:
    whole = library()[TUTORIAL].decode().replace(line, text)
    check(read({TUTORIAL: whole.encode("utf-8", "surrogatepass")}), TODAY)


@given(st.sampled_from(["goals.yml", "glossary.yml", "vocabulary.yml", "self-check.yml"]), soup.yaml)
@tries(60)
def test_whatever_stands_behind_good_data_the_check_ends(name: str, text: str) -> None:
    check(read({name: library()[name] + text.encode("utf-8", "surrogatepass")}), TODAY)
