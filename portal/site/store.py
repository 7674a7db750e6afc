"""The page store: each public page rendered once, kept as ready bytes in every encoding."""

import gzip
import hashlib
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import inf

import brotli

Headers = list[tuple[str, str]]

IDENTITY, GZIP, BROTLI = "", "gzip", "br"
# Brotli 11 takes 26 ms for a 13 kB page, 9 a tenth of that for some 3% more bytes. A file that
# never changes is packed once and kept by browsers for a year, so it is worth the wait.
BROTLI_QUALITY, BROTLI_FOREVER = 9, 11
PACKED_ALREADY = ("image/png", "image/webp", "font/", "application/pdf")
SMALLEST_TO_PACK = 256


@dataclass(frozen=True)
class Made:
    """What a page is, before it is packed."""

    body: bytes
    media_type: str
    fresh_until: datetime | None = None
    forever: bool = False  # its address changes with its bytes


@dataclass(frozen=True, slots=True)
class Ready:
    """One encoding of a page, with every header it is sent with."""

    etag: str
    headers: Headers
    unchanged: Headers
    body: bytes


@dataclass(slots=True)
class Kept:
    """A page in the store. Encodings arrive one by one; identity is there from the start."""

    made: Made
    ready: dict[str, Ready] = field(default_factory=dict)
    fresh_until: float = inf  # seconds since 1970

    def best(self, accepted: Iterable[str]) -> Ready:
        for encoding in accepted:
            if encoding in self.ready:
                return self.ready[encoding]
        return self.ready[IDENTITY]


class PageStore:
    """Pages by path. `make` renders one, or gives None where there is no such page."""

    def __init__(
        self,
        make: Callable[[str, datetime], Made | None],
        now: Callable[[], float],
        has: Callable[[str], bool],
        common_headers: Callable[[Made], Headers] = lambda made: [],
    ) -> None:
        self._make = make
        self.has = has
        self._now = now
        self._common = common_headers
        self._packer = ThreadPoolExecutor(1, "pack")
        self._closed = threading.Event()
        self._lock = threading.Lock()
        self.kept: dict[str, Kept] = {}

    def clear(self) -> None:
        with self._lock:
            self.kept = {}

    def fresh(self, path: str) -> Kept | None:
        """The page if it is kept and reads as it should now. Never renders."""
        kept = self.kept.get(path)
        return kept if kept and self._now() < kept.fresh_until else None

    def get(self, path: str) -> Kept | None:
        """The page, rendered now if it is not kept or no longer fresh. None: no such page."""
        with self._lock:
            if kept := self.fresh(path):
                return kept
            at = datetime.fromtimestamp(self._now(), UTC)
            shelf = self.kept
            made = self._make(path, at)
            if made is None:
                return None
            kept = keep(made, self._common(made))
            shelf[path] = kept
            if self._packs(made) and not self._closed.is_set():
                self._packer.submit(self.pack, kept)
        return kept

    def warm(self, paths: Iterable[str]) -> None:
        """Renders and packs pages before anybody asks, so that the first reader waits for nothing
        and fetches as little as the second. Stops when the store is closed."""
        for path in paths:
            if self._closed.is_set():
                return
            # A page that fails now fails again, in the site's own look, for whoever asks for it.
            with suppress(Exception):
                self.get(path)

    def _packs(self, made: Made) -> bool:
        packed = made.media_type.startswith(PACKED_ALREADY)
        return not packed and len(made.body) >= SMALLEST_TO_PACK

    def pack(self, kept: Kept) -> None:
        common = self._common(kept.made)
        body = kept.made.body
        quality = BROTLI_FOREVER if kept.made.forever else BROTLI_QUALITY
        packed = {
            BROTLI: brotli.compress(body, quality=quality),
            GZIP: gzip.compress(body, 9, mtime=0),
        }
        for encoding, smaller in packed.items():
            kept.ready[encoding] = ready(kept.made, smaller, encoding, common)

    def finish_packing(self) -> None:
        """Waits until everything asked for so far has all its encodings."""
        self._packer.submit(lambda: None).result()

    def close(self) -> None:
        with self._lock:  # nothing is being handed to the packer now, and nothing will be
            self._closed.set()
        self._packer.shutdown(cancel_futures=True)


def keep(made: Made, common: Headers) -> Kept:
    fresh_until = made.fresh_until.timestamp() if made.fresh_until else inf
    return Kept(made, {IDENTITY: ready(made, made.body, IDENTITY, common)}, fresh_until)


def ready(made: Made, body: bytes, encoding: str, common: Headers) -> Ready:
    suffix = f"-{encoding}" if encoding else ""
    etag = f'"{hashlib.sha256(made.body).hexdigest()[:24]}{suffix}"'
    # Browsers ask again each time and nearly always hear 304: a page is never stale, and cheap.
    cache = "public, max-age=31536000, immutable" if made.forever else "public, no-cache"
    unchanged = [
        ("etag", etag),
        ("cache-control", cache),
        ("vary", "accept-encoding"),
        *common,
    ]
    headers = [
        ("content-type", made.media_type),
        ("content-length", str(len(body))),
        *([("content-encoding", encoding)] if encoding else []),
        *unchanged,
    ]
    return Ready(etag, headers, unchanged, body)
