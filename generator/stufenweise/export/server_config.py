"""Write the part of a web server's configuration that serves a built site."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from markupsafe import escape

from stufenweise.core.digests import HASHED_NAME
from stufenweise.core.text_templates import template_environment
from stufenweise.export.csp import CspSources

WebServer = Literal["nginx", "apache", "iis", "caddy"]

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Headers of every answer besides the policy (https://owasp.org/www-project-secure-headers/)."""
CACHE_FOR_A_YEAR = "public, max-age=31536000, immutable"
"""`Cache-Control` of files whose names change with their content (RFC 9111, RFC 8246)."""
CACHE_AND_ASK = "no-cache"
"""`Cache-Control` of all other files: cached, and revalidated at each use."""
MEDIA_TYPES = {
    "css": "text/css",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "ico": "image/vnd.microsoft.icon",
    "ics": "text/calendar",
    "jpg": "image/jpeg",
    "js": "text/javascript",
    "json": "application/json",
    "pdf": "application/pdf",
    "png": "image/png",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "webp": "image/webp",
    "woff2": "font/woff2",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml",
}
"""Media types by the end of a name (https://www.iana.org/assignments/media-types)."""
COMPRESSED_TYPES = ("text/css", "text/javascript", "application/json", "image/svg+xml", "text/plain", "application/xml")
"""Types that are sent compressed, in addition to HTML."""

_PATH = re.compile(r"/(?:[A-Za-z0-9._~-]+/)*")
_UNSAFE = re.compile(r"[\"'$\\`{}<>%\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class ServerLocation:
    """Where a site is published."""

    path: str
    """Path of its address, with a slash at both ends."""
    root: str
    """Absolute path of its folder on the server, without a slash at its end."""


def is_site_path(path: str) -> bool:
    """Return whether a path can be part of a site's address: slashes at both ends, no special characters."""
    return bool(_PATH.fullmatch(path)) and ".." not in path.split("/")


def is_server_folder(root: str, server: WebServer) -> bool:
    """Return whether a folder's path is absolute and has no special characters."""
    windows = server == "iis" or re.match(r"[A-Za-z]:", root)
    plain = root.replace("\\", "/") if windows else root
    return not _UNSAFE.search(plain) and (plain.startswith("/") or bool(re.match(r"[A-Za-z]:/", plain)))


def server_configuration(
    server: WebServer, place: ServerLocation, csp: CspSources, other_headers: Mapping[str, str] | None = None
) -> str:
    """Return the configuration of a server for a site.

    Args:
        server: The server program.
        place: Address and folder of the site; both paths are valid, see `is_site_path` and `is_server_folder`.
        csp: The sources that the site's content security policy has to allow.
        other_headers: Headers that differ from those of a site.
    """
    # Configuration is not HTML; templates escape XML with the filter
    environment = template_environment("stufenweise.export", escape=False, filters={"xml": escape})
    return environment.get_template(f"{server}.j2").render(
        path=place.path,
        bare=place.path.rstrip("/"),
        root=place.root.replace("\\", "/"),
        languages=csp.languages,
        hashed=csp.hashed,
        headers={"Content-Security-Policy": csp.policy, **HEADERS, **(other_headers or {})},
        forever=CACHE_FOR_A_YEAR,
        again=CACHE_AND_ASK,
        types=MEDIA_TYPES,
        compressed=COMPRESSED_TYPES,
        name=HASHED_NAME.pattern,
    )
