"""Refused before they are read: links, special files, names that don't work everywhere."""

from __future__ import annotations

import os
import stat
import unicodedata
from pathlib import Path

import pytest
from stufenweise.load.loader import load_content
from stufenweise.source.files.content_files import CONTENT, MAX_FOLDERS, MAX_PATH, ContentFiles, read_content_files
from stufenweise.source.files.decoding import MAX_TEXT_BYTES


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a content folder with one file in it."""
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "home.de.md").write_text("home", encoding="utf-8")
    return folder


def codes(files: ContentFiles) -> list[tuple[str, str]]:
    return [(str(problem.place), problem.code) for problem in files.problems]


def values(files: ContentFiles) -> list[dict[str, str]]:
    return [problem.message_values for problem in files.problems]


def test_files_are_read_in_order(content: Path) -> None:
    (content / "tutorials" / "images").mkdir(parents=True)
    (content / "tutorials" / "images" / "a.png").write_bytes(b"\x00\xff")
    (content / "goals.yml").write_bytes(b"")
    files = read_content_files(content, CONTENT)
    assert files.data == {"goals.yml": b"", "home.de.md": b"home", "tutorials/images/a.png": b"\x00\xff"}
    assert (files.problems, files.refused) == ([], [])
    assert list(files.data) == sorted(files.data)


@pytest.mark.posix
@pytest.mark.parametrize("target", ["home.de.md", "/etc/passwd", "nowhere"])
def test_link_to_a_file_is_not_followed(content: Path, target: str) -> None:
    (content / "home.en.md").symlink_to(target)
    files = read_content_files(content, CONTENT)
    assert codes(files) == [("content/home.en.md:1:1", "symlink")]
    assert list(files.data) == ["home.de.md"]


@pytest.mark.posix
@pytest.mark.parametrize("target", ["..", "../elsewhere"])
def test_link_to_a_folder_is_not_followed(content: Path, target: str) -> None:
    (content.parent / "elsewhere").mkdir()
    (content.parent / "elsewhere" / "first.de.md").write_text("secret", encoding="utf-8")
    (content / "tutorials").symlink_to(target)
    files = read_content_files(content, CONTENT)
    assert codes(files) == [("content/tutorials:1:1", "symlink")]
    assert list(files.data) == ["home.de.md"]


@pytest.mark.posix
def test_pipe_is_not_opened(content: Path) -> None:
    os.mkfifo(content / "home.en.md")
    files = read_content_files(content, CONTENT)
    assert codes(files) == [("content/home.en.md:1:1", "not-a-file")]
    assert list(files.data) == ["home.de.md"]


def swapped(content: Path, monkeypatch: pytest.MonkeyPatch, swap: str) -> ContentFiles:
    """Return the result of reading a file that was replaced after it was listed."""
    opened = os.open

    def late(path: Path, flags: int) -> int:
        Path(path).unlink()
        if swap == "pipe":
            os.mkfifo(path)
        elif swap == "link":
            Path(path).symlink_to("/etc/passwd")
        return opened(path, flags)

    monkeypatch.setattr(os, "open", late)
    return read_content_files(content, CONTENT)


@pytest.mark.posix
@pytest.mark.parametrize(("swap", "code"), [("pipe", "not-a-file"), ("link", "unreadable"), ("gone", "unreadable")])
def test_file_that_changes_its_kind_is_not_read(
    content: Path, monkeypatch: pytest.MonkeyPatch, swap: str, code: str
) -> None:
    files = swapped(content, monkeypatch, swap)
    assert codes(files) == [("content/home.de.md:1:1", code)]
    assert (files.data, files.refused) == ({}, ["home.de.md"])


def test_unreadable_file_is_reported_with_its_reason(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    files = read_content_files(content, CONTENT)
    assert codes(files) == [("content/home.de.md:1:1", "unreadable")]
    assert values(files) == [{"reason": "Permission denied"}]


def test_unreadable_folder_is_reported_with_its_reason(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (content / "tutorials").mkdir()
    scan = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "tutorials":
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    files = read_content_files(content, CONTENT)
    assert codes(files) == [("content/tutorials:1:1", "unreadable")]
    assert values(files) == [{"reason": "Permission denied"}]
    assert list(files.data) == ["home.de.md"]


@pytest.mark.linux
def test_handles_are_closed(content: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    (content / "home.en.md").write_bytes(b"x" * (MAX_TEXT_BYTES + 1))
    read_content_files(content, CONTENT)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_folders_are_nested_no_deeper_than_allowed(content: Path) -> None:
    folder = content
    for depth in range(MAX_FOLDERS + 1):
        folder /= f"d{depth}"
        folder.mkdir()
        (folder / "a.png").write_bytes(b"")
    files = read_content_files(content, CONTENT)
    assert codes(files) == [("content/d0/d1/d2/d3/d4:1:1", "too-deep")]
    assert values(files) == [{"limit": "4"}]
    assert list(files.data) == ["d0/a.png", "d0/d1/a.png", "d0/d1/d2/a.png", "d0/d1/d2/d3/a.png", "home.de.md"]


def test_path_has_at_most_120_characters(content: Path) -> None:
    names = ["a" * (MAX_PATH - 4) + ".png", "b" * (MAX_PATH - 3) + ".png"]
    for name in names:
        (content / name).write_bytes(b"")
    files = read_content_files(content, CONTENT)
    assert codes(files) == [(f"content/{names[1]}:1:1", "path-too-long")]
    assert values(files) == [{"limit": "120", "length": "121"}]
    assert list(files.data) == [names[0], "home.de.md"]


@pytest.mark.linux
def test_names_that_differ_in_case_are_twins(content: Path) -> None:
    for name in ("Home.de.md", "HOME.de.md"):
        (content / name).write_bytes(b"")
    files = read_content_files(content, CONTENT)
    assert sorted(codes(files)) == [
        ("content/HOME.de.md:1:1", "twin-files"),
        ("content/HOME.de.md:1:1", "twin-files"),
        ("content/Home.de.md:1:1", "twin-files"),
        ("content/home.de.md:1:1", "twin-files"),
    ]
    assert set(files.data) == {"HOME.de.md", "Home.de.md", "home.de.md"}, "nobody says that one of them is missing"


@pytest.mark.linux
def test_names_that_differ_in_how_an_accent_is_stored_are_twins(content: Path) -> None:
    names = [unicodedata.normalize(form, "über.png") for form in ("NFC", "NFD")]
    for name in names:
        (content / name).write_bytes(b"")
    files = read_content_files(content, CONTENT)
    assert sorted(codes(files)) == sorted(
        (f"content/{name}:1:1", code) for name in names for code in ("twin-files", "bad-file-name")
    )
    assert sorted(files.refused) == sorted(names)


@pytest.mark.linux
def test_name_that_is_no_text_is_refused_in_words(content: Path) -> None:
    Path(os.fsdecode(os.fsencode(content) + b"/caf\xe9.md")).write_bytes(b"")
    files = read_content_files(content, CONTENT)
    assert codes(files) == [("content/caf?.md:1:1", "bad-file-name")]
    assert values(files) == [{"name": "caf?.md", "device": "", "lock": "", "right": "caf.md", "letters": "a-z"}]


@pytest.mark.parametrize("name", [".git", ".hidden.md", "home.de.md~", "Thumbs.db", "DESKTOP.INI"])
def test_leftovers_are_passed_over(content: Path, name: str) -> None:
    (content / name).write_bytes(b"")
    files = read_content_files(content, CONTENT)
    assert (codes(files), list(files.data)) == ([], ["home.de.md"])


@pytest.mark.parametrize("kind", ["nothing", "file", pytest.param("link to nothing", marks=pytest.mark.posix)])
def test_missing_folder_is_reported(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "content"
    if kind == "file":
        path.write_bytes(b"")
    elif kind == "link to nothing":
        path.symlink_to("nowhere")
    assert codes(read_content_files(path, CONTENT)) == [("content:1:1", "content-folder-missing")]


def test_refused_source_is_not_missing(content: Path) -> None:
    (content / "home.de.md").write_bytes(b"x" * (MAX_TEXT_BYTES + 1))
    loaded = load_content(read_content_files(content), ("de",))
    assert [problem.code for problem in loaded.problems] == ["file-too-large"]
    assert loaded.unreadable == {("home", "home", "de")}


def test_reading_changes_nothing(content: Path) -> None:
    (content / "home.de.md").chmod(stat.S_IRUSR)
    before = (content / "home.de.md").stat().st_mtime_ns
    read_content_files(content, CONTENT)
    assert (content / "home.de.md").stat().st_mtime_ns == before
