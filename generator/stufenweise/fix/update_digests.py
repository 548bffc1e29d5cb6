"""Update digests of current translations when a fix changed only their source's form."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from stufenweise.load.load_result import LoadResult
from stufenweise.source.text_edits import TextEdit, apply_edits, change_text


def current_translations(
    before: LoadResult, after: LoadResult, slugs: Mapping[tuple[str, str], str]
) -> dict[str, TextEdit]:
    """Return edits that keep translations current after a change of their source, by path.

    Only for changes that keep the meaning of the texts: a new address, other quotation marks.

    Args:
        before: What was read before the change.
        after: What is read after it.
        slugs: New slugs by kind and old slug.
    """
    result: dict[str, TextEdit] = {}
    for (kind, slug, language), file in before.texts.items():
        source = before.texts.get((kind, slug, before.source_language))
        if source is None or file.text.translates != source.text.digest:
            continue
        new = slugs.get((kind, slug), slug)
        now, original = after.texts.get((kind, new, language)), after.texts.get((kind, new, after.source_language))
        if before.source_map and before.source_map.edit_path(file.text.path) != file.text.path:
            continue
        if now and original and now.text.translates != original.text.digest:
            place = now.front_matter.place(("translates",))
            result[now.text.path] = TextEdit(place, now.text.translates or "", original.text.digest)
    return result


def update_digests(data: Mapping[str, bytes], edits: Mapping[str, TextEdit]) -> dict[str, bytes]:
    """Return the bytes of the files that `edits` change, by their path.

    Raises:
        UnfixableError: A digest is written in an unusual way.
    """
    return {path: change_text(data[path], partial(apply_edits, edits=(edit,))) for path, edit in edits.items()}
