"""Turn an imported text into a draft that passes `check`, and list what was lost."""

from __future__ import annotations

import base64
import binascii
import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from stufenweise.check import check
from stufenweise.check.media.image_rules import image_file_problems
from stufenweise.fix.repairs import LoadFiles, repair_content
from stufenweise.importing.draft import draft_body
from stufenweise.importing.foreign_file import ForeignText, Loss
from stufenweise.importing.import_plan import ImportPlan
from stufenweise.importing.losses import placed, words_left_out
from stufenweise.model.paths import ContentPath, ShownPath, shown_path
from stufenweise.source.files.content_files import IMAGE_SUFFIXES
from stufenweise.source.files.decoding import MAX_DATA_BYTES
from stufenweise.source.files.file_names import slug_of
from stufenweise.source.images.image_cleaning import clean_image

IMAGES_FOLDER = "tutorials/images"
MAX_PASSES = 6
"""Most passes in which refused lines are simplified or dropped."""
_WIKI_IMAGE = re.compile(r"!\[\[(?P<target>[^\[\]|\n]+)(?:\|[^\[\]\n]*)?\]\]")
_IMAGE = re.compile(r"!\[(?P<alt>[^\[\]\n]*)\]\((?P<target>[^()\n]+?)(?:[ \t]+\"[^\"\n]*\")?\)(?:\{[^{}\n]*\})?")
_EMBEDDED = re.compile(r"data:image/(?P<kind>png|jpeg|webp);base64,(?P<content>[A-Za-z0-9+/=]+)")
_IMAGE_FOLDERS = ("", "images", "attachments", "assets", "media", "Anlagen")
"""Folders beside a note in which programs keep its images; "" is the note's own folder."""
_MARKUP = re.compile(
    r"\[\[(?:[^\[\]|]*\|)?(?P<wiki>[^\[\]|]*)\]\]|(?P<anchor>[ ]\^[a-z0-9-]+$)"
    r"|!\[(?P<alt>[^\[\]]*)\]\([^()]*\)|\[(?P<words>[^\[\]]*)\]\([^()]*\)"
    r"|(?P<tag></?(?:p|div|span|font|u|b|i|a|br|img|figure|details|summary|table|t[rdh]|ul|ol|li|center)\b[^<>]*>)"
    r"|(?P<shown>\{\{[^{}`]*\}\}|<[^<>`]*>|(?<!\\)\{[^{}`]*\})"
)
"""Images, links, elements, and text that only looks like one: names in angle brackets, or braces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedDraft:
    """A draft made from another program's file."""

    text: str
    images: Mapping[ContentPath, bytes]
    """Images by path below the content folder."""
    losses: list[Loss]
    """What was dropped from the file or guessed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftContent:
    """The content that a draft is made for."""

    files: Mapping[ContentPath, bytes]
    """Files of the content folder by path."""
    shown_content: ShownPath
    """The folder's path as shown in problems."""
    load: LoadFiles
    day: datetime.date
    """The day against which reviews are due."""
    alt: str
    """Alternative text of an image without one."""


def imported_draft(
    content: DraftContent,
    path: ContentPath,
    skeleton: str,
    foreign: ForeignText,
    plan: ImportPlan,
    folder: Path,
    minutes: int,
) -> ImportedDraft:
    """Put the content of a file into the skeleton of a tutorial, so that the draft passes `check`.

    Args:
        content: The content of the project.
        path: Path of the draft below the content folder.
        skeleton: Text of a new tutorial, for the front matter and for sections that the file lacks.
        foreign: The file.
        plan: Its text, sorted into the sections of a tutorial.
        folder: Folder of the file; images are read only from this folder.
        minutes: Length of the tutorial.
    """
    _, head, sample = skeleton.split("---\n", 2)
    markdown = draft_body(plan, sample, minutes)
    body = _with_images(markdown, foreign, folder, slug_of(path), content.alt)
    draft = _without_errors(content, path, replace(body, text=f"---\n{head}---\n\n{body.text}"))
    losses = [placed(loss, foreign) for loss in (*foreign.losses, *plan.losses, *draft.losses)]
    losses.sort(key=lambda loss: loss.line or loss.paragraph or len(foreign.markdown))
    return replace(draft, losses=losses)


def _with_images(markdown: str, foreign: ForeignText, folder: Path, slug: str, alt: str) -> ImportedDraft:
    """Return the body of a draft with its images, moved to the images folder.

    Args:
        markdown: The body of a draft.
        foreign: The imported file.
        folder: Folder of that file; images are read only from this folder.
        slug: Slug of the draft, the prefix of the images' names.
        alt: Alternative text of an image without one.
    """
    files: dict[ContentPath, bytes] = {}
    names: dict[str, str] = {}
    losses: list[Loss] = []

    def shown(match: re.Match[str]) -> str:
        target, words = match["target"].strip(), match["alt"].strip()
        if target not in names:
            embedded = _EMBEDDED.fullmatch(target)
            data = foreign.images.get(target) or (_decoded(embedded) if embedded else _image_file(folder, target))
            suffix = f".{embedded['kind']}".replace("jpeg", "jpg") if embedded else Path(target).suffix.lower()
            name = f"{slug}-{len(files) + 1}{suffix}"
            clean = clean_image(name, data).data if data else b""
            if not clean or any(image_file_problems(ShownPath(name), clean, data)):
                is_image = bool(embedded) or suffix in IMAGE_SUFFIXES or ":" in target
                kind = "import-image" if is_image else "import-embed"
                losses.append(Loss(kind=kind, text=words or target[:80], line=_line_with(target, foreign.markdown)))
                return words
            names[target] = name
            files[ContentPath(f"{IMAGES_FOLDER}/{name}")] = clean
        if not words:
            line = _line_with(target, foreign.markdown)
            losses.append(Loss(kind="import-no-alt", text=names[target], line=line))
        return f"![{words or alt}](images/{names[target]})"

    plain = _WIKI_IMAGE.sub(lambda match: f"![]({match['target'].strip()})", markdown)
    return ImportedDraft(text=_IMAGE.sub(shown, plain), images=files, losses=losses)


def _line_with(target: str, markdown: str) -> int:
    """Return the line that refers to an image; 0 if none does."""
    above, separator, _ = markdown.partition(target)
    return above.count("\n") + 1 if separator else 0


def _decoded(match: re.Match[str]) -> bytes:
    """Return the bytes of an image embedded in the text; empty if it can't be decoded."""
    try:
        return base64.b64decode(match["content"])
    except binascii.Error:
        return b""


def _image_file(folder: Path, target: str) -> bytes:
    """Return an image from the folder of a file or one of its `_IMAGE_FOLDERS`; empty if there is none."""
    if not target.lower().endswith(IMAGE_SUFFIXES):
        return b""
    for below in _IMAGE_FOLDERS:
        file = folder / below / target.replace("%20", " ")
        try:
            inside = file.resolve().is_relative_to(folder.resolve())
            if inside and file.is_file() and file.stat().st_size <= MAX_DATA_BYTES:
                return file.read_bytes()
        except (OSError, ValueError):
            continue
    return b""


def _without_errors(content: DraftContent, path: ContentPath, draft: ImportedDraft) -> ImportedDraft:
    """Return a draft after all repairs with one right answer, with refused lines simplified or dropped.

    Args:
        content: The content of the project.
        path: Path of the draft below the content folder.
        draft: The draft.
    """
    file = shown_path(content.shown_content, path)
    files = {**content.files, **draft.images, path: draft.text.encode()}
    repaired = repair_content(files, content.load, {file}, ())
    text = repaired.data.get(path, draft.text.encode()).decode()
    losses = words_left_out(*(state.split("---\n", 2)[2] for state in (draft.text, text)))
    for number in range(MAX_PASSES):
        problems = check(content.load({**files, path: text.encode()}), content.day, {file})
        wrong_lines = {problem.place.line for problem in problems if problem.is_error and problem.place.file == file}
        simpler = _simplified(text, wrong_lines, drop=number > 1)
        losses += simpler.losses
        if simpler.text == text and number > 1:
            break
        text = simpler.text
    return replace(draft, text=text, losses=[*draft.losses, *losses])


@dataclass(frozen=True, slots=True)
class _Simplified:
    """A draft without some marks and lines."""

    text: str
    losses: list[Loss]


def _simplified(text: str, wrong_lines: set[int], *, drop: bool) -> _Simplified:
    """Remove Markdown marks from some lines; with `drop`, remove those of the lines that have none."""
    lines = text.split("\n")
    head = lines.index("---", 1) + 1
    losses = []
    for number in sorted(wrong_lines, reverse=True):
        line = lines[number - 1] if head < number <= len(lines) else ""
        if not line.strip() or line.startswith("#"):
            continue
        plain = line if line.startswith("- [ ]") else _MARKUP.sub(_as_words, line)
        if plain != line:
            lines[number - 1] = plain
            losses.append(Loss(kind="import-plain", text=line.strip()[:80]))
        elif drop:
            end = _end_of_code(lines, number - 1)
            losses.append(Loss(kind="import-dropped", text=" ".join(lines[number - 1 : end]).strip()[:80]))
            del lines[number - 1 : end]
    return _Simplified("\n".join(lines), losses)


def _end_of_code(lines: list[str], index: int) -> int:
    """Return the index after a line, or after the code block that begins in it."""
    fence = re.match(r"[ ]*(`{3,}|~{3,})", lines[index])
    if fence:
        for number in range(index + 1, len(lines)):
            if re.fullmatch(rf"[ ]*{fence[1]}[ ]*", lines[number]):
                return number + 1
    return index + 1


def _as_words(match: re.Match[str]) -> str:
    """Return the words of a mark; text that only looks like a mark becomes code."""
    if match["shown"]:
        return f"`{match['shown']}`"
    if match["tag"]:
        return "<br>" if match["tag"].startswith("<br") else " "
    return match["alt"] or match["words"] or match["wiki"] or ""
