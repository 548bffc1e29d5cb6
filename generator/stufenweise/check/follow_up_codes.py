"""Codes of problems by what else they explain, for `suppress_follow_ups`."""

from __future__ import annotations

from collections.abc import Mapping

MISREAD_HEADING_CODES = frozenset(
    {
        "heading-attribute",
        "heading-brace",
        "heading-level",
        "heading-meant",
        "heading-space",
        "heading-too-low",
        "setext-heading",
        "step-attributes",
        "step-minutes-value",
        "step-misplaced",
        "step-short-value",
    }
)
"""Codes of headings that are read differently than meant."""
SAME_LINE_CODES: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        MISREAD_HEADING_CODES,
        frozenset(
            {"attribute", "raw-html", "text-before-section", "id-missing", "section-without-id", "short-unwanted"}
        ),
    ),
    **dict.fromkeys(("unknown-word", "unknown-form", "word-expression"), frozenset({"attribute", "raw-html"})),
    "expected-number": frozenset({"minutes-sum", "meeting-minutes"}),
    "link-definition": frozenset({"link-missing"}),
    "attributes-left": frozenset({"attribute"}),
    "export-left": frozenset({"attribute", "raw-html"}),
    "assistant-left": frozenset({"text-before-section"}),
    "translation-comment": frozenset({"html-comment"}),
    "image-missing": frozenset({"alt-says-nothing"}),
    **dict.fromkeys(
        ("remote-image", "image-in-text"), frozenset({"alt-says-nothing", "image-without-alt", "link-definition"})
    ),
    "event-handler": frozenset({"attributes-left"}),
    "link-half": frozenset({"link-missing", "unsafe-link"}),
    "box-marks": frozenset({"admonition-without-title"}),
    "other-markup": frozenset(
        {
            "attribute",
            "raw-html",
            "mark-open",
            "export-left",
            "admonition-empty",
            "heading-level",
            "unclosed-html",
            "field-inline",
        }
    ),
    "marked-words": frozenset({"mark-open"}),
    "path-unmarked": frozenset({"place-unfilled"}),
    "table-drawn": frozenset({"grid-without-head"}),
}
"""For each code, the codes that it makes redundant on the same line."""
HTML_CODES = frozenset({"attribute", "encoded-link", "image-without-alt", "link-without-text", "unclosed-html"})
"""Codes that are suppressed on a line with forbidden HTML."""
MISSING_PART_CODES = frozenset(
    {
        "checklist-length",
        "empty-section",
        "guidance-line",
        "guidance-missing",
        "guidance-part",
        "key-without-material",
        "material-without-key",
        "meeting-minutes",
        "minutes-sum",
        "missing-section",
        "short-missing",
        "short-sum",
        "short-way-parts",
    }
)
"""Codes of parts of a text that are counted or missing."""
COVERED_CODES: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        ("other-markup", "export-left", "list-mark"),
        frozenset(
            {
                "setext-heading",
                "heading-level",
                "heading-space",
                "word-expression",
                "raw-html",
                "unclosed-html",
                "attribute",
            }
        ),
    ),
    "html-image": frozenset(
        {"raw-html", "unclosed-html", "encoded-link", "attributes-left", "attribute", "image-without-alt"}
    ),
    "yaml-continued": frozenset({"invisible-character"}),
}
"""For each code, the codes that it makes redundant on the lines it covers."""
HIDDEN_PART_CODES = frozenset(
    {"duplicate-section", "fence-open", "part-twice", "section-without-id", "unknown-section"}
)
"""Codes of mistakes that hide parts of a text from the loader."""
ODD_ITEM_CODES = frozenset({"checklist-item-parted", "checklist-line", "translation-items"})
"""Codes of a checklist whose items can't be counted."""
