"""What a builder does where no event of a plugin reaches is changed in the same way for MkDocs and ProperDocs."""

from __future__ import annotations

import importlib

import pytest
from stufenweise.render.mkdocs_adapter import list_no_icons, recorded_files

pytestmark = pytest.mark.parametrize("builder", ["mkdocs", "properdocs"])


def test_lookups_of_files_are_noted_and_pages_left_out(builder: str) -> None:
    module = importlib.import_module(f"{builder}.structure.files")
    names = ["a.md", "b.md", "c.css"]
    looked_up: list[tuple[str, bool]] = []
    files = recorded_files(
        module.Files([module.File(name, "docs", "site", use_directory_urls=True) for name in names]),
        lambda path, is_there: looked_up.append((path, is_there)),
    )
    files.left_out = {"a.md"}
    assert isinstance(files, module.Files)
    assert files.get_file_from_path("a.md")
    assert not files.get_file_from_path("gone.md")
    assert looked_up == [("a.md", True), ("gone.md", False)]
    assert [file.src_uri for file in files] == names
    assert [file.src_uri for file in files.documentation_pages()] == ["b.md"]
    assert [file.src_uri for file in files.all_pages()] == ["a.md", "b.md"]


def test_the_icons_of_a_theme_are_found_but_not_listed(builder: str) -> None:
    theme = importlib.import_module(f"{builder}.theme").Theme(name="material")
    list_no_icons(theme)
    environment = theme.get_env()
    assert "main.html" in environment.list_templates()
    assert [path for path in environment.list_templates() if path.startswith(".")] == []
    assert environment.get_template(".icons/material/check.svg").render()
