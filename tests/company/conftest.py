"""A company's project over a small package."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from stufenweise.config import project_config
from stufenweise.config.project_files import PACKAGE_CONTENT
from stufenweise.core.package_files import package_folder
from texts import SMALL_LIBRARY

CONFIG = """site_name: Haus
docs_dir: content
plugins:
  - stufenweise:
      overlay: true
      {options}
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a small package's content, which stands in for the shipped one."""
    folder = tmp_path / "package" / "content"
    shutil.copytree(SMALL_LIBRARY, folder)
    monkeypatch.setattr(
        project_config, "package_folder", lambda name: folder if name == "content" else package_folder(name)
    )
    assert PACKAGE_CONTENT == "stufenweise/content"
    return folder


@pytest.fixture
def company(tmp_path: Path, package: Path) -> Callable[..., Path]:
    """Return a function that writes a company's project and returns its mkdocs.yml."""

    def write(own: dict[str, str], noted: list[str], options: str = "") -> Path:
        root = tmp_path / "company"
        content = root / "content"
        content.mkdir(parents=True)
        for path, text in own.items():
            (content / path).parent.mkdir(parents=True, exist_ok=True)
            written = (package / path).read_text(encoding="utf-8") if text == "copy" else text
            (content / path).write_text(written, encoding="utf-8")
        for path in noted:
            (content / ".base" / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(package / path, content / ".base" / path)
        config = root / "mkdocs.yml"
        config.write_text(CONFIG.format(options=options or "handouts: false"), encoding="utf-8")
        if options:
            config.write_text(
                f"{config.read_text(encoding='utf-8').rstrip()}\n      handouts: false\n", encoding="utf-8"
            )
        return config

    return write
