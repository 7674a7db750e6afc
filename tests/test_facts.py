"""A figure is held once, says where it comes from, and is never shown as current when it is not."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from portal import clock
from portal.content.facts import Fact
from portal.content.wording import Wording
from tests.editions import edition, fact, problems


def a_fact(**given: object) -> Fact:
    basics = {
        "slug": "a-figure",
        "label": "A figure",
        "value": 500,
        "unit": "pounds",
        "as_of": "2025-04",
        "checked": "2026-01-05",
        "source": {"title": "The yearly report"},
        "owner": "Workforce team",
        "kind": "history",
    }
    return Fact.model_validate(basics | given)


def an_offer(review_by: str) -> Fact:
    return a_fact(kind="offer", review_by=review_by)


def test_an_offer_is_current_through_its_review_day_and_not_a_second_longer() -> None:
    offer = an_offer("2026-06-30")
    # Midnight in London is 23:00 UTC in summer.
    assert offer.is_current(datetime(2026, 6, 30, 22, 59, 59, tzinfo=UTC))
    assert not offer.is_current(datetime(2026, 6, 30, 23, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("review_by", "turns"),
    [
        ("2026-03-28", datetime(2026, 3, 29, 0, 0, tzinfo=UTC)),  # the clocks go on that night
        ("2026-03-29", datetime(2026, 3, 29, 23, 0, tzinfo=UTC)),
        ("2026-10-24", datetime(2026, 10, 24, 23, 0, tzinfo=UTC)),
        ("2026-10-25", datetime(2026, 10, 26, 0, 0, tzinfo=UTC)),  # the clocks went back
    ],
)
def test_the_moment_an_offer_turns_is_london_midnight_at_both_clock_changes(
    review_by: str, turns: datetime
) -> None:
    offer = an_offer(review_by)
    before = datetime(2026, 1, 1, tzinfo=UTC)
    assert offer.changes_at(before) == turns
    assert offer.changes_at(turns) is None


def test_history_never_expires() -> None:
    history = a_fact()
    far = datetime(2999, 1, 1, tzinfo=UTC)
    assert history.is_current(far)
    assert history.changes_at(far) is None


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"kind": "offer"}, "an offer needs review_by"),
        ({"review_by": "2026-01-01"}, "history never expires"),
        ({"value": "lots"}, "value is a number, or words together"),
        ({"unit": "text"}, "value is a number, or words together"),
        ({"to": 400}, "the upper end of a range"),
        ({"as_of": "last year"}, "a year, month or day such as"),
        ({"as_of": "2026-02-30"}, "day"),
        ({"source": {"title": "x", "url": "http://a"}}, "title"),
    ],
)
def test_a_fact_that_does_not_hold_together_is_refused(given: dict, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        a_fact(**given)


def test_a_day_that_does_not_exist_is_refused_where_it_stands(tmp_path: Path) -> None:
    text = fact("a-figure", review_by="2026-02-30")
    (found,) = problems(tmp_path, {"here/facts/x.yaml": text})
    assert (found.line, found.field) == (10, "a-figure → review_by"[11:])
    assert "write a day that exists" in found.says


@pytest.mark.parametrize(
    ("given", "english"),
    [
        ({"value": 21995}, "£21,995"),
        ({"value": 12.71, "per": "hour"}, "£12.71 an hour"),
        ({"value": 862.5}, "£862.50"),
        ({"value": 500, "about": "up-to"}, "up to £500"),
        ({"value": 225, "unit": "people", "about": "more-than"}, "more than 225 people"),
        ({"value": 1, "unit": "months"}, "1 month"),
        ({"value": 14, "unit": "months"}, "14 months"),
        ({"value": 24027, "to": 52805, "per": "year"}, "£24,027 to £52,805 a year"),
        ({"value": 14.2, "unit": "percent"}, "14.2%"),
        ({"value": "A 2:2 degree", "unit": "text"}, "A 2:2 degree"),
    ],
)
def test_figures_are_said_with_their_unit(given: dict, english: str) -> None:
    assert Wording("en").amount(a_fact(**given)) == english


def test_a_date_is_said_as_exactly_as_it_is_known() -> None:
    said = [Wording("en").when(a_fact(as_of=when)) for when in ("2022", "2022-03", "2022-03-31")]
    assert said == ["2022", "March 2022", "31 March 2022"]


def test_a_figure_is_read_exactly_and_not_as_a_near_fraction(tmp_path: Path) -> None:
    made = edition(tmp_path, {"here/facts/x.yaml": fact("wage", "12.71")})
    assert str(made.main.facts["wage"].number) == "12.71"


def test_offers_to_review_soon_are_pointed_out() -> None:
    offer = an_offer("2026-06-30")
    at = datetime(2026, 6, 1, tzinfo=UTC)
    assert offer.is_due_soon(clock.day(at))
    assert not offer.is_due_soon(clock.day(datetime(2026, 5, 1, tzinfo=UTC)))
