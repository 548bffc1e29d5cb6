"""Write the editor's folder: page, configuration, scripts, and a policy of its own."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from importlib.resources import files

from markupsafe import Markup

from stufenweise.core.text_templates import render_html_template
from stufenweise.editor.editor_config import EditorConfig, head_keys
from stufenweise.editor.git_host import GitHost
from stufenweise.i18n.reference_text import reference_text

_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
OWN_FILES = ("front-matter.js", "js-yaml.js", "start.js", "licences/js-yaml.txt")


def editor_policy(host: GitHost) -> str:
    """Return the content security policy of the editor's page.

    Its script generates the style sheets, so inline styles are allowed. Scripts come only from its folder, and requests
    go only to the folder and the company's Git host.
    """
    asked = " ".join(host.api_origins)
    parts = [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        f"img-src 'self' blob: data: {host.origin}",
        "media-src 'self' blob:",
        "font-src 'self'",
        f"connect-src 'self' blob: data: {asked}",
        "base-uri 'none'",
        "form-action 'none'",
        "object-src 'none'",
    ]
    return "; ".join(parts)


def editor_files(config: EditorConfig, host: GitHost, language: str) -> dict[str, bytes]:
    """Return our own files of the folder by path; the files of the editor's release are added to them."""
    own = files(__package__).joinpath("files")
    keys = json.dumps(head_keys(), ensure_ascii=False).replace("<", "\\u003c")
    index = render_html_template(
        "stufenweise.editor",
        "index.html.j2",
        language=language,
        title=config.title,
        noscript=reference_text(language).word("editor", "noscript"),
        policy=editor_policy(host),
        keys=Markup(keys),  # noqa: S704 -- JSON, in which no tag can end
    )
    return {
        "index.html": index.encode(),
        "config.json": config_text(config.values).encode(),
        **{name: own.joinpath(name).read_bytes() for name in OWN_FILES},
    }


def config_text(config: Mapping[str, object]) -> str:
    """Return the configuration as JSON, which every server sends with the right type."""
    return f"{json.dumps(config, ensure_ascii=False, indent=1)}\n"


def policy_of_page(page: str) -> str:
    """Return the policy in the editor's page; empty if the page is not the editor's."""
    match = _POLICY.search(page)
    return html.unescape(match[1]) if match else ""
