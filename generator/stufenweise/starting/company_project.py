"""Make the files of a company's project from templates, common ones and those of a language."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

from stufenweise.core.package_files import package_folder
from stufenweise.core.text_templates import render_text_template
from stufenweise.i18n.catalogue import language_folder
from stufenweise.model.paths import ContentPath
from stufenweise.overlay.base_drift import BASE_FOLDER, overriding_files
from stufenweise.starting.wheel_source import WHEELS, WheelSource

TEMPLATE_SUFFIX = ".j2"
"""Ending of the names of templates."""


def company_files(name: str, language: str, place: WheelSource) -> dict[str, bytes]:
    """Return the files of a company's project by their path.

    Replaced package texts are recorded as reviewed.

    Args:
        name: Name of the site.
        language: Language of explanations in the files.
        place: Where the package is installed from.
    """
    values = {"name": name.replace("\\", "\\\\").replace('"', '\\"'), "place": place}
    result = {f"{WHEELS}/{place.file.name}": place.file.read_bytes()} if place.file else {}
    for folder in (files(__package__).joinpath("company"), language_folder(language, "company")):
        for path, file in _templates(folder, ""):
            if path.endswith(TEMPLATE_SUFFIX):
                text = render_text_template(file.read_text(encoding="utf-8"), values, ("<<", ">>"))
                result[path.removesuffix(TEMPLATE_SUFFIX)] = text.encode()
            else:
                result[path] = file.read_bytes()
    result = dict(sorted(result.items()))
    own = [ContentPath(path.removeprefix("content/")) for path in result if path.startswith("content/")]
    package = package_folder("content")
    base = {ContentPath(path.relative_to(package).as_posix()): path for path in package.rglob("*.*") if path.is_file()}
    for _, path in overriding_files(own, base):
        result[f"content/{BASE_FOLDER}/{path}"] = base[path].read_bytes()
    return result


def _templates(folder: Traversable, below: str) -> Iterator[tuple[str, Traversable]]:
    """Yield each template with the path of the file made from it; a leading `dot-` in a name becomes a dot."""
    for entry in sorted(folder.iterdir(), key=lambda child: child.name):
        path = f"{below}{entry.name.replace('dot-', '.', 1) if entry.name.startswith('dot-') else entry.name}"
        if entry.is_dir():
            yield from _templates(entry, f"{path}/")
        else:
            yield path, entry
