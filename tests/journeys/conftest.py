"""What every journey promises, whatever else it is about: silence, and nothing kept or sent."""

from collections.abc import Iterator

import pytest
from kit import kept_on_the_device
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, WebError


@pytest.fixture(autouse=True)
def complaints(context: BrowserContext, page: Page) -> Iterator[list[str]]:
    """What the browser complained of: errors, refusals by our own policy, other people's servers,
    anything kept on the reader's device. A test that provokes a complaint clears the list."""
    context.set_default_timeout(5000)
    heard: list[str] = []
    visited: set[str] = set()

    def hear(message: ConsoleMessage) -> None:
        # A browser logs by itself that a page it was sent to is missing.
        if message.location["url"] not in visited:
            heard.append(f"{message.location['url']}: {message.text}")

    def look(request: Request) -> None:
        if request.is_navigation_request():
            visited.add(request.url)
        if not request.url.startswith("http://127.0.0.1:"):
            heard.append(f"asked {request.url}")

    def fail(error: WebError) -> None:
        heard.append(f"script failed: {error.error}")

    context.on("console", hear)
    context.on("request", look)
    context.on("weberror", fail)
    yield heard
    assert heard == []
    assert context.cookies() == []
    if page.url.startswith("http"):
        assert kept_on_the_device(page) == []
