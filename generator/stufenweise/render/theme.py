"""Merge the theme: patched builder templates, then our overrides, then the project's.

Two changes would need copies of the theme's templates as overrides, so they are made from the installed templates at
each build. Inline scripts become files, since a strict content security policy forbids them inline; they are taken from
the theme's templates and never from rendered pages, where that would launder an attacker's script. And faults in markup
are fixed by the replacements in `theme_patches.yml`. A theme in which a replacement finds nothing, or that brings an
unknown inline script, is an error here and not a hole later.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from stufenweise.core.digests import digest_of, file_digest, hashed_name
from stufenweise.core.errors import MachineError
from stufenweise.core.folder_contents import content_digests, replace_contents
from stufenweise.core.package_files import load_resource_as
from stufenweise.core.result_cache import NO_CACHE, ResultCache
from stufenweise.core.safe_folders import SafeFolder
from stufenweise.render.asset_bundles import bundle_assets
from stufenweise.render.builder_command import BuilderName
from stufenweise.render.theme_styles import slim_stylesheet

SCRIPTS = ("base", "palette", "content", "announce", "consent", "outdated")
"""Names of the partials in `partials/javascripts/` that hold inline scripts."""
LATE = frozenset({"content"})
"""Inline scripts that may be deferred, because no other part of the page needs them earlier."""
REMOVED = ("partials/integrations/analytics.html", "partials/integrations/analytics/google.html")
"""Partials that load a script of a third party; our pages do without them."""
BRAND_COLOURS = "assets/stylesheets/brand-colours.css"
"""Style sheet with a company's colours, loaded after ours."""
NOT_PAGES = frozenset({"redirect.html"})
"""Templates that none of our pages uses."""

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_VALUE = re.compile(r'"\{\{\s*(.*?)\s*\}\}"')
_STYLE = re.compile(r"assets/stylesheets/(?P<name>main|palette)\.[0-9a-f]{8}\.min\.css")
"""Material's style sheets in its base template."""
_INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)
_LONE_STATEMENT = re.compile(
    r"^(\{% ?(?:if|elif|else|endif|for|endfor|set|import|from|macro|endmacro)\b(?:(?!%\}).)*%\})\n", re.MULTILINE
)
"""A line with a single Jinja statement that prints nothing; its line end would be an empty line of each page."""
_ANY_INLINE = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemePatch:
    """One replacement in a template of the theme."""

    template: str
    put: str
    """The new text; it may name groups of a pattern as `\\1`."""
    why: str
    find: str = ""
    """The text that is replaced."""
    pattern: str = ""
    """Or a regular expression for that text, if it differs between releases of the theme."""
    all: bool = False
    """Whether every occurrence is replaced; otherwise there must be exactly one."""
    only: str = ""
    """Theme that needs the patch: material, materialx (which is material, too) or zensical; empty for all."""

    def apply(self, text: str) -> str:
        """Apply the patch to a template's text.

        Raises:
            MachineError: The text does not occur, or occurs several times although the patch is for one place.
        """
        if self.pattern:
            patched, count = re.subn(self.pattern, self.put, text)
        else:
            patched, count = text.replace(self.find, self.put), text.count(self.find)
        if count == 0 or (count > 1 and not self.all):
            place = self.pattern or self.find
            raise MachineError("theme-patch-places", path=self.template, count=count, place=place)
        return patched


@lru_cache
def theme_patches() -> tuple[ThemePatch, ...]:
    """Return the replacements, in order."""
    return load_resource_as(tuple[ThemePatch, ...], __package__, "theme_patches.yml")


def builder_theme(builder: BuilderName) -> Path:
    """Return the folder with a builder's own templates."""
    package = "zensical" if builder == "zensical" else "material"
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise MachineError("theme-not-installed", package=package)
    return Path(spec.origin).parent / "templates"


def write_theme(
    target: SafeFolder,
    layers: Sequence[Path],
    theme: Path,
    colours: str = "",
    used_features: Set[str] = frozenset(),
    cache: ResultCache = NO_CACHE,
) -> dict[str, str]:
    """Write the merged theme to `target`, and return the digests of its files by path.

    Args:
        target: Folder that a derived configuration names as `custom_dir`.
        layers: Folders with overrides: ours, and a project's own; a later one lies above an earlier one.
        theme: The templates of the builder, see `builder_theme`.
        colours: Style sheet that puts a company's colours in the place of ours.
        used_features: Names of the theme's features that the site has, and of its languages.
        cache: What `target` held after an earlier run, by all that it was made of.

    Raises:
        MachineError: The patches do not fit the installed theme.
        OSError: The theme could not be read or written.
    """
    templates = {file.relative_to(theme).as_posix(): file.read_bytes() for file in _templates(theme)}
    ours, *projects = (_files(layer) for layer in layers)
    assets = {str(file): file.read_bytes() for file in sorted((theme / "assets").rglob("*.[cj]s*"))}
    made_of = [
        [(path, file_digest(data)) for path, data in group.items()] for group in (templates, assets, ours, *projects)
    ]
    key = digest_of(repr(made_of), colours, repr(sorted(used_features)))
    digests = content_digests(target)
    if cache.get(key, dict[str, str]) == digests:
        return digests
    merged = {BRAND_COLOURS: colours.encode(), **templates, **generated(theme)}
    merged |= ours
    own: set[str] = set()
    for layer in projects:
        own |= {path for path, data in layer.items() if ours.get(path) != data}
        merged |= layer
    merged |= _slim_styles(merged, theme, used_features)
    for path in merged.keys() - own:
        if path.endswith(".html"):
            merged[path] = _flush_left(merged[path].decode()).encode()
    replace_contents(target, bundle_assets(merged, own))
    digests = content_digests(target)
    cache.put(key, digests, dict[str, str])
    cache.save()
    return digests


def _slim_styles(merged: Mapping[str, bytes], theme: Path, used_features: Set[str]) -> dict[str, bytes]:
    """Return Material's style sheets without unused rules, and the template with their paths, by path."""
    base = merged["base.html"].decode()
    full = {match[0]: match["name"] for match in _STYLE.finditer(base) if match[0] not in merged}
    read = {path: _read(theme, path) for path in full}
    texts = [data.decode(errors="replace") for path, data in merged.items() if path.endswith((".css", ".js", ".html"))]
    texts += [file.read_text(encoding="utf-8") for file in sorted((theme / "assets").rglob("*.js"))]
    result = {}
    for path, name in full.items():
        other_styles = (text for other, text in read.items() if other != path)
        style = slim_stylesheet(read[path], "\n".join([*texts, *other_styles]), used_features)
        slim = f"assets/stylesheets/{hashed_name(name, style.encode(), 'css')}"
        base = base.replace(path, slim)
        result[slim] = style.encode()
    return {**result, "base.html": base.encode()}


def _flush_left(template: str) -> str:
    """Remove the indentation and the empty lines that a template would leave, a fifteenth of a page's size."""
    return _LONE_STATEMENT.sub(r"\1", _INDENTATION.sub("", template))


def _files(layer: Path) -> dict[str, bytes]:
    """Return the files of a folder with overrides by path."""
    return {
        path.relative_to(layer).as_posix(): path.read_bytes()
        for path in sorted(layer.rglob("*"))
        if path.is_file() and not path.is_symlink() and not path.name.startswith(".")
    }


def generated(theme: Path) -> dict[str, bytes]:
    """Return the patched templates, and the scripts extracted from them, by path.

    Raises:
        MachineError: The patches do not fit the installed theme.
    """
    result = dict.fromkeys(REMOVED, "")
    families = _families(theme)
    for patch in theme_patches():
        if patch.only in families:
            text = result.get(patch.template) or _read(theme, patch.template)
            result[patch.template] = patch.apply(text)
    for name in SCRIPTS:
        path = f"partials/javascripts/{name}.html"
        template, scripts = take_out(name, result.get(path) or _read(theme, path))
        result[path] = template
        result |= scripts
    for file in _templates(theme):
        name = file.relative_to(theme).as_posix()
        template = result[name] if name in result else file.read_text(encoding="utf-8")
        if name not in NOT_PAGES and _ANY_INLINE.search(template):
            raise MachineError("theme-inline-script", path=name)
    return {name: text.encode() for name, text in result.items()}


def _families(theme: Path) -> frozenset[str]:
    """Return the name of the theme for patches. MaterialX has the name of Material, but attributes of its own."""
    if "zensical" in theme.parts:
        return frozenset({"", "zensical"})
    is_continued = " data-mx-" in _read(theme, "base.html")
    return frozenset({"", "material", "materialx"} if is_continued else {"", "material"})


def _templates(theme: Path) -> list[Path]:
    """Return all templates, without listing the theme's ten thousand icons."""
    templates: list[Path] = []
    for folder, below, names in os.walk(theme):
        below[:] = [name for name in below if not name.startswith(".") and name != "assets"]
        templates += (Path(folder, name) for name in names if name.endswith(".html"))
    return sorted(templates)


def take_out(name: str, template: str) -> tuple[str, Mapping[str, str]]:
    """Move the inline scripts of a template to files; return the template, and the files by path.

    Values that the template inserts into a script become `data-` attributes.
    """
    scripts: dict[str, str] = {}

    def replaced(match: re.Match[str]) -> str:
        values: list[str] = []

        def value(expression: re.Match[str]) -> str:
            values.append(expression[1])
            return f"document.currentScript.dataset.value{len(values) - 1}"

        body = _VALUE.sub(value, match[1])
        if "{{" in body or "{%" in body:
            raise MachineError("theme-script-value", path=f"partials/javascripts/{name}.html")
        text = f"{body.strip()}\n"
        path = f"assets/javascripts/inline/{hashed_name(name, text.encode(), 'js')}"
        scripts[path] = text
        attributes = "".join(f' data-value{index}="{{{{ {expression} }}}}"' for index, expression in enumerate(values))
        waits = " defer" if name in LATE else ""
        return f"<script src=\"{{{{ '{path}' | url }}}}\"{attributes}{waits}></script>"

    return _INLINE.sub(replaced, template), scripts


def _read(theme: Path, path: str) -> str:
    file = theme / path
    if not file.is_file():
        raise MachineError("theme-file-missing", path=path)
    return file.read_text(encoding="utf-8")
