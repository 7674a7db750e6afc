"""A public page is rendered once, sent as ready bytes, and never a moment out of date."""

import gzip
from datetime import UTC, datetime, timedelta

import brotli
import pytest

from portal.site.store import Made, PageStore
from routes.front import encodings, same

START = datetime(2026, 6, 1, 12, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> float:
        return self.at.timestamp()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def made() -> list[str]:
    return []


@pytest.fixture
def store(clock: Clock, made: list[str]) -> PageStore:
    def make(path: str, at: datetime) -> Made | None:
        if path == "/missing/":
            return None
        made.append(path)
        body = f"<p>{path} as of {at:%H:%M} {'words ' * 200}</p>".encode()
        return Made(body, "text/html; charset=utf-8", START + timedelta(hours=1))

    return PageStore(make, clock, lambda path: path != "/missing/")


def test_a_page_is_rendered_once_however_often_it_is_asked_for(
    store: PageStore, made: list[str]
) -> None:
    first = store.get("/careers/")
    assert store.get("/careers/") is first
    assert made == ["/careers/"]


def test_a_page_is_rendered_again_on_the_first_ask_after_it_changes_by_itself(
    store: PageStore, clock: Clock, made: list[str]
) -> None:
    store.get("/careers/")
    clock.at = START + timedelta(minutes=59, seconds=59)
    assert store.fresh("/careers/") is not None
    clock.at = START + timedelta(hours=1)
    assert store.fresh("/careers/") is None
    again = store.get("/careers/")
    assert again is not None
    assert b"as of 13:00" in again.made.body
    assert made == ["/careers/", "/careers/"]


def test_every_encoding_unpacks_to_the_same_page_and_has_its_own_tag(store: PageStore) -> None:
    kept = store.get("/careers/")
    store.finish_packing()
    assert kept is not None
    body = kept.made.body
    assert brotli.decompress(kept.ready["br"].body) == body
    assert gzip.decompress(kept.ready["gzip"].body) == body
    assert len({ready.etag for ready in kept.ready.values()}) == 3
    for ready in kept.ready.values():
        assert dict(ready.headers)["content-length"] == str(len(ready.body))
        assert not ready.etag.startswith("W/")


def test_the_first_ask_is_answered_before_the_page_is_packed(store: PageStore) -> None:
    kept = store.get("/careers/")
    assert kept is not None
    assert kept.best(("br", "gzip")).body == kept.made.body or "br" in kept.ready


def test_a_page_that_does_not_exist_is_not_kept(store: PageStore) -> None:
    assert store.get("/missing/") is None
    assert store.kept == {}


def test_new_content_empties_the_store(store: PageStore, made: list[str]) -> None:
    store.get("/careers/")
    store.clear()
    store.get("/careers/")
    assert made == ["/careers/", "/careers/"]


@pytest.mark.parametrize(
    ("accepted", "ours"),
    [
        ("gzip, deflate, br, zstd", ("br", "gzip")),
        ("gzip", ("gzip",)),
        ("br;q=0, gzip;q=0.5", ("gzip",)),
        ("*", ("br", "gzip")),
        ("*;q=0", ()),
        ("identity", ()),
        ("br;q=nonsense", ()),
        ("BR", ("br",)),
        ("", ()),
    ],
)
def test_a_browser_is_sent_only_what_it_said_it_takes(accepted: str, ours: tuple[str, ...]) -> None:
    assert encodings(accepted) == ours


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ('"abc"', True),
        ('"x", "abc"', True),
        ("*", True),
        ('"abc-br"', False),
        ("abc", False),
    ],
)
def test_a_page_is_unchanged_only_if_the_very_same_bytes_were_asked_about(
    asked: str, answer: bool
) -> None:
    assert same(asked, '"abc"') is answer


def test_pages_can_be_ready_before_anybody_asks(store: PageStore, made: list[str]) -> None:
    store.warm(["/", "/careers/", "/missing/"])
    store.finish_packing()
    assert made == ["/", "/careers/"]
    assert all("br" in kept.ready for kept in store.kept.values())


def test_a_closed_store_still_answers_and_starts_nothing(store: PageStore) -> None:
    store.close()
    kept = store.get("/careers/")
    assert kept is not None
    assert list(kept.ready) == [""]
    store.warm(["/"])
    assert list(store.kept) == ["/careers/"]
