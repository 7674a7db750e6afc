"""The portal that tests ask: one served as in production, one in this process, and a browser."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from critic import ROOT, Critic
from starlette.testclient import TestClient

from portal.settings import Settings
from routes.app import create_app

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


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
    """Wirral's edition with its name in Welsh as well: every page has an address in each language,
    and shows in English, and says so, because nothing is translated."""
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
def bilingual_url() -> Iterator[str]:
    """The Wales edition, in English and Welsh."""
    with served("wales") as address:
        yield address


# A portal in this process, asked by a critic


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
