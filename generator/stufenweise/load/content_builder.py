"""Gather the content of a folder, file by file, until it is a `LoadResult`."""

from __future__ import annotations

from dataclasses import replace

from stufenweise.load.load_result import LoadResult
from stufenweise.model.paths import ContentPath


class ContentBuilder:
    """The content read so far; the functions of this room add to it.

    Its attributes are the fields of `LoadResult`.
    """

    def __init__(self, before: LoadResult) -> None:
        """Begin with a load result, either without files or of an earlier run; it is not changed."""
        self._before = before
        self.shown_content = before.shown_content
        self.languages = before.languages
        self.source_language = before.source_language
        self.paused = before.paused
        self.guidance_words = before.guidance_words
        self.admonition_titles = before.admonition_titles
        self.source_map = before.source_map
        self.texts = dict(before.texts)
        self.unreadable = set(before.unreadable)
        self.half_read = dict(before.half_read)
        self.goals = dict(before.goals)
        self.terms = dict(before.terms)
        self.questions = dict(before.questions)
        self.same_words = dict(before.same_words)
        self.data_documents = dict(before.data_documents)
        self.unreadable_data = set(before.unreadable_data)
        self.assets = dict(before.assets)
        self.as_written = dict(before.as_written)
        self.attachments = dict(before.attachments)
        self.figures = {name: dict(words) for name, words in before.figures.items()}
        self.problems = list(before.problems)
        self.vocabulary = before.vocabulary
        self.company_words = dict(before.company_words)

    def edit_path(self, path: ContentPath) -> ContentPath:
        """Return the path at which a text can be edited; empty if there is none."""
        return self.source_map.edit_path(path) if self.source_map else path

    def result(self) -> LoadResult:
        """Return the load result; nothing may be added afterwards."""
        return replace(
            self._before,
            texts=self.texts,
            unreadable=frozenset(self.unreadable),
            half_read=self.half_read,
            goals=self.goals,
            terms=self.terms,
            questions=self.questions,
            same_words=self.same_words,
            data_documents=self.data_documents,
            unreadable_data=frozenset(self.unreadable_data),
            assets=self.assets,
            as_written=self.as_written,
            attachments=self.attachments,
            figures=self.figures,
            problems=tuple(self.problems),
            vocabulary=self.vocabulary,
            company_words=self.company_words,
        )
