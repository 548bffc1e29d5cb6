"""The same promises as in `test_properties`, for texts in every part of a file."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from hypothesis_profiles import tries
from memory_library import library
from stufenweise.load.vocabulary import fill_vocabulary
from stufenweise.model.paths import ShownPath
from stufenweise.source.markdown.markdown_rendering import markdown_to_html

from . import soup
from .hostile_texts import TUTORIAL, faults, problems, tutorial

FENCES = st.lists(
    st.sampled_from(
        ["```", "~~~", "  ```", "    ```", "\t~~~", "> ```", "````", "``` a b", "``` py", "~~~ `", "- ```", "```{.py}",
         "## a {#b}", "### c {#d}", "> e", "- f", "", "", "g", "    h", "<!--", "!!! tip \"i\"", "{: .j }"]
    ),
    max_size=14,
).map("\n".join)  # fmt: skip


def has_errors(text: str) -> bool:
    found = problems({TUTORIAL: tutorial(text)[0].encode("utf-8", "surrogatepass")})
    return any(problem.is_error and problem.place.file == f"content/{TUTORIAL}" for problem in found)


@given(soup.markdown)
@tries(60)
def test_a_text_without_errors_needs_no_sanitiser(text: str) -> None:
    if has_errors(text):
        return
    filled = fill_vocabulary(text, {"network": {"base": "a", "dative": "b"}}, ShownPath(TUTORIAL))
    assert not filled.problems
    # Columns of a table are aligned by a style; the sanitiser makes a class of it.
    assert [fault for fault in faults(markdown_to_html(filled.text)) if fault not in {"td style", "th style"}] == []


@given(FENCES)
@tries(60)
def test_no_fence_hides_or_adds_a_section(text: str) -> None:
    if has_errors(text):
        return
    whole = tutorial(text)[0].split("\n---\n", 1)[1]
    assert markdown_to_html(whole).count("<h2") == library()[TUTORIAL].decode().count("\n## ")
