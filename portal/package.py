"""The package on a page: what a person gets, who gets it, how, and what it comes to."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from portal.content.edition import Book
from portal.content.facts import Fact, Unit
from portal.content.models import Audience, Benefit

THEMES = ("pay", "time", "learning", "support", "belonging")
# Only these can be added up: money, and days of paid leave.
COUNTED = (Unit.POUNDS, Unit.DAYS)


@dataclass(frozen=True)
class PackageLine:
    benefit: Benefit
    fact: Fact | None
    is_current: bool


@dataclass(frozen=True)
class Total:
    """A sum that shows its parts."""

    unit: Unit
    parts: tuple[PackageLine, ...]

    @property
    def amount(self) -> Decimal:
        return sum((line.fact.number for line in self.parts if line.fact), Decimal(0))

    @property
    def is_ceiling(self) -> bool:
        """One part is “up to”, so the whole is."""
        return any(line.fact and line.fact.about == "up-to" for line in self.parts)


@dataclass(frozen=True)
class Package:
    audience: Audience | None
    lines: tuple[PackageLine, ...]
    totals: tuple[Total, ...]
    left_out: tuple[PackageLine, ...]

    def themes(self) -> list[tuple[str, list[PackageLine]]]:
        grouped = {
            theme: [line for line in self.lines if line.benefit.theme == theme] for theme in THEMES
        }
        return [(theme, lines) for theme, lines in grouped.items() if lines]


def package(book: Book, audience: Audience | None, at: datetime) -> Package:
    """Everyone's package where no audience is given: each line that every audience has."""
    lines = tuple(
        _line(book, benefit, at)
        for benefit in book.benefits.values()
        if _is_for(benefit, audience, book)
    )
    counted = [line for line in lines if line.benefit.counts and line.fact]
    totals = [
        Total(unit, tuple(line for line in counted if line.is_current and _unit(line) is unit))
        for unit in COUNTED
    ]
    return Package(
        audience,
        lines,
        tuple(total for total in totals if total.parts),
        tuple(line for line in counted if not line.is_current),
    )


def _is_for(benefit: Benefit, audience: Audience | None, book: Book) -> bool:
    if audience is not None:
        return audience.slug in benefit.audiences
    return all(each.slug in benefit.audiences for each in book.packages())


def _line(book: Book, benefit: Benefit, at: datetime) -> PackageLine:
    fact: Fact | None = book.facts[benefit.fact] if benefit.fact else None
    return PackageLine(benefit, fact, fact is None or fact.is_current(at))


def _unit(line: PackageLine) -> Unit | None:
    return line.fact.unit if line.fact else None
