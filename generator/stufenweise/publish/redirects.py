"""Write redirects from former addresses of tutorials to the present ones.

Each is a plain page with a link and a refresh that needs no script. So it works from a server or a folder, under the
strictest policy. It is made after the search index and the site map, and is in neither.
"""

from __future__ import annotations

from pathlib import Path

from stufenweise.config.project import Project
from stufenweise.core.safe_folders import SafeFolder
from stufenweise.core.text_templates import render_html_template
from stufenweise.i18n.labels import Labels
from stufenweise.model import page_paths
from stufenweise.model.library import Library


def write_redirects(site: Path, library: Library, project: Project) -> None:
    """Write the pages into `site`, which holds the languages' folders.

    Raises:
        OSError: They can't be written.
    """
    former = [(slug, tutorial) for tutorial in library.tutorials for slug in tutorial.facts.formerly]
    for language in library.languages if former else ():
        for slug, tutorial in former:
            old, new = page_paths.tutorial_path(slug), page_paths.tutorial_path(tutorial.slug)
            text = redirect(
                project.labels[language],
                tutorial.text(language).title,
                # With the name of the file, for folders without a server.
                page_paths.file_link(old, _file(new, project), directories=project.directories),
                f"{project.site_url}{language}/{page_paths.address(new, directories=project.directories)}"
                if project.site_url
                else "",
            )
            SafeFolder(site).write(f"{language}/{_file(old, project)}", text.encode())


def redirect(labels: Labels, name: str, target: str, canonical: str = "") -> str:
    """Return the HTML of a page that redirects to another one.

    Args:
        labels: Words of the page's language.
        name: Title of the page it leads to.
        target: Relative address of the new page.
        canonical: Its full address; empty if unknown.
    """
    return render_html_template(
        "stufenweise.publish",
        "moved.html.j2",
        language=labels.language,
        title=labels("moved_title"),
        text=labels("moved_text"),
        name=name,
        target=target,
        canonical=canonical,
    )


def _file(page: str, project: Project) -> str:
    """Return the path of a page's file below its language's folder."""
    address = page_paths.address(page, directories=project.directories)
    return f"{address}index.html" if address.endswith("/") else address
