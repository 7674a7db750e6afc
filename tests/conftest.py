"""The portal that tests ask: one served as in production, one in this process, and a browser."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from html.parser import HTMLParser
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from starlette.testclient import TestClient

from portal.settings import Settings
from routes.app import create_app

ROOT = Path(__file__).resolve().parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


# A portal that is served


@contextmanager
def served(edition: str) -> Iterator[str]:
    """`portal serve`, as in production, on a port that nobody has; gives its address."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    chosen = {
        "PORTAL_ENV": "production",
        "PORTAL_EDITION": edition,
        "PORTAL_BASE_URL": "https://careers.example.gov.uk",
        "PORTAL_HOSTS": "127.0.0.1",
    }
    own = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    portal = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "portal", "serve", "--port", str(port)],
        cwd=ROOT,
        env=own | chosen,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address, portal)
        yield address
    finally:
        portal.terminate()
        try:
            portal.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            portal.kill()
            portal.communicate()
            raise


def wait_for(address: str, portal: subprocess.Popen[str]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if portal.poll() is not None:
            pytest.fail(f"The portal did not start:\n{portal.communicate()[0]}")
        try:
            with urlopen(f"{address}/readyz", timeout=1):  # noqa: S310
                return
        except (URLError, OSError):
            time.sleep(0.05)
    pytest.fail("The portal was not ready within 30 seconds.")


@pytest.fixture(scope="session")
def portal_url() -> Iterator[str]:
    """The Wirral edition."""
    with served("wirral") as address:
        yield address


@pytest.fixture(scope="session")
def two_languages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Wirral's edition with its name in Welsh as well: whatever is not translated shows in English
    and says so, and every page has an address in each language."""
    edition = tmp_path_factory.mktemp("editions") / "two-languages"
    shutil.copytree(ROOT / "content" / "wirral", edition)
    site = edition / "site.yaml"
    text = site.read_text(encoding="utf-8")
    assert "languages: [en]" in text
    site.write_text(text.replace("languages: [en]", "languages: [en, cy]"), encoding="utf-8")
    welsh = "name: Ffordd i Mewn Cilgwri\nheadline: Dewch o hyd i waith sydd o bwys\n"
    (edition / "site.cy.yaml").write_text(welsh, encoding="utf-8")
    return edition


@pytest.fixture(scope="session")
def bilingual_url(two_languages: Path) -> Iterator[str]:
    with served(str(two_languages)) as address:
        yield address


# A portal in this process, asked by a critic


class Element:
    """One element of a page, as it was written."""

    def __init__(self, tag: str, attributes: dict[str, str], parent: "Element | None") -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.inside: list[Element | str] = []

    def __repr__(self) -> str:
        return f"<{self.tag} {self.attributes}> {self.text[:60]!r}"

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    def all(self, *tags: str) -> list["Element"]:
        """Elements inside, in reading order; every one where no tag is named."""
        found: list[Element] = []
        for part in self.inside:
            if isinstance(part, Element):
                found += [part] if not tags or part.tag in tags else []
                found += part.all(*tags)
        return found

    @property
    def text(self) -> str:
        pieces = (part if isinstance(part, str) else part.text for part in self.inside)
        return " ".join("".join(pieces).split())

    @property
    def name(self) -> str:
        """What is read aloud for it, near enough."""
        pictures = [picture.get("alt") for picture in self.all("img")]
        return self.get("aria-label") or " ".join([self.text, *pictures]).strip()

    def is_inside(self, tag: str) -> bool:
        return self.parent is not None and (self.parent.tag == tag or self.parent.is_inside(tag))


class Page(HTMLParser):
    """A page read as strictly as it can be: each end tag ends the element that was begun last."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.source = text
        self.root = self._open = Element("", {}, None)
        self.faults: list[str] = []
        self.feed(text)
        self.close()
        if self._open is not self.root:
            self.faults.append(f"<{self._open.tag}> is never ended")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"<{tag}> says an attribute twice: {names}")
        made = Element(tag, {name: value or "" for name, value in attrs}, self._open)
        self._open.inside.append(made)
        if tag not in VOID:
            self._open = made

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag != self._open.tag:
            line, _ = self.getpos()
            self.faults.append(f"line {line}: </{tag}> ends <{self._open.tag}>")
        elif self._open.parent is not None:
            self._open = self._open.parent

    def handle_data(self, data: str) -> None:
        self._open.inside.append(data)

    # What tests ask

    def all(self, *tags: str) -> list[Element]:
        return self.root.all(*tags)

    def one(self, tag: str) -> Element:
        found = self.all(tag)
        assert len(found) == 1, f"{len(found)} of <{tag}>, not one"
        return found[0]

    @property
    def title(self) -> str:
        return self._titles()[0].text

    @property
    def heading(self) -> str:
        return self.one("h1").text

    @property
    def text(self) -> str:
        return self.one("body").text

    def _titles(self) -> list[Element]:
        """A drawing may have a title as well."""
        return [title for title in self.all("title") if not title.is_inside("svg")]

    def links(self) -> dict[str, str]:
        """Addresses by the words that lead to them."""
        return {link.name: link.get("href") for link in self.all("a")}

    # What every page promises

    def criticism(self, language: str) -> list[str]:
        """Everything that is wrong with it, as sentences."""
        if not self.all("html"):
            return ["it is not a whole page"]
        return [
            *self.faults,
            *self._of_the_document(language),
            *self._of_headings(),
            *self._of_names(),
            *self._of_fields(),
            *self._of_references(),
            *self._of_code(),
        ]

    def _of_the_document(self, language: str) -> Iterator[str]:
        if not self.source.startswith("<!doctype html>\n"):
            yield "it does not begin with a doctype"
        if self.one("html").get("lang") != language:
            yield f"its language is {self.one('html').get('lang')!r}, not {language!r}"
        titles = self._titles()
        if len(titles) != 1 or not re.fullmatch(r"\S.* – \S.*", titles[0].text):
            yield f"its title does not say the page and the site: {titles}"
        if len(self.all("main")) != 1:
            yield "it has not one main part"

    def _of_headings(self) -> Iterator[str]:
        headings = self.all(*(f"h{level}" for level in range(1, 7)))
        if [heading.tag for heading in headings].count("h1") != 1:
            yield "it has not one h1"
        before = 0
        for heading in headings:
            level = int(heading.tag[1])
            if level > before + 1:
                yield f"{heading} skips a level"
            if not heading.text:
                yield f"{heading} says nothing"
            before = level

    def _of_names(self) -> Iterator[str]:
        for element in self.all("a", "button", "summary", "legend", "caption", "dt", "th"):
            if not element.name:
                yield f"{element} says nothing"
        for link in self.all("a"):
            if not link.get("href"):
                yield f"{link} leads nowhere"
        for picture in self.all("img"):
            if "alt" not in picture.attributes:
                yield f"{picture} has no alt"

    def _of_fields(self) -> Iterator[str]:
        labelled = {label.get("for") for label in self.all("label") if label.text}
        for field in self.all("input", "select", "textarea"):
            if field.get("type") in {"hidden", "submit"}:
                continue
            named = field.get("aria-label") or field.get("aria-labelledby")
            if field.get("id") not in labelled and not named and not field.is_inside("label"):
                yield f"{field} has no label"
            if not field.get("name"):
                yield f"{field} sends nothing"

    def _of_references(self) -> Iterator[str]:
        names = [element.get("id") for element in self.all() if "id" in element.attributes]
        for name in sorted({name for name in names if names.count(name) > 1 or not name.strip()}):
            yield f"two elements are called {name!r}"
        for element in self.all():
            for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
                for name in element.get(attribute).split():
                    if name not in names:
                        yield f"{element} points at {name!r}, which is not there"
            href = element.get("href")
            if element.tag == "a" and href.startswith("#") and href[1:] not in names:
                yield f"{element} leads to nothing on this page"

    def _of_code(self) -> Iterator[str]:
        """Nothing that our own policy would stop, and nothing that htmx would have to evaluate."""
        for element in self.all():
            if element.tag == "style" or "style" in element.attributes:
                yield f"{element} brings its own style"
            is_data = element.get("type") == "application/ld+json"
            if element.tag == "script" and not element.get("src") and not is_data:
                yield f"{element} brings its own script"
            for name, value in element.attributes.items():
                leads = name in {"href", "src", "action"} or name.startswith("hx-")
                evaluated = leads and value.strip().lower().startswith(("js:", "javascript:"))
                if name.startswith(("on", "hx-on")) or evaluated:
                    yield f"{element} runs what its attribute {name} says"
        if found := re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", self.source):
            yield f"it holds the control character {found[0]!r}"


class Critic:
    """Asks for pages, and reads every one that it is given as a critic would."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def get(self, address: str, status: int = 200, **headers: str) -> Page:
        """The page at an address, once there is nothing to say against it."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.client.get(address, headers=given, follow_redirects=False)
        assert answer.status_code == status, f"{address} answered {answer.status_code}"
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        page = Page(answer.text)
        wrong = page.criticism("cy" if re.match(r"/cy(/|$)", address) else "en")
        assert wrong == [], address
        return page


@pytest.fixture(scope="session")
def client() -> Critic:
    """The Wirral edition in this process."""
    return Critic(TestClient(create_app(Settings()), base_url="http://127.0.0.1"))


@pytest.fixture(scope="session")
def bilingual_client(two_languages: Path) -> Critic:
    app = create_app(Settings(edition=str(two_languages)))
    return Critic(TestClient(app, base_url="http://127.0.0.1"))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every public page of the Wirral edition, as `portal build` writes them."""
    out = tmp_path_factory.mktemp("built") / "dist"
    own = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "portal", "build", "--out", str(out)],
        cwd=ROOT,
        env=own,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return out


# A browser


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """The machine's own Chromium, so that no browser is fetched. Run as root it has no sandbox."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.fail("The browser tests need Chromium or Chrome on the PATH: see `make browser`.")
    flags = """--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync
        --disable-background-networking --disable-component-update"""
    return browser_type_launch_args | {"executable_path": found, "args": flags.split()}


@pytest.fixture(scope="session")
def base_url(portal_url: str) -> str:
    """Browser tests write addresses as people do: `page.goto("/careers/")`."""
    return portal_url


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    """A desktop, unless a test asks for something else."""
    return browser_context_args | {
        "viewport": {"width": 1280, "height": 900},
        "locale": "en-GB",
        "color_scheme": "light",
    }
