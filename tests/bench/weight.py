"""What a phone fetches on its first view of each sort of page, as chromium counts it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from figures import heading
from machine import find
from playwright.sync_api import Browser, ViewportSize, sync_playwright
from processes import Running, free_port, running
from sorts import addresses
from store import portal

MOST, MOST_HTML = 60 * 1024, 14 * 1024
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
SCREEN: ViewportSize = {"width": 390, "height": 844}


@dataclass
class Fetched:
    """Bytes over the wire, headers too, by what they were; and how the page was packed."""

    sizes: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    encoding: str = ""

    def told(self, event: dict[str, Any]) -> None:
        self.kinds[event["requestId"]] = event["type"]
        if event["type"] == "Document":
            sent = {name.lower(): value for name, value in event["response"]["headers"].items()}
            self.encoding = sent.get("content-encoding", "")

    def ended(self, event: dict[str, Any]) -> None:
        self.sizes[event["requestId"]] = int(event["encodedDataLength"])

    @property
    def total(self) -> int:
        return sum(self.sizes.values())

    @property
    def html(self) -> int:
        return sum(size for id, size in self.sizes.items() if self.kinds.get(id) == "Document")


def measure() -> None:
    with served() as (server, browser):
        first_view(browser, server.url("/"))  # the store packs a page once it was asked for
        seen = {}
        for sort, path in addresses().items():
            first_view(browser, server.url(path))
            time.sleep(0.3)
            seen[sort] = path, first_view(browser, server.url(path))
    heading(
        f"A page's first view: at most {MOST // 1024} kB in all, {MOST_HTML // 1024} kB of HTML"
    )
    for sort, (path, fetched) in seen.items():
        over = fetched.total > MOST or fetched.html > MOST_HTML
        print(
            f"  {sort:<16}{fetched.total / 1024:7.1f} kB in all"
            f"{fetched.html / 1024:7.1f} kB of HTML in {fetched.encoding or 'no packing'}, "
            f"{len(fetched.sizes)} requests  {path}" + ("  TOO HEAVY" if over else "")
        )


@contextmanager
def served() -> Iterator[tuple[Running, Browser]]:
    port = free_port()
    chromium = find("chromium")
    with running(portal(port), port) as server, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=FLAGS)
        yield server, browser
        browser.close()


def first_view(browser: Browser, url: str) -> Fetched:
    """The page in a browser that has nothing kept."""
    fetched = Fetched()
    context = browser.new_context(viewport=SCREEN, device_scale_factor=3, is_mobile=True)
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.on("Network.responseReceived", fetched.told)
    wire.on("Network.loadingFinished", fetched.ended)
    wire.send("Network.enable")
    page.goto(url, wait_until="networkidle")
    context.close()
    return fetched
