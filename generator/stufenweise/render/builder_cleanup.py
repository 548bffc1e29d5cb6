"""Drop from a rendered language what builders and their themes leave there and nobody who reads it needs.

That is source maps (half of the bytes, of use to the theme's developers alone), the builders' own search, and their
site maps: these carry the day of the build, their `.gz` the second, and none knows the other languages.
"""

from __future__ import annotations

from stufenweise.core.safe_folders import SafeFolder

SEARCH_FOLDERS = ("assets/javascripts/lunr/", "assets/javascripts/workers/", "search/")
"""Folders of a builder's own search: stemmers of all languages, a worker, an index."""
FILES = frozenset({"search.json", "sitemap.xml", "sitemap.xml.gz"})
"""The index of Zensical's search, which it writes even where the search is switched off, and site maps."""


def is_builder_file(path: str) -> bool:
    """Return whether a file of a builder is dropped, by its path below the language's folder."""
    is_search = path.startswith(SEARCH_FOLDERS) and path.endswith((".js", ".json"))
    return is_search or path in FILES or path.endswith((".js.map", ".css.map"))


def remove_builder_files(folder: SafeFolder) -> None:
    """Drop them from the folder of a language."""
    for path, is_folder in list(folder.entries()):
        if is_builder_file(path) and not is_folder:
            folder.remove(path)
        elif is_folder and f"{path}/".startswith(SEARCH_FOLDERS):
            folder.remove_empty(path)
