"""Figures, each held once, with where it comes from and how long it may be believed."""

import re
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    model_validator,
)
from pydantic_core import core_schema

from portal import clock
from portal.content.mentions import Front

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
WHEN = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def _slug(value: str) -> str:
    if not SLUG.fullmatch(value):
        suggestion = re.sub(r"[^a-z0-9]+", "-", value.lower()).strip("-")
        raise ValueError(f"small letters, digits and single hyphens only, such as “{suggestion}”")
    return value


Slug = Annotated[str, AfterValidator(_slug)]


class When(str):
    """A date as exactly as it is known: 2022, 2022-03 or 2022-03-31."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(
        cls,
        _source: Any,  # noqa: ANN401
        _handler: GetCoreSchemaHandler,
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.read)

    @classmethod
    def read(cls, value: object) -> "When":
        if not WHEN.fullmatch(text := str(value)):
            raise ValueError("a year, month or day such as 2022, 2022-03 or 2022-03-31")
        found = cls(text)
        found.first_day  # noqa: B018 - raises for a day that does not exist
        return found

    @property
    def first_day(self) -> date:
        parts = [int(part) for part in self.split("-")]
        return date(*(parts + [1, 1])[:3])


def _exact(value: object) -> object:
    return Decimal(str(value)) if isinstance(value, int | float) else value


class Unit(StrEnum):
    """What a figure counts. How it is said, in each language, is decided in one place."""

    POUNDS = "pounds"
    PERCENT = "percent"
    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    PEOPLE = "people"
    STUDENTS = "students"
    PLACES = "places"
    POSTS = "posts"
    LEVEL = "level"
    MILES = "miles"
    SQUARE_MILES = "square-miles"
    COUNT = "count"
    TEXT = "text"


class Per(StrEnum):
    HOUR = "hour"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    CROSSING = "crossing"
    COURSE = "course"


class Source(Front):
    """Where a figure was read."""

    title: Annotated[str, Field(min_length=3, description="The publication or page, by its title.")]
    publisher: Annotated[str, Field(description="Who published it.")] = ""
    language: Annotated[
        Literal["en", "cy"], Field(description="The language it is written in.")
    ] = "en"
    url: Annotated[
        str, Field(pattern=r"^https://[^\s]+$", description="Its address on the web.")
    ] = ""


class Fact(Front):
    """A figure. History never expires; an offer is believed until its review day has passed."""

    slug: str
    label: Annotated[
        str,
        Field(
            min_length=3,
            description="What the figure is, as a phrase without the number.",
        ),
    ]
    value: Annotated[
        Decimal | str,
        BeforeValidator(_exact),
        Field(description="The figure: digits only, no £ and no commas; or words for unit text."),
    ]
    to: Annotated[
        Decimal | None,
        BeforeValidator(_exact),
        Field(description="The upper end, where the figure is a range."),
    ] = None
    unit: Annotated[Unit, Field(description="What it counts.")]
    per: Annotated[Per | None, Field(description="For a rate: per hour, per year ….")] = None
    about: Annotated[
        Literal["exactly", "about", "up-to", "at-least", "more-than"],
        Field(description="How exact the figure is."),
    ] = "exactly"
    as_of: Annotated[When, Field(description="When it was true: 2022, 2022-03 or a day.")]
    checked: Annotated[
        date, Field(description="The day somebody last compared it with its source.")
    ]
    source: Annotated[Source, Field(description="Where it was read.")]
    owner: Annotated[str, Field(min_length=3, description="The team that keeps it right.")]
    kind: Annotated[
        Literal["history", "offer"],
        Field(description="history: it happened. offer: it can change (pay, fees, bursaries)."),
    ]
    review_by: Annotated[
        date | None,
        Field(description="Offers only: the last day it may be shown as current."),
    ] = None
    note: Annotated[str, Field(description="What a reader should know about it.")] = ""

    @model_validator(mode="after")
    def _holds_together(self) -> "Fact":
        if self.kind == "offer" and self.review_by is None:
            raise ValueError("an offer needs review_by, the last day it may be shown as current")
        if self.kind == "history" and self.review_by is not None:
            raise ValueError("history never expires: take out review_by, or make it an offer")
        if (self.unit is Unit.TEXT) is not isinstance(self.value, str):
            raise ValueError("value is a number, or words together with “unit: text”")
        if self.to is not None and (isinstance(self.value, str) or self.to <= self.value):
            raise ValueError("“to” is the upper end of a range, so it is larger than value")
        return self

    @property
    def number(self) -> Decimal:
        """The figure to calculate with. Raises ValueError for words."""
        if isinstance(self.value, str):
            raise ValueError(f"the fact “{self.slug}” is words, not a figure")
        return self.value

    def is_current(self, at: datetime) -> bool:
        return self.review_by is None or clock.day(at) <= self.review_by

    def changes_at(self, at: datetime) -> datetime | None:
        """The next instant at which this is said differently, if there is one."""
        if self.review_by is None or not self.is_current(at):
            return None
        return clock.starts(clock.day_after(self.review_by))

    def is_due_soon(self, on: date, days: int = 30) -> bool:
        return self.review_by is not None and 0 <= (self.review_by - on).days <= days
