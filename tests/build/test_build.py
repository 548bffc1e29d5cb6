"""From content to a published site: complete, reproducible, and not published while there are errors."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import build_project, make_project
from stufenweise.core.errors import MachineError
from stufenweise.pipeline import BuildOptions
from texts import SMALL_LIBRARY, content_file, replace_once

pytestmark = pytest.mark.build

Project = Callable[..., Path]


def fingerprint(folder: Path) -> dict[str, str]:
    """Return a digest of each file below a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def small(project: Project) -> Path:
    """Return the mkdocs.yml of a project with the small library."""
    return project(content=SMALL_LIBRARY)


def a_tutorial(config: Path) -> str:
    """Return the path of a tutorial in the source language."""
    return f"tutorials/{min((config.parent / 'content' / 'tutorials').glob('*.de.md')).name}"


def test_the_same_input_in_another_folder_gives_the_same_bytes(tmp_path: Path) -> None:
    first = make_project(tmp_path / "one", content=SMALL_LIBRARY)
    other = make_project(tmp_path / "elsewhere" / "other", content=SMALL_LIBRARY)
    build_project(first)
    build_project(other)
    assert fingerprint(first.parent / "site") == fingerprint(other.parent / "site")


def test_an_error_in_the_content_leaves_the_published_site(small: Path) -> None:
    build_project(small)
    before = fingerprint(small.parent / "site")
    replace_once(content_file(small, a_tutorial(small)), "level: ", "level: 1")
    report = build_project(small)
    assert not report.published
    assert [problem.code for problem in report.problems if problem.is_error] != []
    assert fingerprint(small.parent / "site") == before


def test_an_error_in_the_content_writes_nothing(small: Path) -> None:
    replace_once(content_file(small, a_tutorial(small)), "level: ", "level: 1")
    assert not build_project(small).published
    assert not (small.parent / "site").exists()
    assert not (small.parent / ".stufenweise" / "docs").exists()


def test_a_warning_stops_only_a_strict_build(small: Path) -> None:
    replace_once(content_file(small, a_tutorial(small)), "title: ", "title: Neu ")
    assert not build_project(small, BuildOptions(strict=True)).published
    report = build_project(small)
    assert report.published
    assert "translation-stale" in [problem.code for problem in report.problems]


def test_a_project_with_code_of_its_own_is_built_each_time(small: Path) -> None:
    small.write_text(small.read_text(encoding="utf-8") + "hooks: [hook.py]\n", encoding="utf-8")
    (small.parent / "hook.py").write_text("", encoding="utf-8")
    assert build_project(small).published
    assert not build_project(small).unchanged


def test_a_warning_of_the_builder_stops_a_strict_build_after_one_that_was_not(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stufenweise.config.project.Project.runs_other_code", False)
    (small.parent / "hook.py").write_text(
        "import logging\ndef on_post_build(config): logging.getLogger('mkdocs').warning('Look here')\n",
        encoding="utf-8",
    )
    small.write_text(small.read_text(encoding="utf-8") + "hooks: [hook.py]\n", encoding="utf-8")
    report = build_project(small)
    assert report.published
    assert all(outcome.warnings for outcome in report.outcomes)
    assert not build_project(small, BuildOptions(strict=True)).published


def test_nothing_is_rendered_when_nothing_has_changed(small: Path) -> None:
    assert build_project(small).outcomes != ()
    again = build_project(small)
    assert again.published
    assert again.unchanged
    assert again.outcomes == ()


def test_an_unchanged_build_repeats_its_warnings(small: Path) -> None:
    replace_once(content_file(small, a_tutorial(small)), "title: ", "title: Neu ")
    first = build_project(small)
    assert build_project(small).problems == first.problems != ()


def test_any_change_is_built_anew(small: Path) -> None:
    """Of content, configuration, an override, or the site itself."""
    own = small.parent / "theme"
    own.mkdir()
    small.write_text(
        small.read_text(encoding="utf-8").replace("theme:\n", "theme:\n  custom_dir: theme\n"),
        encoding="utf-8",
    )
    build_project(small)
    changes: dict[str, Callable[[], object]] = {
        "content": lambda: replace_once(content_file(small, a_tutorial(small)), "title: ", "title: Neu "),
        "configuration": lambda: small.write_text(small.read_text(encoding="utf-8") + "\ncopyright: neu\n", "utf-8"),
        "override": lambda: (own / "neu.css").write_text("a{}", encoding="utf-8"),
        "site removed": lambda: (small.parent / "site" / "index.html").unlink(),
    }
    for what, change in changes.items():
        assert build_project(small).unchanged
        change()
        assert not build_project(small).unchanged, what


def test_a_projects_own_override_lies_above_ours(small: Path) -> None:
    own = small.parent / "theme"
    (own / "partials").mkdir(parents=True)
    (own / "partials" / "footer.html").write_text("<footer>eigene Fußzeile</footer>", encoding="utf-8")
    small.write_text(
        small.read_text(encoding="utf-8").replace("theme:\n", "theme:\n  custom_dir: theme\n"),
        encoding="utf-8",
    )
    build_project(small)
    text = (small.parent / "site" / "de" / "index.html").read_text(encoding="utf-8")
    assert "eigene Fußzeile" in text
    assert 'data-kind="home"' in text


def test_a_project_without_content_is_built_on_the_shipped_content(tmp_path: Path) -> None:
    config = tmp_path / "mkdocs.yml"
    # One language and one level show where the texts come from.
    options = "{handouts: false, languages: [de], hide: {levels: [2, 3, 4, 5]}}"
    config.write_text(f"site_name: Firma\nplugins: [stufenweise: {options}]\n", encoding="utf-8")
    assert build_project(config).published
    assert (tmp_path / "site" / "de" / "tutorials" / "find-people" / "index.html").is_file()


def test_pages_can_be_files_instead_of_folders(small: Path) -> None:
    small.write_text(small.read_text(encoding="utf-8") + "\nuse_directory_urls: false\n", encoding="utf-8")
    assert build_project(small).published
    assert (small.parent / "site" / "de" / "glossary.html").is_file()


def test_a_faulty_date_in_the_environment_is_one_line(small: Path) -> None:
    with pytest.raises(MachineError, match="source-date-epoch"):
        build_project(small, environ={"SOURCE_DATE_EPOCH": "abc"})


def test_a_missing_translation_is_shown_in_the_source_language_and_marked(small: Path) -> None:
    path = a_tutorial(small)
    (small.parent / "content" / path.replace(".de.", ".en.")).unlink()
    report = build_project(small)
    assert [problem.code for problem in report.problems] == ["translation-missing"]
    slug = Path(path).name.split(".")[0]
    text = (small.parent / "site" / "en" / "tutorials" / slug / "index.html").read_text(encoding="utf-8")
    assert "This text is not yet available in English." in text
    assert 'lang="de"' in text


def test_the_languages_are_built_side_by_side(small: Path) -> None:
    assert [outcome.language for outcome in build_project(small).outcomes] == ["de", "en"]
