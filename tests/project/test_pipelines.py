"""The pipelines for code hosts: valid by their schemas, without write access, and doing what they promise."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from commands import run
from conftest import ROOT
from stufenweise.cli.main import main
from texts import SMALL_LIBRARY

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
GITLAB = ROOT / ".gitlab-ci.yml"
Project = Callable[..., Path]


def load(path: Path) -> dict[Any, Any]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def steps(path: Path) -> Iterator[dict[str, Any]]:
    for job in load(path)["jobs"].values():
        yield from job["steps"]


@pytest.mark.parametrize(
    ("schema", "files"),
    [("vendor.github-workflows", WORKFLOWS), ("vendor.gitlab-ci", [GITLAB])],
    ids=["github", "gitlab"],
)
def test_pipelines_are_valid(schema: str, files: list[Path]) -> None:
    # GitLab's own tags are read as what they stand for.
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, "--data-transform", "gitlab-ci"]
    done = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_can_only_read_and_has_no_secrets(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = load(path)
    assert found["permissions"] == {"contents": "read"}
    assert all("permissions" not in job for job in found["jobs"].values())
    assert set(found[True]) == {"pull_request", "push"}  # `on` is true in YAML 1.1
    assert "pull_request_target" not in text
    assert not re.search(r"\$\{\{.*\bsecrets\b", text)
    for step in steps(path):
        if "checkout" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_pinned_to_a_commit(path: Path) -> None:
    for step in steps(path):
        if "uses" in step:
            assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step["uses"])


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_nothing_that_a_stranger_can_name_becomes_part_of_a_script(path: Path) -> None:
    for step in steps(path):
        assert "${{" not in step.get("run", ""), step


def test_the_texts_have_their_tests_though_code_is_not_tested_for_them() -> None:
    """What changes texts alone skips the workflow of the code; both hosts run the tests of the texts for it."""
    ignored = load(ROOT / ".github" / "workflows" / "code.yml")[True]["pull_request"]["paths-ignore"]
    assert ignored == ["content/**"]
    assert "make texts" in [step.get("run") for step in steps(ROOT / ".github" / "workflows" / "content.yml")]
    assert load(GITLAB)["texts"]["script"] == ["make texts"]
    named = re.search(r"^TEXTS := (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert named
    assert [path for path in named[1].split() if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_no_run_of_the_main_line_is_cancelled(path: Path) -> None:
    assert load(path)["concurrency"]["cancel-in-progress"] == "${{ github.event_name == 'pull_request' }}"


def commands() -> Iterator[list[str]]:
    scripts = [step["run"] for path in WORKFLOWS for step in steps(path) if "run" in step]
    scripts += load(GITLAB)["content"]["script"]
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    scripts += [hook["entry"] for hook in hooks]
    for script in scripts:
        for match in re.finditer(r"\bstufenweise ([^|>\n]*)", script):
            yield shlex.split(match[1])


def test_every_command_that_they_call_exists_with_its_options() -> None:
    called = list(commands())
    assert len(called) >= 8
    for name, *arguments in called:
        command = main.get_command(click.Context(main), name)
        assert command, name
        command.make_context(name, [argument for argument in arguments if argument != "--"])


@pytest.fixture
def repository(project: Project) -> Path:
    """Return a project in a repository in which a tutorial has changed, another is new, and a third is gone."""
    config = project(content=SMALL_LIBRARY, handouts=True)
    folder = config.parent

    def git(*arguments: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments], cwd=folder, check=True
        )

    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "Begin")
    tutorials = folder / "content" / "tutorials"
    first = tutorials / "first.en.md"
    first.write_text(first.read_text(encoding="utf-8").replace("Look first.", "Look closely."), encoding="utf-8")
    for language in ("de", "en"):
        text = (tutorials / f"first.{language}.md").read_text(encoding="utf-8")
        (tutorials / f"fourth.{language}.md").write_text(text, encoding="utf-8")
        (tutorials / f"third.{language}.md").unlink()
    git("add", ".")
    git("commit", "-q", "-m", "Change")
    return folder


@pytest.mark.typst
@pytest.mark.posix
@pytest.mark.parametrize("host", ["github", "gitlab"])
def test_the_handouts_of_what_changed_are_made(repository: Path, host: str) -> None:
    if host == "github":
        script = next(step["run"] for path in WORKFLOWS for step in steps(path) if "Handouts" in step.get("name", ""))
        base = {"BASE": "HEAD~1"}
    else:
        script = "\n".join(load(GITLAB)["content"]["script"][-2:])
        base = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": "HEAD~1"}
    programs = repository / "bin"
    programs.mkdir()
    (programs / "stufenweise").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m stufenweise "$@"\n', encoding="utf-8")
    (programs / "stufenweise").chmod(0o755)
    environ = {**os.environ, **base, "PATH": f"{programs}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(["bash", "-e", "-c", script], cwd=repository, env=environ, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    made = {path.name.partition(".")[0] for path in (repository / "handouts").rglob("*.pdf")}
    assert {name.partition("-m")[0] for name in made} == {"first", "fourth"}


def test_the_hooks_pass_good_content_and_stop_bad(project: Project) -> None:
    config = project(content=SMALL_LIBRARY)
    for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")):
        assert re.search(hook["files"], "content/tutorials/first.de.md")
        assert re.search(hook["files"], "mkdocs.yml")
        assert not re.search(hook["files"], "README.md")
        assert run(config, *shlex.split(hook["entry"])[1:]).exit_code == 0
    tutorial = config.parent / "content" / "tutorials" / "first.de.md"
    tutorial.write_text(tutorial.read_text(encoding="utf-8").replace("level: 1", "level: 9"), encoding="utf-8")
    assert run(config, "check").exit_code == 1


def test_both_hosts_ask_the_same_five_questions() -> None:
    github = (ROOT / ".github" / "PULL_REQUEST_TEMPLATE.md").read_text(encoding="utf-8")
    assert (ROOT / ".gitlab" / "merge_request_templates" / "Default.md").read_text(encoding="utf-8") == github
    questions = re.findall(r"^\d\. \*\*(.+?\?)\*\*.* / (.+\?)$", github, re.MULTILINE)
    assert len(questions) == 5


def test_the_owners_of_configuration_overrides_and_workflows_are_named() -> None:
    text = (ROOT / ".github" / "CODEOWNERS.example").read_text(encoding="utf-8")
    rules = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    assert {"/mkdocs.yml", "/overrides/", "/.github/"} <= {path for path, *_ in rules}
    for path, *owners in rules:
        assert owners
        assert list(ROOT.glob(path.strip("/"))), path
