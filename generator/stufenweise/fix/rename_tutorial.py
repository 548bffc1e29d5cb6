"""Give a tutorial another slug: rename its files, update all references, and note its former address."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from stufenweise.check.content.reference_rules import tutorials_named
from stufenweise.load.load_result import LoadResult
from stufenweise.load.text_file import TextFile
from stufenweise.load.text_reader import read_facts
from stufenweise.model.facts import Reviewed, TutorialFacts
from stufenweise.model.kinds import SELF_CHECK_FILE, TUTORIAL, VOCABULARY_FILE
from stufenweise.model.paths import NO_PATH, ContentPath, shown_path
from stufenweise.source.files.content_files import IMAGE_SUFFIXES
from stufenweise.source.files.file_names import path_from
from stufenweise.source.files.text_paths import TextPath
from stufenweise.source.yaml.text_edits import TextEdit, apply_edits, change_text, set_list

_TARGET = re.compile(r"(\]\(\s*<?)([^\s()<>]+)")


def renamed_files(paths: Mapping[ContentPath, bytes], old: str, new: str) -> dict[ContentPath, ContentPath]:
    """Return the new path of each file with the old slug in its name: texts, and images in the tutorial's folder.

    Args:
        paths: The files of the content folder by path.
        old: The old slug.
        new: The new slug.
    """
    result: dict[ContentPath, ContentPath] = {}
    for path in paths:
        folder, _, name = path.rpartition("/")
        text = TextPath.parse(path)
        if text and (text.folder, text.slug) == (TUTORIAL.folder, old):
            result[path] = replace(text, slug=new).path
        elif path.lower().endswith(IMAGE_SUFFIXES) and old in folder.split("/"):
            parts = [new if part == old else part for part in folder.split("/")]
            result[path] = ContentPath(f"{'/'.join(parts)}/{name}")
    return result


def rename_tutorial(
    loaded: LoadResult, data: Mapping[ContentPath, bytes], old: str, new: str
) -> dict[ContentPath, bytes | None]:
    """Return the changed files of the content folder: bytes by path, None for a removed file.

    Args:
        loaded: The loaded folder, with all languages in which it has texts.
        data: Its files.
        old: The old slug.
        new: The new slug, which is not in use.

    Raises:
        UnfixableError: A text names the slug in a way that can't be changed safely.
    """
    moved = renamed_files(data, old, new)
    result: dict[ContentPath, bytes | None] = dict.fromkeys(moved)
    texts = {file.path: file for file in (*loaded.texts.values(), *map(_with_facts, loaded.half_read.values()))}
    for path, content in data.items():
        after = content
        if file := texts.get(path):
            after = change_text(content, partial(_text, file=file, moved=moved, old=old, new=new))
        elif path.endswith(".md"):  # An extension, or a text that can't be read
            after = change_text(content, partial(_links, path=path, moved=moved, old=old, new=new))
        elif path == VOCABULARY_FILE:
            after = change_text(content, partial(_words, old=old, new=new))
        elif path == SELF_CHECK_FILE:
            after = change_text(content, partial(apply_edits, edits=_weights(loaded, old, new)))
        if after != content or path in moved:
            result[moved.get(path, path)] = after
    return result


def _with_facts(file: TextFile) -> TextFile:
    """Return a text with the facts of a source, which it may have had in a language that was the first one before."""
    facts = read_facts(file.kind, file.front_matter, is_source=True).facts
    return replace(file, facts=facts) if isinstance(facts, Reviewed) else file


def _text(text: str, file: TextFile, moved: Mapping[ContentPath, ContentPath], old: str, new: str) -> str:
    """Return a text with the new slug in its facts and links."""
    text = apply_edits(text, _facts(file, old, new))
    if isinstance(file.facts, TutorialFacts) and file.slug == old:
        former = [*(slug for slug in file.facts.formerly if slug != new), old]
        text = set_list(text, file.front_matter, "formerly", former, ("requires", "goals", "minutes"))
    return _links(text, file.path, moved, old, new)


def _links(text: str, path: ContentPath, moved: Mapping[ContentPath, ContentPath], old: str, new: str) -> str:
    """Return the text at a path with the new slug in its links."""
    folder = posixpath.dirname(path)

    def target(match: re.Match[str]) -> str:
        return match[1] + _target(match[2], folder, moved, old, new)

    return _TARGET.sub(target, text)


def _facts(file: TextFile, old: str, new: str) -> list[TextEdit]:
    """Return the edits of a text's front matter."""
    return [TextEdit(file.front_matter.place(path), old, new) for path, slug in tutorials_named(file) if slug == old]


def _weights(loaded: LoadResult, old: str, new: str) -> list[TextEdit]:
    """Return the edits of the folder's own self-check, whose answers give points to tutorials by slug."""
    keys = loaded.data.documents[SELF_CHECK_FILE].keys
    places = [place for path, place in keys.items() if path[-2:] == ("tutorials", old)]
    if loaded.source_map:  # Entries of the package stay: they name its own tutorial of that slug
        places = [loaded.source_map.place(place) for place in places]
    own_file = shown_path(loaded.shown_content, SELF_CHECK_FILE)
    return [TextEdit(place, old, new) for place in places if place.file == own_file]


def _target(target: str, folder: str, moved: Mapping[ContentPath, ContentPath], old: str, new: str) -> str:
    """Return a link's target after the renaming, relative to `folder`."""
    parts = re.fullmatch(r"([^?#]*)(\?[^#]*)?(?:#(.*))?", target)
    path, query, anchor = (parts[1], parts[2] or "", parts[3]) if parts else (target, "", None)
    full = path_from(folder, path) if path else NO_PATH
    page = f"{TUTORIAL.folder}/{old}.md"
    new_full = moved.get(full) or (f"{TUTORIAL.folder}/{new}.md" if full == page else full)
    if full.startswith("checklists/") and anchor == old:
        anchor = new
    elif new_full == full:
        return target
    new_path = posixpath.relpath(new_full, folder or ".") if new_full != full else path
    return f"{new_path}{query}" if anchor is None else f"{new_path}{query}#{anchor}"


def _words(text: str, old: str, new: str) -> str:
    """Rewrite links to the tutorial in the vocabulary, with any path: its words are used in texts of all folders."""
    return re.sub(
        rf"(\]\(\s*<?(?:[^\s()<>]*/)?){re.escape(old)}(\.[A-Za-z-]+)?(\.md\b)", rf"\g<1>{new}\g<2>\g<3>", text
    )
