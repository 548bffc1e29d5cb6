"""Prepare pages for `file://`: each page carries its content security policy."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from stufenweise.model import page_paths

_CHARSET = re.compile(r'<meta charset="utf-8">', re.IGNORECASE)
_NOT_IN_PAGES = frozenset({"frame-ancestors", "report-uri", "sandbox"})
"""Directives without effect in a page (CSP 3, https://www.w3.org/TR/CSP3/#meta-element)."""


class NoPageError(ValueError):
    """A file is not one of our pages; the message is its name."""


def page_csp(policy: str, **more: str) -> str:
    """Turn the policy of a server into one for a page's `meta` element.

    Args:
        policy: The server's policy.
        more: Directives that replace others, with `_` for the hyphen, such as `frame_src`.
    """
    parts = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    own = {name.replace("_", "-"): value for name, value in more.items()}
    kept = {name: value for name, value in (parts | own).items() if name not in _NOT_IN_PAGES}
    return "; ".join(f"{name} {value}".rstrip() for name, value in kept.items())


def with_csp(page: str, policy: str, name: str) -> str:
    """Insert a `meta` element with the policy right after the page's encoding, before anything is loaded.

    Raises:
        NoPageError: The page does not declare its encoding exactly once.
    """
    if len(_CHARSET.findall(page)) != 1:
        raise NoPageError(name)
    meta = f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">'
    return _CHARSET.sub(lambda match: f"{match[0]}{meta}", page)


def offline_files(site: Mapping[str, bytes], policy: str) -> dict[str, bytes]:
    """Return a site's files by path with the policy in each page.

    Args:
        site: The site's files by path.
        policy: The policy for pages, see `page_csp`.

    Raises:
        NoPageError: A page does not declare its encoding.
    """
    result = {}
    for path, data in site.items():
        if path.rpartition("/")[2] == page_paths.NOT_FOUND:
            continue
        if path.endswith(".html"):
            result[path] = with_csp(data.decode(), policy, path).encode()
        else:
            result[path] = data
    return result
