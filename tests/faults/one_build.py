"""One whole build with the fake builder, as the command does it: lock, sweep, render, publish.

`python -m faults.one_build JSON`; it prints each phase that it reaches, and stays in `pause_at` until killed.
Exit code: 0 published, 1 the builder failed, 3 not published, with one line on stderr.
"""

from __future__ import annotations

import errno
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from unittest.mock import patch

from stufenweise.core.errors import MachineError, WorkFolderBusyError
from stufenweise.core.safe_folders import remove_tree
from stufenweise.i18n.messages import failure_text
from stufenweise.publish import atomic_swap
from stufenweise.publish.atomic_swap import swap_folders
from stufenweise.publish.cleanup import sweep
from stufenweise.publish.publishing import check_target, publish, staging
from stufenweise.publish.work_folder_lock import work_folder_lock
from stufenweise.render.builder_command import builder_environment
from stufenweise.render.builders import BuildJob, BuildProgress, run_builders


@dataclass(frozen=True)
class Plan:
    """What to build, and where to stop."""

    work: str
    target: str
    generation: int
    pages: int = 12
    size: int = 9000
    seconds_a_page: float = 0.005
    pause_at: str = ""
    can_exchange: bool = True
    across: bool = False
    """Whether the work folder poses as another file system than the target's."""
    wait: float = 0
    largest_file: int = 0
    """Limit in bytes, 0 for none."""

    def to_json(self) -> str:
        return json.dumps(asdict(self))


def main(plan: Plan) -> int:
    def reach(phase: str) -> None:
        print(phase, flush=True)
        if phase == plan.pause_at:
            time.sleep(3600)

    _instrument(plan, reach)
    if plan.largest_file:
        import resource  # Other systems read this module, too

        resource.setrlimit(resource.RLIMIT_FSIZE, (plan.largest_file, plan.largest_file))
    work, target = Path(plan.work), Path(plan.target)
    reach("start")
    try:
        with work_folder_lock(work, wait=plan.wait, on_wait=_tell_holder):
            reach("locked")
            sweep(work, target)
            reach("swept")
            check_target(target, work)
            with staging(work) as new:
                if not _render(plan, new, reach):
                    return 1
                (new / "index.html").write_text(f"generation {plan.generation}\ngeneration {plan.generation}")
                reach("rendered")
                publish(new, target, work)
                reach("published")
    except WorkFolderBusyError as busy:
        print(failure_text(busy.failure, "en"), file=sys.stderr)
        return 3
    except MachineError as error:
        print(failure_text(error.failure, "en"), file=sys.stderr)
        return 3
    return 0


def _tell_holder(busy: WorkFolderBusyError) -> None:
    holder = busy.failure.values
    print(f"waiting: process {holder['process']}, since {holder['since']}", flush=True)


def _render(plan: Plan, new: Path, reach: Callable[[str], None]) -> bool:
    def on_progress(progress: BuildProgress) -> None:
        if progress.pages > plan.pages // 3:
            reach("rendering")

    jobs = []
    for language in ("de", "en"):
        config = new.parent / f"fake.{language}.json"
        site = new / language
        said = asdict(plan) | {"site": str(site), "pid_file": str(new.parent / f"pid.{language}")}
        config.write_text(json.dumps(said), encoding="utf-8")
        jobs.append(BuildJob(language=language, config=config, site=site, pages=plan.pages))
    here = Path(__file__).resolve().parent
    environ = builder_environment(os.environ, 0) | {"PYTHONPATH": str(here)}
    outcomes = run_builders(
        jobs,
        environ=environ,
        on_progress=on_progress,
        command_of=lambda _, config: [sys.executable, "-m", "fake_builder", str(config)],
    )
    for outcome in outcomes:
        for error in outcome.errors:
            print(f"{outcome.language}: {error}", file=sys.stderr)
    return all(outcome.ok for outcome in outcomes)


def _instrument(plan: Plan, reach: Callable[[str], None]) -> None:
    """Print the phases within `publish`, and simulate a system with fewer abilities."""
    rename, swap = Path.rename, atomic_swap._exchange

    def seen_exchange(new: Path, target: Path, aside: Path) -> Path | None:
        if plan.across and new.parent == Path(plan.work).resolve():
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        reach("before-exchange")
        old = swap_folders(new, target, aside)
        reach("after-exchange")
        return old

    def seen_removal(folder: Path) -> None:
        for page in sorted(folder.rglob("*.html"))[:3]:
            page.unlink()
        reach("removing")
        remove_tree(folder)

    def seen_rename(old: Path, new: Path) -> Path:
        result = rename(old, new)
        if ".old-" in Path(new).name:
            reach("between-renames")
        return result

    def seen_swap(old: Path, new: Path) -> None:
        if not plan.can_exchange:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        swap(old, new)

    patch("stufenweise.publish.publishing.swap_folders", seen_exchange).start()
    patch("stufenweise.publish.cleanup.remove_tree", seen_removal).start()
    patch.object(Path, "rename", seen_rename).start()
    patch.object(atomic_swap, "_exchange", seen_swap).start()


if __name__ == "__main__":
    sys.exit(main(Plan(**json.loads(sys.argv[1]))))
