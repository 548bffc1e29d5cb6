"""Hypothesis settings. Runs are repeatable, so a failure means the code changed.

By hand, `pytest tests/safety tests/source --hypothesis-profile thorough` tries others each time, and many more of them.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings

THOROUGH = 20
"""How many times as much is tried by hand."""
SLOW = (HealthCheck.too_slow, HealthCheck.filter_too_much)

# No deadline here: CI machines are slow. test_bounds.py checks the time limits.
settings.register_profile("same", derandomize=True, deadline=None, max_examples=100, suppress_health_check=SLOW)
settings.register_profile(
    "thorough", derandomize=False, deadline=None, max_examples=100 * THOROUGH, suppress_health_check=SLOW
)
settings.load_profile("same")


def tries(count: int) -> settings:
    """Return settings with this number of examples, times the factor of the profile."""
    profile = settings.default
    assert profile
    return settings(max_examples=count * profile.max_examples // 100)
