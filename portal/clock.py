"""The only reader of the time. Everything else is handed an instant or a London day."""

from datetime import UTC, date, datetime, time, timedelta
from time import time as time_now
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    return datetime.now(UTC)


def seconds() -> float:
    """The same instant as seconds since 1970, for a comparison made at every request."""
    return time_now()


def day(at: datetime) -> date:
    """The day that people in London call it at that instant."""
    return at.astimezone(LONDON).date()


def starts(on: date) -> datetime:
    """The instant, in UTC, at which a London day begins."""
    return datetime.combine(on, time(), LONDON).astimezone(UTC)


def day_after(on: date) -> date:
    return on + timedelta(days=1)
