"""Measure the build, as ratios in one run: against stock Material with the same texts, and against itself.

python benchmarks/run.py [--tutorials 500] [--rounds 3]
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from corpus import write_corpus, write_stock

ROOT = Path(__file__).parent.parent


def run(call: list[str], folder: Path) -> float:
    """Run a command and return its seconds; what it says is shown only if it fails."""
    start = time.perf_counter()
    environ = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(call, cwd=folder, env=environ, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(call)}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return time.perf_counter() - start


def project(folder: Path, count: int, *, paper: bool = False) -> Path:
    """Write a project with a corpus of `count` tutorials."""
    folder.mkdir()
    write_corpus(count, folder / "content")
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").replace("  custom_dir: overrides\n", "")
    text = text.replace("  - stufenweise:\n", f"  - stufenweise:\n      handouts: {str(paper).lower()}\n")
    if paper:
        text = text.replace(
            "site_name: Stufenweise\n", "site_name: Stufenweise\nsite_url: https://intranet.example.org/rm/\n"
        )
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    return folder


def ours(folder: Path, *options: str) -> tuple[float, dict[str, dict[str, float]]]:
    """Build a project of ours; return the seconds of the whole process, and what each stage took."""
    timings = folder / "timings.json"
    call = [sys.executable, "-m", "stufenweise", "build", "-q", "--timings", str(timings), *options]
    seconds = run(call, folder)
    return seconds, json.loads(timings.read_text(encoding="utf-8"))


def share(stages: dict[str, float]) -> float:
    """Return the share of load, check and assemble in the whole."""
    return sum(stages[stage] for stage in ("load", "check", "assemble")) / stages["total"]


def sheets(folder: Path) -> float:
    """Make the sheets of all tutorials, two copies in two languages; return the seconds of the whole process."""
    call = [sys.executable, "-m", "stufenweise", "handouts", "--copy", "mentee", "--copy", "mentor", "-o", "paper"]
    return run(call, folder)


def unchanged(folder: Path) -> float:
    """Return the seconds that it takes to find that no sheet has to be made."""
    code = (
        "import sys, time, datetime, pathlib\n"
        "from stufenweise.config.project_files import read_project_files\n"
        "from stufenweise.pipeline import check_content, load_project, open_project, print_content\n"
        "today = datetime.date(2026, 11, 24)\n"
        "project = open_project(pathlib.Path('mkdocs.yml'), today)\n"
        "checked = check_content(load_project(read_project_files(project)), today)\n"
        "wanted = lambda handout: handout.kind in ('mentee', 'mentor')\n"
        "start = time.perf_counter()\n"
        "made = print_content(checked, wanted=wanted).handouts.handouts\n"
        "assert made and all(one.from_cache for one in made)\n"
        "print(time.perf_counter() - start)\n"
    )
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environ, capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def saved(folder: Path) -> float:
    """Return the seconds from a saved tutorial to its new pages in both languages, as `serve` makes them."""
    code = (
        "import time, datetime, pathlib\n"
        "from stufenweise.config.project_files import read_project_files\n"
        "from stufenweise.pipeline import check_content, load_project, open_project, print_content\n"
        "from stufenweise.serve.preview import preview_of\n"
        "today = datetime.date(2026, 11, 24)\n"
        "project = open_project(pathlib.Path('mkdocs.yml'), today)\n"
        "checked = check_content(load_project(read_project_files(project)), today)\n"
        "preview = preview_of(print_content(checked, drafts='marked'))\n"
        "file = min((project.content / 'tutorials').glob('*.de.md'))\n"
        "file.write_text(file.read_text(encoding='utf-8').replace('title: ', 'title: X '), encoding='utf-8')\n"
        "start = time.perf_counter()\n"
        "assert preview.follow(read_project_files(project).own, today) is not None\n"
        "print(time.perf_counter() - start)\n"
    )
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environ, capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tutorials", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    count = given.tutorials
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        folder = project(base / "ours", count)
        for language in ("de", "en"):
            write_stock(folder / "content", base / language, language)
        clock: list[float] = []
        computing: list[float] = []
        ratios: list[float] = []
        again: list[float] = []
        shown: list[float] = []
        for _ in range(given.rounds):
            seconds, stages = ours(folder, "--force")
            stock = sum(run([sys.executable, "-m", "mkdocs", "build", "-q"], base / code) for code in ("de", "en"))
            clock.append(share(stages["seconds"]))
            computing.append(share(stages["computing"]))
            ratios.append(seconds / stock)
            again.append(ours(folder)[0])
            shown.append(saved(folder) / stock)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        paper: list[float] = []
        kept: list[float] = []
        for number in range(given.rounds):
            fresh = project(base / f"paper{number}", count, paper=True)
            one_language = run([sys.executable, "-m", "mkdocs", "build", "-q"], base / "de")
            paper.append(sheets(fresh) / one_language)
            kept.append(unchanged(fresh))
        growth: list[float] = []
        for part in (count // 4, count // 2, count):
            small = project(base / f"n{part}", part)
            growth.append(ours(small)[0] / part)
    middle = statistics.median
    print(f"{count} tutorials in two languages, median of {given.rounds} rounds")
    print(f"load + check + assemble, share of the computing: {middle(computing):.1%}; of the time: {middle(clock):.1%}")
    print(f"our whole build / stock Material, both languages one after the other: {middle(ratios):.2f}")
    print(f"a saved tutorial shown / stock Material's rebuild: {middle(shown):.3f}")
    print(f"nothing changed: {middle(again):.2f} s")
    print(
        f"seconds a tutorial at N/4, N/2, N, relative to N/4: {', '.join(f'{one / growth[0]:.2f}' for one in growth)}"
    )
    print(f"{4 * count} sheets / stock Material's pages in one language: {middle(paper):.2f}")
    print(f"no sheet has changed: {middle(kept):.2f} s")
    print(f"largest process: {peak:.0f} MiB")


if __name__ == "__main__":
    main()
