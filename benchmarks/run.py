"""Measure the build, as ratios in one run: against stock Material with the same texts, and against itself.

python benchmarks/run.py [--tutorials 500] [--rounds 3]
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from corpus import SHIPPED, write_corpus, write_stock
from measured import ROOT, Measured, measured

LANGUAGES = ("de", "en")
STUFENWEISE = (sys.executable, "-m", "stufenweise")
MKDOCS = (sys.executable, "-m", "mkdocs", "build", "-q")


def project(folder: Path, count: int, *, paper: bool = False, content: Path | None = None) -> Path:
    """Write a project with a corpus of `count` tutorials, or with the content of a folder."""
    folder.mkdir()
    if content:
        shutil.copytree(content, folder / "content")
    else:
        write_corpus(count, folder / "content")
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").replace("  custom_dir: overrides\n", "")
    text = text.replace("  - stufenweise:\n", f"  - stufenweise:\n      handouts: {str(paper).lower()}\n")
    if paper:
        text = text.replace(
            "site_name: Stufenweise\n", "site_name: Stufenweise\nsite_url: https://intranet.example.org/rm/\n"
        )
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    return folder


def build(folder: Path, *options: str) -> Measured:
    """Build a project of ours."""
    return measured([*STUFENWEISE, "build", "-q", "--timings", "timings.json", *options], folder)


def stages(folder: Path) -> dict[str, float]:
    """Return the seconds of computing that each stage of the last build took, those of finished processes included."""
    found: dict[str, float] = json.loads((folder / "timings.json").read_text(encoding="utf-8"))["computing"]
    return found


def stock(folders: Sequence[Path]) -> Measured:
    """Build the same texts with stock Material, one language after the other."""
    runs = [measured(MKDOCS, folder) for folder in folders]
    return Measured(
        sum(run.seconds for run in runs), sum(run.computing for run in runs), max(run.memory for run in runs)
    )


def check(folder: Path) -> Measured:
    """Check a project that was never checked."""
    shutil.rmtree(folder / ".stufenweise", ignore_errors=True)
    return measured([*STUFENWEISE, "check"], folder)


def edit(folder: Path, number: int) -> None:
    """Change one sentence of one tutorial."""
    path = sorted((folder / "content" / "tutorials").glob("*.en.md"))[7]
    text = re.sub(r"Edit \d+ was here\. ", "", path.read_text(encoding="utf-8"))
    head, mark, rest = text.partition("{#why}\n\n")
    path.write_text(f"{head}{mark}Edit {number} was here. {rest}", encoding="utf-8")


def saved(folder: Path) -> float:
    """Return the seconds from a saved tutorial to its new pages in both languages, as `serve` makes them."""
    code = (
        "import time, datetime, pathlib\n"
        "from stufenweise.config.project_files import read_project_files\n"
        "from stufenweise.pipeline import check_content, load_project, open_project, print_content\n"
        "from stufenweise.serve.preview import preview_of\n"
        "today = datetime.date(2026, 12, 1)\n"
        "project = open_project(pathlib.Path('mkdocs.yml'), today)\n"
        "checked = check_content(load_project(read_project_files(project)), today)\n"
        "preview = preview_of(print_content(checked, drafts='marked'))\n"
        "file = min((project.content / 'tutorials').glob('*.de.md'))\n"
        "file.write_text(file.read_text(encoding='utf-8').replace('title: ', 'title: X '), encoding='utf-8')\n"
        "start = time.perf_counter()\n"
        "assert preview.follow(read_project_files(project).own, today) is not None\n"
        "print(time.perf_counter() - start)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True)
    return float(done.stdout)


class Table:
    """Rows of what was measured, as ratios to stock Material's pages in both languages."""

    def __init__(self, base: Measured) -> None:
        self.base = base
        print(f"{'':44} {'ratio':>7} {'computing':>9} {'seconds':>8} {'MiB':>6}")
        self.add("stock Material, both languages in turn", base)

    def add(self, name: str, found: Measured) -> None:
        """Print a row: the ratios of the time by the clock and of the computing, the time itself and the memory."""
        ratio, computing = found.seconds / self.base.seconds, found.computing / max(self.base.computing, 0.01)
        print(f"{name:44} {ratio:7.3f} {computing:9.3f} {found.seconds:8.2f} {found.memory:6}", flush=True)


def middle(rounds: int, measure: Callable[[int], Measured]) -> Measured:
    """Return the run with the median time of so many."""
    runs = sorted((measure(number) for number in range(rounds)), key=lambda run: run.seconds)
    return runs[len(runs) // 2]


def edited(folder: Path, rounds: int) -> Measured:
    """Return what a build takes after one sentence has changed."""

    def once(number: int) -> Measured:
        edit(folder, number)
        return build(folder)

    return middle(rounds, once)


def cold(folder: Path) -> Measured:
    """Build a project as if for the first time."""
    for name in (".stufenweise", "site"):
        shutil.rmtree(folder / name, ignore_errors=True)
    return build(folder)


def _relative(values: Sequence[float]) -> str:
    return ", ".join(f"{value / values[0]:.2f}" for value in values)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tutorials", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    count, rounds = given.tutorials, given.rounds
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        pages = project(base / "pages", count)
        paper = project(base / "paper", count, paper=True)
        shipped = project(base / "shipped", 0, paper=True, content=SHIPPED)
        for language in LANGUAGES:
            write_stock(pages / "content", base / language, language)
            write_stock(shipped / "content", base / f"shipped-{language}", language)
        print(f"{count} tutorials in two languages, median of {rounds} rounds; ratios to stock Material")
        table = Table(middle(rounds, lambda _: stock([base / language for language in LANGUAGES])))
        table.add("pages alone, cold", middle(rounds, lambda _: cold(pages)))
        took = stages(pages)
        table.add("pages alone, one sentence changed", edited(pages, rounds))
        table.add("with all paper, cold", middle(rounds, lambda _: cold(paper)))
        table.add("with all paper, one sentence changed", edited(paper, rounds))
        table.add("with all paper, nothing changed", middle(rounds, lambda _: build(paper)))
        table.add("check, cold", middle(rounds, lambda _: check(paper)))
        shown = statistics.median(saved(pages) for _ in range(rounds))
        table.add("a saved tutorial shown by serve", Measured(shown, 0, 0))
        own = sum(took[stage] for stage in ("load", "check", "assemble")) / took["total"]
        print(f"load + check + assemble, share of the computing of pages alone, cold: {own:.1%}")
        parts = [(part, project(base / f"n{part}", part)) for part in (count // 4, count // 2)]
        growth = [cold(folder).computing / part for part, folder in parts] + [cold(pages).computing / count]
        print(f"computing for a tutorial at N/4, N/2, N, relative to N/4: {_relative(growth)}")
        growth = [edited(folder, rounds).computing for _, folder in parts] + [edited(pages, rounds).computing]
        print(f"computing for one sentence at N/4, N/2, N, relative to N/4: {_relative(growth)}")
        print("the shipped content; ratios to stock Material with its tutorials")
        table = Table(middle(rounds, lambda _: stock([base / f"shipped-{language}" for language in LANGUAGES])))
        table.add("with all paper, cold", middle(rounds, lambda _: cold(shipped)))
        table.add("with all paper, one sentence changed", edited(shipped, rounds))


if __name__ == "__main__":
    main()
