"""Define every key of front matter, once; `data_facts` defines those of data files.

Validation, the JSON Schema for editors and the reference of the front matter all come from these classes. A field's
docstring gives its meaning, unit and range.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Collection
from typing import Annotated, ClassVar, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

SLUG_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
MAX_SLUG = 60
GOAL_PATTERN = r"^[A-Z][0-9]{1,2}$"
LEVEL_NUMBERS = (1, 2, 3, 4, 5)
"""Numbers of the five levels."""
PENDING = "pending"
TRANSLATES_PATTERN = rf"^(?:[0-9a-f]{{12}}|{PENDING})$"
"""Digest of the translated source, or `pending`."""
V = TypeVar("V", str, int)

_MARKUP = re.compile(r"[<>\x00-\x1f\x7f\u2028\u2029]")


def without_markup(text: str) -> str:
    """Return `text` if it is one line without markup; a title is shown on every page of the site."""
    if not text.strip():
        raise PydanticCustomError("empty-value", "empty")
    if markup := _MARKUP.search(text):
        raise PydanticCustomError("markup-in-value", "markup", {"character": repr(markup.group())[1:-1]})
    return text.strip()


def _without_template_syntax(text: str) -> str:
    """Return `text` if it holds no template syntax: words are filled in once, so one can't hold another."""
    if syntax := re.search(r"\{[{%#]|[}%#]\}", text):
        raise PydanticCustomError("markup-in-value", "markup", {"character": syntax.group()})
    return text


def is_slug(name: str) -> bool:
    """Return whether a name can be the file name of a text, without its language."""
    return len(name) <= MAX_SLUG and bool(re.fullmatch(SLUG_PATTERN, name))


def no_repeats(values: tuple[V, ...]) -> tuple[V, ...]:
    """Return `values` if none of them is repeated."""
    for index, value in enumerate(values):
        if value in values[:index]:
            raise PydanticCustomError("repeated-value", "repeated", {"value": value})
    return values


MAX_PLAIN = 300
"""Longest line of plain text, in characters."""
MIN_GRADE, MAX_GRADE = 1, 5
"""Lowest and highest grade."""
MIN_TUTORIAL_MINUTES = 5
"""Least length of a tutorial."""
MAX_TUTORIAL_GOALS = 5
"""Most company goals of a tutorial."""
TUTORIAL_REVIEW_MONTHS, OTHER_REVIEW_MONTHS = 6, 24
"""Months until the next review that new texts propose: topics about a platform age faster than principles."""
Plain = Annotated[str, Field(max_length=MAX_PLAIN), AfterValidator(without_markup)]
"""One line of text, without markup, at most 300 characters."""
Word = Annotated[Plain, AfterValidator(_without_template_syntax)]
"""A word or one of its forms, as it stands in a sentence."""
Slug = Annotated[str, Field(pattern=SLUG_PATTERN, max_length=MAX_SLUG)]
"""File name without language: lower-case ASCII letters, digits, single hyphens, at most 60 characters."""
GoalCode = Annotated[str, Field(pattern=GOAL_PATTERN)]
"""Code of a company goal, such as S1 or O4."""
Grade = Annotated[int, Field(ge=MIN_GRADE, le=MAX_GRADE)]
"""A grade from 1 (lowest) to 5 (highest)."""
LevelNumber = Annotated[int, Field(ge=LEVEL_NUMBERS[0], le=LEVEL_NUMBERS[-1])]
"""Number of a level, 1 to 5."""
Orientation = Literal["strategic", "operational", "both"]
Audience = Literal["mentor", "mentee", "coordinator", "author", "everyone"]
COORDINATOR: Audience = "coordinator"
"""Audience of the guides that are listed with the coordinators' pages."""
KitPhase = Literal["prepare", "start", "support", "close"]
KitLayout = Literal["text", "letter", "certificate", "pages", "ratings", "slides"]
SessionKind = Literal["agreement", "tutorials", "review", "wish", "close"]
CopiesPerPair = Annotated[int, Field(ge=0, le=4)]
"""Copies of a sheet that a pair needs, 0 to 4."""
Months = Annotated[int, Field(ge=1, le=60)]
"""A span of months, 1 to 60."""


class Facts(BaseModel):
    """Base of all front matter: strict types, frozen, no unknown keys.

    Pydantic builds each validator on first use (`defer_build`): a build that finds nothing changed needs few of them.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True, strict=True, extra="forbid", arbitrary_types_allowed=False, defer_build=True
    )


class Titled(Facts):
    """What every text has, in every language."""

    title: Plain
    """The result in everyday words; plain text, at most 300 characters. Shown as heading and in the navigation."""
    summary: Plain
    """What a pair gets, in one sentence of plain text, at most 300 characters. Shown in lists and to search engines."""
    search: Annotated[tuple[Plain, ...], Field(max_length=40), AfterValidator(no_repeats)] = ()
    """Words and phrases, at most 40, by which people look for it and that the text itself does not have."""


class Reviewed(Titled):
    """What a source text has: its words, and when someone last made sure that they are true."""

    reviewed: datetime.date
    """Day of the last review, as YYYY-MM-DD. It is also the date that the page shows."""
    review_months: Months
    """Months until the next review is due, 1 to 60. Platform topics 6, principles 24."""

    @property
    def review_due(self) -> datetime.date:
        """Last day on which the review counts: the same day of a later month, or the last day of a shorter one."""
        months = self.reviewed.year * 12 + self.reviewed.month - 1 + self.review_months
        year, month = divmod(months, 12)
        if year > datetime.MAXYEAR:
            return datetime.date.max
        return datetime.date(year, month + 1, min(self.reviewed.day, calendar.monthrange(year, month + 1)[1]))


def key_order(keys: Collection[str]) -> list[str]:
    """Return keys of front matter in the order of a file: the words, the kind's own facts, the review."""
    words = [key for key in Titled.model_fields if key in keys]
    review = [key for key in Reviewed.model_fields if key in keys and key not in words]
    return [*words, *(key for key in keys if key not in words and key not in review), *review]


class TutorialFacts(Reviewed):
    """Front matter of a tutorial in the source language."""

    level: LevelNumber
    """Level that the tutorial belongs to, 1 to 5."""
    orientation: Orientation
    """Whom it serves: strategic (direction of the company), operational (daily work) or both."""
    effort: Grade
    """Change effort that it asks of the mentee, 1 (lowest) to 5 (highest)."""
    order: Annotated[int, Field(ge=1, le=99)] = 50
    """Place among the tutorials of its level that ask the same effort, 1 to 99: lower ones come first."""
    minutes: Annotated[int, Field(ge=MIN_TUTORIAL_MINUTES, le=120)]
    """Length in minutes, 5 to 120. The minutes of the steps add up to exactly this."""
    short_way: bool = True
    """Whether it can be done in half an hour: `false` where that makes no sense, and where it takes two meetings."""
    goals: Annotated[
        tuple[GoalCode, ...], Field(min_length=1, max_length=MAX_TUTORIAL_GOALS), AfterValidator(no_repeats)
    ]
    """Codes of the company goals it contributes to, most important first; 1 to 5 of them."""
    requires: Annotated[tuple[Slug, ...], Field(max_length=5), AfterValidator(no_repeats)] = ()
    """Slugs of the tutorials that should come first; none if left out."""
    formerly: Annotated[tuple[Slug, ...], Field(max_length=10), AfterValidator(no_repeats)] = ()
    """Slugs that it had before, at most 10; whoever opens such an address is led to the present one."""
    draft: bool = False
    """Whether it is still being written: `true` keeps it off the built site; `serve` shows it, marked as a draft."""


class LevelFacts(Reviewed):
    """Front matter of a level in the source language."""

    level: LevelNumber
    """Number of the level, 1 to 5. Each number stands once."""
    orientation: Orientation
    """Orientation of the level as a whole."""
    effort: Grade
    """Change effort that the level asks of a leader, 1 to 5: its place on the chart's horizontal axis."""
    importance: Grade
    """Importance of the initiative for the company, 1 to 5: its place on the chart's vertical axis."""
    verb: Plain = ""
    """What is done there in two to four words, with a verb; the home page shows it large, and the title small."""


class SessionFacts(Facts):
    """One session of a programme's plan."""

    kind: SessionKind = "tutorials"
    """What it is for: the agreement at the start, tutorials, a look back halfway, a wish of the pair, or the close."""
    tutorials: Annotated[tuple[Slug, ...], Field(max_length=5), AfterValidator(no_repeats)] = ()
    """Slugs of the tutorials that it proposes."""


class ProgrammeFacts(Reviewed):
    """Front matter of a programme variant in the source language."""

    competence: Grade
    """Availability of competent mentors in the company, 1 (rare) to 5 (many): place on the vertical axis."""
    learning_effort: Grade
    """Learning effort for the mentee, 1 to 5: place on the horizontal axis."""
    core: Annotated[tuple[LevelNumber, ...], Field(min_length=1, max_length=5)]
    """Numbers of the levels at its heart."""
    optional: Annotated[tuple[LevelNumber, ...], Field(max_length=5)] = ()
    """Numbers of the levels that can be added."""
    months: Months
    """Usual length of the programme in months."""
    sessions: Annotated[int, Field(ge=1, le=30)]
    """Usual number of sessions, 1 to 30."""
    minutes: Annotated[int, Field(ge=15, le=120)]
    """Usual length of one session in minutes, 15 to 120."""
    goals: Annotated[tuple[GoalCode, ...], Field(min_length=1, max_length=8), AfterValidator(no_repeats)]
    """Codes of the company goals that it serves most."""
    plan: Annotated[tuple[SessionFacts, ...], Field(max_length=31)] = ()
    """The sessions in their order. Besides the agreement, which comes first, there are as many as `sessions` says."""

    @property
    def first_number(self) -> int:
        """The number of the first session of the plan: an agreement comes before those that count."""
        return 0 if self.plan and self.plan[0].kind == "agreement" else 1


class HomeFacts(Reviewed):
    """Front matter of the home page in the source language."""


class GuideFacts(Reviewed):
    """Front matter of a guide in the source language: a page for those who take part in a programme."""

    audience: Audience
    """For mentor, mentee, coordinator, author or everyone. Guides for coordinators are listed on their own page."""


class FormFacts(Reviewed):
    """Front matter of a form or card to print in the source language."""

    per_pair: CopiesPerPair = 0
    """How many copies of its sheet a pair needs, 0 to 4; so many are in the set for ten pairs."""


class KitFacts(Reviewed):
    """Front matter of a piece of the coordinators' kit in the source language."""

    phase: KitPhase
    """When it is needed: prepare, start, support or close."""
    order: Annotated[int, Field(ge=1, le=99)]
    """Place in the kit, 1 to 99."""
    layout: KitLayout = "text"
    """How it is printed: text (one page), letter (one page without the summary, which speaks to the coordinator),
    certificate (the same in a frame), pages (as many as it needs), ratings (the list of its section `ratings` becomes
    statements to rate) or slides (one slide per section)."""
    word: bool = False
    """Whether it is also offered as a Word document, because each company has to change it."""
    per_pair: CopiesPerPair = 0
    """How many copies of its sheet a pair needs, 0 to 4; so many are in the set for ten pairs."""


class TranslationFacts(Titled):
    """Front matter of a translation: words only, and which state of the source they translate."""

    translates: Annotated[str, Field(pattern=TRANSLATES_PATTERN)]
    """Digest (12 hexadecimal digits) of the source text that this translates; `pending` while it is being written."""
    verb: Plain = ""
    """Of a level only: what is done on it in two to four words, with a verb."""
