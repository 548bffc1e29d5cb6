"""Check a brand's colours and files: readable colours, existing files of the right type."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from stufenweise.config.brand_colours import MIN_TEXT_CONTRAST, backgrounds_of, brand_styles, lowest_contrast, readable
from stufenweise.config.project import Project
from stufenweise.model.paths import ShownPath
from stufenweise.model.problem import Place, Problem, new_problem
from stufenweise.model.settings import Settings
from stufenweise.source.files.decoding import MAX_DATA_BYTES, too_large_problem
from stufenweise.source.suggest import suggest
from stufenweise.source.yaml.yaml_positions import YamlDocument, YamlPath

IMAGE_SETTINGS = {"logo": (".svg", ".png", ".jpg", ".jpeg"), "favicon": (".svg", ".png", ".ico")}
"""File types allowed for logo and favicon."""
ASSET_SETTINGS = ("extra_css", "extra_javascript")
"""MkDocs settings for a company's own styles and scripts."""
MAX_COMPARED_FILES = 500
"""Most files of a theme that are compared with a missing name."""


def brand_stylesheet(project: Project) -> str:
    """Return a style sheet with a company's colours."""
    return brand_styles(project.settings.colour, project.settings.accent, project.settings.header)


def colour_problems(settings: Settings, positions: YamlDocument, path: YamlPath) -> Iterator[Problem]:
    """Yield a problem for each colour with too little contrast on site or handouts.

    Args:
        settings: The generator's settings.
        positions: Positions in the configuration.
        path: Path of our options in it.
    """
    for key, colour in (("colour", settings.colour), ("accent", settings.accent)):
        if colour is None:
            continue
        ratio, background = lowest_contrast(colour, backgrounds_of(colour))
        if ratio < MIN_TEXT_CONTRAST:
            values = {
                "key": key,
                "value": colour,
                "ratio": f"{ratio:.1f}",
                "background": background,
                "needed": f"{MIN_TEXT_CONTRAST:g}",
            }
            yield new_problem(positions.place((*path, key)), "colour-contrast", right=readable(colour), **values)


def file_problems(
    config: Mapping[str, object], folders: Sequence[Path], positions: YamlDocument, root: Path
) -> Iterator[Problem]:
    """Yield problems of logo, favicon, own styles and own scripts.

    Args:
        config: The configuration.
        folders: Theme folders with these files, and the content folder.
        positions: Positions in the configuration.
        root: The project's folder.
    """
    theme = config.get("theme")
    for key, suffixes in IMAGE_SETTINGS.items():
        if name := theme.get(key) if isinstance(theme, dict) else None:
            yield from _image_problems(key, str(name), suffixes, folders, positions, root)
    for key in ASSET_SETTINGS:
        entries = config.get(key)
        for index, entry in enumerate(entries if isinstance(entries, list) else ()):
            name = str(entry.get("path", "") if isinstance(entry, dict) else entry)
            place = positions.place((key, index))
            if "//" in name:
                yield new_problem(place, "brand-foreign", file=name)
            elif _find(name, folders) is None:
                yield _missing(place, name, folders)


def _image_problems(
    key: str, name: str, suffixes: Sequence[str], folders: Sequence[Path], positions: YamlDocument, root: Path
) -> Iterator[Problem]:
    """Yield problems of one image of the brand; those inside a drawing are reported at its own lines."""
    place = positions.place(("theme", key))
    file = _find(name, folders)
    if "//" in name:
        yield new_problem(place, "brand-foreign", file=name)
    elif file is None:
        yield _missing(place, name, folders)
    elif file.suffix.lower() not in suffixes:
        yield new_problem(place, "brand-kind", key=key, file=name, known=", ".join(suffixes))
    elif file.stat().st_size > MAX_DATA_BYTES:
        yield too_large_problem(place, file.stat().st_size, MAX_DATA_BYTES)
    elif file.suffix.lower() != ".ico":
        from stufenweise.check.media.image_rules import (
            image_file_problems,  # Slow to import, and most projects have no image
        )

        shown = ShownPath(Path(os.path.relpath(file.resolve(), root.resolve())).as_posix())
        yield from image_file_problems(shown, file.read_bytes())


def _missing(place: Place, name: str, folders: Sequence[Path]) -> Problem:
    """Return the problem of a missing file or a link, with a similarly named file of the company."""
    if any((folder / name).is_symlink() for folder in folders):
        return new_problem(place, "symlink")
    existing = [
        file.relative_to(folders[-1]).as_posix() for file in islice(folders[-1].rglob("*.*"), MAX_COMPARED_FILES)
    ]
    return new_problem(place, "brand-missing", file=name, nearest=suggest(name, existing))


def _find(name: str, folders: Sequence[Path]) -> Path | None:
    """Return the file of this name in the last folder that has it, unless it is a link out of that folder."""
    for folder in reversed(folders):
        file = folder / name
        if file.is_file() and folder.resolve() in file.resolve().parents:
            return file
    return None
