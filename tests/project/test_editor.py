"""Files for editors: schemas, snippets, tasks and formatting, tested with the programs that read them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from commands import run
from conftest import ROOT
from texts import SMALL_LIBRARY

CODE = ROOT / ".vscode"
SCHEMAS = CODE / "schemas"
Project = Callable[..., Path]


def read(name: str) -> dict[str, Any]:
    """Return a file of the editor's, which may have lines with comments."""
    text = (CODE / name).read_text(encoding="utf-8")
    return dict(json.loads(re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE)))


def valid(schema: Path, *files: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(schema), *map(str, files)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


ASSOCIATIONS = sorted(
    schema for schema in read("settings.json")["yaml.schemas"].items() if str(schema[1]).endswith(".yml")
)
IN_MARKDOWN = sorted(
    schema for schema in read("settings.json")["yaml.schemas"].items() if not str(schema[1]).endswith(".yml")
)


@pytest.mark.parametrize(("schema", "file"), ASSOCIATIONS, ids=lambda parameter: Path(parameter).name)
def test_a_shipped_file_is_valid_by_its_schema(schema: str, file: str) -> None:
    files = sorted(ROOT.glob(file))
    assert files
    done = valid(ROOT / schema, *files)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("schema", "file"), ASSOCIATIONS, ids=lambda parameter: Path(parameter).name)
def test_a_file_names_its_schema_for_other_editors_too(schema: str, file: str) -> None:
    for path in ROOT.glob(file):
        first = path.read_text(encoding="utf-8").split("\n", 1)[0]
        named = re.fullmatch(r"# yaml-language-server: \$schema=(.+)", first)
        assert named, path
        assert (path.parent / named[1]).resolve() == (ROOT / schema).resolve()


def test_a_schema_refuses_a_misspelt_key(tmp_path: Path) -> None:
    wrong = (ROOT / "content" / "goals.yml").read_text(encoding="utf-8").replace("  kind:", "  kinds:", 1)
    (tmp_path / "goals.yml").write_text(wrong, encoding="utf-8")
    done = valid(SCHEMAS / "goals.schema.json", tmp_path / "goals.yml")
    assert done.returncode == 1
    assert "kinds" in done.stdout


@pytest.mark.parametrize(
    ("schema", "globs"), IN_MARKDOWN, ids=lambda parameter: Path(parameter).name if isinstance(parameter, str) else ""
)
def test_shipped_front_matter_is_valid_by_its_schema(schema: str, globs: str | list[str], tmp_path: Path) -> None:
    files = [file for glob in ([globs] if isinstance(globs, str) else globs) for file in sorted(ROOT.glob(glob))]
    assert files
    named = []
    for file in files:
        target = tmp_path / f"{file.stem}.yml"
        facts = file.read_text(encoding="utf-8").split("---\n")[1]
        # A digest such as 12e345678901 is a number in YAML 1.2 and text in YAML 1.1, which MkDocs and we read.
        target.write_text(
            re.sub(r'^translates: "?(.*?)"?$', r'translates: "\1"', facts, flags=re.MULTILINE), encoding="utf-8"
        )
        named.append(target)
    done = valid(ROOT / schema, *named)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_text_has_one_schema() -> None:
    globs = [glob for _, patterns in IN_MARKDOWN for glob in ([patterns] if isinstance(patterns, str) else patterns)]
    texts = [file for glob in globs for file in ROOT.glob(glob)]
    assert sorted(texts) == sorted((ROOT / "content").rglob("*.md"))


def test_a_key_is_offered_with_its_meaning_in_both_languages_and_its_values() -> None:
    found = read("stufenweise.code-snippets")
    schema = json.loads((SCHEMAS / "tutorial.schema.json").read_text(encoding="utf-8"))
    for key, value in schema["properties"].items():
        snippet = found[f"{key}:"]
        assert snippet["prefix"] == f"{key}:"
        assert "yaml" in snippet["scope"].split(","), "the language of front matter"
        german, english = value["description"].split("\n\n")
        assert german in snippet["description"]
        assert english in snippet["description"]
    assert found["level:"]["body"] == ["level: ${1|1,2,3,4,5|}"]
    assert found["orientation:"]["body"] == ["orientation: ${1|strategic,operational,both|}"]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_check_task_understands_every_line_that_check_prints(project: Project, lang: str) -> None:
    config = project(content=SMALL_LIBRARY)
    tutorial = config.parent / "content" / "tutorials" / "first.de.md"
    text = tutorial.read_text(encoding="utf-8")
    tutorial.write_text(text.replace("minutes: 20", "minutes: 25").replace("](second", "](secnd"), encoding="utf-8")
    task = next(entry for entry in read("tasks.json")["tasks"] if entry["label"] == "stufenweise: check")
    matcher = task["problemMatcher"]["pattern"]

    said = run(config, "check", "--format", "lines", "--lang", lang).stdout.splitlines()

    found = [re.search(matcher["regexp"], line) for line in said[:-1]]
    assert all(found)
    shown = [(match[matcher["file"]], match[matcher["severity"]], match[matcher["code"]]) for match in found if match]
    assert shown == [
        ("content/tutorials/first.de.md", "error", "minutes-sum"),
        ("content/tutorials/first.de.md", "error", "link-missing"),
    ]
    assert not re.search(matcher["regexp"], said[-1])


def test_the_tasks_call_commands_that_there_are(project: Project) -> None:
    config = project(content=SMALL_LIBRARY)
    for task in read("tasks.json")["tasks"]:
        command, *options = task["args"]
        said = run(config, command, "--help").output if command != "new" else "tutorial"
        for option in options:
            assert option in said, task["label"]
        assert task["windows"]["command"].endswith("\\.venv\\Scripts\\stufenweise.exe")


def typed(body: list[str]) -> str:
    """Return the text of a snippet with its default values."""
    text = "\n".join(body)
    text = re.sub(r"\$\{\d+\|([^,|]*)[^}]*\|\}", r"\1", text)
    text = re.sub(r"\$\{\d+:((?:\\.|[^}\\])*)\}", r"\1", text)
    text = text.replace("$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE", "2026-11-20").replace("$0", "")
    return re.sub(r"\\([\\$}])", r"\1", text)


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_snippet_of_a_tutorial_writes_one_without_a_fault(project: Project, language: str) -> None:
    body = read("stufenweise.code-snippets")[f"Tutorial ({language})"]["body"]
    config = project(content=SMALL_LIBRARY)
    text = typed(body).replace("goals: [S2, O1]", "goals: [S1, O1]")
    tutorial = config.parent / "content" / "tutorials" / "mine.de.md"
    german = text.replace("**Do:**", "**Tun:**").replace("**Ask:**", "**Fragen:**").replace("**Watch:**", "**Achten:**")
    tutorial.write_text(f"{german}\n", encoding="utf-8")
    result = run(config, "check", "--strict", str(tutorial))
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_snippets_of_the_sections_are_the_parts_of_that_tutorial(language: str) -> None:
    found = read("stufenweise.code-snippets")
    whole = typed(found[f"Tutorial ({language})"]["body"])
    parts = {name: typed(snippet["body"]).strip() for name, snippet in found.items() if name.endswith(f"({language})")}
    assert len(parts) == 11
    for name, text in parts.items():
        assert text in whole, name


def test_every_snippet_can_be_called_by_what_an_author_would_type() -> None:
    for name, snippet in read("stufenweise.code-snippets").items():
        assert snippet["scope"].split(",")[0] == "markdown"
        assert snippet["description"]
        assert all(snippet["prefix"]), name


def prettier(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    node = Path(sys.executable).with_name("node")
    command = [str(node), str(ROOT / "tests/node/node_modules/prettier/bin/prettier.cjs"), *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


CONSTRUCTS = {
    "a box": r"^!!! tip",
    "a box to unfold": r"^> \[!tip\]-",
    "a step with attributes": r"^### .+ \{#[a-z-]+ minutes=\d+ short=\d+\}$",
    "a part of two meetings": r" part=2\}$",
    "a caption of a table": r"^\|.+\|\n\n: ",
    "a footnote": r"^\[\^1\]: ",
    "a line to write on": r"___$",
    "a table to fill in": r"^\| [^|]+ \| \|$",
    "a figure": r"^!\[\]\(\.\./figures/",
    "a heading in a step": r"^#### ",
    "an item with an id": r"^- \[ \] .+ \{#[a-z-]+\}$",
    "a word of the vocabulary": r"\{\{ [a-z.]+ \}\}",
    "a list in a list": r"^ {2,4}- ",
    "code": r"^```",
    "code in a sentence": r"`\$\{\{ secrets",
    "text put into a section": r"^## .+ \{#local\}\n\n[^#]+\Z",
}
"""What authors may write, and how it is known in the texts that are given to the formatter."""


@pytest.mark.node
@pytest.mark.parametrize("ignored", [".prettierignore", "generator/stufenweise/starting/company/dot-prettierignore"])
def test_a_formatter_changes_nothing_of_what_authors_may_write(ignored: str, tmp_path: Path) -> None:
    """Each construct that is allowed, by the real formatter, as this project and that of a company set it up."""
    rows = yaml.safe_load((ROOT / "tests" / "writing.yml").read_text(encoding="utf-8"))
    written = {f"content/tutorials/text-{number}.de.md": row["write"] + "\n" for number, row in enumerate(rows)}
    folders = (ROOT, ROOT / "generator" / "stufenweise" / "starting" / "company")
    texts = written | {
        file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8")
        for folder in folders
        for file in (folder / "content").rglob("*.md")
    }
    for construct, pattern in CONSTRUCTS.items():
        assert any(re.search(pattern, text, re.MULTILINE) for text in texts.values()), construct
    for path, text in texts.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    assert prettier("--list-different", *written, cwd=tmp_path).stdout, "left alone, the formatter changes much"
    shutil.copyfile(ROOT / ignored, tmp_path / ".prettierignore")

    done = prettier("--write", "--no-error-on-unmatched-pattern", "content/**/*.md", cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    assert {path: (tmp_path / path).read_text(encoding="utf-8") for path in texts} == texts


def test_the_settings_of_editors_can_be_read() -> None:
    assert read("extensions.json")["recommendations"]
    assert (ROOT / ".editorconfig").read_text(encoding="utf-8").startswith("# https://editorconfig.org\nroot = true\n")
