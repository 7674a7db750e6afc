"""Drawn pictures: the card that is shown when a page is shared, and the site's icons."""

from collections.abc import Callable

from portal.content.models import Page
from portal.site.store import Made
from routes.rendering import View


def path(of_page: str) -> str:
    """`/careers/care-worker/` has its card at `/cards/careers/care-worker.png`."""
    return f"/cards/{of_page.strip('/') or 'home'}.png"


def of(path: str, entry: Page | None) -> Callable[[View], Made]:
    return lambda view: Made(b"", "image/png")


def favicon(view: View) -> Made:
    return Made(b"", "image/svg+xml")


def icon(view: View) -> Made:
    return Made(b"", "image/png")
