"""Read the tested release of the editor, from npm's archive or its unpacked folder.

It is 2 MB of script, so it is not part of this package: whoever wants the editor provides it, and each used file is
compared with the digest in `release.yml`. The addresses in it at which it would load fonts and words from elsewhere
become paths in its own folder.
"""

from __future__ import annotations

import io
import tarfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from stufenweise.core.digests import file_digest
from stufenweise.core.errors import InputRefusedError
from stufenweise.core.package_files import load_resource_as

EDITOR_SCRIPT = "sveltia-cms.js"
"""Name of the editor's script in the folder."""
MAX_ARCHIVE_BYTES = 40_000_000
"""Size limit of the archive in bytes; this release has 12 million."""

_MAX_FILE_BYTES = 8_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseFile:
    """A file of the release that we use."""

    to: str
    """Its path in the editor's folder."""
    sha256: str
    """Its digest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorRelease:
    """A release on npm, and the files of it that we use."""

    package: str
    version: str
    files: Mapping[str, ReleaseFile]
    """Files by their path in the npm package."""
    replaced: Mapping[str, str]
    """Addresses in its script, and their replacements."""

    @property
    def named(self) -> str:
        """Name and version in npm's form."""
        return f"{self.package}@{self.version}"

    @property
    def address(self) -> str:
        """Address of the archive on npm's registry."""
        name = self.package.rsplit("/", 1)[-1]
        return f"https://registry.npmjs.org/{self.package}/-/{name}-{self.version}.tgz"


@lru_cache
def editor_release() -> EditorRelease:
    """Return the tested release."""
    return load_resource_as(EditorRelease, __package__, "release.yml")


def release_files(source: Path | bytes) -> dict[str, bytes]:
    """Return the files of the release by their path in the editor's folder.

    Args:
        source: The archive's path or bytes, or the folder into which it was unpacked.

    Raises:
        InputRefusedError: It is not an archive, or not the tested release.
        OSError: It can't be read.
    """
    release = editor_release()
    result: dict[str, bytes] = {}
    with _opened(source) as read:
        for path, file in release.files.items():
            data = read(path)
            if data is None or file_digest(data) != file.sha256:
                raise InputRefusedError("editor-other-release", file=path, release=release.named)
            result[file.to] = data
    script = result[EDITOR_SCRIPT]
    for address, instead in release.replaced.items():
        script = script.replace(address.encode(), instead.encode())
    # The editor checks for a newer release; this file answers with the present one.
    newest = f'{{"version": "{release.version}"}}\n'.encode()
    return {**result, EDITOR_SCRIPT: script, f"npm/{release.package}/package.json": newest}


@contextmanager
def _opened(source: Path | bytes) -> Iterator[Callable[[str], bytes | None]]:
    """Yield a function that reads a file of a package by its path."""
    if isinstance(source, Path) and source.is_dir():
        yield lambda path: _read_file(source / path)
        return
    data = source.read_bytes() if isinstance(source, Path) else source
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:gz") as archive:
            yield lambda path: _read_member(archive, f"package/{path}")
    except (tarfile.TarError, EOFError, OSError) as error:
        raise InputRefusedError("editor-no-archive", release=editor_release().named) from error


def _read_file(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() and path.stat().st_size < _MAX_FILE_BYTES else None


def _read_member(archive: tarfile.TarFile, name: str) -> bytes | None:
    try:
        member = archive.getmember(name)
    except KeyError:
        return None
    file = archive.extractfile(member) if member.isfile() and member.size < _MAX_FILE_BYTES else None
    return file.read() if file else None
