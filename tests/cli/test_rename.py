"""A tutorial gets another slug: all references to it change, or nothing does."""

from __future__ import annotations

import base64
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from commands import run
from stufenweise.cli import rename_command
from stufenweise.cli.content_writing import write_content
from stufenweise.publish.work_folder_lock import CONTENT_LOCK, work_folder_lock
from stufenweise.stages import interrupted_changes
from texts import SMALL_LIBRARY, content_file, replace_once
from waiting import PATIENCE

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def rename(config: Path, old: str, new: str, *options: str) -> str:
    result = run(config, "rename", old, new, *options)
    assert result.exit_code == 0, result.output
    checked = run(config, "check", "--strict")
    assert checked.exit_code == 0, checked.output
    return result.output


def read(config: Path, path: str) -> str:
    return (config.parent / "content" / path).read_bytes().decode()


def everything(config: Path) -> dict[str, bytes]:
    content = config.parent / "content"
    return {path.relative_to(content).as_posix(): path.read_bytes() for path in content.rglob("*") if path.is_file()}


def review(config: Path, slug: str) -> None:
    """Write the source's digest into the English translation, as `check` names it."""
    said = run(config, "check").stderr
    replace_once(
        content_file(config, f"tutorials/{slug}.en.md"), _translates(config, slug), f"translates: {_digest(said, slug)}"
    )


def _translates(config: Path, slug: str) -> str:
    lines = read(config, f"tutorials/{slug}.en.md").split("\n")
    return next(line for line in lines if line.startswith("translates: ")).rstrip("\r")


def _digest(said: str, slug: str) -> str:
    return said.partition(f"tutorials/{slug}.en.md")[2].partition("write translates: ")[2][:12]


def test_files_references_and_links_follow(config: Path) -> None:
    said = rename(config, "second", "another-way")
    content = config.parent / "content"
    assert not list(content.rglob("second.*"))
    assert "requires: [first]\nformerly: [second]\n" in read(config, "tutorials/another-way.de.md")
    assert "requires: [another-way]" in read(config, "tutorials/third.de.md")
    assert "[das zweite](another-way.de.md)" in read(config, "tutorials/first.de.md")
    assert "content/tutorials/second.en.md → content/tutorials/another-way.en.md" in said
    assert "tutorials: {first: 2, another-way: -1}" in read(config, "self-check.yml")
    assert "content/tutorials/first.de.md changed" in said


def test_nothing_else_of_a_file_changes(config: Path) -> None:
    before = everything(config)
    rename(config, "second", "another")
    after = everything(config)
    assert after["tutorials/another.en.md"] == before["tutorials/second.en.md"]
    lines = zip(before["tutorials/first.de.md"].split(b"\n"), after["tutorials/first.de.md"].split(b"\n"), strict=True)
    assert [(line, other) for line, other in lines if line != other] == [
        (
            b"Zuerst ansehen. Siehe [das zweite](second.de.md).",
            b"Zuerst ansehen. Siehe [das zweite](another.de.md).",
        )
    ]


def test_translations_that_were_current_stay_so_and_others_not(config: Path) -> None:
    replace_once(
        content_file(config, "tutorials/third.de.md"),
        "## Ablauf {#steps}",
        "## Ablauf {#steps}\n\n[Zwei](second.de.md).",
    )
    result = run(config, "rename", "second", "another")
    assert result.exit_code == 0
    checked = run(config, "check")
    assert "third.en.md:4:13: warning [translation-stale]" in checked.stderr
    assert "first.en.md" not in checked.stderr


def test_plans_anchors_and_checklists_follow(config: Path) -> None:
    replace_once(
        content_file(config, "programmes/small.de.md"),
        "sessions: 6",
        'sessions: 2\nplan:\n  - tutorials: [first]\n  - tutorials: ["second"]',
    )
    links = "[a](../tutorials/{0}.de.md#look), [b](../checklists/level-1.md#{0}), [c](../tutorials/{0}.md)."
    replace_once(
        content_file(config, "levels/level-1.de.md"), "{#next}\n", "{#next}\n\n" + links.format("second") + "\n"
    )
    result = run(config, "rename", "second", "another")
    assert result.exit_code == 0, result.output
    assert 'tutorials: ["another"]' in read(config, "programmes/small.de.md")
    assert links.format("another") in read(config, "levels/level-1.de.md")


def test_images_in_a_folder_of_that_name_move(config: Path) -> None:
    folder = config.parent / "content" / "tutorials" / "second"
    folder.mkdir()
    (folder / "a.png").write_bytes(PNG)
    for code in ("de", "en"):
        replace_once(
            content_file(config, f"tutorials/second.{code}.md"), "{#why}\n", "{#why}\n\n![ein Bild](second/a.png)\n"
        )
    review(config, "second")
    rename(config, "second", "another")
    assert not folder.exists()
    assert (folder.parent / "another" / "a.png").read_bytes() == PNG
    assert "![ein Bild](another/a.png)" in read(config, "tutorials/another.en.md")


def test_line_ends_and_byte_order_mark_stay(config: Path) -> None:
    file = config.parent / "content" / "tutorials" / "first.de.md"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    rename(config, "first", "anfang")
    data = (file.parent / "anfang.de.md").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf---\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")
    assert b"\r\nformerly: [first]\r\n" in data


@pytest.mark.posix
def test_moved_files_keep_their_rights(config: Path) -> None:
    content_file(config, "tutorials/second.de.md").chmod(0o640)
    rename(config, "second", "another")
    assert content_file(config, "tutorials/another.de.md").stat().st_mode & 0o777 == 0o640


def test_former_addresses_pile_up_and_a_return_takes_one_back(config: Path) -> None:
    rename(config, "second", "b")
    rename(config, "b", "c")
    assert "formerly: [second, b]\n" in read(config, "tutorials/c.de.md")
    rename(config, "c", "second")
    assert "formerly: [b, c]\n" in read(config, "tutorials/second.de.md")


def test_a_former_address_of_another_tutorial_is_not_free(config: Path) -> None:
    rename(config, "second", "b")
    result = run(config, "rename", "third", "second")
    assert result.exit_code == 2
    assert "content/tutorials/b.de.md" in result.stderr


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("secnd", "b", "There is no tutorial secnd. Did you mean second?"),
        ("second", "first", "already exists"),
        ("second", "Zwei", "can't be a file name"),
        ("second", "../b", "can't be a file name"),
        ("second", "second", "already exists"),
    ],
)
def test_an_impossible_rename_is_wrong_use_and_changes_nothing(config: Path, old: str, new: str, said: str) -> None:
    before = everything(config)
    result = run(config, "rename", old, new)
    assert result.exit_code == 2
    assert said in result.stderr
    assert everything(config) == before


def test_nothing_is_renamed_while_there_are_errors(config: Path) -> None:
    replace_once(content_file(config, "tutorials/third.de.md"), "level: 2", "level: 9")
    before = everything(config)
    result = run(config, "rename", "second", "b", "--lang", "de")
    assert result.exit_code == 1
    assert "Nichts umbenannt" in result.stderr
    assert "[out-of-range]" in result.stderr
    assert everything(config) == before


def test_a_dry_run_writes_nothing(config: Path) -> None:
    before = everything(config)
    said = rename(config, "second", "b", "--dry-run")
    assert "content/tutorials/second.de.md → content/tutorials/b.de.md" in said
    assert everything(config) == before


def test_a_disk_that_refuses_changes_nothing(config: Path) -> None:
    (config.parent / "content" / "tutorials" / ".first.de.md.new~").mkdir()
    before = everything(config)
    result = run(config, "rename", "second", "b", "--lang", "en")
    assert result.exit_code == 3
    assert "content/tutorials/first.de.md can't be written" in result.stderr
    assert everything(config) == before


def test_what_is_saved_while_a_command_works_is_not_written_over(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = content_file(config, "tutorials/first.de.md")

    def save_and_write(*arguments: Any) -> None:
        file.write_bytes(file.read_bytes() + b"\nSaved just now.\n")
        write_content(*arguments)

    monkeypatch.setattr(rename_command, "write_content", save_and_write)
    before = everything(config)
    result = run(config, "rename", "second", "b", "--lang", "en")
    assert result.exit_code == 3
    assert "content/tutorials/first.de.md has been changed meanwhile." in result.stderr
    saved = before["tutorials/first.de.md"] + b"\nSaved just now.\n"
    assert everything(config) == {**before, "tutorials/first.de.md": saved}


@pytest.mark.parametrize("name", ["con", "aux", "com1", "index"])
def test_a_name_that_windows_or_the_site_needs_is_refused(config: Path, name: str) -> None:
    before = everything(config)
    for command in (("rename", "second", name), ("new", "tutorial", name)):
        result = run(config, *command)
        assert result.exit_code == 2, result.output
        assert f"our-{name}" in result.stderr
    assert everything(config) == before


def test_texts_in_a_paused_language_follow_as_those_on_the_site(project: Callable[..., Path]) -> None:
    contents = []
    for languages in ("[de, en]", "[de]"):
        config = project(content=SMALL_LIBRARY)
        replace_once(config, "languages: [de, en]", f"languages: {languages}")
        rename(config, "second", "another-way")
        contents.append(everything(config))
        shutil.rmtree(config.parent)
    assert contents[0] == contents[1]
    assert b"](another-way.en.md)" in contents[1]["tutorials/first.en.md"]


def test_a_paused_text_that_has_facts_follows_too(config: Path) -> None:
    """As in a site whose first language was German."""
    tutorials = config.parent / "content" / "tutorials"
    replace_once(config, "languages: [de, en]", "languages: [en]")
    for file in sorted(config.parent.joinpath("content").rglob("*.en.md")):
        german = file.with_name(file.name.replace(".en.", ".de.")).read_text(encoding="utf-8")
        facts = re.sub(r"(?m)^(title|summary|translates): .*\n", "", german.split("---\n")[1])
        text = re.sub(r"(?m)^translates: .*\n", facts, file.read_text(encoding="utf-8"), count=1)
        file.write_text(text, encoding="utf-8")
    run(config, "check", "--fix")
    result = run(config, "rename", "second", "another-way")
    assert result.exit_code == 0, result.output
    assert "requires: [first]\nformerly: [second]\n" in (tutorials / "another-way.de.md").read_text(encoding="utf-8")
    assert "requires: [another-way]\n" in (tutorials / "third.de.md").read_text(encoding="utf-8")
    assert "](another-way.de.md)" in (tutorials / "first.de.md").read_text(encoding="utf-8")


def test_two_renames_at_once_keep_every_reference(config: Path) -> None:
    """The second waits for the first, and reads its result."""
    command = (sys.executable, "-m", "stufenweise", "rename", "-f", str(config))
    both = [
        subprocess.Popen([*command, old, f"{old}-new"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for old in ("first", "second")
    ]
    for process in both:
        _, said = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, said.decode()
    checked = run(config, "check", "--strict")
    assert checked.exit_code == 0, checked.output
    text = read(config, "tutorials/second-new.de.md")
    assert "requires: [first-new]\nformerly: [second]" in text
    assert "formerly: [first]" in read(config, "tutorials/first-new.de.md")
    assert "(second-new.de.md)" in read(config, "tutorials/first-new.de.md")


def test_nothing_changes_while_another_process_changes_content(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interrupted_changes, "COMMAND_WAIT", 0)
    before = everything(config)
    with work_folder_lock(config.parent / ".stufenweise", name=CONTENT_LOCK):
        for command in (("rename", "second", "other"), ("check", "--fix"), ("translate", "first", "en")):
            result = run(config, *command)
            assert (result.exit_code, result.stderr.count("\n")) == (3, 1), result.output
            assert f"process ({os.getpid()})" in result.stderr
        assert run(config, "check").exit_code == 0
    assert everything(config) == before
