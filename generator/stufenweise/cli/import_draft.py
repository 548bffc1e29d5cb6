"""Make an imported draft pass `check`, and report what was lost."""

from __future__ import annotations

import base64
import binascii
import datetime
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import click

from stufenweise.check import check
from stufenweise.check.image_rules import image_file_problems
from stufenweise.config.project_files import ProjectFiles
from stufenweise.fix.repairs import repair_content
from stufenweise.i18n.messages import command_text
from stufenweise.importing.foreign_file import ForeignText, Loss
from stufenweise.load.load_result import LoadResult
from stufenweise.pipeline import load_project
from stufenweise.source.content_files import IMAGE_SUFFIXES, ContentFiles
from stufenweise.source.decoding import MAX_DATA_BYTES
from stufenweise.source.image_cleaning import clean_image

IMAGES_FOLDER = "tutorials/images"
MAX_PASSES = 6
"""How often lines that `check` refuses are made plainer, or dropped."""
_WIKI_IMAGE = re.compile(r"!\[\[(?P<target>[^\[\]|\n]+)(?:\|[^\[\]\n]*)?\]\]")
_IMAGE = re.compile(r"!\[(?P<alt>[^\[\]\n]*)\]\((?P<target>[^()\n]+?)(?:[ \t]+\"[^\"\n]*\")?\)(?:\{[^{}\n]*\})?")
_EMBEDDED = re.compile(r"data:image/(?P<kind>png|jpeg|webp);base64,(?P<content>[A-Za-z0-9+/=]+)")
_BESIDE = ("", "images", "attachments", "assets", "media", "Anlagen")
"""Folders beside a note in which programs keep its images."""
_MARKUP = re.compile(
    r"\[\[(?:[^\[\]|]*\|)?(?P<wiki>[^\[\]|]*)\]\]|(?P<anchor>[ ]\^[a-z0-9-]+$)"
    r"|!\[(?P<alt>[^\[\]]*)\]\([^()]*\)|\[(?P<words>[^\[\]]*)\]\([^()]*\)"
    r"|(?P<tag></?(?:p|div|span|font|u|b|i|a|br|img|figure|details|summary|table|t[rdh]|ul|ol|li|center)\b[^<>]*>)"
    r"|(?P<shown>\{\{[^{}`]*\}\}|<[^<>`]*>|(?<!\\)\{[^{}`]*\})"
)
"""Images, links, elements, and what only looks like one: names in angle brackets, or braces."""


def with_images(
    markdown: str, foreign: ForeignText, folder: Path, slug: str, alt: str
) -> tuple[str, dict[str, bytes], list[Loss]]:
    """Return Markdown that shows its images from the folder of the texts, these, and the images that are not there.

    Args:
        markdown: The body of a draft.
        foreign: The file that it was made of.
        folder: Folder of that file; nothing outside of it is read.
        slug: Slug of the draft, with which the images' names begin.
        alt: Text alternative of an image that has none.
    """
    files: dict[str, bytes] = {}
    names: dict[str, str] = {}
    losses: list[Loss] = []

    def shown(found: re.Match[str]) -> str:
        target, words = found["target"].strip(), found["alt"].strip()
        if target not in names:
            embedded = _EMBEDDED.fullmatch(target)
            data = foreign.images.get(target) or (_decoded(embedded) if embedded else _beside(folder, target))
            suffix = f".{embedded['kind']}".replace("jpeg", "jpg") if embedded else Path(target).suffix.lower()
            name = f"{slug}-{len(files) + 1}{suffix}"
            clean = clean_image(name, data)[0] if data else b""
            if not clean or any(image_file_problems(name, clean, data)):
                losses.append(Loss(kind="import-image", text=words or target[:80]))
                return words
            names[target] = name
            files[f"{IMAGES_FOLDER}/{name}"] = clean
        if not words:
            losses.append(Loss(kind="import-no-alt", text=names[target]))
        return f"![{words or alt}](images/{names[target]})"

    plain = _WIKI_IMAGE.sub(lambda found: f"![]({found['target'].strip()})", markdown)
    return _IMAGE.sub(shown, plain), files, losses


def _decoded(found: re.Match[str]) -> bytes:
    """Return an image that stands in the text itself; nothing if it is none."""
    try:
        return base64.b64decode(found["content"])
    except binascii.Error:
        return b""


def _beside(folder: Path, target: str) -> bytes:
    """Return an image in the folder of a file, or in one that programs keep beside it; nothing if there is none."""
    if not target.lower().endswith(IMAGE_SUFFIXES):
        return b""
    for below in _BESIDE:
        file = folder / below / target.replace("%20", " ")
        try:
            inside = file.resolve().is_relative_to(folder.resolve())
            if inside and file.is_file() and file.stat().st_size <= MAX_DATA_BYTES:
                return file.read_bytes()
        except (OSError, ValueError):
            continue
    return b""


def without_errors(
    content: ProjectFiles, path: str, text: str, images: Mapping[str, bytes], day: datetime.date
) -> tuple[str, list[Loss]]:
    """Return a draft in which what has one right answer is fixed, and what `check` refuses is plainer or gone.

    Args:
        content: The files of the project.
        path: Path of the draft below the content folder.
        text: The draft.
        images: Its images by path.
        day: The day against which reviews are due.
    """
    file = f"{content.project.content_path}/{path}"
    losses: list[Loss] = []

    def read(data: Mapping[str, bytes]) -> LoadResult:
        return load_project(replace(content, own=ContentFiles(dict(data)))).result

    files = {**content.own.data, **images, path: text.encode()}
    repaired = repair_content(files, read, {file}, ())
    text = repaired.data.get(path, text.encode()).decode()
    for number in range(MAX_PASSES):
        found = check(read({**files, path: text.encode()}), day, {file})
        wrong = {one.place.line for one in found if one.is_error and one.place.file == file}
        after, lost = _plainer(text, wrong, drop=number > 1)
        losses += lost
        if after == text and number > 1:
            break
        text = after
    return text, losses


def _plainer(text: str, wrong: set[int], *, drop: bool) -> tuple[str, list[Loss]]:
    """Return a text with the marks taken out of some lines; lines that have none go if they may be dropped."""
    lines = text.split("\n")
    head = lines.index("---", 1) + 1
    losses = []
    for number in sorted(wrong, reverse=True):
        line = lines[number - 1] if head < number <= len(lines) else ""
        if not line.strip() or line.startswith("#"):
            continue
        plain = line if line.startswith("- [ ]") else _MARKUP.sub(_as_words, line)
        if plain != line:
            lines[number - 1] = plain
            losses.append(Loss(kind="import-plain", text=line.strip()[:80]))
        elif drop:
            del lines[number - 1]
            losses.append(Loss(kind="import-dropped", text=line.strip()[:80]))
    return "\n".join(lines), losses


def _as_words(found: re.Match[str]) -> str:
    """Return what is left of a mark: its words; what only looks like one becomes code."""
    if found["shown"]:
        return f"`{found['shown']}`"
    if found["tag"]:
        return "<br>" if found["tag"].startswith("<br") else " "
    return found["alt"] or found["words"] or found["wiki"] or ""


def tell_losses(losses: list[Loss], name: str, language: str) -> None:
    """Print what of a file was dropped or guessed, each with its place."""
    once = list(dict.fromkeys(losses))
    click.echo(command_text("import-report", language, file=name, count=len(once)), err=True)
    for one in once:
        place = f"{name}:{one.line}" if one.line else name
        if one.paragraph:
            place = command_text(
                "import-place", language, file=name, heading=one.heading or "–", paragraph=one.paragraph
            )
        click.echo(f"  {place}: {command_text(one.kind, language, text=one.text)}", err=True)
