"""`mkdocs build` and `mkdocs serve` with the project's mkdocs.yml do what an author who knows MkDocs expects."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from conftest import build_project
from mkdocs.config import load_config
from stufenweise.config.project import WORK_FOLDER
from stufenweise.core.errors import WorkFolderBusyError
from stufenweise.publish.work_folder_lock import work_folder_lock
from texts import SMALL_LIBRARY
from waiting import PATIENCE
from web import fetch

pytestmark = pytest.mark.build

Project = Callable[..., Path]


def mkdocs(config: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-m", "mkdocs", *arguments, "-f", str(config)]
    environ = {**os.environ, "LANG": "C.UTF-8", "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(call, capture_output=True, text=True, env=environ, cwd=config.parent, check=False)


def test_mkdocs_build_and_ours_make_the_same_pages(project: Project, tmp_path: Path) -> None:
    config = project(content=SMALL_LIBRARY)
    build_project(config)
    ours = config.parent / "site"
    done = mkdocs(config, "build", "--strict", "-d", str(tmp_path / "theirs"))
    assert done.returncode == 0, done.stderr
    assert (ours / "index.html").is_file()
    assert {path.name for path in ours.iterdir() if path.is_dir()} >= {"de", "en"}
    for page in ours.rglob("*.html"):
        other = tmp_path / "theirs" / page.relative_to(ours)
        assert other.read_text(encoding="utf-8") == page.read_text(encoding="utf-8"), page


HOOK = """
from pathlib import Path
EVENTS = Path(__file__).with_name("events.txt")

def note(event, config):
    with EVENTS.open("a", encoding="utf-8") as file:
        file.write(f"{event} {Path(config.docs_dir).name}\\n")

def on_startup(*, command, dirty):
    pass

def on_config(config):
    note("config", config)

def on_post_build(config):
    note("post_build", config)

def on_shutdown():
    with EVENTS.open("a", encoding="utf-8") as file:
        file.write("shutdown\\n")
"""


def test_a_hook_of_the_project_is_called_once_for_each_configuration(project: Project) -> None:
    config = project(content=SMALL_LIBRARY, extra="hooks: [hook.py]\n")
    (config.parent / "hook.py").write_text(HOOK, encoding="utf-8")
    done = mkdocs(config, "build")
    assert done.returncode == 0, done.stderr
    events = (config.parent / "events.txt").read_text(encoding="utf-8").splitlines()
    # The project's own configuration, and those of two languages
    assert sorted(events) == [
        *("config content", "config de", "config en"),
        *("post_build de", "post_build en"),
        *("shutdown",) * 3,
    ]


def test_a_build_that_fails_unlocks_the_work_folder_and_leaves_its_site_incomplete(project: Project) -> None:
    file = project(content=SMALL_LIBRARY)
    config = load_config(str(file))
    config.plugins.on_startup(command="build", dirty=False)
    derived = config.plugins.on_config(config)
    lock = partial(work_folder_lock, file.parent / WORK_FOLDER)
    with pytest.raises(WorkFolderBusyError), lock():
        pass
    derived.plugins.on_build_error(error=ValueError())
    with lock():
        pass
    config.plugins.on_shutdown()
    assert not (file.parent / "site" / "index.html").exists()


def test_mkdocs_build_names_a_problem_with_its_place(project: Project) -> None:
    config = project(content=SMALL_LIBRARY)
    tutorial = min((config.parent / "content" / "tutorials").glob("*.de.md"))
    tutorial.write_text(tutorial.read_text(encoding="utf-8").replace("level: ", "level: 1"), encoding="utf-8")
    done = mkdocs(config, "build")
    assert done.returncode != 0
    assert f"content/tutorials/{tutorial.name}:" in done.stderr
    assert "[out-of-range]" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (config.parent / "site").exists()


def test_mkdocs_build_says_in_one_line_that_a_file_can_not_be_written(project: Project) -> None:
    config = project(content=SMALL_LIBRARY)
    (config.parent / "site" / "index.html").mkdir(parents=True)
    done = mkdocs(config, "build")
    assert done.returncode != 0
    assert "site" in done.stderr
    assert "Traceback" not in done.stderr


def test_mkdocs_serve_follows_the_content(project: Project, free_port: int) -> None:
    config = project(content=SMALL_LIBRARY)
    tutorial = min((config.parent / "content" / "tutorials").glob("*.de.md"))
    slug = tutorial.name.split(".")[0]
    url = f"http://127.0.0.1:{free_port}"
    call = [sys.executable, "-m", "mkdocs", "serve", "-q", "-f", str(config), "-a", f"127.0.0.1:{free_port}"]
    server = subprocess.Popen(call, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, stderr=subprocess.PIPE)
    try:
        fetch(f"{url}/de/tutorials/{slug}/", lambda text: "</html>" in text)
        fetch(f"{url}/en/", lambda text: "</html>" in text)
        text = tutorial.read_text(encoding="utf-8")
        tutorial.write_text(text.replace("title: ", "title: Umbenannt "), encoding="utf-8")
        fetch(f"{url}/de/tutorials/{slug}/", lambda text: "Umbenannt" in text)
    finally:
        server.terminate()
        server.wait(PATIENCE)
