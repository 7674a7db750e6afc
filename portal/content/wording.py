"""Figures and dates as a language says them. Interface words come from portal/locale."""

import io
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations

from portal.content.facts import Fact, Per, Unit, When
from portal.content.languages import say_date, say_when

CATALOGUES = Path(__file__).resolve().parents[1] / "locale"


@cache
def catalogue(language: str) -> NullTranslations:
    """The interface's words. English is written in the templates, so it has no catalogue."""
    path = CATALOGUES / f"{language}.po"
    if not path.exists():
        return NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return Translations(compiled)


class Wording:
    """How one language says figures and dates."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.catalogue = catalogue(language)
        self.say = self.catalogue.ugettext
        self.count = self.catalogue.ungettext

    def date(self, value: date) -> str:
        return say_date(value, self.language)

    def when(self, fact: Fact) -> str:
        return say_when(fact.as_of, self.language)

    def day_or_month(self, when: When) -> str:
        return say_when(when, self.language)

    def part(self, part: Fact | int) -> str:
        """One part of a sum that is multiplied out."""
        return self.amount(part) if isinstance(part, Fact) else str(part)

    def number(self, value: Decimal | int) -> str:
        return format_decimal(value, locale=self.language)

    def pounds(self, value: Decimal | int) -> str:
        """Pence only where there are some: £50, £12.71, £24,000."""
        exact = Decimal(value)
        pattern = "#,##0" if exact == exact.to_integral_value() else "#,##0.00"
        return "£" + format_decimal(exact, pattern, locale=self.language)

    def amount(self, fact: Fact) -> str:
        """The figure with its unit: `£12.71 an hour`, `more than 225 people`, `14 months`."""
        if isinstance(fact.value, str):
            return fact.value
        said = self.measured(fact.value, fact.unit)
        if fact.to is not None:
            low = self.pounds(fact.value) if fact.unit is Unit.POUNDS else self.number(fact.value)
            said = self.say("%(low)s to %(high)s") % {
                "low": low,
                "high": self.measured(fact.to, fact.unit),
            }
        return self.qualified(self.rated(said, fact.per), fact.about)

    def measured(self, value: Decimal, unit: Unit) -> str:
        number = self.number(value)
        whole = int(value) if value == value.to_integral_value() else 5  # Welsh has a form for two
        plain = {
            Unit.POUNDS: self.pounds(value),
            Unit.PERCENT: f"{number}%",
            Unit.LEVEL: self.say("level %(n)s"),
        }
        said = plain.get(unit) or self._counted(whole).get(unit, "%(n)s")
        return said.replace("%(n)s", number)

    def _counted(self, n: int) -> dict[Unit, str]:
        count = self.count
        return {
            Unit.HOURS: count("%(n)s hour", "%(n)s hours", n),
            Unit.DAYS: count("%(n)s day", "%(n)s days", n),
            Unit.WEEKS: count("%(n)s week", "%(n)s weeks", n),
            Unit.MONTHS: count("%(n)s month", "%(n)s months", n),
            Unit.YEARS: count("%(n)s year", "%(n)s years", n),
            Unit.PEOPLE: count("%(n)s person", "%(n)s people", n),
            Unit.STUDENTS: count("%(n)s student", "%(n)s students", n),
            Unit.PLACES: count("%(n)s place", "%(n)s places", n),
            Unit.POSTS: count("%(n)s post", "%(n)s posts", n),
            Unit.MILES: count("%(n)s mile", "%(n)s miles", n),
            Unit.SQUARE_MILES: count("%(n)s square mile", "%(n)s square miles", n),
        }

    def rated(self, said: str, per: Per | None) -> str:
        patterns = {
            Per.HOUR: self.say("%(amount)s an hour"),
            Per.WEEK: self.say("%(amount)s a week"),
            Per.MONTH: self.say("%(amount)s a month"),
            Per.YEAR: self.say("%(amount)s a year"),
            Per.CROSSING: self.say("%(amount)s a crossing"),
            Per.COURSE: self.say("%(amount)s for the course"),
        }
        return patterns[per] % {"amount": said} if per else said

    def qualified(self, said: str, about: str) -> str:
        patterns = {
            "about": self.say("about %(amount)s"),
            "up-to": self.say("up to %(amount)s"),
            "at-least": self.say("at least %(amount)s"),
            "more-than": self.say("more than %(amount)s"),
        }
        return patterns[about] % {"amount": said} if about in patterns else said
