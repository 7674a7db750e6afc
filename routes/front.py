"""The layer in front of the framework: ready bytes from the page store, and the headers that
every answer carries, whoever made it."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from functools import lru_cache
from typing import Any

from portal.site.store import BROTLI, GZIP, Headers, Kept, Made, PageStore

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
READS = ("GET", "HEAD")


def safety(*, in_production: bool) -> Headers:
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
    return [(name.encode(), value.encode()) for name, value in headers.items()]


@lru_cache(maxsize=1024)
def encodings(accepted: bytes) -> tuple[str, ...]:
    """The encodings we have that a browser takes, best first."""
    weights: dict[str, float] = {}
    for part in accepted.decode("latin-1").lower().split(","):
        name, _, weight = part.partition(";")
        try:
            weights[name.strip()] = float(weight.partition("=")[2] or 1)
        except ValueError:
            weights[name.strip()] = 0
    anything = weights.get("*", 0)
    return tuple(name for name in (BROTLI, GZIP) if weights.get(name, anything) > 0)


def same(asked: bytes, etag: bytes) -> bool:
    """Whether If-None-Match names this version."""
    return asked == etag or asked == b"*" or etag in (each.strip() for each in asked.split(b","))


class Front:
    """Answers what the store holds; sends everything else on to the framework."""

    def __init__(
        self, app: App, store: PageStore, hosts: frozenset[str], *, in_production: bool
    ) -> None:
        self.app = app
        self.store = store
        self.hosts = hosts
        self.safety = safety(in_production=in_production)
        self._known_hosts = lru_cache(maxsize=256)(self._allows)

    def common(self, made: Made) -> Headers:
        return self.safety

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        host = accepted = asked = b""
        is_htmx = False
        for name, value in scope["headers"]:
            if name == b"host":
                host = value if not host else b" "  # two of them are as good as none
            elif name == b"accept-encoding":
                accepted = value
            elif name == b"if-none-match":
                asked = value
            elif name == b"hx-request":
                is_htmx = True
        path = scope["path"]
        if not self._known_hosts(host) and path != "/healthz":
            await self._plain(send, 400, b"This portal does not answer to that name.\n")
            return
        if scope["method"] in READS and not scope["query_string"] and not is_htmx:
            kept = await self._kept(path)
            if kept is not None:
                await self._answer(scope, send, kept, accepted, asked)
                return
        await self.app(scope, receive, self._with_safety(send))

    async def _kept(self, path: str) -> Kept | None:
        kept = self.store.fresh(path)
        if kept is None and self.store.has(path):
            kept = await asyncio.get_running_loop().run_in_executor(None, self.store.get, path)
        return kept

    async def _answer(
        self, scope: Scope, send: Send, kept: Kept, accepted: bytes, asked: bytes
    ) -> None:
        ready = kept.best(encodings(accepted))
        if asked and same(asked, ready.etag):
            await send({"type": "http.response.start", "status": 304, "headers": ready.unchanged})
            await send({"type": "http.response.body", "body": b""})
            return
        await send({"type": "http.response.start", "status": 200, "headers": ready.headers})
        body = b"" if scope["method"] == "HEAD" else ready.body
        await send({"type": "http.response.body", "body": body})

    def _allows(self, host: bytes) -> bool:
        name = host.decode("latin-1").lower()
        if name.startswith("["):
            name = name.partition("]")[0] + "]"
        else:
            name = name.partition(":")[0]
        return name.rstrip(".") in self.hosts

    def _with_safety(self, send: Send) -> Send:
        async def safely(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *self.safety]
            await send(message)

        return safely

    async def _plain(self, send: Send, status: int, says: bytes) -> None:
        headers = [
            (b"content-type", b"text/plain; charset=utf-8"),
            (b"content-length", str(len(says)).encode()),
            *self.safety,
        ]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": says})
