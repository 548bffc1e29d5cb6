"""What one run of `check` reads: the content, the day, the files to check, and the problems that earlier runs found."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from stufenweise.check.markup.markup_scan import MarkupScan, scan_markup
from stufenweise.core.digests import digest_of
from stufenweise.core.result_cache import ResultCache
from stufenweise.load.load_result import LoadResult
from stufenweise.load.text_file import TextFile
from stufenweise.model.paths import ContentPath, ShownPath, shown_path
from stufenweise.source.files.file_names import linked_path


@dataclass(frozen=True, kw_only=True)
class CheckRun:
    """One run of `check`; rules take it."""

    loaded: LoadResult
    """The loaded content."""
    today: datetime.date
    """The day against which reviews are due."""
    only: Collection[ShownPath] | None = None
    """Paths of the files to check thoroughly, as problems name them; None means all."""
    cache: ResultCache = field(default_factory=ResultCache)
    """What rules found of unchanged texts: in this run, and in earlier ones."""

    @cached_property
    def texts(self) -> Mapping[ShownPath, TextFile]:
        """The texts to check, by shown path."""
        return {file.shown_path: file for file in self.loaded.texts.values() if self._is_wanted(file.shown_path)}

    @cached_property
    def half_read(self) -> Mapping[ShownPath, TextFile]:
        """The texts to check whose facts are unreadable, by shown path."""
        return {file.shown_path: file for file in self.loaded.half_read.values() if self._is_wanted(file.shown_path)}

    @cached_property
    def reads_files(self) -> bool:
        """Whether an image or attachment is to be checked; then all are, because texts may have stopped using them."""
        files = (*self.loaded.media.images, *self.loaded.media.attachments)
        return any(self._is_wanted(shown_path(self.loaded.shown_content, path)) for path in files)

    @cached_property
    def linked_files(self) -> frozenset[ContentPath]:
        """The paths of all files that texts show or link to, without anchors and queries."""
        return frozenset(
            linked_path(file.path, re.split("[?#]", link.target, maxsplit=1)[0])
            for file in self.loaded.texts.values()
            for link in self.scan(file).links
        )

    def scan(self, file: TextFile) -> MarkupScan:
        """Return links and problems of a text's Markdown."""
        return self.cache.get_or_compute(digest_of("markup", file.fingerprint), lambda: scan_markup(file), MarkupScan)

    def _is_wanted(self, shown_path: ShownPath) -> bool:
        return self.only is None or shown_path in self.only
