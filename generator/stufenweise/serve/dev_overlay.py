"""What the development server puts on a page: the problems of its text and of others, and its sheets beside it."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence

from stufenweise.i18n.problem_messages import problem_message
from stufenweise.model.problem import Problem

_PANEL = (
    "position:sticky;bottom:0;z-index:99;max-height:50vh;overflow:auto;margin:0;padding:1rem 1.5rem;"
    "background:{ground};color:#fff;font:16px/1.5 system-ui,sans-serif;border-top:4px solid {line}"
)
_ERRORS = _PANEL.format(ground="#7a1212", line="#ffb3b3")
_WARNINGS = _PANEL.format(ground="#4a3a00", line="#ffe08a")
_SHEET = re.compile(r'<li data-copy="(\w+)"><a href="([^"]+\.pdf)">([^<]+)</a>')
_PAPER_STYLE = """
[data-paper] { position: fixed; right: 0; bottom: 0; z-index: 98; font: 16px/1.5 system-ui, sans-serif }
[data-paper] details { background: #fff; color: #222; border: 1px solid #777 }
[data-paper] summary { padding: .25rem 1rem; cursor: pointer }
[data-paper] iframe { display: block; width: 48vw; height: calc(100vh - 8rem); border: 0 }
@media (min-width: 60rem) { body:has([data-paper] [open]) { padding-right: 48vw } }
@media (max-width: 60rem) { [data-paper] iframe { width: 100vw } }
@media print { [data-paper] { display: none } }
"""
_PAPER_SCRIPT = """
for (const one of document.querySelectorAll("[data-paper] details")) {
  one.open = sessionStorage.getItem("paper") === one.dataset.sheet;
  one.addEventListener("toggle", () => {
    const frame = one.querySelector("iframe");
    if (one.open && !frame.src) frame.src = frame.dataset.src;
    if (one.open) sessionStorage.setItem("paper", one.dataset.sheet);
    else if (sessionStorage.getItem("paper") === one.dataset.sheet) sessionStorage.removeItem("paper");
  });
}
"""
"""The sheet that is open stays open when a save shows the page anew."""


def text_of_page(path: str) -> str:
    """Return the end of the path of the file whose text stands on the page at an address; empty for other pages.

    `/de/tutorials/find-people/` shows `tutorials/find-people.de.md`, and `/de/` shows `home.de.md`.
    """
    language, _, rest = path.strip("/").partition("/")
    found = re.fullmatch(r"(\w[\w/-]*?)(?:/session)?(?:/index\.html)?", rest)
    return f"/{found[1]}.{language}.md" if found else f"/home.{language}.md" if language and not rest else ""


def problem_panel(problems: Sequence[Problem], path: str, titles: Mapping[str, str], language: str) -> str:
    """Return problems as a piece of HTML: those of the page's own text first, of other texts the errors alone.

    Args:
        problems: All problems of the content.
        path: The page's address, without the host.
        titles: Headings: `kept` where there are errors, `here`, `elsewhere`.
        language: Language of the messages.
    """
    own = text_of_page(path)
    here = [one for one in problems if own and f"/{one.place.file}".endswith(own)]
    elsewhere = [one for one in problems if one.is_error and one not in here]
    if not here and not elsewhere:
        return ""
    wrong = any(one.is_error for one in problems)
    parts = [f"<h2>{html.escape(titles['kept'])}</h2>" if wrong else ""]
    for key, group in (("here", here), ("elsewhere", elsewhere)):
        if group:
            entries = "".join(_entry(one, language) for one in group)
            parts.append(f"<h3>{html.escape(titles[key])}</h3><ul data-{key}>{entries}</ul>")
    style = _ERRORS if wrong else _WARNINGS
    return f'<section role="alert" data-problems lang="{language}" style="{style}">{"".join(parts)}</section>'


def _entry(one: Problem, language: str) -> str:
    said = problem_message(one, language)
    return (
        f"<li><code>{html.escape(str(one.place))}</code> <b>{html.escape(said.what)}</b> {html.escape(said.remedy)} "
        f"<small>[{html.escape(one.code)}]</small></li>"
    )


def handout_panel(page: str) -> str:
    """Return a piece of HTML that shows the sheets which a page offers, beside it; empty for a page without any."""
    found = _SHEET.findall(page)
    if not found:
        return ""
    entries = "".join(
        f'<details name="paper" data-sheet="{copy}"><summary>{name}</summary>'
        f'<iframe title="{name}" data-src="{address}#navpanes=0&amp;view=FitH"></iframe></details>'
        for copy, address, name in found
    )
    return f"<style>{_PAPER_STYLE}</style><aside data-paper>{entries}</aside><script>{_PAPER_SCRIPT}</script>"
