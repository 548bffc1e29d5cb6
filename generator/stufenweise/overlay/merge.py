"""Merge a company's content with the package's, and record the origin of each line.

- A text with the path of a package text replaces it; other texts are added.
- `SLUG.LANGUAGE.extend.md` adds to the sections of the text `SLUG.LANGUAGE.md`, or adds new sections.
- A data file adds or replaces single entries, by their keys; a vocabulary replaces single forms.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from stufenweise.model.kinds import DATA_FILES, VOCABULARY_FILE
from stufenweise.model.outcome import Outcome
from stufenweise.model.paths import ContentPath, ShownPath, shown_path
from stufenweise.model.problem import Place, Problem, new_problem
from stufenweise.overlay.base_drift import (
    base_drift_problems,
    data_file_entries,
    former_slugs,
    renamed_path,
)
from stufenweise.overlay.extended_text import MergedFile, extended_text
from stufenweise.overlay.paused_languages import without_languages
from stufenweise.overlay.source_map import SourceMap
from stufenweise.source.files.content_files import ContentFiles
from stufenweise.source.files.decoding import MAX_TEXT_BYTES, MAX_YAML_BYTES, decode
from stufenweise.source.files.text_paths import EXTENSION_SUFFIX, TextPath, extended_path
from stufenweise.source.suggest import suggest, unknown_language_problem
from stufenweise.source.yaml.yaml_positions import read_yaml


@dataclass(frozen=True, slots=True)
class Overlay:
    """A company's files merged over the package's."""

    files: ContentFiles
    source_map: SourceMap | None = None
    """Origins of their lines; None if there is no package content below."""


def merge_overlay(
    company: ContentFiles,
    package: ContentFiles,
    reviewed_base: Mapping[ContentPath, bytes],
    shown_content: ShownPath,
    package_name: ShownPath,
    languages: Sequence[str],
    paused: Collection[str] = (),
) -> Overlay:
    """Merge a company's files over the package's.

    Args:
        company: The company's files.
        package: The package's files.
        reviewed_base: The package's files as of the company's last review.
        shown_content: Path of the company's content folder as shown in problems.
        package_name: Name of the package's content as shown in problems.
        languages: Codes of the site's languages.
        paused: Codes of languages whose texts are ignored.
    """
    company = without_languages(company, paused)
    merge = _Merge(
        company=company.data,
        package=package.data,
        reviewed_base=reviewed_base,
        shown_content=shown_content,
        package_name=package_name,
        data={**package.data},
        problems=[*company.problems],
    )
    _replace_whole_files(merge)
    _apply_extensions(merge, languages)
    merge.problems += _extension_translation_problems(merge.extensions, company.data, package.data, shown_content)
    merge.problems += base_drift_problems(company.data, package.data, reviewed_base, shown_content)
    source_map = SourceMap(
        shown_content=shown_content,
        package_name=package_name,
        base_only=frozenset(package.data.keys() - merge.whole_files - merge.lines.keys()),
        lines=merge.lines,
        extensions=merge.extensions,
        merge_problems=frozenset(merge.problems),
        base_texts=merge.base_texts,
        package_vocabulary=package.data.get(VOCABULARY_FILE) if VOCABULARY_FILE in merge.whole_files else None,
    )
    return Overlay(ContentFiles(dict(sorted(merge.data.items())), merge.problems, [*company.refused]), source_map)


@dataclass(kw_only=True)
class _Merge:
    """A merge in progress: the files of both layers and the result so far."""

    company: Mapping[ContentPath, bytes]
    package: Mapping[ContentPath, bytes]
    reviewed_base: Mapping[ContentPath, bytes]
    shown_content: ShownPath
    package_name: ShownPath
    data: dict[ContentPath, bytes]
    """The merged files; initially the package's."""
    problems: list[Problem]
    lines: dict[ContentPath, tuple[Place, ...]] = field(default_factory=dict)
    """Origins of the lines of merged files."""
    base_texts: dict[ContentPath, bytes] = field(default_factory=dict)
    """Package texts before their extension, by path."""
    extensions: dict[ContentPath, ContentPath] = field(default_factory=dict)
    """Paths of extensions by the text that they extend."""

    @property
    def whole_files(self) -> frozenset[ContentPath]:
        """Paths of the company's files that are not extensions."""
        return frozenset(path for path in self.company if not path.endswith(EXTENSION_SUFFIX))

    def add(self, path: ContentPath, file: MergedFile) -> None:
        """Put a merged file in place of the package's."""
        self.data[path], self.lines[path] = file.data, file.origins


def _replace_whole_files(merge: _Merge) -> None:
    """Replace package files by the company's; merge data files entry by entry."""
    for path, content in merge.company.items():
        if path.endswith(EXTENSION_SUFFIX):
            continue
        if path not in DATA_FILES or path not in merge.package or path == VOCABULARY_FILE:
            merge.data[path] = content
            continue
        merged = _merged_data_file(path, content, merge.package[path], merge.shown_content, merge.package_name)
        merge.problems += merged.problems
        if merged.value:
            merge.add(path, merged.value)


def _apply_extensions(merge: _Merge, languages: Sequence[str]) -> None:
    """Add the sections of the company's extensions to the texts that they extend."""
    whole_files = merge.whole_files
    for path in sorted(merge.company.keys() - whole_files):
        base = extended_path(path)
        place = Place(shown_path(merge.shown_content, path))
        text_path = TextPath.parse(base)
        extension = decode(merge.company[path], place.file, MAX_TEXT_BYTES)
        if extension.value is None:
            merge.problems += extension.problems
        elif text_path and text_path.language not in languages:
            merge.problems.append(unknown_language_problem(place, text_path.language, tuple(languages)))
        elif base not in merge.data:
            renamed = renamed_path(path, former_slugs(merge.package))
            values = {"text": base, "renamed": renamed or "", "nearest": "" if renamed else suggest(base, merge.data)}
            merge.problems.append(new_problem(place, "extend-without-text", **values))
        else:
            is_own = base in whole_files
            base_file = shown_path(merge.shown_content if is_own else merge.package_name, base)
            reviewed = "" if is_own else merge.reviewed_base.get(base, b"").decode("utf-8-sig", "replace")
            kind = text_path.kind if text_path else None
            extended = extended_text(merge.data[base], base_file, extension.value, place.file, kind, reviewed)
            merge.problems += extended.problems
            if extended.value:
                merge.base_texts[base] = merge.data[base]
                merge.add(base, extended.value)
                merge.extensions[base] = path


def _merged_data_file(
    path: ContentPath, company: bytes, package: bytes, shown_content: ShownPath, package_name: ShownPath
) -> Outcome[MergedFile]:
    """Return a data file with the company's entries over the package's, or the problems of the company's file."""
    file = shown_path(shown_content, path)
    decoded = decode(company, file, MAX_YAML_BYTES)
    if (text := decoded.value) is None:
        return Outcome.failure(*decoded.problems)
    document = read_yaml(text, file)
    if document.problems:
        return Outcome.failure(*document.problems)
    if document.value is not None and not isinstance(document.value, dict):
        return Outcome.failure(new_problem(Place(file), "expected-map", key=path, value="…"))
    company_entries = data_file_entries(text, file)
    if company_entries.keys() != {str(key) for key in document.value or ()}:
        return Outcome.failure(new_problem(Place(file), "expected-map", key=path, value="{…}"))
    package_entries = data_file_entries(package.decode("utf-8-sig"), shown_path(package_name, path))
    lines = [line for entry in (package_entries | company_entries).values() for line in entry]
    merged = "\n".join(line for line, _ in lines).encode() + b"\n"
    return Outcome(MergedFile(merged, tuple(place for _, place in lines)))


def _extension_translation_problems(
    extensions: Mapping[ContentPath, ContentPath],
    company: Mapping[ContentPath, bytes],
    package: Mapping[ContentPath, bytes],
    shown_content: ShownPath,
) -> Iterator[Problem]:
    """Yield a warning for each translation of an extended text that is not extended itself."""
    reported: set[ContentPath] = set()
    for base, path in sorted(extensions.items()):
        extended = TextPath.parse(base)
        for text in filter(None, map(TextPath.parse, sorted(package))):
            extension = replace(text, is_extension=True).path
            is_translation = extended and text.stem == extended.stem and text != extended
            if extended and is_translation and extension not in {*company, *reported}:
                reported.add(extension)
                wanted = shown_path(shown_content, extension)
                values = {"language": text.language, "own": extended.language, "wanted": wanted}
                yield new_problem(Place(shown_path(shown_content, path)), "extend-translation-missing", **values)
