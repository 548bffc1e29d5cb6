"""The editor's folder: its configuration is reviewed like code, and only the tested release is put into it."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from commands import run
from stufenweise.core.errors import InputRefusedError
from stufenweise.editor import editor_release
from stufenweise.editor.editor_folder import editor_policy, policy_of_page
from stufenweise.editor.editor_release import EditorRelease, ReleaseFile, release_files
from stufenweise.editor.git_host import GitHost, read_repository_address
from texts import SMALL_LIBRARY

GOLDEN = Path(__file__).with_name("config.de.json")
GITLAB = "https://gitlab.example.com/group/project"


@pytest.fixture
def config(project: Callable[..., Path]) -> Path:
    return project(content=SMALL_LIBRARY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder that holds an editor already, so that its configuration alone is written."""
    made = tmp_path / "editor"
    made.mkdir()
    for name in ("front-matter.js", "sveltia-cms.js"):
        (made / name).touch()
    return made


def write(config: Path, folder: Path, *arguments: str) -> Result:
    return run(config, "editor", "-o", str(folder), *arguments)


def test_the_configuration_is_the_reviewed_one(config: Path, folder: Path, request: pytest.FixtureRequest) -> None:
    done = write(config, folder, "--lang", "de", "--repo", GITLAB, "--app-id", "4711")
    assert done.exit_code == 0, done.output
    found = (folder / "config.json").read_text(encoding="utf-8")
    if request.config.getoption("write_golden"):
        GOLDEN.write_text(found, encoding="utf-8")
    assert found == GOLDEN.read_text(encoding="utf-8")


def test_labels_are_in_the_authors_language(config: Path, folder: Path) -> None:
    write(config, folder, "--lang", "en", "--repo", GITLAB)
    first = json.loads((folder / "config.json").read_text(encoding="utf-8"))["collections"][0]
    assert [field["label"] for field in first["fields"][:3]] == ["Title", "Summary", "Level"]


@pytest.mark.parametrize(
    ("arguments", "backend", "asked"),
    [
        (["--repo", GITLAB, "--app-id", "4711"], {"name": "gitlab", "auth_type": "pkce"}, "https://gitlab.example.com"),
        (
            ["--repo", f"{GITLAB}.git"],
            {"repo": "group/project", "auth_methods": ["token"]},
            "https://gitlab.example.com",
        ),
        (["--repo", "git@github.com:o/p.git"], {"name": "github", "auth_methods": ["token"]}, "https://api.github.com"),
        (
            ["--repo", "https://code.example.org/o/p", "--host", "github", "--sign-in", "https://in.example.org/"],
            {"api_root": "https://code.example.org/api/v3", "base_url": "https://in.example.org"},
            "https://code.example.org",
        ),
    ],
)
def test_the_folder_knows_its_git_host_and_asks_no_other(
    arguments: list[str], backend: dict[str, object], asked: str, config: Path, folder: Path
) -> None:
    assert write(config, folder, *arguments).exit_code == 0
    found = json.loads((folder / "config.json").read_text(encoding="utf-8"))["backend"]
    assert found.items() >= backend.items()
    policy = policy_of_page((folder / "index.html").read_text(encoding="utf-8"))
    assert f"connect-src 'self' blob: data: {asked};" in policy
    assert "script-src 'self';" in policy


@pytest.mark.parametrize("address", ["gitlab.example.com", "https://gitlab.example.com/alone", "file:///x/y", ""])
def test_an_address_that_is_no_repository_is_refused(address: str, config: Path, folder: Path) -> None:
    assert read_repository_address(address) is None
    assert write(config, folder, "--repo", address).exit_code == 2


def test_nothing_is_downloaded_unasked_and_no_folder_of_others_is_touched(config: Path, tmp_path: Path) -> None:
    done = write(config, tmp_path / "new", "--repo", GITLAB)
    assert (done.exit_code, (tmp_path / "new").exists()) == (2, False)
    assert "npm pack @sveltia/cms@" in done.stderr
    for source, word in (
        ("http://example.com/x.tgz", "https://"),
        (str(config), "npm pack"),
        (str(tmp_path), "LICENSE"),
    ):
        done = write(config, tmp_path / "new", "--repo", GITLAB, "--from", source)
        assert (done.exit_code, word in done.stderr) == (2, True), done.output
    for place in (config.parent / "content" / "editor", config.parent / "site", config.parent):
        assert write(config, place, "--repo", GITLAB).exit_code == 2


def test_an_archive_is_compared_with_the_release_that_was_tested(monkeypatch: pytest.MonkeyPatch) -> None:
    script = b"load('https://cdn.example.org/a.js')"
    release = EditorRelease(
        package="@x/cms",
        version="1.0.0",
        files={"dist/x.js": ReleaseFile(to="sveltia-cms.js", sha256=hashlib.sha256(script).hexdigest())},
        replaced={"https://cdn.example.org/": "./own/"},
    )
    monkeypatch.setattr(editor_release, "editor_release", lambda: release)
    assert release_files(archive({"package/dist/x.js": script})) == {
        "sveltia-cms.js": b"load('./own/a.js')",
        "npm/@x/cms/package.json": b'{"version": "1.0.0"}\n',
    }
    for data in (archive({"package/dist/x.js": b"another"}), archive({}), b"no archive"):
        with pytest.raises(InputRefusedError):
            release_files(data)


def archive(files: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as made:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            made.addfile(member, io.BytesIO(content))
    return data.getvalue()


@pytest.mark.parametrize("server", ["nginx", "apache", "iis", "caddy"])
def test_a_server_gives_the_folder_its_own_policy(server: str, config: Path, folder: Path) -> None:
    write(config, folder, "--repo", GITLAB)
    done = run(config, "hosting", server, "--editor", str(folder), "--root", "/srv/editor", "--path", "/write/")
    assert done.exit_code == 0, done.output
    policy = editor_policy(GitHost(kind="gitlab", origin="https://gitlab.example.com", repository="group/project"))
    assert f"{policy}; frame-ancestors 'none'".replace("'", "&#39;" if server == "iis" else "'") in done.stdout
    assert "unsafe-none" in done.stdout
    assert run(config, "hosting", server, "--editor", str(config.parent)).exit_code == 2
