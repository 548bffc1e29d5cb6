"""Bring in the Snowball stemmers for the search in the page, as classic scripts.

python tools/vendor_search.py [--check]

They come as they are released, from Sphinx's wheel, which carries them as Snowball generates them for JavaScript.
Around each stands what keeps its names to itself. The same release of Snowball stems at build:
`tests/search` compares both by all words of the site.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import zipfile
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parent.parent
SCRIPTS = ROOT / "overrides" / "assets" / "javascripts"
LICENCES = ROOT / "overrides" / "assets" / "licences"
SPHINX = "9.0.4"
SNOWBALL = "3.0.1"
"""Release of Snowball in that release of Sphinx."""
STEMMERS = {"de": "german", "en": "english"}
"""Stemmers by the language of a site."""


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
        files = stemmers(Path(name))
    different = [path for path, text in files.items() if not path.is_file() or path.read_text("utf-8") != text]
    if check and different:
        raise SystemExit("Not as released: " + ", ".join(str(path.relative_to(ROOT)) for path in different))
    for path in different:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(files[path], encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
