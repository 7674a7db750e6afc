"""An editor sees a saved change at once, and a mistake never takes the site down."""

import threading
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from routes.app import Portal
from tests.editions import career, settings, write

FILE = "content/national/careers/care-worker.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, {})
    return tmp_path


def seen_within(client: TestClient, words: str, seconds: float = 5) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if words in client.get("/careers/care-worker/").text:
            return True
        time.sleep(0.02)
    return False


def test_a_saved_file_shows_by_itself(folder: Path) -> None:
    portal = Portal(settings(folder))
    with TestClient(portal.front, base_url="http://127.0.0.1:8000") as client:
        client.get("/careers/care-worker/")
        time.sleep(0.3)  # until the watch has begun
        (folder / FILE).write_text(career(body="Quite new words.").lstrip())
        assert seen_within(client, "Quite new words.")


def test_a_broken_file_keeps_the_last_good_page_and_shows_what_to_mend(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    portal = Portal(settings(folder))
    with TestClient(portal.front, base_url="http://127.0.0.1:8000") as client:
        good = (folder / FILE).read_text()
        (folder / FILE).write_text(good.replace("people: adults", "people: <b>cats</b>"))
        portal.live.reload()
        portal.store.clear()
        page = client.get("/careers/care-worker/")
        assert page.status_code == 200
        assert "Help people to live at home." in page.text
        assert f"{FILE}, line 4: people: write one of" in page.text
        assert "<b>cats" not in page.text
        assert f"{FILE}, line 4" in capsys.readouterr().err
        (folder / FILE).write_text(good)
        portal.live.reload()
        portal.store.clear()
        assert "write one of" not in client.get("/careers/care-worker/").text


def test_half_a_file_and_ten_saves_at_once_never_show_a_broken_page(folder: Path) -> None:
    portal = Portal(settings(folder))
    good = (folder / FILE).read_text()
    statuses: set[int] = set()
    done = threading.Event()

    with TestClient(portal.front, base_url="http://127.0.0.1:8000") as client:

        def read() -> None:
            while not done.is_set():
                statuses.add(client.get("/careers/care-worker/").status_code)

        reader = threading.Thread(target=read)
        reader.start()
        for cut in (10, 60, 200, 15, 3, 100, 0, 80, 40, 5):
            (folder / FILE).write_text(good[:cut])
            portal.live.reload()
            portal.store.clear()
        done.set()
        reader.join()
    assert statuses == {200}


def test_an_edition_outside_the_repository_is_served(tmp_path: Path) -> None:
    outside = write(tmp_path / "elsewhere", {}) / "here"
    chosen = settings(tmp_path / "elsewhere").model_copy(update={"edition": str(outside)})
    with TestClient(Portal(chosen).front, base_url="http://127.0.0.1:8000") as client:
        assert "Way In Somewhere" in client.get("/").text


def test_an_old_address_leads_to_the_page_that_has_moved(tmp_path: Path) -> None:
    moved = career("Moved").replace("summary:", "was: [old-name]\nsummary:")
    write(tmp_path, {"national/careers/new-name.md": moved})
    with TestClient(Portal(settings(tmp_path)).front, base_url="http://127.0.0.1:8000") as client:
        answer = client.get("/careers/old-name/?from=poster", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (
        301,
        "/careers/new-name/?from=poster",
    )


def test_every_page_is_ready_soon_after_the_start(folder: Path) -> None:
    portal = Portal(settings(folder))
    with TestClient(portal.front, base_url="http://127.0.0.1:8000"):
        until = time.monotonic() + 10
        while time.monotonic() < until and "/careers/care-worker/" not in portal.store.kept:
            time.sleep(0.02)
    assert "/careers/care-worker/" in portal.store.kept
