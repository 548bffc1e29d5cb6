"""A finished site replaces the old one at once, or not at all."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest
from stufenweise.core.errors import MachineError, explain_os_error
from stufenweise.i18n.messages import failure_text
from stufenweise.publish import atomic_swap
from stufenweise.publish.atomic_swap import swap_folders
from stufenweise.publish.cleanup import folder_lock, is_folder_locked, sweep
from stufenweise.publish.publishing import OWNERSHIP_FILE, check_target, claim_site, publish, staging


def _site(folder: Path, text: str) -> Path:
    (folder / "de").mkdir(parents=True)
    (folder / "index.html").write_text(text, encoding="utf-8")
    (folder / "de" / "index.html").write_text(text, encoding="utf-8")
    return folder


def _publish(work: Path, target: Path, text: str) -> None:
    with staging(work) as new:
        _site(new, text)
        assert publish(new, target, work) == ()


def test_the_new_site_takes_the_place_as_a_whole(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "site"
    _publish(tmp_path / "work", target, "one")
    (target / "only-in-one.html").touch()
    _publish(tmp_path / "work", target, "two")
    assert (target / "de" / "index.html").read_text(encoding="utf-8") == "two"
    assert sorted(path.name for path in target.iterdir()) == [OWNERSHIP_FILE, "de", "index.html"]


@pytest.mark.posix
def test_published_folders_and_files_have_the_rights_that_the_umask_leaves(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        _publish(tmp_path / "work", tmp_path / "site", "one")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "site").stat().st_mode) == 0o755
    assert stat.S_IMODE((tmp_path / "site" / OWNERSHIP_FILE).stat().st_mode) == 0o644


def test_a_site_without_start_page_is_not_published(tmp_path: Path) -> None:
    with staging(tmp_path / "work") as new, pytest.raises(MachineError, match="start-page-missing"):
        publish(new, tmp_path / "site", tmp_path / "work")


def test_staging_is_gone_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), staging(tmp_path / "work") as new:
        _site(new, str(1 / 0))
    assert list((tmp_path / "work").iterdir()) == []


@pytest.mark.parametrize("content", [(), (OWNERSHIP_FILE,), (OWNERSHIP_FILE, "index.html")])
def test_an_empty_folder_or_one_of_ours_may_be_replaced(tmp_path: Path, content: tuple[str, ...]) -> None:
    (tmp_path / "site").mkdir()
    for name in content:
        (tmp_path / "site" / name).touch()
    check_target(tmp_path / "site", tmp_path / "work")


def test_a_marked_site_may_be_replaced(tmp_path: Path) -> None:
    claim_site(_site(tmp_path / "site", "stock"))
    check_target(tmp_path / "site", tmp_path / "work")


def test_a_folder_with_a_folder_of_the_marks_name_is_foreign(tmp_path: Path) -> None:
    (tmp_path / "project" / OWNERSHIP_FILE).mkdir(parents=True)
    with pytest.raises(MachineError, match="target-foreign"):
        check_target(tmp_path / "project", tmp_path / "work")


@pytest.mark.posix
def test_sweep_removes_only_real_folders_with_names_of_ours(tmp_path: Path) -> None:
    work, target = tmp_path / "work", tmp_path / "public" / "site"
    ours = [work / "staging-12-0123abcd", target.with_name(".site.staging-12-0123abcd")]
    kept = [
        work / "staging",
        work / "staging-12",
        work / "staging-12-0123ABCD",
        work / "staging-12-0123abcd.bak",
        work / "docs",
        target,
        target.with_name(".other.staging-12-0123abcd"),
        target.with_name("site.staging-12-0123abcd"),
    ]
    for folder in [*ours, *kept]:
        _site(folder, "text")
    link = work / "staging-13-0123abcd"
    link.symlink_to(kept[0])
    file = work / "staging-14-0123abcd"
    file.touch()
    assert sweep(work, target) == ours
    assert all((folder / "index.html").is_file() for folder in kept)
    assert link.is_symlink()
    assert file.is_file()


def test_sweep_of_nothing_finds_nothing(tmp_path: Path) -> None:
    assert sweep(tmp_path / "work", tmp_path / "public" / "site") == []


def test_sweep_puts_the_old_site_back_if_its_place_is_empty(tmp_path: Path) -> None:
    older = _site(tmp_path / ".site.old-1-0123abcd", "older")
    os.utime(older, (1, 1))
    _site(tmp_path / ".site.old-2-0123abcd", "newest")
    sweep(tmp_path / "work", tmp_path / "site")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert (tmp_path / "site" / "index.html").read_text(encoding="utf-8") == "newest"


def test_sweep_leaves_a_copy_that_is_being_made(tmp_path: Path) -> None:
    copy = _site(tmp_path / ".site.staging-1-0123abcd", "half")
    with folder_lock(copy):
        assert sweep(tmp_path / "work", tmp_path / "site") == []
    assert sweep(tmp_path / "work", tmp_path / "site") == [copy]


def _unable(_one: Path, _other: Path) -> None:
    raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))


def test_a_copy_that_is_gone_is_nobodys(tmp_path: Path) -> None:
    assert not is_folder_locked(tmp_path / "gone")


def test_without_exchange_two_renames_do_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atomic_swap, "_exchange", _unable)
    for text in ("one", "two"):
        _publish(tmp_path / "work", tmp_path / "site", text)
    assert (tmp_path / "site" / "index.html").read_text(encoding="utf-8") == "two"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site", "work"]


def test_a_failed_second_rename_is_undone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atomic_swap, "_exchange", _unable)
    new, target, rename = _site(tmp_path / "new", "new"), _site(tmp_path / "site", "old"), Path.rename

    def failing(old: Path, target: Path) -> Path:
        if old == new:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return rename(old, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match="Input/output error"):
        swap_folders(new, target, tmp_path / "aside")
    assert (target / "index.html").read_text(encoding="utf-8") == "old"
    assert new.is_dir()


def test_only_an_unsupported_exchange_falls_back_to_renames(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(_one: Path, _other: Path) -> None:
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))

    _publish(tmp_path / "work", tmp_path / "site", "old")
    monkeypatch.setattr(atomic_swap, "_exchange", busy)
    with staging(tmp_path / "work") as new, pytest.raises(MachineError, match="in-use"):
        publish(_site(new / "x", "new"), tmp_path / "site", tmp_path / "work")
    assert (tmp_path / "site" / "index.html").read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EBUSY, errno.EIO, 0])
def test_every_error_has_one_line_with_path_and_remedy(number: int) -> None:
    error = explain_os_error(OSError(number, os.strerror(number)), Path("{odd}/site"))
    for language, unchanged in (("en", "The published site is unchanged."), ("de", "Website ist unverändert.")):
        text = failure_text(error.failure, language)
        assert "{odd}/site" in text
        assert text.endswith(unchanged)
        assert "\n" not in text
