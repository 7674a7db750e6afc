"""The map of pathways shows every way in and where it leads, in a picture and in words."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from portal.content.edition import Book
from portal.pathway_map import lay_out
from routes.live import Live
from tests.editions import career, edition, pathway, settings, write

FILES = {
    "national/careers/nurse.md": career("Nurse"),
    "national/careers/social-worker.md": career("Social worker"),
    "national/pathways/a.md": pathway("To nursing", leads_to="nurse"),
    "national/pathways/b.md": pathway("To both", leads_to="nurse, social-worker"),
    "national/pathways/idea.md": pathway("An idea", more="proposed: true"),
}


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return edition(tmp_path, FILES).main


def test_every_way_in_and_every_career_it_leads_to_is_a_stop(book: Book) -> None:
    titles = [stop.title for stop in lay_out(book).stops]
    assert sorted(titles) == [
        "A first step", "Care worker", "Nurse", "Social worker", "To both", "To nursing",
    ]  # fmt: skip


def test_each_step_is_one_line(book: Book) -> None:
    assert len(lay_out(book).lines) == 4


def test_no_two_stops_lie_on_each_other_and_all_lie_in_the_picture(book: Book) -> None:
    drawn = lay_out(book)
    places = {(stop.x, stop.y) for stop in drawn.stops}
    assert len(places) == len(drawn.stops)
    assert all(0 < x < drawn.width and 0 < y < drawn.height for x, y in places)


def test_the_words_below_say_all_that_the_picture_shows(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    made = Live(settings(tmp_path)).make("/pathways/map/", datetime(2026, 6, 1, tzinfo=UTC))
    assert made
    words = made.body.decode().partition("</svg>")[2]
    for title in ("To nursing", "To both", "Nurse", "Social worker", "An idea", "Proposed"):
        assert title in words
