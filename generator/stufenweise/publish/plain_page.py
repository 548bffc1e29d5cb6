"""Render pages without the theme: start page, redirects, reports."""

from __future__ import annotations

from functools import lru_cache

from jinja2 import Environment

from stufenweise.text_templates import template_environment


def plain_page(template: str, **values: object) -> str:
    """Return the HTML of a template of this package; every value is escaped."""
    return _environment().get_template(template).render(values)


@lru_cache
def _environment() -> Environment:
    return template_environment("stufenweise.publish", escape=True)
