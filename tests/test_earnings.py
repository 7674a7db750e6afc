"""Earn while you learn is worked out from facts, and each sum can be followed."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from portal.content.edition import Book
from portal.earnings import work_out
from tests.editions import edition, fact, pathway

COMPARE = """compare:
  over: one year
  study_route: A full-time course
  earn:
    - {what: Wages, fact: wage, times: [week, weeks, 2]}
    - {what: A bursary, fact: bursary}
  study:
    - {what: Travel, fact: travel, times: [2]}
"""


def a_book(tmp_path: Path) -> Book:
    facts = (
        fact("wage", "12.71", review_by="2027-03-31", more="per: hour")
        + fact("week", 37, unit="hours")
        + fact("weeks", "52.143", unit="weeks")
        + fact("bursary", 1000, review_by="2026-06-30")
        + fact("travel", "862.50")
    )
    files = {"here/facts.yaml": facts, "here/pathways/paid.md": pathway(more=COMPARE)}
    return edition(tmp_path, files).main


def test_a_line_is_its_parts_multiplied_to_the_nearest_pound(tmp_path: Path) -> None:
    book = a_book(tmp_path)
    sums = work_out(book.pathways["paid"].compare, book, datetime(2026, 6, 1, tzinfo=UTC))
    wages = (Decimal("12.71") * 37 * Decimal("52.143") * 2).quantize(Decimal(1))
    assert [line.total for line in sums.earn] == [wages, 1000]
    assert (sums.earn_total, sums.study_total) == (wages + 1000, 1725)
    assert sums.difference == wages + 1000 - 1725


def test_money_past_its_review_day_is_left_out_of_the_sum_and_named(tmp_path: Path) -> None:
    book = a_book(tmp_path)
    sums = work_out(book.pathways["paid"].compare, book, datetime(2026, 8, 1, tzinfo=UTC))
    assert [str(line.what) for line in sums.earn] == ["Wages"]
    assert [str(line.what) for line in sums.left_out] == ["A bursary"]
