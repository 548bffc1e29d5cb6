"""Run the checks that find most mistakes within a minute, on any system: `python tools/quick.py`.

Format, types, and all tests that need nothing but Python and its packages. `make test` runs the others, too.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
WORKERS = min(os.cpu_count() or 1, 4)
"""Number of processes that share the tests; each takes some seconds to start."""
STEPS = {
    "format": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "types": ["mypy"],
    "tests": ["pytest", "--quick", "-q", "-n", str(WORKERS)],
}


def main(arguments: list[str]) -> int:
    """Run all steps, the tests with further arguments for pytest; return 1 if a step failed."""
    failed = []
    for name, command in STEPS.items():
        start = time.monotonic()
        further = arguments if name == "tests" else []
        result = subprocess.run([sys.executable, "-m", *command, *further], cwd=ROOT, check=False)  # noqa: S603
        print(f"{name}: {'failed' if result.returncode else 'fine'}, {time.monotonic() - start:.0f} s", flush=True)
        failed += [name] if result.returncode else []
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
