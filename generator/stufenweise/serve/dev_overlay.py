"""Panels that the development server adds to a page: problems here and elsewhere, and its handouts."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from importlib.resources import files

from stufenweise.i18n.messages import problem_message
from stufenweise.model.problem import Problem
from stufenweise.model.problem_limits import limited_problems

_HANDOUT = re.compile(r'<li data-copy="(\w+)"><a href="([^"]+\.pdf)">([^<]+)</a>')


def text_of_page(path: str) -> str:
    """Return the end of the path of the text that a page shows; empty for pages without a text of their own.

    `/de/tutorials/find-people/` shows `tutorials/find-people.de.md`, as does `/de/tutorials/find-people.html` of a site
    without folders for pages, and `/de/` shows `home.de.md`.
    """
    language, _, rest = path.removesuffix("index.html").strip("/").partition("/")
    match = re.fullmatch(r"(\w[\w/-]*?)(?:/session)?(?:\.html)?", rest)
    return f"/{match[1]}.{language}.md" if match else f"/home.{language}.md" if language and not rest else ""


def problem_panel(problems: Sequence[Problem], path: str, titles: Mapping[str, str], language: str) -> str:
    """Return problems as HTML: all problems of the page's text, then the errors of other texts.

    Args:
        problems: All problems of the content.
        path: The page's address, without the host.
        titles: Headings: `errors` if there are some, `here`, `elsewhere`.
        language: Language of the messages.
    """
    problems, text = limited_problems(problems), text_of_page(path)
    here = [problem for problem in problems if text and f"/{problem.place.file}".endswith(text)]
    elsewhere = [problem for problem in problems if problem.is_error and problem not in here]
    if not here and not elsewhere:
        return ""
    wrong = any(problem.is_error for problem in problems)
    parts = [f"<h2>{html.escape(titles['errors'])}</h2>" if wrong else ""]
    for key, group in (("here", here), ("elsewhere", elsewhere)):
        if group:
            entries = "".join(_entry(problem, language) for problem in group)
            parts.append(f"<h3>{html.escape(titles[key])}</h3><ul data-{key}>{entries}</ul>")
    kind = "errors" if wrong else "warnings"
    panel = f'<section role="alert" data-problems="{kind}" lang="{language}">{"".join(parts)}</section>'
    return _inline("style", "problem_panel.css") + panel


def _entry(problem: Problem, language: str) -> str:
    message = problem_message(problem, language)
    what, remedy = html.escape(message.what), html.escape(message.remedy)
    return (
        f"<li><code>{html.escape(str(problem.place))}</code> <b>{what}</b> {remedy} "
        f"<small>[{html.escape(problem.code)}]</small></li>"
    )


def handout_panel(page: str) -> str:
    """Return HTML that shows the handouts of a page beside it; empty for a page without any."""
    handouts = _HANDOUT.findall(page)
    if not handouts:
        return ""
    entries = "".join(
        f'<details name="handout" data-copy="{copy}"><summary>{name}</summary>'
        f'<iframe title="{name}" data-src="{address}#navpanes=0&amp;view=FitH"></iframe></details>'
        for copy, address, name in handouts
    )
    panel = f"<aside data-handouts>{entries}</aside>"
    return _inline("style", "handout_panel.css") + panel + _inline("script", "handout_panel.js")


def _inline(tag: str, name: str) -> str:
    """Return one of our files as an inline element, which needs no second request."""
    return f"<{tag}>\n{files(__package__).joinpath(name).read_text(encoding='utf-8')}</{tag}>"
