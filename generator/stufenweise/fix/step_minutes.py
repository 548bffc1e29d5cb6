"""Fill in the minutes of the one step that has none: what the others leave of the tutorial's."""

from __future__ import annotations

from stufenweise.load.load_result import TextFile
from stufenweise.model.facts import TutorialFacts


def complete_minutes(text: str, file: TextFile) -> str:
    """Return a tutorial's text in which each step has its minutes, if one alone has none and some are left."""
    without = [step for step in file.text.steps if not step.minutes]
    if not isinstance(file.facts, TutorialFacts) or len(without) != 1:
        return text
    left = file.facts.minutes - sum(step.minutes for step in file.text.steps)
    lines = text.split("\n")
    index = without[0].line - 1
    line = lines[index].rstrip()
    end = lines[index][len(line) :]
    if left < 1 or "minutes" in line.rpartition("{")[2] or line.endswith("#"):
        return text
    if line.endswith("}"):
        head, brace, attributes = line.rpartition("{")
        inner = attributes[:-1]
        at = min((found for sign in (" short=", " part=") if (found := inner.find(sign)) >= 0), default=len(inner))
        line = f"{head}{brace}{inner[:at]} minutes={left}{inner[at:]}}}"
    else:
        line = f"{line} {{minutes={left}}}"
    lines[index] = line + end
    return "\n".join(lines)
