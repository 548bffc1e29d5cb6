"""Generate the Snowball stemmers for the search in the page, as classic scripts.

python tools/vendor_search.py [--source FOLDER] [--check]

Snowball's own compiler generates them from the algorithms of a release; it needs make and a C compiler. Each is wrapped
in a function, so that it adds no global names. Builds stem by the same release, in PyStemmer: `tests/search` compares
both with all words of the site.
"""

from __future__ import annotations

import argparse
import io
import re
import subprocess
import tarfile
import tempfile
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parent.parent
SCRIPTS = ROOT / "overrides" / "assets" / "javascripts"
LICENCES = ROOT / "overrides" / "assets" / "licences"
SNOWBALL = "3.1.0"
"""Release of Snowball; that of PyStemmer in pyproject.toml has the same number."""
ARCHIVE = f"https://github.com/snowballstem/snowball/archive/refs/tags/v{SNOWBALL}.tar.gz"
STEMMERS = {"de": "german", "en": "english"}
"""Stemmers by the language of a site."""


def download(folder: Path) -> Path:
    """Download Snowball's source to a folder, and return the folder with its makefile."""
    with urllib.request.urlopen(ARCHIVE) as answer, tarfile.open(fileobj=io.BytesIO(answer.read())) as archive:
        archive.extractall(folder, filter="data")
    return folder / f"snowball-{SNOWBALL}"


def stemmers(source: Path) -> dict[Path, str]:
    """Return the stemmers and their licence by path, generated in a folder with Snowball's source."""
    subprocess.run(["make", "-s", "-C", str(source), "snowball"], check=True)  # noqa: S603, S607
    result = {LICENCES / "snowball.txt": (source / "COPYING").read_text("utf-8")}
    base = (source / "javascript" / "base-stemmer.js").read_text("utf-8")
    for code, name in STEMMERS.items():
        generated = source / f"{name}-stemmer.js"
        command = ["./snowball", f"algorithms/{name}.sbl", "-js", "-o", generated.name]
        subprocess.run(command, cwd=source, check=True)  # noqa: S603
        own = generated.read_text("utf-8")
        if f"Snowball {SNOWBALL} " not in own:
            raise SystemExit(f"{source} has another release of Snowball than {SNOWBALL}.")
        result[SCRIPTS / f"stemmer-{code}.js"] = STEMMER.format(
            release=SNOWBALL,
            name=name.title(),
            base=as_classic(base, "BaseStemmer"),
            own=as_classic(own, f"{name.title()}Stemmer"),
        )
    return result


def as_classic(module: str, name: str) -> str:
    """Turn a module that exports one class into lines of a classic script that declare the class by a name."""
    without_import = re.sub(r"^import B from .*\n", "", module, flags=re.MULTILINE)
    without_import = without_import.replace("extends B ", "extends BaseStemmer ")
    return re.sub(r"^export default class( BaseStemmer)?", f"class {name}", without_import, count=1, flags=re.MULTILINE)


STEMMER = """\
/* Snowball {release}, {name} (BSD, assets/licences/snowball.txt), brought in by tools/vendor_search.py.
 *
 * Contract: stufenweise.stem(word)   the stem of a word in lower case
 */
(() => {{
{base}
{own}
  const stemmer = new {name}Stemmer();
  const stem = (word) => stemmer.stemWord(word);
  globalThis.stufenweise = Object.freeze({{ ...globalThis.stufenweise, stem }});
}})();
"""


def main() -> None:
    """Write the files; with `--check`, name those that differ from the release instead."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, help="a folder with Snowball's source, instead of a download")
    parser.add_argument("--check", action="store_true", help="write nothing")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        files = stemmers(given.source or download(Path(name)))
    different = [path for path, text in files.items() if not path.is_file() or path.read_text("utf-8") != text]
    if given.check and different:
        raise SystemExit("Not as released: " + ", ".join(str(path.relative_to(ROOT)) for path in different))
    for path in different:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(files[path], encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
