"""A number in an author's words is taken if it is clear which number is meant."""

from __future__ import annotations

import pytest
from stufenweise.source.yaml.meant_values import number_meant


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("20 Min.", "20"),
        ("Stufe 2", "2"),
        ("12 Monate", "12"),
        ("1 Stunde", "60"),
        ("2 h", "120"),
        ("90 Sekunden", ""),
        ("1 Tag", ""),
        ("2 Jahre", ""),
        ("2 years", ""),
        ("3 weeks", ""),
        ("1,5", ""),
        ("20 bis 30", ""),
    ],
)
def test_a_number_is_taken_only_with_a_unit_that_a_key_has(words: str, number: str) -> None:
    assert number_meant(words) == number
