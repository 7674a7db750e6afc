"""One address for every sort of page: the heaviest of its sort, so that no other is worse."""

from portal import clock, settings
from portal.site.store import Made
from routes.live import Live

ONE = {
    "home": "/",
    "careers index": "/careers/",
    "finder": "/pathways/finder/",
    "map": "/pathways/map/",
    "package": "/package/",
    "search": "/search/",
    "ladder": "/progression/",
    "glossary": "/glossary/",
}
MANY = {
    "career": "careers",
    "pathway": "pathways",
    "apprenticeship": "apprenticeships",
    "place": "places",
    "story": "stories",
    "help": "pages",
}


def addresses() -> dict[str, str]:
    """Each sort of page with the address of its heaviest."""
    live = Live(settings.read())
    at = clock.now()
    book = live.catalogue.edition.main

    def weight(path: str) -> int:
        made: Made | None = live.make(path, at)
        return len(made.body) if made else 0

    found = {sort: path for sort, path in ONE.items() if live.has(path)}
    for sort, collection in MANY.items():
        if shelf := book.shelves[collection]:
            found[sort] = max((entry.address for entry in shelf.values()), key=weight)
    return found
