"""Make the files of one language's docs folder."""

from __future__ import annotations

from collections.abc import Mapping

from stufenweise.assemble.page_list import all_pages
from stufenweise.assemble.page_source import page_source
from stufenweise.assemble.search_index import search_path, search_script
from stufenweise.assemble.tutorial_choice import tutorials_path, tutorials_script
from stufenweise.core.result_cache import NO_CACHE, ResultCache
from stufenweise.localized.localized_library import LocalizedLibrary


def docs_tree(
    localized: LocalizedLibrary, unchanged: Mapping[str, bytes] | None = None, cache: ResultCache = NO_CACHE
) -> dict[str, bytes]:
    """Return the files of one language's docs folder by their path below it.

    Args:
        localized: The library in that language.
        unchanged: Pages of the last build that are still right, by path; they are not made again.
        cache: Results of an earlier run for the search index.
    """
    files: dict[str, bytes] = dict(unchanged or {})
    for page in all_pages(localized, frozenset(files)):
        files[page.path] = page_source(page, localized.labels).encode()
    for asset in localized.library.assets:
        files[asset.path] = asset.data
    files[search_path(localized.language)] = search_script(localized, cache)
    files[tutorials_path(localized.language)] = tutorials_script(localized)
    return files
