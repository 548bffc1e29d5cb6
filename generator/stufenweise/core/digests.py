"""Digests that identify file contents, texts and program versions."""

from __future__ import annotations

import hashlib
import platform
import re
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version

PROGRAMS = (
    "babel", "holidays", "jinja2", "lxml", "markdown", "markdown-it-py", "markupsafe", "mkdocs", "mkdocs-material",
    "mkdocs-materialx", "nh3", "properdocs", "pydantic", "pygments", "pymdown-extensions", "pystemmer", "python-docx",
    "pyyaml", "rcssmin", "rjsmin", "segno", "stufenweise", "typst", "zensical",
)  # fmt: skip
"""Distributions that can change our output. With another version of one, no earlier result is reused."""

HASHED_NAME = re.compile(r"\.[0-9a-f]{8}\.(min\.)?(js|css)$")
"""Names of files that change with their content, see `hashed_name`: browsers can keep them for ever."""


def file_digest(data: bytes) -> str:
    """Return the digest of a file's content."""
    return hashlib.sha256(data).hexdigest()


def digest_of(*parts: str | bytes) -> str:
    """Return a digest over texts and file contents in order, each with its length."""
    data = [part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part for part in parts]
    return hashlib.sha256(b"".join(b"%d\0%b" % (len(part), part) for part in data)).hexdigest()


def hashed_name(stem: str, data: bytes, suffix: str) -> str:
    """Return the name of a published file with a digest of its content, so that browsers can keep the file."""
    return f"{stem}.{file_digest(data)[:8]}.{suffix}"


@lru_cache(maxsize=1)
def program_versions() -> str:
    """Return the versions of Python and of all programs that can change pages, handouts or problems."""
    return repr([platform.python_version(), *((name, version_of(name)) for name in PROGRAMS)])


def version_of(name: str) -> str:
    """Return the version of a distribution; empty if it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
