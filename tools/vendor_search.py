"""Bring in what the search in the page is made of: MiniSearch and the Snowball stemmers, as classic scripts.

python tools/vendor_search.py [--check]

They come as they are released, from npm and from Sphinx's wheel, which carries the stemmers as Snowball generates them
for JavaScript. Around each stemmer stands what keeps its names to itself. The same release of Snowball stems at build:
`tests/search` compares both by all words of the site.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parent.parent
SCRIPTS = ROOT / "overrides" / "assets" / "javascripts"
LICENCES = ROOT / "overrides" / "assets" / "licences"
MINISEARCH = "7.2.0"
SPHINX = "9.0.4"
SNOWBALL = "3.0.1"
"""Release of Snowball in that release of Sphinx."""
STEMMERS = {"de": "german", "en": "english"}
"""Stemmers by the language of a site."""


def minisearch(folder: Path) -> dict[Path, str]:
    """Return MiniSearch's script and licence by path."""
    command = ["npm", "pack", "--silent", f"minisearch@{MINISEARCH}"]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)  # noqa: S603
    name = done.stdout.strip()
    with tarfile.open(folder / name) as archive:
        script, licence = (_member(archive, f"package/{path}") for path in ("dist/umd/index.js", "LICENSE.txt"))
    script = script.replace("//# sourceMappingURL=index.js.map\n", "")
    head = (
        f"/* MiniSearch {MINISEARCH} (MIT, assets/licences/minisearch.txt), brought in by tools/vendor_search.py. */\n"
    )
    return {SCRIPTS / "minisearch.js": head + script, LICENCES / "minisearch.txt": licence}


def _member(archive: tarfile.TarFile, path: str) -> str:
    found = archive.extractfile(path)
    if found is None:
        raise SystemExit(f"There is no {path}.")
    return found.read().decode()


def stemmers(folder: Path) -> dict[Path, str]:
    """Return the stemmers and their licence by path."""
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(folder), f"sphinx=={SPHINX}"]
    subprocess.run(command, check=True)  # noqa: S603
    [wheel] = folder.glob("sphinx-*.whl")
    [licence] = (path for path in metadata.files("snowballstemmer") or () if path.name == "COPYING")
    result: dict[Path, str] = {LICENCES / "snowball.txt": licence.read_text("utf-8")}
    with zipfile.ZipFile(wheel) as archive:
        base = archive.read("sphinx/search/non-minified-js/base-stemmer.js").decode()
        for code, name in STEMMERS.items():
            source = archive.read(f"sphinx/search/non-minified-js/{name}-stemmer.js").decode()
            if f"Snowball {SNOWBALL}" not in source:
                raise SystemExit(f"Sphinx {SPHINX} brings another release of Snowball than {SNOWBALL}.")
            result[SCRIPTS / f"stemmer-{code}.js"] = STEMMER.format(
                release=SNOWBALL, name=name.title(), base=base.replace("BaseStemmer =", "var BaseStemmer ="), own=source
            )
    return result


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
    """Write the files, or tell which of them are not as they were released."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    check = parser.parse_args().check
    with tempfile.TemporaryDirectory() as name:
        files = minisearch(Path(name)) | stemmers(Path(name))
    different = [path for path, text in files.items() if not path.is_file() or path.read_text("utf-8") != text]
    if check and different:
        raise SystemExit("Not as released: " + ", ".join(str(path.relative_to(ROOT)) for path in different))
    for path in different:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(files[path], encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
