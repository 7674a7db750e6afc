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
    known = (each.strip().removeprefix(b"W/") for each in asked.split(b","))
    return asked == b"*" or etag in known


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
        headers = dict(scope["headers"])
        path = scope["path"]
        if path != "/healthz" and not self._names_us(scope):
            await self._plain(send, 400, b"This portal does not answer to that name.\n")
            return
        if self._may_be_kept(scope, headers):
            kept = self.store.fresh(path) or await self._rendered(path)
            if kept is not None:
                await self._answer(scope, send, kept, headers)
                return
        await self.app(scope, receive, self._with_safety(send))

    def _names_us(self, scope: Scope) -> bool:
        """One Host, and one of ours. Two of them would let a cache and us disagree."""
        named = [value for name, value in scope["headers"] if name == b"host"]
        return len(named) == 1 and self._known_hosts(named[0])

    def _may_be_kept(self, scope: Scope, headers: dict[bytes, bytes]) -> bool:
        return (
            scope["method"] in READS and not scope["query_string"] and b"hx-request" not in headers
        )

    async def _rendered(self, path: str) -> Kept | None:
        """Rendering takes milliseconds, so it happens off the loop that serves everyone."""
        if not self.store.has(path):
            return None
        try:
            return await asyncio.get_running_loop().run_in_executor(None, self.store.get, path)
        except Exception:  # it fails again in the framework, which says so in the site's own look
            return None

    async def _answer(
        self, scope: Scope, send: Send, kept: Kept, headers: dict[bytes, bytes]
    ) -> None:
        ready = kept.best(encodings(headers.get(b"accept-encoding", b"")))
        asked = headers.get(b"if-none-match")
        if asked and same(asked, ready.etag):
            await send({"type": "http.response.start", "status": 304, "headers": ready.unchanged})
            await send({"type": "http.response.body", "body": b""})
            return
        await send({"type": "http.response.start", "status": 200, "headers": ready.headers})
        body = b"" if scope["method"] == "HEAD" else ready.body
        await send({"type": "http.response.body", "body": body})

    def _allows(self, host: bytes) -> bool:
        name = host.decode("latin-1").lower()
        end = name.find("]") + 1 if name.startswith("[") else name.find(":")
        return name[: end if end > 0 else None].rstrip(".") in self.hosts

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
