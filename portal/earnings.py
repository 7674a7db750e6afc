"""Earn while you learn: money in hand on a pathway, beside the same time spent studying."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from portal.content.edition import Book
from portal.content.facts import Fact
from portal.content.parts import Comparison, MoneyLine
from portal.content.prose import Line


@dataclass(frozen=True)
class Worked:
    """One line of a sum: each part multiplied, in the order shown, to the nearest pound."""

    what: Line
    parts: tuple[Fact | int, ...]

    @property
    def total(self) -> Decimal:
        product = Decimal(1)
        for part in self.parts:
            product *= part.number if isinstance(part, Fact) else part
        return product.quantize(Decimal(1))

    @property
    def facts(self) -> list[Fact]:
        return [part for part in self.parts if isinstance(part, Fact)]

    def is_current(self, at: datetime) -> bool:
        return all(fact.is_current(at) for fact in self.facts)


@dataclass(frozen=True)
class Sums:
    """Both sides of a comparison at an instant. A line past its review day is left out."""

    earn: tuple[Worked, ...]
    study: tuple[Worked, ...]
    left_out: tuple[Worked, ...]

    @property
    def earn_total(self) -> Decimal:
        return sum((line.total for line in self.earn), Decimal(0))

    @property
    def study_total(self) -> Decimal:
        return sum((line.total for line in self.study), Decimal(0))

    @property
    def difference(self) -> Decimal:
        return self.earn_total - self.study_total

    @property
    def facts(self) -> list[Fact]:
        lines = (*self.earn, *self.study, *self.left_out)
        return [fact for line in lines for fact in line.facts]


def work_out(comparison: Comparison, book: Book, at: datetime) -> Sums:
    def lines(given: tuple[MoneyLine, ...]) -> list[Worked]:
        return [
            Worked(line.what, tuple(_part(book, part) for part in (line.fact, *line.times)))
            for line in given
        ]

    earn, study = lines(comparison.earn), lines(comparison.study)
    return Sums(
        tuple(line for line in earn if line.is_current(at)),
        tuple(line for line in study if line.is_current(at)),
        tuple(line for line in (*earn, *study) if not line.is_current(at)),
    )


def _part(book: Book, part: str | int) -> Fact | int:
    if isinstance(part, int):
        return part
    fact: Fact = book.facts[part]
    return fact
