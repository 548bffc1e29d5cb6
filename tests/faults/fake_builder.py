"""A builder that writes pages of one generation, slowly: `python -m fake_builder CONFIG`, a JSON file.

Each page begins and ends with its generation: so a half or mixed page can be told from a whole one.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path


def page(generation: int, size: int) -> str:
    """Return a page that is whole."""
    return f"generation {generation}\n{'x' * size}\ngeneration {generation}"


def main() -> None:
    config = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    site = Path(config["site"])
    site.mkdir(parents=True)
    Path(config["pid_file"]).write_text(str(os.getpid()), encoding="utf-8")
    for number in range(config["pages"]):
        folder = site / f"page-{number}" if number else site
        folder.mkdir(exist_ok=True)
        (folder / "index.html").write_text(page(config["generation"], config["size"]), encoding="utf-8")
        time.sleep(config["seconds_a_page"])
    print("INFO    -  Documentation built")


if __name__ == "__main__":
    main()
