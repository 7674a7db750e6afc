"""The layer in front of the framework: ready bytes from the page store, and the headers that
every answer carries, whoever made it."""

import asyncio
from collections.abc import MutableMapping, Sequence
from functools import lru_cache
from typing import Any, Protocol

from starlette.datastructures import Headers

from portal.site.store import BROTLI, GZIP, Kept, Made, PageStore
from routes.bridge import App, Receive, Scope, Send, bridge

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
READS = ("GET", "HEAD")
ALWAYS_CARRIED = {"x-content-type-options", "strict-transport-security"}
MOST_NAMES = 1000  # ways to write our names that are remembered
UNKNOWN_NAME = b"This portal does not answer to that name.\n"


class Life(Protocol):
    """What begins and ends with the process that serves."""

    def begin(self) -> None: ...
    def end(self) -> None: ...


def safety(*, in_production: bool) -> list[tuple[str, str]]:
    """Headers that every answer carries."""
    headers = {
        "content-security-policy": POLICY,
        "x-content-type-options": "nosniff",
        "referrer-policy": "strict-origin-when-cross-origin",
        "cross-origin-opener-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
    }
    if in_production:
        headers["strict-transport-security"] = "max-age=31536000; includeSubDomains"
    return list(headers.items())


@lru_cache(maxsize=1024)
def encodings(accepted: str) -> tuple[str, ...]:
    """The encodings we have that a browser takes, best first."""
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        try:
            weights[name.strip()] = float(weight.partition("=")[2] or 1)
        except ValueError:
            weights[name.strip()] = 0
    anything = weights.get("*", 0)
    return tuple(name for name in (BROTLI, GZIP) if weights.get(name, anything) > 0)


def same(asked: str, etag: str) -> bool:
    """Whether If-None-Match names this version."""
    known = (each.strip().removeprefix("W/") for each in asked.split(","))
    return asked == "*" or etag in known


class Front:
    """Answers what the store holds; sends everything else on to the framework.

    It has two doors. `__rsgi__` is granian's own interface, in which a ready page leaves in one
    call, at two thirds of what ASGI's two messages cost. `__call__` is ASGI, for any other server
    and for tests. Both ask the same questions.
    """

    def __init__(
        self,
        app: App,
        store: PageStore,
        hosts: frozenset[str],
        life: Life,
        *,
        in_production: bool,
    ) -> None:
        self.app = app
        self.store = store
        self.hosts = hosts
        self.life = life
        self.safety = safety(in_production=in_production)
        self._known: set[str] = set()  # as browsers write them, port and all

    def carries(self, made: Made) -> list[tuple[str, str]]:
        """A policy says what a document may do. Fonts, styles and scripts are not documents, and
        half a kilobyte on each is a tenth of a page's first view."""
        is_document = not made.media_type.startswith(("font/", "text/css", "text/javascript"))
        return [pair for pair in self.safety if is_document or pair[0] in ALWAYS_CARRIED]

    # What both doors ask

    def _names_us(self, path: str, named: Sequence[str]) -> bool:
        """One Host, and one of ours. Two of them would let a cache and us disagree."""
        if len(named) == 1:
            if named[0] in self._known:
                return True
            if self._allows(named[0]):
                if len(self._known) < MOST_NAMES:
                    self._known.add(named[0])
                return True
        return path == "/healthz"

    def _allows(self, host: str) -> bool:
        host = host.lower()
        end = host.find("]") + 1 if host.startswith("[") else host.find(":")
        return host[: end if end > 0 else None].rstrip(".") in self.hosts

    async def _rendered(self, path: str) -> Kept | None:
        """Rendering takes milliseconds, so it happens off the loop that serves everyone."""
        if not self.store.has(path):
            return None
        try:
            return await asyncio.get_running_loop().run_in_executor(None, self.store.get, path)
        except Exception:  # it fails again in the framework, which says so in the site's own look
            return None

    # granian's door

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.life.begin()

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.life.end()

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:  # noqa: ANN401 - granian's types
        headers, path, method = scope.headers, scope.path, scope.method
        if not self._names_us(path, headers.get_all("host")):
            protocol.response_bytes(400, self._plain(UNKNOWN_NAME), UNKNOWN_NAME)
            return
        if method in READS and not scope.query_string and "hx-request" not in headers:
            kept = self.store.fresh(path) or await self._rendered(path)
            if kept is not None:
                ready = kept.best(encodings(headers.get("accept-encoding", "")))
                asked = headers.get("if-none-match")
                if asked and same(asked, ready.etag):
                    protocol.response_empty(304, ready.unchanged)
                elif method == "HEAD":
                    protocol.response_empty(200, ready.headers)
                else:
                    protocol.response_bytes(200, ready.headers, ready.body)
                return
        await bridge(self._safely, scope, protocol)

    # ASGI's door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        path, method = scope["path"], scope["method"]
        if not self._names_us(path, headers.getlist("host")):
            await _send(send, 400, self._plain(UNKNOWN_NAME), UNKNOWN_NAME)
            return
        if method in READS and not scope["query_string"] and "hx-request" not in headers:
            kept = self.store.fresh(path) or await self._rendered(path)
            if kept is not None:
                ready = kept.best(encodings(headers.get("accept-encoding", "")))
                asked = headers.get("if-none-match")
                if asked and same(asked, ready.etag):
                    await _send(send, 304, ready.unchanged, b"")
                else:
                    body = b"" if method == "HEAD" else ready.body
                    await _send(send, 200, ready.headers, body)
                return
        await self._safely(scope, receive, send)

    # What the framework answers, with the headers that every answer carries

    async def _safely(self, scope: Scope, receive: Receive, send: Send) -> None:
        safety = encoded(self.safety)

        async def safely(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *safety]
            await send(message)

        await self.app(scope, receive, safely)

    def _plain(self, says: bytes) -> list[tuple[str, str]]:
        length = ("content-length", str(len(says)))
        return [("content-type", "text/plain; charset=utf-8"), length, *self.safety]


def encoded(headers: list[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]


async def _send(send: Send, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
    start = {"type": "http.response.start", "status": status, "headers": encoded(headers)}
    await send(start)
    await send({"type": "http.response.body", "body": body})
