"""Write compliance documents for works council and data protection from the site's own facts.

They are texts of `content/kit/`, made from the facts of `site_facts.py` and the tools of the last test, for each
language with templates. A company can replace them like any other content. If a template has no words for a fact,
rendering fails.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from stufenweise.core.text_templates import template_environment
from stufenweise.export.csp import usual_policy
from stufenweise.i18n.catalogue import language_folder
from stufenweise.model.paths import ShownPath
from stufenweise.reference import site_facts
from stufenweise.source.yaml.front_matter import split_front_matter, text_digest

ComplianceDocument = Literal["data-protection", "accessibility"]
COMPLIANCE_DOCUMENTS: tuple[ComplianceDocument, ...] = ("data-protection", "accessibility")
"""Slugs of the generated pieces of the kit."""


@dataclass(frozen=True, slots=True)
class Tested:
    """Tools with which a release was tested."""

    tools: Mapping[str, str]
    """Versions of checkers by name."""
    widths: Sequence[int]
    """Widths of browser windows in pixels."""
    browsers: Sequence[str]


def compliance_document_text(
    document: ComplianceDocument, language: str, *, note: str, version: str, reviewed: str, digest: str, tested: Tested
) -> str:
    """Return a compliance document as a text of content.

    Args:
        document: The document.
        language: In which language.
        note: Note at the top of generated files.
        version: Version of the package.
        reviewed: Day of the last review of its text, in ISO form.
        digest: Digest of the text in the source language, for a translation; see `compliance_document_digest`.
        tested: What the release was tested with.

    Raises:
        jinja2.UndefinedError: The words of this language don't say what a fact means.
    """
    environment = template_environment(escape=False, variable_delimiters=("<<", ">>"), filters={"code": _code})
    template = environment.from_string(
        language_folder(language, "templates", f"{document}.md.j2").read_text(encoding="utf-8")
    )
    return template.render(
        note=note,
        version=version,
        reviewed=reviewed,
        digest=digest,
        pair_kinds=site_facts.pair_kinds(),
        device_kinds=site_facts.device_kinds(),
        theme_keys=[key for key in site_facts.theme_keys() if key != site_facts.THEME_COLOURS],
        policy=usual_policy(),
        scripts=site_facts.script_names(),
        scorm=site_facts.scorm_calls(),
        verbs_used=site_facts.cmi5_verbs(),
        resources_used=site_facts.cmi5_resources(),
        tools=tested.tools,
        widths=tested.widths,
        browsers=tested.browsers,
    )


def compliance_document_digest(text: str) -> str:
    """Return the digest of a document's text, which its translations name."""
    split = split_front_matter(text, ShownPath(""))
    if (parts := split.value) is None:
        raise ValueError(split.problems)
    facts = cast("Mapping[str, str]", parts.front_matter.value)
    return text_digest(facts["title"], facts["summary"], parts.body)


def _code(text: str) -> str:
    return f"`{text}`"
