"""Make random edits to a project, the same for the same seed, and compare each build with a build from scratch.

python benchmarks/edits.py [--edits 200] [--seed 1] [--together 1] [--handouts]
"""

from __future__ import annotations

import argparse
import datetime
import os
import random
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from stufenweise.config.project import Project
from stufenweise.pipeline import BuildOptions, build
from stufenweise.stages.project_stage import open_project

ROOT = Path(__file__).parent.parent
LIBRARY = ROOT / "tests" / "library" / "content"
TODAY = datetime.date(2026, 11, 30)
CONFIG = """site_name: Stufenweise
site_url: https://intranet.example.org/rm/
docs_dir: content
theme:
  name: material
  custom_dir: theme
  features: [navigation.tabs]
plugins:
  - stufenweise:
      handouts: {handouts}
      hide: {{tutorials: []}}
"""
Edit = Callable[[Path, random.Random], None]


def write_project(folder: Path, *, handouts: bool) -> Path:
    """Write a small project; return its folder."""
    shutil.copytree(LIBRARY, folder / "content")
    (folder / "theme").mkdir()
    (folder / "mkdocs.yml").write_text(CONFIG.format(handouts=str(handouts).lower()), encoding="utf-8")
    return folder


def _texts(folder: Path, pattern: str = "*.md") -> list[Path]:
    return sorted((folder / "content").rglob(pattern))


def _swap(path: Path, pattern: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(pattern, lambda _: new, text, count=1, flags=re.MULTILINE), encoding="utf-8")


def _slugs(folder: Path) -> list[str]:
    return sorted({path.name.split(".")[0] for path in _texts(folder, "tutorials/*.de.md")})


def change_a_sentence(folder: Path, chance: random.Random) -> None:
    """Change a sentence of any text."""
    path = chance.choice(_texts(folder))
    lines = path.read_text(encoding="utf-8").split("\n")
    found = [number for number, line in enumerate(lines) if line.endswith(".") and re.match(r"[A-ZÄÖÜ]", line)]
    if found:
        lines[chance.choice(found)] += f" {chance.choice(('Neu', 'Anders', 'Kurz'))} {chance.randrange(100)}."
        path.write_text("\n".join(lines), encoding="utf-8")


def change_a_title(folder: Path, chance: random.Random) -> None:
    """Change a title."""
    path = chance.choice(_texts(folder))
    _swap(
        path, r"^title: .*$", f"title: {chance.choice(('Finden', 'Teilen', 'Fragen & mehr'))} {chance.randrange(100)}"
    )


def change_a_summary(folder: Path, chance: random.Random) -> None:
    """Change a summary."""
    _swap(chance.choice(_texts(folder)), r"^summary: .*$", f"summary: Ein Satz mit der Zahl {chance.randrange(100)}.")


def change_a_level(folder: Path, chance: random.Random) -> None:
    """Put a tutorial into another level."""
    _swap(chance.choice(_texts(folder, "tutorials/*.de.md")), r"^level: .*$", f"level: {chance.choice((1, 2))}")


def change_the_order(folder: Path, chance: random.Random) -> None:
    """Put a tutorial in another place among those of its level."""
    path = chance.choice(_texts(folder, "tutorials/*.de.md"))
    _swap(path, r"^order: .*\n", "")
    _swap(path, r"^effort: .*$", f"effort: {chance.choice((1, 2, 3))}\norder: {chance.randrange(1, 9)}")


def hide_tutorials(folder: Path, chance: random.Random) -> None:
    """Hide about four of ten tutorials, and show the others."""
    hidden = [slug for slug in _slugs(folder) if chance.random() < 0.4]
    _swap(folder / "mkdocs.yml", r"^ +hide: .*$", f"      hide: {{tutorials: [{', '.join(hidden)}]}}")


def change_labels(folder: Path, chance: random.Random) -> None:
    """Replace a label by a company's own, or remove the replacements."""
    path = folder / "labels" / f"{chance.choice(('de', 'en'))}.yml"
    path.parent.mkdir(exist_ok=True)
    if path.is_file() and chance.random() < 0.5:
        path.unlink()
    else:
        name = chance.choice(("checklists_title", "levels_title", "not_found_title"))
        path.write_text(f"{name}: Wort {chance.randrange(100)}\n", encoding="utf-8")


THEME_FILES = {
    "partials/copyright.html": "<p>Haus Nord {}</p>",
    "partials/footer.html": "<footer>{{% for file in pages %}}{{{{ file.page.meta.title }}}}{{% endfor %}}{}</footer>",
    "partials/source.html": "<p>{{{{ nav.homepage.title }}}} {}</p>",
    "assets/stylesheets/steps.css": "p {{ order: {} }}",
    "assets/images/favicon.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} 9"/>',
}
"""Files of a project's own theme; two of them read other pages, so that a change renders all pages again."""


def change_the_theme(folder: Path, chance: random.Random) -> None:
    """Add a file to the project's own theme, or delete one."""
    present = [name for name in THEME_FILES if (folder / "theme" / name).is_file()]
    if present and chance.random() < 0.8:
        (folder / "theme" / chance.choice(present)).unlink()
    else:
        name = chance.choice([*THEME_FILES])
        path = folder / "theme" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(THEME_FILES[name].format(chance.randrange(1, 100)), encoding="utf-8")


def change_a_setting(folder: Path, chance: random.Random) -> None:
    """Change a setting of the project."""
    pattern, values = chance.choice(
        (
            (r"^site_name: .*$", ("site_name: Haus Nord", "site_name: Stufenweise")),
            (r"^site_url: .*$", ("site_url: https://a.example.org/", "site_url: https://intranet.example.org/rm/")),
            (r"^docs_dir: content$(\nuse_directory_urls: .*$)?", ("docs_dir: content", "docs_dir: content\nuse_directory_urls: false")),
            (r"^  features: .*$", ("  features: [navigation.tabs]", "  features: [navigation.footer, toc.follow]", "  features: []")),
            (r"^      handouts: (\w+)(\n      colour: .*)?$", ()),
        )
    )  # fmt: skip
    path = folder / "mkdocs.yml"
    if values:
        _swap(path, pattern, chance.choice(values))
    elif found := re.search(pattern, path.read_text(encoding="utf-8"), re.MULTILINE):
        _swap(path, pattern, f"      handouts: {found[1]}" + ("" if found[2] else '\n      colour: "#1b2a6b"'))


def delete_a_file(folder: Path, chance: random.Random) -> None:
    """Delete a translation, in half of the cases the whole tutorial."""
    slug = chance.choice(_slugs(folder))
    (folder / "content" / "tutorials" / f"{slug}.en.md").unlink(missing_ok=True)
    if chance.random() < 0.5:
        (folder / "content" / "tutorials" / f"{slug}.de.md").unlink()


def add_a_tutorial(folder: Path, chance: random.Random) -> None:
    """Add a tutorial, perhaps one that was deleted."""
    slug = chance.choice(("first", "second", "third", "fourth", "fifth"))
    for language in ("de", "en"):
        source = (
            LIBRARY
            / "tutorials"
            / f"{slug if (LIBRARY / f'tutorials/{slug}.de.md').is_file() else 'third'}.{language}.md"
        )
        shutil.copyfile(source, folder / "content" / "tutorials" / f"{slug}.{language}.md")


def add_a_link(folder: Path, chance: random.Random) -> None:
    """Link from one tutorial to another, or to a place in it."""
    path = chance.choice(_texts(folder, "tutorials/*.md"))
    target = f"{chance.choice(_slugs(folder))}.{path.name.split('.')[1]}.md{chance.choice(('', '#why', '#look'))}"
    lines = path.read_text(encoding="utf-8").split("\n")
    found = [number for number, line in enumerate(lines) if line.endswith(".") and re.match(r"[A-ZÄÖÜ]", line)]
    lines[chance.choice(found)] += f" Siehe [dort drüben]({target})."
    path.write_text("\n".join(lines), encoding="utf-8")


def change_a_data_file(folder: Path, chance: random.Random) -> None:
    """Change the glossary or the goals."""
    path = folder / "content" / chance.choice(("glossary.yml", "goals.yml"))
    text = path.read_text(encoding="utf-8")
    found = list(re.finditer(r"(\w{4,})(?: \d+)?(\.?\}?\n)", text))
    match = chance.choice(found)
    path.write_text(f"{text[: match.end(1)]} {chance.randrange(100)}{text[match.start(2) :]}", encoding="utf-8")


def change_an_image(folder: Path, chance: random.Random) -> None:
    """Replace an image."""
    path = folder / "content" / "tutorials" / "images" / "circle.svg"
    circle = f'<circle cx="5" cy="5" r="{chance.randrange(1, 5)}"/>'
    path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">{circle}</svg>\n', encoding="utf-8")


def touch_the_site(folder: Path, chance: random.Random) -> None:
    """Change or delete a published page, as a person might."""
    pages = sorted((folder / "site").rglob("index.html"))
    if pages:
        page = chance.choice(pages)
        if chance.random() < 0.5:
            page.unlink()
        else:
            page.write_text("Not what was built.", encoding="utf-8")
        # Without a change of the content there would be no build
        change_a_sentence(folder, chance)


EDITS: tuple[Edit, ...] = (
    change_a_sentence, change_a_title, change_a_summary, change_a_level, change_the_order, hide_tutorials,
    change_labels, change_the_theme, change_a_setting, delete_a_file, add_a_tutorial, add_a_link, change_a_data_file,
    change_an_image, touch_the_site,
)  # fmt: skip


def site_files(site: Path) -> dict[str, bytes]:
    """Return the files of a site by path."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def published(folder: Path) -> bool:
    """Build a project as the command does; return whether it was published."""
    project = open_project(folder / "mkdocs.yml", TODAY).value
    return isinstance(project, Project) and build(project, BuildOptions(), today=TODAY, environ=os.environ).published


def cold_site(folder: Path, place: Path) -> dict[str, bytes]:
    """Return the site of a new copy of a project, built from scratch at a place."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(folder, place, ignore=shutil.ignore_patterns(".stufenweise", "site"))
    assert published(place)
    return site_files(place / "site")


def edit_and_compare(
    folder: Path,
    cold: Path,
    edits: int,
    seed: int,
    *,
    together: int = 1,
    report: Callable[[str], None] = lambda _: None,
) -> tuple[int, list[str]]:
    """Edit a project and build it again and again.

    Args:
        folder: The project; it is built.
        cold: Where copies of it are built.
        edits: Number of edits to build; an edit that brings an error is undone and does not count.
        seed: Seed of the random numbers.
        together: Number of edits per build.
        report: Called with a line about each build.

    Returns:
        The number of reused pages, and the files that differ from a build from scratch, each with the edits before it.
    """
    chance = random.Random(seed)
    reused, wrong, done = 0, [], 0
    assert published(folder)
    while done < edits:
        before = folder.with_name("before")
        shutil.rmtree(before, ignore_errors=True)
        shutil.copytree(folder, before, ignore=shutil.ignore_patterns(".stufenweise", "site"))
        chosen = [chance.choice(EDITS) for _ in range(together)]
        for edit in chosen:
            edit(folder, chance)
        if chance.random() < 0.3:
            # These files render all pages again, which would hide pages that were wrongly reused
            for name in ("partials/footer.html", "partials/source.html"):
                (folder / "theme" / name).unlink(missing_ok=True)
        names = " and ".join(edit.__name__ for edit in chosen)
        inodes = {path: path.stat().st_ino for path in (folder / "site").rglob("*.html")}
        if not published(folder):
            for name in ("content", "labels", "theme"):
                shutil.rmtree(folder / name, ignore_errors=True)
            shutil.copytree(before, folder, dirs_exist_ok=True)
            report(f"      refused: {names}")
            continue
        done += together
        kept = sum(1 for path, inode in inodes.items() if path.is_file() and path.stat().st_ino == inode)
        reused += kept
        found, expected = site_files(folder / "site"), cold_site(folder, cold)
        differs = sorted(path for path in {*found, *expected} if found.get(path) != expected.get(path))
        wrong += [f"{path} after {names}" for path in differs]
        report(f"{done:5} {names}: {kept} pages reused, {len(differs)} files differ")
    return reused, wrong


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line about each build; return 1 if a file differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--together", type=int, default=1)
    parser.add_argument("--handouts", action="store_true")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = write_project(Path(name) / "project", handouts=given.handouts)
        reused, wrong = edit_and_compare(
            folder, Path(name) / "cold", given.edits, given.seed, together=given.together, report=print
        )
    print(f"{given.edits} edits, {reused} pages reused, {len(wrong)} files differ from a build from scratch")
    print(*wrong, sep="\n")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
