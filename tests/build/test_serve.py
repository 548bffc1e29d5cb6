"""`stufenweise serve`: a save is shown at once; a faulty one shows its problems and keeps the last good page."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from conftest import ROOT
from web import fetch

LIBRARY = ROOT / "tests" / "library" / "content"


def test_a_faulty_save_shows_its_problems_and_keeps_the_last_good_page(
    project: Callable[..., Path], free_port: int, tmp_path: Path
) -> None:
    config = project(content=LIBRARY)
    tutorial = min((config.parent / "content" / "tutorials").glob("*.de.md"))
    page = f"http://127.0.0.1:{free_port}/de/tutorials/{tutorial.name.split('.')[0]}/"
    call = [sys.executable, "-m", "generator", "serve", "--lang", "en", "-a", f"127.0.0.1:{free_port}"]
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen(
            call, cwd=config.parent, stderr=log, stdout=log, env={**os.environ, "PYTHONPATH": str(ROOT)}
        )
    try:
        good = tutorial.read_text(encoding="utf-8")
        fetch(page, lambda text: "</html>" in text and "data-problems" not in text)
        tutorial.write_text(good.replace("title: ", "title: Neu ").replace("level: ", "level: 1"), encoding="utf-8")
        text = fetch(page, lambda text: "data-problems" in text)
        assert f"content/tutorials/{tutorial.name}:" in text
        assert "<h1" in text
        assert "Neu " not in text
        tutorial.write_text(good.replace("title: ", "title: Neu "), encoding="utf-8")
        fetch(page, lambda text: "Neu " in text and "data-problems" not in text)
        # The page was shown alone; the list of all tutorials follows behind it.
        fetch(f"http://127.0.0.1:{free_port}/de/tutorials/", lambda text: "Neu " in text)
        fetch(page, lambda text: "Neu " in text)
    finally:
        server.terminate()
        server.wait(10)
    said = (tmp_path / "log").read_text()
    assert "[out-of-range]" in said
    assert "Traceback" not in said
