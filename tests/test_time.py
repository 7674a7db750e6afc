"""What time does to a page: it reads differently from the very moment that it should."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from routes.live import Live
from tests.editions import fact, pathway, settings, write

BEFORE = datetime(2026, 6, 1, 12, tzinfo=UTC)
LAST_MOMENT = datetime(2026, 6, 30, 22, 59, 59, tzinfo=UTC)
TURNS = datetime(2026, 6, 30, 23, 0, tzinfo=UTC)

INTAKE = """intakes:
  - {title: Summer intake, opens: 2026-06-10, closes: 2026-06-30, starts: 2026-09, source: A page}
pay:
  - {what: A bursary, fact: bursary}"""


@pytest.fixture
def live(tmp_path: Path) -> Live:
    files = {
        "here/facts.yaml": fact("bursary", 500, review_by="2026-06-30"),
        "here/pathways/course.md": pathway("Course", more=INTAKE),
    }
    write(tmp_path, files)
    return Live(settings(tmp_path))


def text(live: Live, at: datetime, path: str = "/pathways/course/") -> str:
    made = live.make(path, at)
    assert made
    return made.body.decode()


def test_an_offer_is_shown_as_current_up_to_midnight_in_london_and_then_says_it_is_checked(
    live: Live,
) -> None:
    assert "now being checked" not in text(live, LAST_MOMENT)
    assert "£500 (2025) – now being checked" in text(live, TURNS)
    assert "so we no longer show it as current" in text(live, TURNS)


def test_an_intake_opens_and_closes_by_itself(live: Live) -> None:
    assert "Opens on 10 June 2026" in text(live, BEFORE)
    assert "Apply by the end of 30 June 2026" in text(live, LAST_MOMENT)
    assert "It was open from 10 June 2026 to 30 June 2026" in text(live, TURNS)


def test_a_page_knows_the_next_moment_at_which_it_changes(live: Live) -> None:
    opens = datetime(2026, 6, 9, 23, tzinfo=UTC)
    fresh = [live.make("/pathways/course/", at) for at in (BEFORE, opens, TURNS)]
    assert [made and made.fresh_until for made in fresh] == [opens, TURNS, None]


def test_a_page_that_no_moment_changes_is_kept_for_good(live: Live) -> None:
    made = live.make("/careers/care-worker/", BEFORE)
    assert made
    assert made.fresh_until is None
