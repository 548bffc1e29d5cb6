"""mkdocs.yml is read once, as MkDocs reads it, and each key and value keeps its position."""

from __future__ import annotations

from pathlib import Path

import pytest
from stufenweise.config.mkdocs_yaml import MAX_CONFIG_DEPTH, MkdocsYaml, read_mkdocs_yaml

PARENT = "site_name: Above\ntheme:\n  name: material\n  logo: logo.svg\n"
CHILD = """INHERIT: above.yml
site_url: !ENV [STUFENWEISE_URL, "https://example.org/"]
theme:
  features: [toc.follow]
plugins:
  - search
  - stufenweise:
      languages: [de, en]
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    (tmp_path / "above.yml").write_text(PARENT, encoding="utf-8")
    file = tmp_path / "mkdocs.yml"
    file.write_text(CHILD, encoding="utf-8")
    return file


def read(config: Path) -> MkdocsYaml:
    found = read_mkdocs_yaml(config)
    assert found.value is not None, found
    return found.value


def problems(config: Path, text: str) -> list[str]:
    config.write_text(text, encoding="utf-8")
    found = read_mkdocs_yaml(config)
    problems = found.value.positions.problems if found.value else found.problems
    return [f"{problem.place}: {problem.code}" for problem in problems]


def test_inherited_values_and_environment_variables_are_values(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(config).values["site_name"] == "Above"
    assert read(config).values["theme"] == {"name": "material", "logo": "logo.svg", "features": ["toc.follow"]}
    assert read(config).values["site_url"] == "https://example.org/"
    monkeypatch.setenv("STUFENWEISE_URL", "https://intranet.example.org/")
    assert read(config).values["site_url"] == "https://intranet.example.org/"


@pytest.mark.parametrize(
    ("path", "key", "place"),
    [
        (("site_url",), True, "2:1"),
        (("theme", "features", 0), False, "4:14"),
        (("plugins", 1, "stufenweise"), True, "7:5"),
        (("plugins", 1, "stufenweise", "languages", 1), False, "8:23"),
        (("theme", "logo"), False, "4:3"),  # Set in the parent file: the nearest position in this file
    ],
)
def test_each_key_and_value_has_its_place(config: Path, path: tuple[str | int, ...], key: bool, place: str) -> None:
    assert str(read(config).positions.place(path, key=key)) == f"mkdocs.yml:{place}"


def test_whatever_changes_what_it_says_changes_its_digest(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    digests = [read(config).digest, read(config).digest]
    assert digests[0] == digests[1]
    (config.parent / "above.yml").write_text(PARENT.replace("Above", "Other"), encoding="utf-8")
    digests.append(read(config).digest)
    monkeypatch.setenv("STUFENWEISE_URL", "https://intranet.example.org/")
    digests.append(read(config).digest)
    assert len(set(digests)) == 3


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("site_name: a\nsite_name: b\n", ["mkdocs.yml:2:1: duplicate-key"]),
        ("site_name: a\n---\nsite_name: b\n", ["mkdocs.yml:2:1: yaml-documents"]),
        ("site_name: a: b\n", ["mkdocs.yml:1:13: yaml-colon"]),
        ("site_name: [a\n", ["mkdocs.yml:1:12: yaml-open"]),
        ("site_name: *nowhere\n", ["mkdocs.yml:1:12: config-unusable"]),
        ("site_name: !!python/object/apply:nowhere.at_all []\n", ["mkdocs.yml:1:12: config-tag"]),
        ("a: !!python/name:os.system\nb: !x [c]\n", ["mkdocs.yml:1:4: config-tag", "mkdocs.yml:2:4: config-tag"]),
        ("a: !!python/name:material.extensions.emoji.to_svg\nb: !relative $config_dir\n", []),
        ("INHERIT: [a.yml]\n", ["mkdocs.yml:1:10: expected-text"]),
        ("INHERIT: .\n", [".:1:1: not-a-file"]),
        ("5\n", ["mkdocs.yml:1:1: expected-map"]),
        ("INHERIT: nowhere.yml\n", ["mkdocs.yml:1:10: config-unusable"]),
        ("site_name: a\nINHERIT: mkdocs.yml\n", ["mkdocs.yml:2:10: config-inherit-circle"]),
        ("- a\n", ["mkdocs.yml:1:1: expected-map"]),
        ("a: " + "[" * (MAX_CONFIG_DEPTH + 1) + "]" * (MAX_CONFIG_DEPTH + 1) + "\n", ["mkdocs.yml:1:1: yaml-depth"]),
        ("a: " + "[" * 5000 + "]" * 5000 + "\n", ["mkdocs.yml:1:1: yaml-depth"]),
        ("a: &a [*a]\n", []),
        ("x0: &x0 [x]\n" + "".join(f"x{n}: &x{n} [*x{n - 1}, *x{n - 1}]\n" for n in range(1, 60)), []),
    ],
)
def test_an_unreadable_configuration_is_reported_at_its_place(config: Path, text: str, found: list[str]) -> None:
    assert problems(config, text) == found


def test_a_problem_of_a_parent_is_reported_where_it_is_named(config: Path) -> None:
    (config.parent / "above.yml").write_text("site_name: [a\n", encoding="utf-8")
    found = read_mkdocs_yaml(config)
    assert found.value is None
    assert [f"{problem.place}: {problem.code}" for problem in found.problems] == ["mkdocs.yml:1:10: config-unusable"]


@pytest.mark.parametrize("parent", ["- a\n", "INHERIT: mkdocs.yml\n", "a: !!python/object/apply:os.getcwd []\n"])
def test_a_parent_is_read_as_strictly(config: Path, parent: str) -> None:
    (config.parent / "above.yml").write_text(parent, encoding="utf-8")
    found = read_mkdocs_yaml(config)
    problems = found.value.positions.problems if found.value else found.problems
    assert [problem.code for problem in problems] in (["expected-map"], ["config-inherit-circle"], ["config-tag"])
    assert problems[0].place.file == "above.yml"
