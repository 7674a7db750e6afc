"""One request from granian's own interface to an ASGI application, and its answer back."""

from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


async def bridge(app: App, scope: Any, protocol: Any) -> None:  # noqa: ANN401 - granian's types
    """Bodies pass through in pieces, both ways, so that neither is ever held whole."""
    answer = _Answer(protocol)
    await app(asgi(scope), _Asked(protocol).receive, answer.send)


def asgi(scope: Any) -> Scope:  # noqa: ANN401 - granian's type
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": scope.http_version,
        "method": scope.method,
        "scheme": scope.scheme,
        "path": scope.path,
        "raw_path": scope.path.encode(),
        "query_string": scope.query_string.encode("latin-1", "replace"),
        "root_path": "",
        "headers": [
            (name.encode("latin-1"), value.encode("latin-1", "replace"))
            for name, value in scope.headers.items()
        ],
        "client": _address(scope.client),
        "server": _address(scope.server),
        "state": {},
    }


def _address(text: str) -> tuple[str, int] | None:
    host, _, port = text.rpartition(":")
    return (host.strip("[]"), int(port)) if port.isdigit() else None


class _Asked:
    def __init__(self, protocol: Any) -> None:  # noqa: ANN401 - granian's type
        self._protocol = protocol
        self._pieces: AsyncIterator[bytes] | None = None
        self._ended = False

    async def receive(self) -> Message:
        if self._ended:
            await self._protocol.client_disconnect()
            return {"type": "http.disconnect"}
        if self._pieces is None:
            self._pieces = aiter(self._protocol)
        piece = await anext(self._pieces, b"")
        self._ended = not piece
        return {"type": "http.request", "body": piece, "more_body": bool(piece)}


class _Answer:
    def __init__(self, protocol: Any) -> None:  # noqa: ANN401 - granian's type
        self._protocol = protocol
        self._status = 200
        self._headers: list[tuple[str, str]] = []
        self._stream: Any = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            self._headers = [
                (name.decode("latin-1"), value.decode("latin-1"))
                for name, value in message["headers"]
            ]
            return
        body = message.get("body", b"")
        if self._stream is None and not message.get("more_body"):
            self._protocol.response_bytes(self._status, self._headers, body)
            return
        if self._stream is None:
            self._stream = self._protocol.response_stream(self._status, self._headers)
        await self._stream.send_bytes(body)
