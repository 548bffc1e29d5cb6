"""Compare the bytes that a page loads with those of stock Material with the same text and navigation.

python benchmarks/weight.py [--language de]
"""

from __future__ import annotations

import argparse
import gzip
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
PAGES = (
    "", "begin/", "our-programme/", "levels/level-1/", "tutorials/", "tutorials/find-people/", "tutorials/my-own-topic/", "checklists/",
    "programmes/", "programmes/planner/", "programmes/goal-sheet/",
)  # fmt: skip
_FONTS = re.compile(r'url\("?([^")]+(?<!-more)\.woff2)')
"""Fonts that every page loads; the others are loaded by pages with their characters."""
_LOADED = re.compile(r'<(?:script[^>]* src|link rel="stylesheet" href)="([^"]+)"')


def compressed(file: Path) -> int:
    """Return the bytes of a file as a server sends them."""
    return len(gzip.compress(file.read_bytes(), 6, mtime=0))


def weight(page: Path) -> int:
    """Return the bytes of a page with its styles, scripts and fonts."""
    text = page.read_text(encoding="utf-8")
    files = {(page.parent / href).resolve() for href in _LOADED.findall(text)}
    fonts = {
        (file.parent / href).resolve()
        for file in files
        for href in _FONTS.findall(file.read_text(encoding="utf-8", errors="replace"))
    }
    return compressed(page) + sum(compressed(file) for file in files | fonts)


def stock(folder: Path, language: str) -> Path:
    """Build the assembled docs tree of the last build with stock Material; return the site."""
    work = ROOT / ".stufenweise"
    shutil.copytree(work / "docs" / language, folder / "docs")
    ours = yaml.safe_load((work / f"mkdocs.{language}.yml").read_text(encoding="utf-8"))
    project = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    theme = {"name": "material", "language": language, "font": False, "palette": ours["theme"]["palette"]}
    config = {
        "site_name": project["site_name"],
        "nav": ours["nav"],
        "theme": {**theme, "features": project["theme"]["features"]},
        "markdown_extensions": ours["markdown_extensions"],
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=folder, check=True, capture_output=True)
    return folder / "site"


def search_weight(site: Path) -> tuple[int, int]:
    """Return the bytes that the search loads when it is first used: scripts, and index."""
    button = re.search(
        r'data-index="([^"]+)"\s+data-scripts="([^"]+)"', (site / "index.html").read_text(encoding="utf-8")
    )
    assert button, "no search"
    return sum(compressed(site / path) for path in button[2].split()), compressed(site / button[1])


def later_weight(page: Path) -> int:
    """Return the bytes of the scripts that a page loads after its first view, or when a person uses them."""
    text = page.read_text(encoding="utf-8")
    return sum(
        compressed((page.parent / path).resolve())
        for paths in re.findall(r'<(?:div|form|button)[^>]* data-scripts="\s*([^"]+)"', text)
        for path in paths.split()
    )


def main() -> None:
    """Print the bytes of each kind of page and of the search."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", default="de")
    language = parser.parse_args().language
    subprocess.run([sys.executable, "-m", "stufenweise", "build", "-q"], cwd=ROOT, check=True)
    scripts, index = search_weight(ROOT / "site" / language)
    print(f"{'search':28} {scripts / 1000:6.1f} kB and an index of {index / 1000:.1f} kB when it is first used")
    with tempfile.TemporaryDirectory() as name:
        plain = stock(Path(name), language)
        for page in PAGES:
            ours = weight(ROOT / "site" / language / page / "index.html")
            theirs = weight(plain / page / "index.html")
            later = later_weight(ROOT / "site" / language / page / "index.html")
            print(
                f"{page or 'home':28} {ours / 1000:6.1f} kB, stock {theirs / 1000:6.1f} kB, {(ours - theirs) / 1000:+6.1f} kB,"
                f" later {later / 1000:5.1f} kB"
            )


if __name__ == "__main__":
    main()
