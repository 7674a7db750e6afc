"""The package on a page adds up, shows its sum, and leaves out what may no longer be true."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from portal.content.edition import Book
from portal.content.facts import Unit
from portal.package import package
from tests.editions import benefit, edition, fact

BENEFITS = (
    benefit("reward", "A reward when a friend joins")
    + benefit("fee", "Help with a fee", audiences="worker")
    + benefit("leave", "Paid leave", theme="time")
    + benefit("buddy", "A buddy", theme="support", figure=False, audiences="worker")
)
AUDIENCES = """
student: {title: Student, says: I study, icon: school, package: true}
worker: {title: Worker, says: I work, icon: briefcase, package: true}
visitor: {title: Visitor, says: I look, icon: compass}
"""
BEFORE = datetime(2026, 6, 1, tzinfo=UTC)
AFTER = datetime(2026, 8, 1, tzinfo=UTC)


@pytest.fixture
def book(tmp_path: Path) -> Book:
    facts = (
        fact("reward", 500, review_by="2027-03-31", more="about: up-to")
        + fact("fee", 50, review_by="2026-06-30")
        + fact("leave", 25, unit="days", review_by="2027-03-31", more="per: year")
    )
    files = {
        "here/benefits.yaml": BENEFITS,
        "here/audiences.yaml": AUDIENCES,
        "here/facts.yaml": facts,
    }
    return edition(tmp_path, files).main


def test_the_total_is_the_sum_of_its_parts(book: Book) -> None:
    totals = package(book, book.audiences["worker"], BEFORE).totals
    money, days = totals
    assert (money.unit, money.amount, money.is_ceiling) == (Unit.POUNDS, 550, True)
    assert [line.benefit.slug for line in money.parts] == ["reward", "fee"] or [
        line.benefit.slug for line in money.parts
    ] == ["fee", "reward"]
    assert (days.unit, days.amount, days.is_ceiling) == (Unit.DAYS, 25, False)


def test_a_figure_past_its_review_day_leaves_the_total_and_is_named(book: Book) -> None:
    found = package(book, book.audiences["worker"], AFTER)
    assert found.totals[0].amount == 500
    assert [line.benefit.slug for line in found.left_out] == ["fee"]
    assert not next(line for line in found.lines if line.benefit.slug == "fee").is_current


def test_each_audience_sees_its_own_lines(book: Book) -> None:
    lines = package(book, book.audiences["student"], BEFORE).lines
    assert {line.benefit.slug for line in lines} == {"reward", "leave"}


def test_everyones_package_holds_only_what_everyone_gets(book: Book) -> None:
    lines = package(book, None, BEFORE).lines
    assert {line.benefit.slug for line in lines} == {"reward", "leave"}


def test_themes_keep_their_order_and_empty_ones_are_left_out(book: Book) -> None:
    themes = package(book, book.audiences["worker"], BEFORE).themes()
    assert [name for name, _ in themes] == ["pay", "time", "support"]
