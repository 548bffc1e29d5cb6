"""Derive the content security policy of a built site from the resources of its pages.

Content Security Policy Level 3, https://www.w3.org/TR/CSP3/. Only files of the site are allowed. Anything inline or
from another origin is a fault, because it would not work without `unsafe-inline`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

from stufenweise.core.digests import HASHED_NAME
from stufenweise.model import page_paths

FONT_SUFFIXES = frozenset({".woff", ".woff2", ".ttf", ".otf"})

_DATA_IMAGE = re.compile(rb"url\(\s*[\"']?data:image/|src=[\"']?data:image/")
_FOREIGN = re.compile(rb"(?:url\(\s*|@import\s+)[\"']?(?:https?:)?//[^\"')\s]*", re.IGNORECASE)
"""Resources that a style sheet loads from another origin."""
_LOADED = frozenset(
    {"script", "form", "image", "use", "img", "iframe", "object", "embed", "audio", "video", "source", "track"}
)
_IMAGES = frozenset({"img", "image", "link"})
"""Elements that may have an image in a `data:` address."""
_LOADED_LINKS = frozenset({"stylesheet", "icon", "manifest", "preload", "modulepreload"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CspSources:
    """The policy of a site, and facts about its files for the server."""

    policy: str
    """The value of `Content-Security-Policy`."""
    hashed: tuple[str, ...]
    """Paths of the files whose name changes with their content."""
    languages: tuple[str, ...]
    """Folders with a "not found" page of their own."""
    faults: tuple[str, ...]
    """Elements that the policy forbids, as "page: element"; empty for a site that works."""

    def named_faults(self, most: int = 10) -> list[str]:
        """Return the first faults, and the number of further ones."""
        more = len(self.faults) - most
        return [*self.faults[:most], *([f"… + {more}"] if more > 0 else ())]


def csp_sources(site: Path, frame_ancestors: Sequence[str] = ()) -> CspSources:
    """Derive the policy of a built site from its pages, and list elements that a strict policy forbids.

    Args:
        site: The folder.
        frame_ancestors: Origins of other sites that may show it in a frame.

    Raises:
        OSError: A file can't be read.
    """
    files = sorted(path for path in site.rglob("*") if path.is_file())
    faults: list[str] = []
    images = manifest = False
    for path in files:
        if path.suffix not in {".html", ".css"}:
            continue
        data = path.read_bytes()
        name = path.relative_to(site).as_posix()
        if path.suffix == ".css":
            faults += (f"{name}: {match[0].decode('utf-8', 'replace')}" for match in _FOREIGN.finditer(data))
        images = images or bool(_DATA_IMAGE.search(data))
        if path.suffix == ".html":
            page = _Page()
            page.feed(data.decode("utf-8", "replace"))
            manifest = manifest or page.manifest
            faults += (f"{name}: {fault}" for fault in page.faults)
    names = [path.relative_to(site).as_posix() for path in files]
    fonts = any(path.suffix in FONT_SUFFIXES for path in files)
    return CspSources(
        policy=_policy(images=images, fonts=fonts, manifest=manifest, framed_by=frame_ancestors),
        hashed=tuple(name for name in names if HASHED_NAME.search(name)),
        languages=tuple(path.parent.name for path in sorted(site.glob(f"*/{page_paths.NOT_FOUND}"))),
        faults=tuple(faults),
    )


def usual_policy() -> str:
    """Return the policy of a site without changes by a company: images in style sheets, and its own fonts."""
    return _policy(images=True, fonts=True, manifest=False)


def _policy(*, images: bool, fonts: bool, manifest: bool, framed_by: Sequence[str] = ()) -> str:
    """Build a policy that allows only the kinds of files that the site has."""
    parts = [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        f"img-src 'self'{' data:' if images else ''}",
        *(["font-src 'self'"] if fonts else []),
        *(["manifest-src 'self'"] if manifest else []),
        "base-uri 'none'",
        "form-action 'self'",
        " ".join(("frame-ancestors 'self'", *framed_by)),
        "object-src 'none'",
    ]
    return "; ".join(parts)


class _Page(HTMLParser):
    """Collects the parts of a page that a strict policy forbids."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.manifest = False

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.faults += self._faults(tag, values)
        self.manifest = self.manifest or "manifest" in values.get("rel", "").split()

    def _faults(self, tag: str, values: dict[str, str]) -> Iterator[str]:
        data = values.get("type", "").endswith("json")
        if tag == "style" or (tag == "script" and "src" not in values and not data):
            yield f"<{tag}>"
        yield from (f"<{tag} {name}>" for name in values if name == "style" or name.startswith("on"))
        loads = tag in _LOADED or (tag == "link" and _LOADED_LINKS.intersection(values.get("rel", "").split()))
        if tag == "base":
            yield "<base>"
        own_schemes = {"", "data"} if tag in _IMAGES else {""}
        for name in ("src", "href", "xlink:href", "data", "poster", "action") if loads else ():
            address = urlsplit(values.get(name, ""))
            if address.netloc or address.scheme not in own_schemes:
                yield f"<{tag} {name}={values[name]}>"
        if "//" in values.get("srcset", "") and loads:
            yield f"<{tag} srcset={values['srcset']}>"
