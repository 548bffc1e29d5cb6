"""The generator's settings: the options of the `stufenweise` plugin in mkdocs.yml."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from generator.model.facts import Facts, LevelNumber, Plain, Slug, no_repeats

LanguageCode = Annotated[str, Field(pattern=r"^[a-z]{2,3}(?:-[A-Z]{2})?$")]
"""Code of a language, such as de or pt-BR."""


class HiddenFacts(Facts):
    """What a company hides."""

    levels: Annotated[tuple[LevelNumber, ...], Field(max_length=5)] = ()
    """Numbers of the levels that are hidden, each with its tutorials."""
    tutorials: Annotated[tuple[Slug, ...], Field(max_length=500), AfterValidator(no_repeats)] = ()
    """Slugs of tutorials that are hidden."""


class Settings(Facts):
    """Options of the plugin `stufenweise` in mkdocs.yml."""

    languages: Annotated[tuple[LanguageCode, ...], Field(min_length=1, max_length=9), AfterValidator(no_repeats)] = (
        "de",
        "en",
    )
    """Codes of the site's languages. The first is the source language: its files hold the facts."""
    vocabulary: dict[LanguageCode, dict[str, Plain | dict[str, Plain]]] = Field(default_factory=dict)
    """The company's own words per language: word -> text, or word -> forms of which `base` is the plain one."""

    overlay: bool = False
    """Whether the content folder lies over the content of the package: it replaces, adds and extends."""
    hide: HiddenFacts = Field(default_factory=lambda: HiddenFacts())
    """Levels and tutorials that are not shown, and nothing that leads to them."""
    programmes: Annotated[tuple[Slug, ...], Field(max_length=20), AfterValidator(no_repeats)] = ()
    """Slugs of the programmes that are shown; all if left out."""
    handouts: bool = True
    """Whether sheets for paper are made: handouts for mentor and mentee, workbooks, checklists, forms."""
    colour: Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")] | None = None
    """The company's colour as "#rrggbb": headings on paper, the head of the site."""

    def words(self) -> dict[str, dict[str, dict[str, str]]]:
        """Return the company's words with their forms, per language."""
        return {
            language: {word: {"base": forms} if isinstance(forms, str) else forms for word, forms in words.items()}
            for language, words in self.vocabulary.items()
        }
