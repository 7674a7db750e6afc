"""Writes every public page to a folder, for any web server or CDN to serve."""

import shutil
from collections.abc import Callable, Iterable
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from portal.errors import PortalError
from portal.site.store import Made


class BrokenSite(PortalError):
    """A page could not be made, or a link leads nowhere. Nothing was published."""


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in {"href", "src", "action"} and value:
                self.found.add(value)
            if name == "id" and value:
                self.ids.add(value)


def build(
    out: Path,
    paths: Iterable[str],
    make: Callable[[str, datetime], Made | None],
    at: datetime,
    answered: Iterable[str] = (),
) -> int:
    """Makes every page as of one instant into `out`, whole or not at all; gives their number.

    `answered` are addresses that exist but need a running portal, such as the finder's answers.
    Raises BrokenSite naming every page that failed and every link that leads nowhere.
    """
    made: dict[str, Made] = {}
    wrong: list[str] = []
    for path in paths:
        page = make(path, at)
        if page is None:
            wrong.append(f"{path} could not be made")
        else:
            made[path] = page
    wrong += dead_links(made, set(answered))
    if wrong:
        raise BrokenSite("\n".join(wrong))
    write(out, made)
    return len(made)


def dead_links(made: dict[str, Made], answered: set[str]) -> list[str]:
    parsed: dict[str, _Links] = {}
    for path, page in made.items():
        if page.media_type.startswith("text/html"):
            parsed[path] = _Links()
            parsed[path].feed(page.body.decode())
    wrong: list[str] = []
    for path, links in parsed.items():
        for link in sorted(links.found):
            parts = urlsplit(urljoin(f"//here{path}", link))
            if parts.netloc != "here":
                continue
            target = unquote(parts.path)
            if target not in made and target not in answered:
                wrong.append(f"{path} links to {link}, which is not there")
            elif parts.fragment and target in parsed and parts.fragment not in parsed[target].ids:
                wrong.append(f"{path} links to {link}, but nothing there has that name")
    return wrong


def write(out: Path, made: dict[str, Made]) -> None:
    """Into a new folder first, so that a failed build leaves the last one standing."""
    fresh = out.with_name(out.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    for path, page in sorted(made.items()):
        file = fresh / path.lstrip("/")
        if path.endswith("/"):
            file /= "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(page.body)
    shutil.rmtree(out, ignore_errors=True)
    fresh.rename(out)
