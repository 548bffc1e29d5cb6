"""The words of the shipped content as a reader meets them, without markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from conftest import ROOT

CONTENT = ROOT / "content"
SELF_CHECK = CONTENT / "self-check.yml"
HERE = Path(__file__).parent
LANGUAGES = ("de", "en")
_NOT_PROSE = re.compile(r"\{\{[^}]*\}\}|\{[#:][^}]*\}|`[^`]*`|<?https?://[^\s>]*>?|(?<=\])\([^()]*\)")


def texts(language: str, folder: str = "") -> Iterator[tuple[Path, str]]:
    """Yield the files of a language with their words: title, summary and body; and the self-check, if all are asked."""
    for path in sorted((CONTENT / folder).rglob(f"*.{language}.md")):
        yield path, prose(path)
    if not folder:
        yield SELF_CHECK, words_in_yaml(SELF_CHECK, language)


def prose(path: Path) -> str:
    """Return the prose of a text, line by line as in its file; everything else is left out."""
    lines = path.read_text(encoding="utf-8").split("\n")
    end = lines.index("---", 1)
    head = [line.partition(": ")[2] if line.startswith(("title: ", "summary: ")) else "" for line in lines[: end + 1]]
    return _NOT_PROSE.sub(" ", "\n".join((*head, *lines[end + 1 :])))


def words_in_yaml(path: Path, language: str) -> str:
    """Return the words that a data file has in a language, line by line as in the file, each text a sentence."""
    source = path.read_text(encoding="utf-8")
    lines = [""] * (source.count("\n") + 1)
    nodes = [yaml.compose(source, Loader=yaml.SafeLoader)]
    while nodes:
        node = nodes.pop()
        for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
            if key.value == language and isinstance(value, yaml.ScalarNode):
                lines[value.start_mark.line] += f" {value.value} "
            nodes.append(value)
    return _NOT_PROSE.sub(" ", "\n".join(lines))


def rules(name: str) -> dict[str, Any]:
    """Return one of the lists in this folder."""
    found = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def shown(path: Path) -> str:
    return path.relative_to(CONTENT).as_posix()
