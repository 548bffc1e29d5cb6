"""A reader who looks at random pages until told to stop: `python reader.py SITE SEED STOP_FILE`.

Prints as JSON how many reads there were, how many failed, and which generations were seen.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path


def main(site: Path, seed: int, stop: Path) -> None:
    chance = random.Random(seed)
    pages = [path.relative_to(site) for path in site.rglob("index.html")]
    seen: set[str] = set()
    reads, missing, torn = 0, 0, 0
    print("ready", flush=True)
    while not stop.exists():
        for _ in range(50):
            reads += 1
            try:
                lines = (site / chance.choice(pages)).read_text(encoding="utf-8").split("\n")
            except OSError:
                missing += 1
                continue
            seen.add(lines[0])
            torn += lines[0] != lines[-1]
    print(json.dumps({"reads": reads, "missing": missing, "torn": torn, "generations": len(seen)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
