"""Recognise sections by their usual headings: to add a lacking id or a missing section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from stufenweise.load.load_result import LoadResult, TextFile
from stufenweise.model.kinds import KINDS
from stufenweise.model.problem import Place, Problem, problem
from stufenweise.source.suggest import suggest


def usual_headings(loaded: LoadResult, file: TextFile) -> dict[str, str]:
    """Return the heading that most texts of a file's kind and language have for a section that it lacks, by its id."""
    usual = loaded.usual_headings.get((file.kind.name, file.text.language), {})
    return {section: heading for section, heading in usual.items() if section not in file.text.sections}


def _headings_by_place(loaded: LoadResult, file: str) -> dict[str, str]:
    """Return the usual headings for a file that could not be read as a text, by its path."""
    folder, _, name = file.removeprefix(f"{loaded.content_path}/").rpartition("/")
    kind = next((one for one in KINDS if one.folder == folder), None)
    parts = name.split(".")
    return dict(loaded.usual_headings.get((kind.name, parts[1]), {})) if kind and len(parts) == 3 else {}


def missing_sections(loaded: LoadResult, file: TextFile) -> Iterator[Problem]:
    """Each section that a kind of text must have is there; a missing one is reported where it belongs."""
    there = file.text.sections
    absent = [section for section in file.kind.required if section not in there]
    usual = usual_headings(loaded, file) if absent else {}
    end = file.body_line + file.body.rstrip("\n").count("\n")
    order = file.kind.sections
    for section in absent:
        line = f"## {usual.get(section, '…')} {{#{section}}}"
        later = [there[one].line for one in order[order.index(section) + 1 :] if one in there]
        values = {"above": line, "below": ""} if later else {"above": "", "below": line}
        yield problem(Place(file.file, min(later, default=end)), "missing-section", id=section, **values)
    if not file.kind.sections and not there:
        yield problem(Place(file.file, end), "no-section")


def identify_sections_by_heading(loaded: LoadResult, problems: Iterable[Problem]) -> list[Problem]:
    """Return problems in which a section without id, or with an unknown one, gets the id that its heading suggests."""
    files = {file.file: file for file in loaded.texts.values()}
    result: list[Problem] = []
    for one in problems:
        values = dict(one.values)
        if one.code in {"section-without-id", "unknown-section", "duplicate-section"} and not values["nearest"]:
            file = files.get(one.place.file)
            usual = usual_headings(loaded, file) if file else _headings_by_place(loaded, one.place.file)
            there = file.text.sections if file else {}
            ids = {heading: section for section, heading in usual.items() if section not in there}
            near = ids.get(suggest(values["title"], ids), "")
            one = replace(one, values=tuple((values | {"nearest": near}).items()))
            values = dict(one.values)
        if one.code in {"section-without-id", "unknown-section"} and values["nearest"]:
            words = re.sub(r"[ \t]*[(\[]#.*", "", values["title"])
            right = f"## {words} {{#{values['nearest']}}}"
            one = replace(one, values=tuple((values | {"right": right, "known": ""}).items()))
        result.append(one)
    return result
