"""The graph of pathways laid out as two columns: ways in on the left, careers on the right."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from portal.content.edition import Book

ROW, MARGIN = 34, 24
LEFT, RIGHT, WIDTH = 470, 720, 1120
COLOURS = 4
ROUNDS = 8

Key = tuple[str, str]


@dataclass(frozen=True)
class Stop:
    title: str
    address: str
    x: int
    y: int
    text_x: int
    anchor: str


@dataclass(frozen=True)
class Curve:
    path: str
    colour: int


@dataclass(frozen=True)
class Map:
    """Ready to draw, in the units of its own view box."""

    width: int
    height: int
    stops: tuple[Stop, ...]
    lines: tuple[Curve, ...]


def lay_out(book: Book) -> Map:
    """Each side is put in the order of what it is joined to, so that few lines cross."""
    ways = {(way.collection, way.slug): way for way in book.ways_in() if not way.proposed}
    joined = [
        (key, career.slug) for key, way in ways.items() for career in book.those(way.leads_to)
    ]
    left, right = _untangled(
        list(ways), list(dict.fromkeys(career for _, career in joined)), joined
    )
    rows = max(len(left), len(right))

    def y(row: int, of: int) -> int:
        return MARGIN + round((row + 0.5) * rows / of * ROW)

    left_y = {key: y(row, len(left)) for row, key in enumerate(left)}
    right_y = {slug: y(row, len(right)) for row, slug in enumerate(right)}
    stops = [_stop(ways[key], LEFT, left_y[key], -14, "end") for key in left]
    stops += [_stop(book.careers[slug], RIGHT, right_y[slug], 14, "start") for slug in right]
    colour = {key: row % COLOURS + 1 for row, key in enumerate(left)}
    lines = [Curve(_curve(left_y[key], right_y[slug]), colour[key]) for key, slug in joined]
    return Map(WIDTH, rows * ROW + 2 * MARGIN, tuple(stops), tuple(lines))


def _untangled(
    left: list[Key], right: list[str], joined: list[tuple[Key, str]]
) -> tuple[list[Key], list[str]]:
    """Each end goes to the middle of its other ends, in turn, until little more would change."""
    for _ in range(ROUNDS):
        right.sort(key=lambda slug: _middle(left.index(way) for way, to in joined if to == slug))
        left.sort(key=lambda way: _middle(right.index(to) for from_, to in joined if from_ == way))
    return left, right


def _middle(rows: Iterable[int]) -> float:
    found = list(rows)
    return sum(found) / len(found) if found else 0


def _stop(entry: Any, x: int, y: int, beside: int, anchor: str) -> Stop:  # noqa: ANN401
    return Stop(entry.title, entry.address, x, y, x + beside, anchor)


def _curve(start: int, end: int) -> str:
    middle = (LEFT + RIGHT) // 2
    return f"M{LEFT} {start}C{middle} {start} {middle} {end} {RIGHT} {end}"
