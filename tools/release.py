"""Make a release: `tools/release.py VERSION`, on a clean main branch.

It runs the tests, writes the version to pyproject.toml and the day to CHANGELOG.md, and commits. It builds wheel and
source archive of that commit to dist/, and a site with the wheel alone. The tag comes last. If a step fails, the branch
is where it was. Nothing is pushed; the last lines of the output say how to do that.
"""

from __future__ import annotations

import argparse
import datetime
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent
VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:(?:a|b|rc)[1-9]\d*)?")
"""Three numbers, and letters for a version that is not final (https://packaging.python.org/specifications/version-specifiers/)."""


def with_version(text: str, version: str) -> str:
    """Return pyproject.toml with another version."""
    changed, count = re.subn(r'^version = ".*"$', f'version = "{version}"', text, count=1, flags=re.MULTILINE)
    if not count:
        raise SystemExit("pyproject.toml has no version.")
    return changed


def with_release(text: str, version: str, day: datetime.date) -> str:
    """Return the changelog with the unreleased changes as a release, below a new empty section for later changes."""
    if f"\n## {version} " in text:
        raise SystemExit(f"CHANGELOG.md has a release {version} already.")
    head, mark, rest = text.partition("\n## Unreleased\n")
    if not mark or not rest.partition("\n## ")[0].strip():
        raise SystemExit("CHANGELOG.md says nothing under Unreleased. What is new?")
    return f"{head}\n## Unreleased\n\n## {version} ({day:%Y-%m-%d})\n{rest}"


def run(*command: str | Path, cwd: Path = ROOT, environ: dict[str, str] | None = None) -> str:
    """Run a program and return its output; if it fails, end this program, too."""
    result = subprocess.run(  # noqa: S603 -- our own commands
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **(environ or {})},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if result.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} ended with {result.returncode}.\n{result.stdout}")
    return result.stdout.strip()


def refuse_unready(version: str, branch: str) -> None:
    """End the program if the branch is another one or has changes, or if the version is not valid or has a tag."""
    if not VERSION.fullmatch(version):
        raise SystemExit(f"{version} is no version. Write three numbers, such as 0.2.0.")
    if run("git", "branch", "--show-current") != branch:
        raise SystemExit(f"Releases are made on {branch}.")
    if run("git", "status", "--porcelain"):
        raise SystemExit("There are changes that are not committed.")
    if run("git", "tag", "--list", f"v{version}"):
        raise SystemExit(f"There is a tag v{version} already.")


def build(commit: str) -> list[Path]:
    """Build wheel and source archive of a commit to dist/, and return their paths.

    Anyone who builds the commit with its time as SOURCE_DATE_EPOCH gets the same bytes.
    """
    dist = ROOT / "dist"
    shutil.rmtree(dist, ignore_errors=True)
    epoch = run("git", "log", "-1", "--format=%ct", commit)
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "source"
        run("git", "worktree", "add", "-q", "--detach", source, commit)
        try:
            command = (sys.executable, "-m", "hatchling", "build", "-d", dist)
            run(*command, cwd=source, environ={"SOURCE_DATE_EPOCH": epoch})
        finally:
            run("git", "worktree", "remove", "--force", source)
    return sorted(dist.iterdir())


def install_alone(wheel: Path, folder: Path) -> tuple[list[str | Path], dict[str, str]]:
    """Install the wheel to a new environment with the locked packages; return its command and environment."""
    venv.create(folder / "v", with_pip=True)
    programs = folder / "v" / ("Scripts" if os.name == "nt" else "bin")
    run(programs / "python", "-m", "pip", "install", "-q", "--require-hashes", "-r", ROOT / "requirements.lock")
    run(programs / "python", "-m", "pip", "install", "-q", "--no-deps", wheel)
    return [programs / "stufenweise"], {"PYTHONPATH": ""}


def install_beside(wheel: Path, folder: Path) -> tuple[list[str | Path], dict[str, str]]:
    """Install the wheel beside the packages of this Python, without network; return its command and environment."""
    run(sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", folder / "v", wheel)
    return [sys.executable, "-m", "stufenweise"], {"PYTHONPATH": str(folder / "v")}


def try_wheel(wheel: Path, version: str, *, beside: bool) -> None:
    """Install the wheel and build a site from its content, which fails if a file is missing in it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command, alone = install_beside(wheel, folder) if beside else install_alone(wheel, folder)
        if run(*command, "--version", cwd=folder, environ=alone).split()[-1] != version:
            raise SystemExit(f"{wheel.name} does not say that it is {version}.")
        project = folder / "project"
        project.mkdir()
        # All levels and languages are printed in the same way, so one of each is enough
        config = "site_name: Release\nplugins: [stufenweise: {languages: [de], hide: {levels: [2, 3, 4, 5]}}]\n"
        (project / "mkdocs.yml").write_text(config, encoding="utf-8")
        run(*command, "build", "-q", cwd=project, environ=alone)


def release_changes(version: str) -> dict[str, str]:
    """Return the new texts of pyproject.toml and the changelog."""
    day = datetime.datetime.now(datetime.UTC).date()
    project, changelog = ((ROOT / name).read_text(encoding="utf-8") for name in ("pyproject.toml", "CHANGELOG.md"))
    return {"pyproject.toml": with_version(project, version), "CHANGELOG.md": with_release(changelog, version, day)}


def main(arguments: list[str]) -> None:
    """Make a release."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("version")
    parser.add_argument("--branch", default="main", help="the branch that releases are made on")
    parser.add_argument("--tested", action="store_true", help="the tests have passed on this commit")
    parser.add_argument("--beside", action="store_true", help="try the wheel with the packages that are installed here")
    given = parser.parse_args(arguments)
    refuse_unready(given.version, given.branch)
    changes = {ROOT / name: text for name, text in release_changes(given.version).items()}
    if not given.tested:
        run("make", "test")
    start = run("git", "rev-parse", "HEAD")
    try:
        for path, text in changes.items():
            path.write_text(text, encoding="utf-8", newline="\n")
        # The compliance documents name the version
        run(sys.executable, ROOT / "tools" / "reference.py", "compliance-documents")
        run("git", "commit", "-q", "-a", "-m", f"Release {given.version}")
        built = build("HEAD")
        try_wheel(next(path for path in built if path.suffix == ".whl"), given.version, beside=given.beside)
        run("git", "tag", "-a", f"v{given.version}", "-m", f"Stufenweise {given.version}")
    except BaseException:
        run("git", "reset", "-q", "--hard", start)
        raise
    names = " ".join(f"dist/{path.name}" for path in built)
    print(f"Released {given.version}: {names}\nTo publish:\n  git push --follow-tags\n  python -m twine upload {names}")


if __name__ == "__main__":
    main(sys.argv[1:])
