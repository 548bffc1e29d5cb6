"""Map lines of a merged file back to the layer they came from, and drop problems that a company can't fix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from stufenweise.model.problem import Place, Problem, new_problem
from stufenweise.source.files.text_paths import EXTENSION_SUFFIX, TextPath

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

    content_path: str
    """Path of the company's content folder as shown in problems."""
    package_name: str
    """Name of the package's content as shown in problems."""
    base_only: frozenset[str] = frozenset()
    """Paths of files that only the package has."""
    lines: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)
    """Origins of the lines of merged files, by path."""
    extensions: Mapping[str, str] = field(default_factory=dict)
    """Paths of extensions by the text that they extend."""
    merge_problems: frozenset[Problem] = frozenset()
    """Problems found while merging; their places are already those of the original files."""
    base_texts: Mapping[str, bytes] = field(default_factory=dict)
    """The package's text before extension, by path; translation digests refer to it."""
    package_vocabulary: bytes | None = None
    """The package's vocabulary, if the company has one too."""

    def place(self, place: Place) -> Place:
        """Return the place in the company's or package's file for a place in a merged file."""
        path = place.file.removeprefix(f"{self.content_path}/")
        if path in self.lines:
            lines = self.lines[path]
            true = lines[min(max(place.line, 1), len(lines)) - 1]
            return replace(true, column=place.column)
        return replace(place, file=f"{self.package_name}/{path}") if path in self.base_only else place

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
        files = (problem.place.file, problem.value("source"))
        extended = {file.removeprefix(f"{self.content_path}/") in self.extensions for file in files}
        return problem.code == "translation-sections" and len(extended) == 2

    def _summed_up(self, problems: Sequence[Problem]) -> Iterator[Problem]:
        """Yield one warning for each language that package texts lack, instead of one for each text."""
        for language in dict.fromkeys(map(_language, problems)):
            codes = [problem.code for problem in problems if _language(problem) == language]
            texts = codes.count("translation-missing")
            values = {"language": language, "texts": texts, "entries": len(codes) - texts}
            yield new_problem(Place(self.package_name), "package-untranslated", **values)

    def _own_source(self, problem: Problem) -> str:
        """Return the company's own source of a package translation; empty if it has none."""
        source = problem.value("source")
        path = source.removeprefix(f"{self.content_path}/")
        return "" if path in self.base_only or path in self.lines else source

    def _is_in_base(self, problem: Problem) -> bool:
        return problem.place.file.startswith(f"{self.package_name}/")

    def _for_company(self, problem: Problem) -> Problem:
        """Return a problem with a remedy for a company.

        The company's words, address and extension make a handout longer; its own version of a text needs a translation.
        """
        path = problem.place.file.removeprefix(f"{self.package_name}/")
        if not self._is_in_base(problem):
            return problem
        if problem.code in TRANSLATION_CODES and (source := self._own_source(problem)):
            text = TextPath.parse(path)
            values = {"language": text.language if text else "", "wanted": f"{self.content_path}/{path}"}
            if problem.code == "translation-stale":
                return new_problem(Place(source), "base-translation-stale", **values)
            return new_problem(Place(source), "base-translation", **values)
        if problem.code != "handout-overflow":
            return problem
        if path in self.extensions:
            return replace(problem, place=Place(f"{self.content_path}/{self.extensions[path]}"))
        return Problem(problem.place, "handout-overflow-base", problem.values)

    def text_at(self, file: str) -> str:
        """Return the path of the merged text that a file belongs to: for an extension, that of the extended text."""
        for start in (self.content_path, self.package_name):
            if file.startswith(f"{start}/"):
                path = file.removeprefix(f"{start}/")
                return (
                    f"{self.content_path}/{path.removesuffix(EXTENSION_SUFFIX)}.md"
                    if path.endswith(EXTENSION_SUFFIX)
                    else f"{self.content_path}/{path}"
                )
        return file

    def edit_path(self, path: str) -> str:
        """Return the path below the company's content at which a text can be edited; empty if there is none."""
        return self.extensions.get(path, "" if path in self.base_only or path in self.lines else path)


def _language(problem: Problem) -> str:
    return problem.value("language")
