"""The graph of pathways laid out as two columns: ways in on the left, careers on the right."""

from dataclasses import dataclass
from typing import Any

from portal.content.edition import Book

ROW, MARGIN = 34, 24
LEFT, RIGHT, WIDTH = 380, 620, 1000
COLOURS = 4


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
    """Careers stand near the ways that lead to them, so that lines cross as little as may be."""
    ways = [way for way in book.ways_in() if not way.proposed]
    height_of = {(way.collection, way.slug): row for row, way in enumerate(ways)}
    reached: dict[str, list[int]] = {}
    for way in ways:
        for career in book.those(way.leads_to):
            reached.setdefault(career.slug, []).append(height_of[way.collection, way.slug])
    careers = sorted(reached, key=lambda slug: (sum(reached[slug]) / len(reached[slug]), slug))
    rows = max(len(ways), len(careers))

    def y(row: int, of: int) -> int:
        return MARGIN + round((row + 0.5) * rows / of * ROW)

    left = {(w.collection, w.slug): y(row, len(ways)) for row, w in enumerate(ways)}
    right = {slug: y(row, len(careers)) for row, slug in enumerate(careers)}
    stops = [_stop(w, LEFT, left[w.collection, w.slug], -14, "end") for w in ways]
    stops += [_stop(book.careers[slug], RIGHT, right[slug], 14, "start") for slug in careers]
    lines = [
        Curve(_curve(left[way.collection, way.slug], right[career.slug]), row % COLOURS + 1)
        for row, way in enumerate(ways)
        for career in book.those(way.leads_to)
    ]
    return Map(WIDTH, rows * ROW + 2 * MARGIN, tuple(stops), tuple(lines))


def _stop(entry: Any, x: int, y: int, beside: int, anchor: str) -> Stop:  # noqa: ANN401
    return Stop(entry.title, entry.address, x, y, x + beside, anchor)


def _curve(start: int, end: int) -> str:
    middle = (LEFT + RIGHT) // 2
    return f"M{LEFT} {start}C{middle} {start} {middle} {end} {RIGHT} {end}"
