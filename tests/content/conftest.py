"""The words of the shipped content as a reader meets them, without markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml
from conftest import ROOT

CONTENT = ROOT / "content"
HERE = Path(__file__).parent
LANGUAGES = ("de", "en")
_NOT_PROSE = re.compile(r"\{\{[^}]*\}\}|\{[#:][^}]*\}|`[^`]*`|<?https?://[^\s>]*>?|(?<=\])\([^()]*\)")


def texts(language: str, folder: str = "") -> Iterator[tuple[Path, str]]:
    """Yield the files of a language with their words: title, summary and body."""
    for path in sorted((CONTENT / folder).rglob(f"*.{language}.md")):
        yield path, prose(path)


def prose(path: Path) -> str:
    """Return the words of a text, line by line as in its file; what is no prose is left out."""
    lines = path.read_text(encoding="utf-8").split("\n")
    end = lines.index("---", 1)
    head = [line.partition(": ")[2] if line.startswith(("title: ", "summary: ")) else "" for line in lines[: end + 1]]
    return _NOT_PROSE.sub(" ", "\n".join((*head, *lines[end + 1 :])))


def rules(name: str) -> dict[str, object]:
    """Return one of the lists beside this file."""
    found = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def shown(path: Path) -> str:
    return path.relative_to(CONTENT).as_posix()
