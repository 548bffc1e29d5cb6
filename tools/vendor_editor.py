"""Copy js-yaml from npm, with which the editor reads and writes front matter.

python tools/vendor_editor.py
"""

from __future__ import annotations

import subprocess
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
FILES = ROOT / "generator" / "stufenweise" / "editor" / "files"
JS_YAML = "5.5.0"
SCRIPT = "package/dist/browser/js-yaml.umd.min.js"


def main() -> None:
    """Write the script and its licence."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", "--silent", f"js-yaml@{JS_YAML}"]
        result = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)  # noqa: S603
        with tarfile.open(Path(folder) / result.stdout.strip()) as archive:
            script, licence = (_member(archive, path) for path in (SCRIPT, "package/LICENSE"))
    head = f"/* js-yaml {JS_YAML} (MIT, licences/js-yaml.txt), brought in by tools/vendor_editor.py. */\n"
    code = script.partition("//# sourceMappingURL")[0].rstrip("\n")
    (FILES / "js-yaml.js").write_text(f"{head}{code}\n", encoding="utf-8", newline="\n")
    (FILES / "licences" / "js-yaml.txt").write_text(licence, encoding="utf-8", newline="\n")


def _member(archive: tarfile.TarFile, path: str) -> str:
    file = archive.extractfile(path)
    if file is None:
        raise SystemExit(f"There is no {path}.")
    return file.read().decode()


if __name__ == "__main__":
    main()
