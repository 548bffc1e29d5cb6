"""Split a Markdown file into front matter and body, and compute the digest of its words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from stufenweise.model.outcome import Outcome
from stufenweise.model.paths import ShownPath
from stufenweise.model.problem import QUOTED_START, Place, new_problem
from stufenweise.source.yaml.front_matter_lines import read_head
from stufenweise.source.yaml.yaml_positions import YamlDocument

FRONT_MATTER_FENCE = re.compile(r"---[ \t]*\r?")
"""The line before and after front matter."""


@dataclass(frozen=True, slots=True)
class SplitText:
    """A Markdown file split in two."""

    front_matter: YamlDocument
    body: str
    body_line: int
    """First line of the body in the file, from 1."""


def front_matter_end(lines: Sequence[str]) -> int:
    """Return the line (from 0) that closes the front matter; 0 if there is none, or it is not closed."""
    if not FRONT_MATTER_FENCE.fullmatch(lines[0]):
        return 0
    return next((index for index in range(1, len(lines)) if FRONT_MATTER_FENCE.fullmatch(lines[index])), 0)


def split_front_matter(text: str, file: ShownPath) -> Outcome[SplitText]:
    """Return front matter and body of `text`, or the problem that there is no front matter."""
    lines = text.split("\n")
    if not FRONT_MATTER_FENCE.fullmatch(lines[0]):
        words = next((line.strip() for line in lines if line.strip()), "")
        is_below = bool(FRONT_MATTER_FENCE.fullmatch(words)) and not lines[0].strip()
        dashes = words if re.fullmatch(r"[-–—_*=~]{2,10}", words) and not is_below else ""
        values = {"below": "---" if is_below else "", "dashes": dashes}
        values |= {} if any(values.values()) else _other_head(words)
        return Outcome.failure(new_problem(Place(file), "front-matter-missing", **values))
    if end := front_matter_end(lines):
        document = replace(read_head(lines[1:end], file, 2), end=Place(file, end + 1))
        return Outcome(SplitText(document, "\n".join(lines[end + 1 :]), end + 2))
    first = next((index for index, line in enumerate(lines[1:], 1) if not line.strip() or line.startswith("#")), 0)
    return Outcome.failure(new_problem(Place(file, first + 1), "front-matter-open"))


def _other_head(line: str) -> dict[str, str]:
    """Return the kind of head that a file has in place of front matter: JSON, TOML, a fence or bare keys."""
    if line.startswith("{"):
        return {"json": line[:20]}
    if line == "+++":
        return {"toml": line}
    if line.startswith(("```", "~~~")):
        return {"fence": line[:20]}
    return {"keys": line[:QUOTED_START]} if re.match(r"[\w-]+:(?:\s|$)", line) else {}


def text_digest(title: str, summary: str, body: str) -> str:
    """Return 12 hexadecimal digits over the words of a text: equal words, equal digest."""
    words = "\n".join(map(str.rstrip, f"{title}\n{summary}\n{body}".split("\n"))).strip()
    return hashlib.sha256(words.encode()).hexdigest()[:12]
