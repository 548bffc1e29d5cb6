"""Measure builds as ratios to stock Material with the same texts, and to smaller projects of ours.

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


def project(folder: Path, count: int, *, handouts: bool = False, content: Path | None = None) -> Path:
    """Write a project with a corpus of `count` tutorials, or with the content of a folder."""
    folder.mkdir()
    if content:
        shutil.copytree(content, folder / "content")
    else:
        write_corpus(count, folder / "content")
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").replace("  custom_dir: overrides\n", "")
    text = text.replace("  - stufenweise:\n", f"  - stufenweise:\n      handouts: {str(handouts).lower()}\n")
    if handouts:
        text = text.replace(
            "site_name: Stufenweise\n", "site_name: Stufenweise\nsite_url: https://intranet.example.org/rm/\n"
        )
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    return folder


def build(folder: Path, *options: str) -> Measured:
    """Measure a build of a project of ours."""
    return measured([*STUFENWEISE, "build", "-q", "--timings", "timings.json", *options], folder)


def stages(folder: Path) -> dict[str, float]:
    """Return the seconds of processor time of each stage of the last build, with those of its child processes."""
    seconds: dict[str, float] = json.loads((folder / "timings.json").read_text(encoding="utf-8"))["computing"]
    return seconds


def stock(folders: Sequence[Path]) -> Measured:
    """Measure builds of the same texts with stock Material, one language after the other."""
    runs = [measured(MKDOCS, folder) for folder in folders]
    return Measured(
        sum(run.seconds for run in runs), sum(run.computing for run in runs), max(run.memory for run in runs)
    )


def check(folder: Path) -> Measured:
    """Measure a check from scratch."""
    shutil.rmtree(folder / ".stufenweise", ignore_errors=True)
    return measured([*STUFENWEISE, "check"], folder)


def edit(folder: Path) -> None:
    """Change one sentence of one tutorial, each time to another."""
    path = sorted((folder / "content" / "tutorials").glob("*.en.md"))[7]
    text = path.read_text(encoding="utf-8")
    last = re.search(r"Edit (\d+) was here\. ", text)
    number = int(last[1]) + 1 if last else 1
    head, mark, rest = text.replace(last[0] if last else "", "").partition("{#why}\n\n")
    path.write_text(f"{head}{mark}Edit {number} was here. {rest}", encoding="utf-8")


def saved(folder: Path) -> float:
    """Return the seconds from a saved tutorial to its new pages in both languages, as `serve` makes them."""
    call = [sys.executable, str(ROOT / "benchmarks" / "saved.py")]
    done = subprocess.run(call, cwd=folder, capture_output=True, text=True, check=True)
    return float(done.stdout)


class Table:
    """Prints measurements as ratios to stock Material's pages in both languages."""

    def __init__(self, base: Measured) -> None:
        self.base = base
        print(f"{'':44} {'ratio':>7} {'computing':>9} {'seconds':>8} {'MiB':>6}")
        self.add("stock Material, both languages in turn", base)

    def add(self, name: str, measurement: Measured) -> None:
        """Print a row: ratios of wall-clock and processor time, the seconds, and the memory."""
        ratio, computing = (
            measurement.seconds / self.base.seconds,
            measurement.computing / max(self.base.computing, 0.01),
        )
        print(f"{name:44} {ratio:7.3f} {computing:9.3f} {measurement.seconds:8.2f} {measurement.memory:6}", flush=True)


def middle(rounds: int, measure: Callable[[int], Measured]) -> Measured:
    """Return the run with the median time."""
    runs = sorted((measure(number) for number in range(rounds)), key=lambda run: run.seconds)
    return runs[len(runs) // 2]


def edited(folder: Path, rounds: int) -> Measured:
    """Measure a build after one sentence has changed."""

    def build_edited(_: int) -> Measured:
        edit(folder)
        return build(folder)

    return middle(rounds, build_edited)


def cold(folder: Path) -> Measured:
    """Measure a build from scratch."""
    for name in (".stufenweise", "site"):
        shutil.rmtree(folder / name, ignore_errors=True)
    return build(folder)


def _relative(values: Sequence[float]) -> str:
    return ", ".join(f"{value / values[0]:.2f}" for value in values)


def main() -> None:
    """Print the measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tutorials", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    count, rounds = given.tutorials, given.rounds
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        pages = project(base / "pages", count)
        with_handouts = project(base / "handouts", count, handouts=True)
        shipped = project(base / "shipped", 0, handouts=True, content=SHIPPED)
        for language in LANGUAGES:
            write_stock(pages / "content", base / language, language)
            write_stock(shipped / "content", base / f"shipped-{language}", language)
        print(f"{count} tutorials in two languages, median of {rounds} rounds; ratios to stock Material")
        table = Table(middle(rounds, lambda _: stock([base / language for language in LANGUAGES])))
        table.add("pages alone, cold", middle(rounds, lambda _: cold(pages)))
        pages_stages = stages(pages)
        table.add("pages alone, one sentence changed", edited(pages, rounds))
        table.add("with all handouts, cold", middle(rounds, lambda _: cold(with_handouts)))
        table.add("with all handouts, one sentence changed", edited(with_handouts, rounds))
        table.add("with all handouts, nothing changed", middle(rounds, lambda _: build(with_handouts)))
        table.add("check, cold", middle(rounds, lambda _: check(with_handouts)))
        shown = statistics.median(saved(pages) for _ in range(rounds))
        table.add("a saved tutorial shown by serve", Measured(shown, 0, 0))
        own = sum(pages_stages[stage] for stage in ("load", "check", "assemble")) / pages_stages["total"]
        print(f"load + check + assemble, share of the computing of pages alone, cold: {own:.1%}")
        parts = [(part, project(base / f"n{part}", part)) for part in (count // 4, count // 2)]
        growth = [cold(folder).computing / part for part, folder in parts] + [cold(pages).computing / count]
        print(f"computing for a tutorial at N/4, N/2, N, relative to N/4: {_relative(growth)}")
        growth = [edited(folder, rounds).computing for _, folder in parts] + [edited(pages, rounds).computing]
        print(f"computing for one sentence at N/4, N/2, N, relative to N/4: {_relative(growth)}")
        print("the shipped content; ratios to stock Material with its tutorials")
        table = Table(middle(rounds, lambda _: stock([base / f"shipped-{language}" for language in LANGUAGES])))
        table.add("with all handouts, cold", middle(rounds, lambda _: cold(shipped)))
        table.add("with all handouts, one sentence changed", edited(shipped, rounds))


if __name__ == "__main__":
    main()
