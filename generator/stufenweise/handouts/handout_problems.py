"""Problems of printed handouts, each at the line where its author can mend it."""

from __future__ import annotations

import math
import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from stufenweise.config.project import Project
from stufenweise.handouts.glyph_fallbacks import replacement_text
from stufenweise.handouts.handout import Handout
from stufenweise.handouts.paper_metrics import LINE_HEIGHT
from stufenweise.handouts.pdf_cache import PrintedHandout
from stufenweise.handouts.worker_process import PAGE_SECONDS
from stufenweise.model.paths import ContentPath, ShownPath, shown_path
from stufenweise.model.problem import QUOTED_TEXT, Place, Problem, Subject, new_problem

LinesOf = Callable[[ContentPath], Sequence[str]]
"""Returns the lines of a text by its path below the content folder."""
MAX_PLACES = 5
"""Most lines of a text at which the same character or image is reported."""
MAX_CODES = 4
"""Most numbers of characters that a message names."""
_MAIN_SECTIONS = {
    "pages": "steps", "mentee": "steps", "material": "material", "mentor-1": "steps", "mentor-2": "mentor",
    "key": "mentor",
}  # fmt: skip
"""The largest section of each page: there an author will want to shorten the text."""


def handout_problems(
    printed: Sequence[PrintedHandout],
    project: Project,
    lines_of: LinesOf | None = None,
    damaged: Collection[ShownPath] = (),
) -> list[Problem]:
    """Return the problems of printed handouts.

    A handout that repeats others is named only if none of those is.

    Args:
        printed: The handouts.
        project: Their project.
        lines_of: Returns the lines of a text by its path; by default, from its file.
        damaged: Paths of images that are reported as damaged; that they can't be printed is not reported again.
    """
    faulty = [result for result in printed if not result.entry.is_faultless]
    named = {key for result in faulty if _is_single(result.handout) for key in _document_keys(result.handout)}
    sources = _Sources(project, lines_of or _lines_in(project))
    problems: dict[Problem, None] = {}
    for result in faulty:
        if not result.handout.repeats_others or named.isdisjoint(_document_keys(result.handout)):
            problems |= dict.fromkeys(_problems_of(result, sources, damaged))
    return list(problems)


def _is_single(handout: Handout) -> bool:
    """Return whether a handout prints one document and nothing else."""
    return len(handout.documents) == 1 and not handout.repeats_others


def _document_keys(handout: Handout) -> set[tuple[str, type, str]]:
    """Return language, kind and slug of each document in a handout."""
    return {(handout.language, type(document), document.slug) for document in handout.documents}


def _lines_in(project: Project) -> LinesOf:
    """Return a function that reads the lines of a text from its file."""

    def lines_of(path: ContentPath) -> Sequence[str]:
        file = project.content / path
        return file.read_text(encoding="utf-8-sig").splitlines() if file.is_file() else ()

    return lines_of


@dataclass(frozen=True, slots=True)
class _Sources:
    """The texts of a project as their authors wrote them, and its configuration."""

    project: Project
    lines_of: LinesOf

    def file(self, path: ContentPath) -> ShownPath:
        """Return how problems name a file of the content."""
        return shown_path(self.project.shown_content, path)

    def places(self, pattern: re.Pattern[str], paths: Sequence[ContentPath]) -> list[Place]:
        """Return the first lines of texts with a match; what no text has is from the configuration."""
        places = [place for path in paths for place in _matches(pattern, self.file(path), self.lines_of(path))]
        if not places:
            config = self.project.config_file
            lines = config.read_text(encoding="utf-8-sig").splitlines()
            places = list(_matches(pattern, ShownPath(config.name), lines))
        return places[:MAX_PLACES] or [Place(self.file(paths[0]))]

    def words(self, characters: Iterable[str], paths: Sequence[ContentPath]) -> list[str]:
        """Return the words of texts that consist of some characters, such as a name in another script."""
        if not characters:
            return []
        pattern = re.compile(f"[{re.escape(''.join(characters))}]+")
        words = (word for path in paths for line in self.lines_of(path) for word in pattern.findall(line))
        return list(dict.fromkeys(words))


def _matches(pattern: re.Pattern[str], file: ShownPath, lines: Sequence[str]) -> Iterator[Place]:
    """Yield the place of the first match in each line."""
    for number, line in enumerate(lines, 1):
        if match := pattern.search(line):
            yield Place(file, number, match.start() + 1)


def _problems_of(result: PrintedHandout, sources: _Sources, damaged: Collection[ShownPath]) -> Iterator[Problem]:
    """Yield the problems of one handout."""
    handout, entry = result.handout, result.entry
    first_place = Place(sources.file(next(handout.texts()).path))
    if entry.too_costly:
        yield new_problem(first_place, "handout-costly", Subject(name=handout.title), seconds=f"{PAGE_SECONDS:g}")
    if entry.typst_error:
        yield new_problem(first_place, "handout-unprintable", Subject(name=handout.title))
    paths = list(dict.fromkeys(text.path for text in handout.texts()))
    yield from _character_problems(result, sources, paths)
    yield from _image_problems(result, sources, paths, damaged)
    yield from _overflow_problems(result, sources)


def _character_problems(result: PrintedHandout, sources: _Sources, paths: Sequence[ContentPath]) -> Iterator[Problem]:
    """Yield the characters that are printed as a replacement; those printed as a number by whole words."""
    shown = {character: replacement_text(character, result.handout.language) for character in result.entry.characters}
    numbered = "".join(character for character, replacement in shown.items() if replacement.startswith("[U+"))
    words = sources.words(numbered, paths)
    in_words = set("".join(words))
    for wanted in [*(character for character in shown if character not in in_words), *words]:
        pattern, replacement, codes = re.escape(wanted), shown.get(wanted, ""), ""
        if wanted[0] in numbered:
            other = f"[{re.escape(numbered)}]"
            pattern, replacement = rf"(?<!{other}){pattern}(?!{other})", ""
            codes = "".join(shown[character] for character in wanted[:MAX_CODES])[1:-1]
        values = {"character": wanted[:QUOTED_TEXT], "shown": replacement, "code": codes}
        for place in sources.places(re.compile(pattern), paths):
            yield new_problem(place, "unprintable-character", **values)


def _image_problems(
    result: PrintedHandout, sources: _Sources, paths: Sequence[ContentPath], damaged: Collection[ShownPath]
) -> Iterator[Problem]:
    """Yield the images that can't be read and are not reported yet."""
    for image in result.entry.images:
        if sources.file(ContentPath(image)) not in damaged:
            name = posixpath.basename(image)
            for place in sources.places(re.compile(re.escape(name)), paths):
                yield new_problem(place, "unprintable-image", name=name)


def _overflow_problems(result: PrintedHandout, sources: _Sources) -> Iterator[Problem]:
    """Yield the pages that are too long, at the section of each that an author will want to shorten."""
    text = next(result.handout.texts())
    for page, millimetres in (result.entry.overflow or {}).items():
        section = text.sections.get(_MAIN_SECTIONS.get(page, ""))
        yield new_problem(
            Place(sources.file(text.path), section.line if section else 1),
            "handout-overflow",
            Subject(name=result.handout.title),
            millimetres=math.ceil(millimetres),
            lines=math.ceil(millimetres / LINE_HEIGHT),
        )
