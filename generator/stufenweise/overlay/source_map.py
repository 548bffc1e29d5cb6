"""Map lines of a merged file back to the layer they came from, and drop problems that a company can't fix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from stufenweise.model.paths import NO_PATH, ContentPath, ShownPath, path_below, shown_path
from stufenweise.model.problem import Place, Problem, new_problem
from stufenweise.source.files.text_paths import TextPath, extended_path

PACKAGE_ONLY_CODES = frozenset({"case-long", "former-slug-in-use", "review-due", "unknown-language"})
"""Codes of problems in package texts that only its maintainers can fix, or that are reported elsewhere.

A case that is too long only because of a company's words is reported as a handout that overflows."""

TRANSLATION_CODES = frozenset(
    {"translation-item", "translation-items", "translation-minutes", "translation-sections", "translation-stale",
     "translation-step", "translation-steps"}
)  # fmt: skip
"""Codes of problems of a translation that does not match its source."""
UNTRANSLATED_CODES = frozenset({"translation-missing", "entry-translation-missing"})
"""Codes that are reported once for all package texts; `status` lists them one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceMap:
    """Origins of the lines of merged files."""

    shown_content: ShownPath
    """Path of the company's content folder as shown in problems."""
    package_name: ShownPath
    """Name of the package's content as shown in problems."""
    base_only: frozenset[ContentPath] = frozenset()
    """Paths of files that only the package has."""
    lines: Mapping[ContentPath, tuple[Place, ...]] = field(default_factory=dict)
    """Origins of the lines of merged files, by path."""
    extensions: Mapping[ContentPath, ContentPath] = field(default_factory=dict)
    """Paths of extensions by the text that they extend."""
    merge_problems: frozenset[Problem] = frozenset()
    """Problems found while merging; their places are already those of the original files."""
    base_texts: Mapping[ContentPath, bytes] = field(default_factory=dict)
    """The package's text before extension, by path; translation digests refer to it."""
    package_vocabulary: bytes | None = None
    """The package's vocabulary, if the company has one too."""

    def place(self, place: Place) -> Place:
        """Return the place in the company's or package's file for a place in a merged file."""
        path = path_below(self.shown_content, place.file)
        if path and (lines := self.lines.get(path)):
            true = lines[min(max(place.line, 1), len(lines)) - 1]
            return replace(true, column=place.column)
        return replace(place, file=shown_path(self.package_name, path)) if path in self.base_only else place

    def locate(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return problems of merged files at their places in the company's or the package's files.

        Problems that only the package's maintainers can fix are left out.
        """
        located = [
            problem if problem in self.merge_problems else replace(problem, place=self.place(problem.place))
            for problem in problems
            if not self._follows_from_an_extension(problem)
        ]
        in_base = [problem for problem in located if self._is_in_base(problem)]
        untranslated = [problem for problem in in_base if problem.code in UNTRANSLATED_CODES]
        left_out = {*untranslated, *(problem for problem in in_base if problem.code in PACKAGE_ONLY_CODES)}
        for_company = dict.fromkeys(self._for_company(problem) for problem in located if problem not in left_out)
        return [*for_company, *self._summed_up(untranslated)]

    def _follows_from_an_extension(self, problem: Problem) -> bool:
        """Return whether sections differ only because one of two languages is extended, which is reported elsewhere."""
        files = (problem.place.file, problem.subject.source)
        extended = {path_below(self.shown_content, file) in self.extensions for file in files}
        return problem.code == "translation-sections" and len(extended) == 2

    def _summed_up(self, problems: Sequence[Problem]) -> Iterator[Problem]:
        """Yield one warning for each language that package texts lack, instead of one for each text."""
        for language in dict.fromkeys(problem.subject.name for problem in problems):
            codes = [problem.code for problem in problems if problem.subject.name == language]
            texts = codes.count("translation-missing")
            values = {"language": language, "texts": texts, "entries": len(codes) - texts}
            yield new_problem(Place(self.package_name), "package-untranslated", **values)

    def _own_source(self, problem: Problem) -> ShownPath | None:
        """Return the company's own source of a package translation; None if it has none."""
        source = problem.subject.source
        path = path_below(self.shown_content, source)
        return None if not source or path in self.base_only or path in self.lines else source

    def _is_in_base(self, problem: Problem) -> bool:
        return path_below(self.package_name, problem.place.file) is not None

    def _for_company(self, problem: Problem) -> Problem:
        """Return a problem with a remedy for a company.

        The company's words, address and extension make a handout longer; its own version of a text needs a translation.
        """
        path = path_below(self.package_name, problem.place.file)
        if path is None:
            return problem
        if problem.code in TRANSLATION_CODES and (source := self._own_source(problem)):
            text = TextPath.parse(path)
            values = {"language": text.language if text else "", "wanted": shown_path(self.shown_content, path)}
            if problem.code == "translation-stale":
                return new_problem(Place(source), "base-translation-stale", **values)
            return new_problem(Place(source), "base-translation", **values)
        if problem.code != "handout-overflow":
            return problem
        if path in self.extensions:
            return replace(problem, place=Place(shown_path(self.shown_content, self.extensions[path])))
        return replace(problem, code="handout-overflow-base")

    def text_at(self, file: ShownPath) -> ShownPath:
        """Return the path of the merged text that a file belongs to: for an extension, that of the extended text."""
        for folder in (self.shown_content, self.package_name):
            if (path := path_below(folder, file)) is not None:
                return shown_path(self.shown_content, extended_path(path))
        return file

    def edit_path(self, path: ContentPath) -> ContentPath:
        """Return the path below the company's content at which a text can be edited; empty if there is none."""
        return self.extensions.get(path, NO_PATH if path in self.base_only or path in self.lines else path)
