"""Every public address on one screen, and how each becomes bytes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from rapidfuzz import process

from portal.content import brand
from portal.content.edition import Edition
from portal.content.models import Page
from portal.settings import Settings
from portal.site.store import Made
from routes import cards, feeds, finder, package, pathway_map, search
from routes.rendering import View, brand_path, render

Gather = Callable[[View], dict[str, Any]]
HTML = "text/html; charset=utf-8"


def nothing(view: View) -> dict[str, Any]:
    return {}


ONCE: dict[str, tuple[str, Gather]] = {
    "/": ("home.html", nothing),
    "/careers/": ("careers/index.html", nothing),
    "/apprenticeships/": ("apprenticeships/index.html", nothing),
    "/pathways/": ("pathways/index.html", nothing),
    "/pathways/finder/": ("finder/show.html", finder.gather),
    "/pathways/map/": ("pathways/map.html", pathway_map.gather),
    "/volunteering/": ("volunteering/index.html", nothing),
    "/progression/": ("stages/index.html", nothing),
    "/package/": ("package/show.html", package.gather),
    "/stories/": ("stories/index.html", nothing),
    "/places/": ("places/index.html", nothing),
    "/partners/": ("partners/index.html", nothing),
    "/search/": ("search/show.html", search.gather),
    "/glossary/": ("glossary/index.html", nothing),
}
EACH = {
    "careers": "careers/show.html",
    "apprenticeships": "apprenticeships/show.html",
    "pathways": "pathways/show.html",
    "volunteering": "volunteering/show.html",
    "stages": "stages/show.html",
    "stories": "stories/show.html",
    "places": "places/show.html",
    "partners": "partners/show.html",
    "pages": "pages/show.html",
}
FILES: dict[str, Callable[[View], Made]] = {
    "/package.pdf": package.pdf,
    "/stories/feed.atom": feeds.stories,
    "/manifest.webmanifest": feeds.web_manifest,
}
# These have no language of their own.
SHARED: dict[str, Callable[[View], Made]] = {
    "/sitemap.xml": feeds.sitemap,
    "/robots.txt": feeds.robots,
    "/favicon.svg": cards.favicon,
    "/icon-192.png": cards.icon,
    "/icon-512.png": cards.icon,
}


@dataclass(frozen=True)
class Spot:
    """One address: its language, its path without that, and what makes it."""

    language: str
    path: str
    make: Callable[[View], Made]
    entry: Page | None = None

    @property
    def is_page(self) -> bool:
        return self.path.endswith("/")


class Catalogue:
    """Every address that one edition has."""

    def __init__(
        self, settings: Settings, edition: Edition, problems: tuple[str, ...] = ()
    ) -> None:
        self.settings = settings
        self.edition = edition
        self.problems = problems
        self.spots = dict(self._all())
        self.spots[self.brand_path] = Spot("", self.brand_path, brand_css)
        self.moved = dict(self._moved())

    @cached_property
    def brand_path(self) -> str:
        return brand_path(self.edition.site.brand)

    def _all(self) -> Iterator[tuple[str, Spot]]:
        for path, make in SHARED.items():
            yield path, Spot("", path, make)
        for language in self.edition.languages:
            prefix = "" if language == self.edition.languages[0] else f"/{language}"
            for spot in self._in(language):
                yield prefix + spot.path, spot
                if spot.is_page:
                    card = cards.path(spot.path)
                    yield prefix + card, Spot(language, card, cards.of(spot.path, spot.entry))

    def _in(self, language: str) -> Iterator[Spot]:
        book = self.edition.books[language]
        for path, entry in book.addresses.items():
            if entry:
                yield Spot(language, path, page(EACH[entry.collection], entry=entry), entry)
            elif path in ONCE:
                yield Spot(language, path, page(*ONCE[path]))
        for audience in book.packages():
            path = f"/package/{audience.slug}"
            yield Spot(language, f"{path}/", page("package/show.html", package.gather))
            yield Spot(language, f"{path}.pdf", package.pdf)
        for path, make in FILES.items():
            yield Spot(language, path, make)

    def _moved(self) -> Iterator[tuple[str, str]]:
        for entry in self.edition.main.pages():
            for old in entry.was:
                here = entry.address
                yield here[: here.rindex(entry.slug)] + f"{old}/", here

    def view(self, language: str, path: str, at: datetime) -> View:
        return View(self.settings, self.edition, language, path, at, problems=self.problems)

    def make(self, path: str, at: datetime) -> Made | None:
        spot = self.spots.get(path)
        if spot is None:
            return None
        return spot.make(self.view(spot.language or self.edition.languages[0], spot.path, at))

    def language_of(self, path: str) -> tuple[str, str]:
        """An address's language and the rest of it."""
        for language in self.edition.languages[1:]:
            if path == f"/{language}" or path.startswith(f"/{language}/"):
                return language, path.removeprefix(f"/{language}") or "/"
        return self.edition.languages[0], path

    def nearest(self, path: str) -> tuple[str, str] | None:
        """The page whose address is most like one that does not exist, and what to call it."""
        pages = [known for known, spot in self.spots.items() if spot.is_page]
        found = process.extractOne(path[:200], pages, score_cutoff=75)
        if not found:
            return None
        spot = self.spots[found[0]]
        return found[0], spot.entry.title if spot.entry else found[0]


def page(
    template: str, gather: Gather = nothing, entry: Page | None = None
) -> Callable[[View], Made]:
    def make(view: View) -> Made:
        given = gather(view) | ({"entry": entry} if entry else {})
        return Made(render(view, template, **given).encode(), HTML, view.fresh_until)

    return make


def brand_css(view: View) -> Made:
    css = brand.stylesheet(view.site.brand)
    return Made(css.encode(), "text/css; charset=utf-8", forever=True)
