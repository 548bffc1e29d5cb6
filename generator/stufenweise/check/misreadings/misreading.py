"""A misreading: lines that the site reads differently than their author meant.

Other programs have other marks for the same thing, and a near miss of our own marks is none. Families of rules yield
misreadings; `check` reports those with a code, `fix/misreadings.py` writes the replacement of those that have one. So a
problem and its repair can't disagree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Misreading:
    """Lines that are read differently than their author meant: their problem and, if certain, what to write instead."""

    line: int
    """The first of the lines in the body, from 0."""
    code: str
    """Code of the problem; empty if another rule reports it."""
    values: Mapping[str, str] = field(default_factory=dict)
    """Values of the problem."""
    column: int = 1
    """Column of the problem, from 1."""
    end: int = 0
    """The line after the last one; 0 means the line after `line`."""
    replacement: tuple[str, ...] | None = None
    """The replacement lines; None if only the author knows them."""
    covers: int = 0
    """The number of lines, from the first one on, in which other problems may follow from this one."""
    is_box: bool = False
    """Whether the first and last line only delimit a block: no other problem of these two is reported."""
    is_code: bool = False
    """Whether the lines between them are code: no other problem of any of these lines is reported."""

    @property
    def next_line(self) -> int:
        """The line after the last one."""
        return self.end or self.line + 1
