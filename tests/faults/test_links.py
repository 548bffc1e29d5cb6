"""No command ever writes or removes anything through a link, a junction or a mount.

A repository can carry a link in the place of any folder of ours, and it can come there while a command works.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event

import pytest
from commands import run
from stufenweise.cli.exits import EXIT_MACHINE
from stufenweise.core.digests import file_digest
from stufenweise.core.errors import MachineError
from stufenweise.core.file_reuse import find_files, reuse_files, with_digest, with_status
from stufenweise.core.open_folders import OpenFolder
from stufenweise.core.open_trees import MANY_FOLDERS, REMOVING_THREADS
from stufenweise.core.safe_folders import SafeFolder, output_folder
from stufenweise.publish.cleanup import remove_folder
from texts import SMALL_LIBRARY

from .builds import may_mount, mounted

pytestmark = pytest.mark.posix

LINKS = [
    ".stufenweise", ".stufenweise/theme", ".stufenweise/docs", ".stufenweise/docs/de", ".stufenweise/handouts",
    ".stufenweise/handouts/de", ".stufenweise/.cache", ".stufenweise/theme/partials", "site",
]  # fmt: skip


@pytest.fixture
def config(project: Callable[..., Path]) -> Path:
    return project(content=SMALL_LIBRARY, handouts=True)


@pytest.fixture
def victim(tmp_path: Path) -> Iterator[Path]:
    """A folder that no command may touch, with files named as in our folders."""
    folder = tmp_path / "victim"
    (folder / "de").mkdir(parents=True)
    for name in ("diary.md", "index.json", "de/first-mentee.pdf", "de/index.html"):
        (folder / name).write_text("precious", encoding="utf-8")
    yield folder
    found = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    assert found == ["de/first-mentee.pdf", "de/index.html", "diary.md", "index.json"]
    assert {path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file()} == {"precious"}


def link(config: Path, path: str, victim: Path) -> None:
    place = config.parent / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(victim)


@pytest.mark.build
@pytest.mark.parametrize("path", LINKS)
def test_a_build_refuses_a_link_in_one_line(config: Path, victim: Path, path: str) -> None:
    link(config, path, victim)
    result = run(config, "build")
    assert result.exit_code == 3
    assert "link" in result.output
    assert result.output.count("\n") == 1
    assert Path(config.parent / path).is_symlink()


@pytest.mark.typst
@pytest.mark.parametrize("command", [["check"], ["status"], ["handouts", "first", "-o", "paper"]])
def test_printing_refuses_a_link_in_place_of_the_cache(
    config: Path, victim: Path, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(config.parent)
    link(config, ".stufenweise/handouts", victim)
    result = run(config, *command)
    assert result.exit_code == 3
    assert "link" in result.output


@pytest.mark.typst
@pytest.mark.parametrize("path", ["paper", "paper/de"])
def test_handouts_are_not_written_through_a_link_of_the_project(
    config: Path, victim: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(config.parent)
    link(config, path, victim)
    assert run(config, "handouts", "first", "-o", "paper").exit_code == 3


@pytest.mark.build
@pytest.mark.parametrize("path", ["packages", "packages/Library/website", "packages/Library"])
def test_a_package_is_not_written_through_a_link_of_the_project(
    config: Path, victim: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(config.parent)
    text = config.read_text(encoding="utf-8").replace("site_name: Stufenweise", "site_name: Library")
    config.write_text(text.replace("languages: [de, en]", "languages: [de, en]\n      handouts: false"), "utf-8")
    link(config, path, victim)
    assert run(config, "package", "zip", "--folder").exit_code == 3


def test_a_new_file_is_not_written_through_a_link(config: Path, victim: Path) -> None:
    link(config, "content/figures", victim)
    assert run(config, "new", "figure", "our-way", "--title", "Our way").exit_code == EXIT_MACHINE


def test_a_link_that_comes_while_files_are_written_is_not_followed(tmp_path: Path, victim: Path) -> None:
    """The folder is there and plain at the first write, and a link at the second."""
    folder = SafeFolder(tmp_path / "work", tmp_path)
    folder.write("docs/diary.md", b"ours")
    shutil.rmtree(tmp_path / "work" / "docs")
    (tmp_path / "work" / "docs").symlink_to(victim)
    for act in (
        lambda: folder.write("docs/diary.md", b"ours"),
        lambda: folder.create("docs/new.md", b"ours"),
        lambda: folder.remove("docs/diary.md"),
        lambda: folder.remove_tree("docs/de"),
        lambda: folder.remove_empty("docs/de"),
        lambda: folder.rename("docs/diary.md", "other.md"),
        lambda: folder.read("docs/diary.md"),
        lambda: list(folder.entries("docs")),
        folder.refuse_links,
    ):
        with pytest.raises(MachineError, match="folder-link"):
            act()


def test_a_link_in_a_files_place_is_replaced_and_what_it_leads_to_stays(tmp_path: Path, victim: Path) -> None:
    folder = SafeFolder(tmp_path)
    (tmp_path / "a.md").symlink_to(victim / "diary.md")
    folder.write("a.md", b"ours")
    assert not (tmp_path / "a.md").is_symlink()
    os.link(victim / "diary.md", tmp_path / "b.md")
    folder.write("b.md", b"ours")
    (tmp_path / "c.md").symlink_to(victim / "diary.md")
    folder.remove("c.md")
    with pytest.raises(OSError, match="exists"):
        folder.create("a.md", b"")


def test_a_tree_is_removed_with_the_links_in_it_and_not_what_they_lead_to(tmp_path: Path, victim: Path) -> None:
    (tmp_path / "tree" / "deep").mkdir(parents=True)
    (tmp_path / "tree" / "deep" / "link").symlink_to(victim)
    (tmp_path / "tree" / "file").symlink_to(victim / "diary.md")
    assert remove_folder(tmp_path / "tree") is None
    assert not (tmp_path / "tree").exists()
    (tmp_path / "tree").symlink_to(victim)
    assert remove_folder(tmp_path / "tree") is None
    assert not os.path.lexists(tmp_path / "tree")


def test_a_file_is_taken_over_if_it_is_wanted_and_no_link(
    tmp_path: Path, victim: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, folder = SafeFolder(tmp_path / "source"), SafeFolder(tmp_path / "folder")
    source.write("a/page", b"page")
    (tmp_path / "source" / "b").symlink_to(victim)
    (tmp_path / "source" / "link").symlink_to(victim / "diary.md")
    diary = with_digest(file_digest((victim / "diary.md").read_bytes()))
    for path in ("b/diary.md", "link", "a", "nowhere", "no/where"):
        assert not reuse_files(source, folder, {path: diary}), path
    assert not reuse_files(source, folder, {"a/page": with_digest(file_digest(b"other"))})
    assert not [path for path in (tmp_path / "folder").rglob("*") if not path.is_dir()]
    wanted = {"a/page": with_digest(file_digest(b"page"))}
    assert reuse_files(source, folder, wanted) == {"a/page"}
    linked = tmp_path / "folder" / "a" / "page"
    assert linked.samefile(tmp_path / "source" / "a" / "page")
    folder.write("a/page", b"new")
    assert source.read("a/page") == b"page"

    def refused(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refused)
    assert reuse_files(source, SafeFolder(tmp_path / "other"), wanted) == {"a/page"}
    assert (tmp_path / "other" / "a" / "page").read_bytes() == b"page"


@pytest.mark.linux
def test_missing_folders_leave_no_handles_open(tmp_path: Path) -> None:
    def handles() -> int:
        return len([*Path("/proc/self/fd").iterdir()])

    source, folder = SafeFolder(tmp_path / "source"), SafeFolder(tmp_path / "folder")
    (tmp_path / "source").mkdir()
    before = handles()
    wanted = {f"missing-{number}/page": with_digest("") for number in range(20)}
    assert (reuse_files(source, folder, wanted), find_files(source, wanted)) == (set(), {})
    assert handles() == before


def test_a_file_that_was_looked_at_is_taken_over_if_nobody_has_written_to_it_since(tmp_path: Path) -> None:
    source, folder = SafeFolder(tmp_path / "source"), SafeFolder(tmp_path / "folder")
    for name in ("kept", "written", "replaced"):
        source.write(f"a/{name}", b"page")
    found = find_files(
        source, {f"a/{name}": with_digest(file_digest(b"page")) for name in ("kept", "written", "replaced")}
    )
    assert len(found) == 3
    with (tmp_path / "source" / "a" / "written").open("ab") as file:
        file.write(b"more")
    source.write("a/replaced", b"page")
    assert reuse_files(source, folder, {path: with_status(status) for path, status in found.items()}) == {"a/kept"}


@pytest.mark.parametrize("path", ["../x", "/x", "a/../../x", "", "a\0b"])
def test_a_path_leads_nowhere_else(tmp_path: Path, path: str) -> None:
    with pytest.raises(MachineError, match="folder-path"):
        SafeFolder(tmp_path).write(path, b"")


def test_a_folder_outside_of_the_project_may_be_a_link_of_the_persons_own(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "desktop").symlink_to(tmp_path / "real")
    (tmp_path / "project").mkdir()
    output_folder(tmp_path / "desktop", tmp_path / "project").write("a.zip", b"ours")
    assert (tmp_path / "real" / "a.zip").read_bytes() == b"ours"


@pytest.mark.parametrize("kind", ["other", "same"])
def test_a_mount_below_a_folder_is_neither_written_to_nor_emptied(tmp_path: Path, kind: str) -> None:
    """Of another file system, and of the same one (`mount --bind`), which has the same device number."""
    if not may_mount():
        pytest.skip("needs the right to mount")
    inner, victim = tmp_path / "work" / "docs", tmp_path / "victim"
    victim.mkdir()
    folder = SafeFolder(tmp_path / "work")
    inner.mkdir(parents=True)
    if kind == "same":
        subprocess.run(["mount", "--bind", str(victim), str(inner)], check=True)
    try:
        with mounted(inner, "size=1m") if kind == "other" else open(os.devnull):  # noqa: PTH123
            (inner / "diary").write_text("precious", encoding="utf-8")
            for act in (
                lambda: folder.write("docs/diary", b"ours"),
                lambda: SafeFolder(tmp_path).remove_tree("work"),
                lambda: list(folder.entries()),
                folder.refuse_links,
            ):
                with pytest.raises(MachineError, match="folder-mount"):
                    act()
            assert remove_folder(tmp_path / "work") is not None
            assert (inner / "diary").read_text(encoding="utf-8") == "precious"
    finally:
        if kind == "same":
            subprocess.run(["umount", "--lazy", str(inner)], check=True)


def test_no_thread_goes_on_removing_in_a_folder_that_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of a closed handle soon stands for another folder."""
    count = MANY_FOLDERS * REMOVING_THREADS
    for number in range(count):
        (tmp_path / "site" / f"{number:03}").mkdir(parents=True)
    remove_empty, late = OpenFolder.remove_empty, []
    refused = Event()

    def slowly(folder: OpenFolder, name: str) -> None:
        if not refused.is_set():
            refused.set()
            raise PermissionError(name)
        time.sleep(0.005)
        if folder.handle is not None:
            try:
                os.fstat(folder.handle)
            except OSError:
                late.append(name)
        remove_empty(folder, name)

    monkeypatch.setattr(OpenFolder, "remove_empty", slowly)
    with suppress(OSError):
        SafeFolder(tmp_path).remove_tree("site")
    assert refused.is_set()
    assert late == []
