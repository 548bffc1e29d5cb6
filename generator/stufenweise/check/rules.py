"""The list of all that is checked."""

from __future__ import annotations

from stufenweise.check.content.data_file_rules import data_file_problems
from stufenweise.check.content.link_rules import link_problems
from stufenweise.check.content.plan_rules import plan_problems
from stufenweise.check.content.reference_rules import reference_problems
from stufenweise.check.content.translation_rules import (
    check_translated_items,
    check_translated_places,
    check_translated_sections,
    check_translated_steps,
    check_translation_digest,
    translation_problems,
)
from stufenweise.check.content.visibility_rules import visibility_problems
from stufenweise.check.content.vocabulary_rules import vocabulary_problems
from stufenweise.check.markup.markup_rules import markup_problems
from stufenweise.check.markup.rendering_difference_rules import rendering_inputs, rendering_problems
from stufenweise.check.media.attachment_rules import attachment_problems
from stufenweise.check.media.figure_rules import figure_inputs, figure_problems, figure_use_problems
from stufenweise.check.media.image_rules import image_inputs, image_problems
from stufenweise.check.misreadings.written_text_rules import written_text_problems
from stufenweise.check.rule import ContentRules, FallbackRules, FileRules, Rules, TextRules, TranslationRules
from stufenweise.check.text.section_headings import missing_sections
from stufenweise.check.text.text_inputs import text_inputs
from stufenweise.check.text.text_rules import review_problems, text_problems
from stufenweise.check.text.tutorial_form_rules import tutorial_form_problems
from stufenweise.check.text.writing_place_rules import writing_place_problems

RULES: tuple[Rules, ...] = (
    TextRules(
        rules=(missing_sections, text_problems, tutorial_form_problems, writing_place_problems),
        cached_by=text_inputs,
    ),
    TextRules(rules=(written_text_problems,), of_half_read=True, cached_by=text_inputs),
    TextRules(rules=(markup_problems,), of_half_read=True, columns="rendered"),
    TextRules(rules=(figure_use_problems,), columns="rendered"),
    TranslationRules(
        rules=(
            check_translated_steps,
            check_translated_items,
            check_translated_places,
            check_translated_sections,
            check_translation_digest,
        )
    ),
    ContentRules(
        rules=(
            reference_problems,
            plan_problems,
            data_file_problems,
            visibility_problems,
            vocabulary_problems,
            translation_problems,
            review_problems,
        )
    ),
    ContentRules(rules=(figure_problems,), cached_by=figure_inputs),
    ContentRules(rules=(link_problems,), columns="rendered"),
    FileRules(rules=(image_problems,), files="images", cached_by=image_inputs),
    FileRules(rules=(attachment_problems,), files="attachments"),
    FallbackRules(rules=(rendering_problems,), cached_by=rendering_inputs),
)
"""All rules, those that depend on the problems of others last."""
