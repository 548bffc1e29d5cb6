"""Reading the configuration runs nothing, whichever command reads it; what building runs is named once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from commands import run
from stufenweise.assemble.derived_config import as_yaml
from stufenweise.config.mkdocs_yaml import NAMES, read_mkdocs_yaml
from texts import SMALL_LIBRARY

TAGS = [
    "!!python/object/apply:os.system [touch {mark}]",
    "!!python/object/new:os.system [touch {mark}]",
    "!!python/name:os.system",
    "!!python/module:antigravity",
    "!!python/object:builtins.object {{}}",
    "!!python/tuple [a]",
    "!unknown a",
    "!<tag:yaml.org,2002:python/object/apply:os.system> [touch {mark}]",
    "!!python/name:material.extensions.emoji.to_svg.__globals__",
]
COMMANDS = ["check", "status", "doctor", "check --fix", "hosting nginx", "build", "package zip", "new level --level 1"]


@pytest.fixture
def config(project: Callable[..., Path]) -> Path:
    return project(content=SMALL_LIBRARY)


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_runs_what_a_tag_names(config: Path, tmp_path: Path, command: str) -> None:
    lines = config.read_text(encoding="utf-8").split("\n")
    index = next(index for index, line in enumerate(lines) if line.startswith("site_name:"))
    lines[index] = f"site_name: {TAGS[0].format(mark=tmp_path / 'ran')}"
    config.write_text("\n".join(lines), encoding="utf-8")
    result = run(config, *command.split())
    assert result.exit_code == 2
    assert f"mkdocs.yml:{index + 1}:12" in result.output
    assert "[config-tag]" in result.output
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("tag", TAGS)
def test_a_tag_that_could_run_something_is_a_problem_at_its_line(tmp_path: Path, tag: str) -> None:
    file = tmp_path / "mkdocs.yml"
    file.write_text(f"a: b\nc: {tag.format(mark=tmp_path / 'ran')}\n", encoding="utf-8")
    found = read_mkdocs_yaml(file).value
    assert found is not None
    assert [f"{problem.place}: {problem.code}" for problem in found.positions.problems] == [
        "mkdocs.yml:2:4: config-tag"
    ]
    assert not (tmp_path / "ran").exists()


def test_documented_settings_of_material_reach_the_builder(tmp_path: Path) -> None:
    file = tmp_path / "mkdocs.yml"
    slugify = "!!python/object/apply:pymdownx.slugs.slugify\n  kwds:\n    case: lower\n"
    names = "".join(f"n{number}: !!python/name:{name}\n" for number, name in enumerate(sorted(NAMES)))
    file.write_text(f"{names}r: !relative $config_dir\ns: {slugify}", encoding="utf-8")
    found = read_mkdocs_yaml(file).value
    assert found is not None
    assert found.positions.problems == []
    written = as_yaml(dict(found.values))
    tags = [tag for event in yaml.parse(written) if (tag := getattr(event, "tag", None))]
    assert tags == [
        *(f"tag:yaml.org,2002:python/name:{name}" for name in sorted(NAMES)),
        "!relative",
        "tag:yaml.org,2002:python/object/apply:pymdownx.slugs.slugify",
    ]


@pytest.mark.build
def test_hooks_run_and_they_and_plugins_are_named_when_they_are_new(config: Path) -> None:
    hook = config.parent / "hook.py"
    hook.write_text("def on_page_content(html, **_): return html + 'hooked-once'", encoding="utf-8")
    before = config.read_text(encoding="utf-8")
    assert "runs programs" not in run(config, "build", "--lang", "en").output
    config.write_text(f"{before}hooks: [hook.py]\n", encoding="utf-8")
    assert "runs programs that this project names, and that were not named before: hook.py." in (
        run(config, "build", "--lang", "en").output
    )
    assert "runs programs" not in run(config, "build", "--lang", "en").output
    page = config.parent / "site" / "de" / "index.html"
    assert "hooked-once" in page.read_text(encoding="utf-8")
    hook.write_text("def on_page_content(html, **_): return html + 'hooked-twice'", encoding="utf-8")
    assert run(config, "build").exit_code == 0
    assert "hooked-twice" in page.read_text(encoding="utf-8")
