"""Delete files that builders and themes write but no reader needs.

These are source maps (half of the bytes, useful only to the theme's developers), the builders' own search, and their
site maps, which contain the time of the build and lack the other languages.
"""

from __future__ import annotations

from stufenweise.core.safe_folders import SafeFolder

SEARCH_FOLDERS = ("assets/javascripts/lunr/", "assets/javascripts/workers/", "search/")
"""Folders of a builder's own search: stemmers of all languages, a worker, an index."""
FILES = frozenset({"search.json", "sitemap.xml", "sitemap.xml.gz"})
"""The index of Zensical's search, which it writes even if the search is disabled, and site maps."""


def is_builder_file(path: str) -> bool:
    """Return whether the file at a path below the language's folder is such a file."""
    is_search = path.startswith(SEARCH_FOLDERS) and path.endswith((".js", ".json"))
    return is_search or path in FILES or path.endswith((".js.map", ".css.map"))


def remove_builder_files(folder: SafeFolder) -> None:
    """Delete these files in the folder of a language."""
    for path, is_folder in list(folder.entries()):
        if is_builder_file(path) and not is_folder:
            folder.remove(path)
        elif is_folder and f"{path}/".startswith(SEARCH_FOLDERS):
            folder.remove_empty(path)
