"""What templates are given is what their types say, and no more than they read."""

from __future__ import annotations

import re
from typing import is_typeddict

import pytest
from stufenweise.handouts import book_data, document_data, handout_branding, handout_data, poster_data, printed_figures
from stufenweise.handouts import printed_tutorial as tutorial_types
from stufenweise.handouts.typeset import TEMPLATES

MODULES = (tutorial_types, printed_figures, book_data, document_data, poster_data, handout_branding, handout_data)
TYPES = {value.__name__: value for module in MODULES for value in vars(module).values() if is_typeddict(value)}


@pytest.mark.parametrize("name", sorted(TYPES))
def test_each_key_of_a_type_is_read_by_a_template(name: str) -> None:
    templates = "\n".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.typ"))
    assert not [key for key in TYPES[name].__annotations__ if not re.search(rf'\.{key}\b|"{key}"', templates)]


def test_the_parts_of_a_tutorial_are_those_of_its_copies() -> None:
    """The leader's sheet holds nothing for the mentor; a selection binds both copies."""
    leader, mentor, both = (
        set(kind.__annotations__)
        for kind in (tutorial_types.MenteeTutorial, tutorial_types.MentorTutorial, tutorial_types.TutorialData)
    )
    assert both == leader | mentor
    assert {"mentor", "key", "hour", "talk", "pitfalls"} <= mentor - leader
