"""`mkdocs build` and `mkdocs serve` with the project's mkdocs.yml do what an author who knows MkDocs expects."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from conftest import LANGUAGES_OPTION, build_project
from day import TODAY
from mkdocs.config import load_config
from stufenweise.config.project import WORK_FOLDER
from stufenweise.config.project import Project as OpenedProject
from stufenweise.core.errors import MachineError, WorkFolderBusyError
from stufenweise.pipeline import BuildEvents, BuildOptions, build, build_in_place
from stufenweise.publish.publishing import OWNERSHIP_FILE
from stufenweise.publish.work_folder_lock import work_folder_lock
from stufenweise.stages.project_stage import open_project
from texts import SMALL_LIBRARY, interrupt_change, replace_once
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


@pytest.mark.parametrize("ended_by", ["on_build_error", "on_shutdown"])
def test_a_build_that_ends_early_unlocks_the_work_folder_and_leaves_its_site_incomplete(
    project: Project, ended_by: str
) -> None:
    file = project(content=SMALL_LIBRARY)
    config = load_config(str(file))
    config.plugins.on_startup(command="build", dirty=False)
    derived = config.plugins.on_config(config)
    lock = partial(work_folder_lock, file.parent / WORK_FOLDER)
    with pytest.raises(WorkFolderBusyError), lock():
        pass
    if ended_by == "on_build_error":
        derived.plugins.on_build_error(error=ValueError())
    else:
        config.plugins.on_shutdown()
    with lock():
        pass
    config.plugins.on_shutdown()
    assert not (file.parent / "site" / "index.html").exists()


def test_mkdocs_build_finishes_a_change_that_was_interrupted(
    project: Project, caplog: pytest.LogCaptureFixture
) -> None:
    file = project(content=SMALL_LIBRARY)
    changed = interrupt_change(file)
    config = load_config(str(file))
    config.plugins.on_startup(command="build", dirty=False)
    with caplog.at_level("INFO"):
        config.plugins.on_config(config)
    config.plugins.on_shutdown()
    assert (file.parent / "content" / "home.de.md").read_bytes() == changed
    assert "interrupted" in caplog.text


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


def stock(config: Path) -> Path:
    """Return the site's folder with files of somebody else."""
    site = config.parent / "site"
    site.mkdir()
    (site / "notes.txt").write_text("mine", encoding="utf-8")
    return site


def link(config: Path) -> Path:
    """Return the site's folder, which is a link to somebody else's."""
    (config.parent / "elsewhere").mkdir()
    (config.parent / "site").symlink_to(config.parent / "elsewhere")
    return config.parent / "site"


def file(config: Path) -> Path:
    """Return a file in place of the site's folder."""
    (config.parent / "site").write_text("mine", encoding="utf-8")
    return config.parent / "site"


def build_at_once(opened: OpenedProject) -> None:
    build(opened, BuildOptions(), today=TODAY, environ=os.environ)


def build_and_fail(opened: OpenedProject) -> None:
    """Build in place, and fail while MkDocs would render."""
    with build_in_place(opened, BuildOptions(), today=TODAY, events=BuildEvents()) as assembled:
        assert assembled
        (assembled.folder / "de").mkdir(exist_ok=True)
        raise ZeroDivisionError


@pytest.mark.posix
@pytest.mark.parametrize("order", [build_at_once, build_and_fail])
@pytest.mark.parametrize("taken", [stock, link, file])
def test_a_place_of_somebody_else_is_never_built_into(
    project: Project, order: Callable[[OpenedProject], object], taken: Callable[[Path], Path]
) -> None:
    config = project(content=SMALL_LIBRARY)
    site = taken(config)
    before = sorted(config.parent.glob("site/**/*"))
    opened = open_project(config, TODAY).value
    assert opened
    with pytest.raises(MachineError, match="target-"):
        order(opened)
    assert sorted(config.parent.glob("site/**/*")) == before
    assert not (site / OWNERSHIP_FILE).exists()


def test_a_build_in_place_that_fails_can_be_tried_again(project: Project) -> None:
    opened = open_project(project(content=SMALL_LIBRARY), TODAY).value
    assert opened
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            build_and_fail(opened)
    assert (opened.site_dir / "de").is_dir()


def test_mkdocs_build_leaves_only_the_languages_of_the_settings(project: Project) -> None:
    config = project(content=SMALL_LIBRARY)
    build_project(config)
    replace_once(config, LANGUAGES_OPTION, "      languages: [de]\n")
    done = mkdocs(config, "build")
    assert done.returncode == 0, done.stderr
    assert [path.name for path in (config.parent / "site").iterdir() if path.is_dir()] == ["de"]


def test_mkdocs_build_takes_over_what_a_dirty_build_left(project: Project) -> None:
    config = project(content=SMALL_LIBRARY, handouts=True)
    for _ in range(2):
        done = mkdocs(config, "build", "--dirty")
        assert done.returncode == 0, done.stderr
    handouts = config.parent / "site" / "de" / "handouts"
    gone = next(handouts.iterdir())
    gone.rename(gone.with_stem("gone"))
    done = mkdocs(config, "build", "--dirty")
    assert done.returncode == 0, done.stderr
    assert gone.exists()
    assert not gone.with_stem("gone").exists()


IN_THE_WAY = """
from pathlib import Path

def on_post_build(config):
    (Path(config.site_dir).parent / "index.html").mkdir(exist_ok=True)
"""


def test_mkdocs_build_says_in_one_line_that_a_file_can_not_be_written(project: Project) -> None:
    config = project(content=SMALL_LIBRARY, extra="hooks: [hook.py]\n")
    (config.parent / "hook.py").write_text(IN_THE_WAY, encoding="utf-8")
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
