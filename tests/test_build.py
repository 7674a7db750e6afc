"""The built site is whole, has no dead links, and is the same bytes every time."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from portal.site.build import BrokenSite, build
from portal.site.store import Made
from routes.live import Live
from tests.editions import career, settings, write

AT = datetime(2026, 6, 1, tzinfo=UTC)


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Live:
    folder = tmp_path_factory.mktemp("site")
    write(folder, {"national/careers/foster.md": career("Foster carer")})
    return Live(settings(folder))


def every_path(live: Live) -> list[str]:
    return [*live.catalogue.spots, *live.statics.files]


def test_building_twice_gives_the_same_bytes(live: Live, tmp_path: Path) -> None:
    build(tmp_path / "one", every_path(live), live.make, AT)
    build(tmp_path / "two", every_path(live), live.make, AT)
    one, two = files(tmp_path / "one"), files(tmp_path / "two")
    assert one == two
    assert {"index.html", "sitemap.xml", "robots.txt", "careers/foster/index.html"} <= set(one)


def page(body: str) -> Made:
    return Made(body.encode(), "text/html; charset=utf-8")


def test_a_dead_link_stops_the_build_and_the_last_one_stands(tmp_path: Path) -> None:
    out = tmp_path / "dist"
    build(out, ["/"], lambda path, at: page("<p>whole</p>"), AT)
    pages = {
        "/": page('<a href="/nowhere/">x</a><a href="#lost">y</a><a href="https://a.example">z</a>')
    }
    with pytest.raises(BrokenSite) as broken:
        build(out, pages, lambda path, at: pages[path], AT)
    assert "/ links to /nowhere/, which is not there" in str(broken.value)
    assert "/ links to #lost, but nothing there has that name" in str(broken.value)
    assert (out / "index.html").read_text() == "<p>whole</p>"


def test_a_page_that_cannot_be_made_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(BrokenSite, match="/gone/ could not be made"):
        build(tmp_path / "dist", ["/gone/"], lambda path, at: None, AT)


def test_a_page_that_has_gone_leaves_nothing_behind(tmp_path: Path) -> None:
    out = tmp_path / "dist"
    build(out, ["/", "/old/"], lambda path, at: page("x"), AT)
    build(out, ["/"], lambda path, at: page("x"), AT)
    assert set(files(out)) == {"index.html"}
