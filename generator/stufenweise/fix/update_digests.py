"""Update digests of current translations when a fix changed only their source's form."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from stufenweise.load.load_result import LoadResult
from stufenweise.model.paths import ContentPath
from stufenweise.source.yaml.text_edits import TextEdit, apply_edits, change_text


def current_translations(
    before: LoadResult, after: LoadResult, slugs: Mapping[tuple[str, str], str]
) -> dict[ContentPath, TextEdit]:
    """Return edits that keep translations current after a change of their source, by path.

    This is only for changes that keep the meaning, such as a new address or other quotation marks.

    Args:
        before: The content before the change.
        after: The content after it.
        slugs: New slugs by kind and old slug.
    """
    result: dict[ContentPath, TextEdit] = {}
    for key, file in before.texts.items():
        old_source = before.source_of(file)
        if old_source is None or file.text.translates != old_source.text.digest:
            continue
        new_slug = slugs.get((key.kind, key.slug), key.slug)
        translation = after.text_of(key.kind, new_slug, key.language)
        new_source = after.text_of(key.kind, new_slug)
        if before.source_map and before.source_map.edit_path(file.path) != file.path:
            continue
        if translation and new_source and translation.text.translates != new_source.text.digest:
            place = translation.front_matter.place(("translates",))
            result[translation.path] = TextEdit(place, translation.text.translates or "", new_source.text.digest)
    return result


def update_digests(
    data: Mapping[ContentPath, bytes], edits: Mapping[ContentPath, TextEdit]
) -> dict[ContentPath, bytes]:
    """Return the bytes of the files that `edits` change, by their path.

    Raises:
        UnfixableError: A digest is written in an unusual way.
    """
    return {path: change_text(data[path], partial(apply_edits, edits=(edit,))) for path, edit in edits.items()}
