"""The generator's settings: the options of the `stufenweise` plugin in mkdocs.yml."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, Field

from stufenweise.model.facts import Facts, GoalCode, LevelNumber, Slug, Word, no_repeats

LANGUAGE_PATTERN = r"^[a-z]{2,3}(?:-[A-Z]{2})?$"
LanguageCode = Annotated[str, Field(pattern=LANGUAGE_PATTERN)]
"""Code of a language, such as de or pt-BR."""


COLOUR_PATTERN = r"^#[0-9a-fA-F]{6}$"
CONTACT_PATTERN = r"^(?:none|https://[^\s<>\x22']+|mailto:[^\s<>\x22'@?]+@[^\s<>\x22'?]+|tel:\+?[0-9()/.-]+)$"
FEEDBACK_PATTERN = r"^(?:https://[^\s<>\x22'{}]+\{slug\}[^\s<>\x22'{}]*|mailto:[^\s<>\x22'@?]+@[^\s<>\x22'?]+)$"
ADDRESS_PATTERN = r"^(?:|https?://[^\s<>\x22']+)$"
"""Pattern of a site's address, the base of all its pages' addresses."""
ORIGIN_PATTERN = r"^https?://(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?$"
"""Pattern of a site that may show ours in a frame (CSP 3, host-source)."""
Colour = Annotated[str, Field(pattern=COLOUR_PATTERN)]
"""A colour as "#rrggbb"."""
ContactName = Literal["coordinator", "works_council", "guidelines", "data_protection", "help_desk"]
CONTACTS: tuple[ContactName, ...] = get_args(ContactName)
ContactAddress = Annotated[str, Field(pattern=CONTACT_PATTERN, max_length=300)]
"""An https, mailto or tel address, or `none`."""
FeedbackAddress = Annotated[str, Field(pattern=FEEDBACK_PATTERN, max_length=300)]
"""A mailto address, or an https address with {slug} in it."""
FrameAncestor = Annotated[str, Field(pattern=ORIGIN_PATTERN, max_length=200)]
"""Origin of a site, without a path; `*.` stands for every host below a name."""


def _forms(value: object) -> object:
    """Return the forms of a word for which only one is given."""
    return {"base": value} if isinstance(value, str) else value


OwnForms = Annotated[dict[str, Word], BeforeValidator(_forms, json_schema_input_type=Word | dict[str, Word])]
"""A word's forms; a text alone is its form `base`."""


ForeignName = Annotated[str, Field(pattern=r"^[^\x00-\x7f](?:[^\x00-\x7f]| )*$", max_length=60)]
"""A name without letters of ASCII."""
PrintedName = Annotated[str, Field(min_length=1, max_length=120)]


FormOfAddress = Literal["neutral", "ihr", "Sie"]


class HiddenFacts(Facts):
    """What a company hides."""

    levels: Annotated[tuple[LevelNumber, ...], Field(max_length=5), AfterValidator(no_repeats)] = ()
    """Numbers of the levels that are hidden, each with its tutorials."""
    tutorials: Annotated[tuple[Slug, ...], Field(max_length=500), AfterValidator(no_repeats)] = ()
    """Slugs of tutorials that are hidden."""
    goals: Annotated[tuple[GoalCode, ...], Field(max_length=100), AfterValidator(no_repeats)] = ()
    """Codes of company goals that are hidden, such as those of the package that are not one's own."""


class Settings(Facts):
    """Options of the plugin `stufenweise` in mkdocs.yml."""

    languages: Annotated[tuple[LanguageCode, ...], Field(min_length=1, max_length=9), AfterValidator(no_repeats)] = (
        "de",
        "en",
    )
    """Codes of the site's languages. The first is the source language: its files hold the facts."""
    vocabulary: dict[LanguageCode, dict[str, OwnForms]] = Field(default_factory=dict)
    """The company's own words per language: word -> text, or word -> forms of which `base` is the plain one."""

    form_of_address: FormOfAddress = "neutral"
    """How German labels address the pair: ihr, Sie, or not at all. Texts address nobody."""

    overlay: bool = False
    """Whether the content folder changes the content of the package: it replaces, adds and extends."""
    hide: HiddenFacts = Field(default_factory=lambda: HiddenFacts())
    """Levels, tutorials and company goals that are not shown, and nothing that leads to them."""
    programmes: Annotated[tuple[Slug, ...], Field(max_length=20), AfterValidator(no_repeats)] = ()
    """Slugs of the programmes that are shown; all if left out."""
    handouts: bool = True
    """Whether handouts are printed: for mentor and mentee, workbooks, checklists, forms."""
    colour: Colour | None = None
    """The company's colour as "#rrggbb": headings of handouts, head and links of the site; has to be readable there."""
    header: Colour | None = None
    """Colour of the head of the site as "#rrggbb", if not `colour`; may be as light as it is: its text follows it."""
    accent: Colour | None = None
    """The company's second colour as "#rrggbb": what is chosen or pointed at, borders of quotations."""
    print_as: dict[ForeignName, PrintedName] = Field(default_factory=dict)
    """How names are printed whose characters the fonts for paper lack, such as Chinese ones: name -> printed name."""
    contacts: dict[ContactName, ContactAddress] = Field(default_factory=dict)
    """Who can be asked, each with an https, mailto or tel address, or `none` if the company has no such place."""
    feedback: FeedbackAddress | None = None
    """Where feedback on a tutorial goes: a mailto address, or an https address of a form with {slug} in it."""
    frame_ancestors: Annotated[tuple[FrameAncestor, ...], Field(max_length=20), AfterValidator(no_repeats)] = ()
    """Other sites that may show this one in a frame, such as https://teams.microsoft.com; for `stufenweise hosting`."""

    def missing_contacts(self) -> tuple[str, ...]:
        """Return the contacts that are not set."""
        return tuple(name for name in CONTACTS if name not in self.contacts)
