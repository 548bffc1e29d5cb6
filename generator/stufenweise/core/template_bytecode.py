"""Cache compiled templates beside Python's compiled modules.

That is in the package's `__pycache__` (or below `sys.pycache_prefix`), never in a project: the cache is executed
without a check, so a repository must not be able to contain one. Each template has one file, which holds a digest over
its text and the programs that compiled it. Where Python writes none (`PYTHONDONTWRITEBYTECODE`, somebody else's
folder), there is none.
"""

from __future__ import annotations

import marshal
import os
import secrets
import sys
from contextlib import suppress
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from stufenweise.core.digests import digest_of
from stufenweise.core.result_cache import program_digest

_DIGEST = 64
"""Characters of the digest at the beginning of a file."""


class TemplateBytecode(BytecodeCache):
    """Compiled templates of one environment."""

    def __init__(self, name: str, environment: Environment, folder: Path | None = None) -> None:
        """Create a bytecode cache for the named environment in `folder`."""
        self._name = name
        self._folder = folder or Path(cache_from_source(__file__)).parent
        settings = [value for key, value in sorted(vars(environment).items()) if isinstance(value, str | bool)]
        shown = repr([MAGIC_NUMBER, settings, sorted(environment.extensions), sorted(environment.filters)])
        self._compiler = digest_of(shown, program_digest())

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the name of a template's file."""
        return f"template-{digest_of(self._name, name)[:32]}.pyc"

    def get_source_checksum(self, source: str) -> str:
        """Return a digest over a template's text and its compiler."""
        return digest_of(self._compiler, source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read a compiled template, if its text and compiler are the same."""
        with suppress(OSError, EOFError, ValueError, TypeError):
            data = (self._folder / bucket.key).read_bytes()
            if data[:_DIGEST] == bucket.checksum.encode():
                bucket.code = marshal.loads(data[_DIGEST:])  # noqa: S302 -- as Python reads its own beside it

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write a compiled template, unless Python writes no bytecode either."""
        if sys.dont_write_bytecode:
            return
        staged = self._folder / f"{bucket.key}.{secrets.token_hex(4)}"
        try:
            staged.write_bytes(bucket.checksum.encode() + marshal.dumps(bucket.code))
            os.replace(staged, self._folder / bucket.key)  # noqa: PTH105 -- in one step
        except OSError:
            with suppress(OSError):
                staged.unlink()
