"""Report everything that is wrong with content: one rule a function, one family of rules a module.

`check_*` is a single rule: its docstring says what holds, and it yields a problem where it does not. `*_problems` is a
family of rules. `*_spellings` finds Markdown that means something else than its author did; `fix` repairs it.
"""

from stufenweise.check.checker import blocking_problems, check

__all__ = ["blocking_problems", "check"]
