"""Where what is found in layered files is from, and which of it is for a company to hear."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from stufenweise.model.problem import Place, Problem, problem
from stufenweise.overlay.base_drift import EXTENSION_SUFFIX

NOT_OURS = frozenset({"review-due", "former-slug-in-use", "unknown-language"})
"""Codes of problems in the package's texts that only those can mend who keep them, or that are told elsewhere."""

OF_TRANSLATION = frozenset(
    {"translation-item", "translation-items", "translation-minutes", "translation-sections", "translation-stale",
     "translation-step", "translation-steps"}
)  # fmt: skip
"""Codes of what a translation is told that does not say what its source says."""
UNTRANSLATED = frozenset({"translation-missing", "entry-translation-missing"})
"""Codes of problems that are told once for all of the package's texts, if it has none at all in that language."""


@dataclass(frozen=True, slots=True)
class SourceMap:
    """Where the lines of layered files are from."""

    shown: str
    """How people write the company's content folder."""
    package: str
    """How the package's content is named to people."""
    base_only: frozenset[str] = frozenset()
    """Paths of files that are the package's alone."""
    lines: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)
    """The true place of each line of a file that is put together, by its path."""
    extensions: Mapping[str, str] = field(default_factory=dict)
    """Paths of extensions by that of the text they extend."""
    languages: frozenset[str] = frozenset()
    """Languages that the package has texts in."""
    told: frozenset[Problem] = frozenset()
    """What was found while the layers were put together: its places are those of the files themselves."""

    def place(self, place: Place) -> Place:
        """Return where something is that was found in the layered files."""
        path = place.file.removeprefix(f"{self.shown}/")
        if path in self.lines:
            lines = self.lines[path]
            true = lines[min(max(place.line, 1), len(lines)) - 1]
            return replace(true, column=place.column)
        return replace(place, file=f"{self.package}/{path}") if path in self.base_only else place

    def located(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return problems of the layered files where people find them.

        What only those can mend who keep the package's texts is left to them.
        """
        mine = [one for one in problems if not self._follows_from_an_extension(one)]
        found = [one if one in self.told else replace(one, place=self.place(one.place)) for one in mine]
        base_problems = [one for one in found if self._is_in_base(one)]
        untranslated = [
            one for one in base_problems if one.code in UNTRANSLATED and _language(one) not in self.languages
        ]
        left_out = {*untranslated, *(one for one in base_problems if one.code in NOT_OURS)}
        told = dict.fromkeys(self._for_company(one) for one in found if one not in left_out)
        return [*told, *self._summed_up(untranslated)]

    def _follows_from_an_extension(self, one: Problem) -> bool:
        """Return whether sections differ only since one of two languages is extended, which is told elsewhere."""
        files = (one.place.file, dict(one.values).get("source", ""))
        extended = {file.removeprefix(f"{self.shown}/") in self.extensions for file in files}
        return one.code == "translation-sections" and len(extended) == 2

    def _summed_up(self, problems: Sequence[Problem]) -> Iterator[Problem]:
        """Yield one warning for each language that the package does not have, in place of one for each text."""
        for language in dict.fromkeys(map(_language, problems)):
            codes = [one.code for one in problems if _language(one) == language]
            texts = codes.count("translation-missing")
            values = {"language": language, "texts": texts, "entries": len(codes) - texts}
            yield problem(Place(self.package), "package-untranslated", **values)

    def _own_source(self, one: Problem) -> str:
        """Return the source that a translation of the package is judged by, if it is the company's own."""
        source = dict(one.values).get("source", "")
        path = source.removeprefix(f"{self.shown}/")
        return "" if path in self.base_only or path in self.lines else source

    def _is_in_base(self, one: Problem) -> bool:
        return one.place.file.startswith(f"{self.package}/")

    def _for_company(self, one: Problem) -> Problem:
        """Return a problem as a company can mend it.

        Its words, address and extension make a sheet longer; its own version of a text needs a translation of its own.
        """
        path = one.place.file.removeprefix(f"{self.package}/")
        if not self._is_in_base(one):
            return one
        if one.code in OF_TRANSLATION and (source := self._own_source(one)):
            values = {"language": path.removesuffix(".md").rpartition(".")[2], "wanted": f"{self.shown}/{path}"}
            if one.code == "translation-stale":
                return problem(Place(source), "base-translation-stale", **values)
            return problem(Place(source), "base-translation", **values)
        if one.code != "handout-overflow":
            return one
        if path in self.extensions:
            return replace(one, place=Place(f"{self.shown}/{self.extensions[path]}"))
        return Problem(one.place, "handout-overflow-base", one.values)

    def text_at(self, file: str) -> str:
        """Return the file of the layered content that people find at `file`: the text that an extension belongs to."""
        for start in (self.shown, self.package):
            if file.startswith(f"{start}/"):
                path = file.removeprefix(f"{start}/")
                return (
                    f"{self.shown}/{path.removesuffix(EXTENSION_SUFFIX)}.md"
                    if path.endswith(EXTENSION_SUFFIX)
                    else f"{self.shown}/{path}"
                )
        return file

    def edited(self, path: str) -> str:
        """Return the path below the company's content at which a text can be edited; empty if there is none."""
        return self.extensions.get(path, "" if path in self.base_only or path in self.lines else path)


def _language(one: Problem) -> str:
    return dict(one.values).get("language", "")
