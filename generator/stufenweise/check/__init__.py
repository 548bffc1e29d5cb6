"""Report everything that is wrong with content: one rule a function, one family of rules a module.

`rules.py` lists the rules that a run calls. `check_*` is a single rule: its docstring states what must hold, and it
yields a problem otherwise. `*_problems` is the rule of a family: it calls the others of its module. `*_misreadings`
finds lines that are read differently than their author meant; `fix` corrects them.

The rooms inside: `text` for one text, `misreadings` and `markup` for its Markdown as written and as HTML, `media` for
images and attachments, `content` for everything together.
"""

from stufenweise.check.checker import check

__all__ = ["check"]
