"""Render text from Jinja templates: strict about undefined names, white space kept.

A comment in a template is `{## … ##}`: `{#why}` is the id of a heading in Markdown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import BaseLoader, Environment

Filters = Mapping[str, Callable[..., str]]


def template_environment(
    package: str = "",
    *,
    escape: bool,
    filters: Filters | None = None,
    variable_delimiters: tuple[str, str] = ("{{", "}}"),
) -> Environment:
    """Return an environment for templates; an undefined name is an error.

    Args:
        package: Import name of the package whose folder `templates` holds them; empty if their text is given.
        escape: Whether every value is escaped for HTML and XML; otherwise the templates escape with filters.
        filters: Further filters by name.
        variable_delimiters: Marks before and after the name of a value.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined  # Most commands render no template

    loader: BaseLoader | None = PackageLoader(package, "templates") if package else None
    environment = Environment(
        loader=loader,
        autoescape=escape,  # noqa: S701 -- most templates are Markdown or configuration; each caller says which
        undefined=StrictUndefined,
        comment_start_string="{##",
        comment_end_string="##}",
        variable_start_string=variable_delimiters[0],
        variable_end_string=variable_delimiters[1],
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= dict(filters or {})
    if package:
        from stufenweise.core.template_bytecode import TemplateBytecode

        environment.bytecode_cache = TemplateBytecode(package, environment)
    return environment


def render_text_template(
    text: str, values: Mapping[str, object], variable_delimiters: tuple[str, str] = ("{{", "}}")
) -> str:
    """Return a template's text with values in place; for Markdown and YAML, nothing is escaped."""
    return template_environment(escape=False, variable_delimiters=variable_delimiters).from_string(text).render(values)


def render_html_template(package: str, template: str, /, **values: object) -> str:
    """Render a template of a package; every value is escaped for HTML and XML."""
    return _html_environment(package).get_template(template).render(values)


@lru_cache
def _html_environment(package: str) -> Environment:
    return template_environment(package, escape=True)
