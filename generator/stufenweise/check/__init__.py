"""Report everything that is wrong with content: one rule a function, one family of rules a module.

`check_*` is a single rule: its docstring states what must hold, and it yields a problem otherwise. `*_problems` is a
family of rules. `*_spellings` finds Markdown that renders differently than its author meant; `fix` repairs it.
"""

from stufenweise.check.checker import check

__all__ = ["check"]
