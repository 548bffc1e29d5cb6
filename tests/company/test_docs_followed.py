"""docs/company.md followed line by line: each command runs, each example works where the document puts it.

The German one has the same commands and examples, in its own words.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT
from day import ENVIRON
from stufenweise.cli import main
from texts import replace_once

BLOCK = re.compile(r"(?:^ {4}.*\n|^\n(?= {4}))+", re.MULTILINE)
PLACES = {
    "## ": "content/tutorials/{adopted}.{language}.extend.md",
    "search: ": "content/tutorials/{adopted}.{language}.md",
    "internal-network:": "content/search.yml",
}
"""Where the examples belong, by how they begin."""


def blocks(name: str) -> Iterator[list[str]]:
    """Yield the indented blocks of a document, as their lines."""
    for match in BLOCK.finditer((ROOT / "docs" / name).read_text(encoding="utf-8")):
        yield [line.removeprefix("    ") for line in match[0].strip("\n").split("\n")]


class Reader:
    """Runs the commands of a document one by one."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.language = folder, "en"
        self.adopted = "find-people"
        self.served: list[bool] = []

    def type(self, line: str) -> None:
        """Run a command of the document; a comment behind it is not typed."""
        words = shlex.split(line, comments=True)
        if words[0] == "cd":
            self.folder /= words[1]
            os.chdir(self.folder)
            # Printing takes minutes, and is not what the document is about.
            replace_once(self.folder / "mkdocs.yml", "overlay: true\n", "overlay: true\n      handouts: false\n")
            return
        assert words[0] == "stufenweise", line
        result = CliRunner().invoke(main, ["--lang", self.language, *words[1:]], env=ENVIRON)
        assert result.exit_code == 0, (line, result.output)

    def put(self, lines: list[str]) -> None:
        """Write an example into the file that the document names."""
        [path] = [place for start, place in PLACES.items() if lines[0].startswith(start)]
        path = path.format(adopted=self.adopted, language=self.language)
        text = "\n".join((*lines, ""))
        if lines[0].startswith("search: "):
            self.type(f"stufenweise adopt {self.adopted}")
            file = self.folder / path
            own = re.sub(r"^search: .*\n", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
            file.write_text(own.replace("---\n", f"---\n{text}", 1), encoding="utf-8")
        else:
            (self.folder / path).write_text(text, encoding="utf-8")

    def translate(self, path: str) -> None:
        """Write the texts of a begun translation: here those of the source, without its company words."""
        file = self.folder / path
        text = re.sub(r"<!--\n(.*?)-->\n", r"\1", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        file.write_text(re.sub(r"\{\{.*?\}\}", "parola", text), encoding="utf-8")


def test_both_languages_have_the_same_commands_and_examples() -> None:
    def shape(name: str) -> list[list[str]]:
        """Return the first words of commands, and the beginnings of examples."""
        return [
            [" ".join(line.split()[:2]) for line in lines if line.startswith("stufenweise")]
            or [start for start in PLACES if lines[0].startswith(start)]
            for lines in blocks(name)
        ]

    assert shape("company.de.md") == shape("company.md")


@pytest.mark.thorough
def test_every_command_and_example_of_the_document_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    reader = Reader(tmp_path)
    monkeypatch.setattr(
        "stufenweise.serve.dev_server.serve_project",
        lambda *_arguments, open_browser, **_more: reader.served.append(open_browser),
    )
    typed = 0
    for lines in blocks("company.md"):
        if lines[0].startswith("stufenweise"):
            for line in lines:
                if "--reviewed" in line:
                    reader.translate(line.split()[-1])
                reader.type(line)
                typed += 1
                if "translate labels" in line:
                    # "Then write `languages: [de, en, it]` in mkdocs.yml."
                    text = (reader.folder / "mkdocs.yml").read_text(encoding="utf-8")
                    [listed] = re.findall(r"languages: \[(.*)\]", text)
                    replace_once(reader.folder / "mkdocs.yml", f"languages: [{listed}]", f"languages: [{listed}, it]")
        else:
            reader.put(lines)
    assert reader.served == [True]
    assert typed == 6
    # "`stufenweise check` names everything that is wrong": nothing.
    reader.type("stufenweise check")
