"""Run what shows most mistakes in a minute, on any system: `python tools/quick.py`.

Format, types, and all tests that need nothing but Python and its packages. `make test` proves the rest.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
WORKERS = min(os.cpu_count() or 1, 4)
"""Processes that share the tests; each takes some seconds to begin."""
STEPS = {
    "format": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "types": ["mypy"],
    "tests": ["pytest", "--quick", "-q", "-n", str(WORKERS)],
}


def main(arguments: list[str]) -> int:
    """Run all steps, the last one with further arguments of pytest, and return 1 if one failed."""
    failed = []
    for name, command in STEPS.items():
        began = time.monotonic()
        further = arguments if name == "tests" else []
        done = subprocess.run([sys.executable, "-m", *command, *further], cwd=ROOT, check=False)  # noqa: S603
        print(f"{name}: {'failed' if done.returncode else 'fine'}, {time.monotonic() - began:.0f} s", flush=True)
        failed += [name] if done.returncode else []
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
