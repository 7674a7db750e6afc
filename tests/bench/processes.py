"""Starts the servers that are measured, on a free port and a core of their own, and ends them."""

import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from portal.settings import ROOT

HOST = "127.0.0.1"
PATIENCE = 120.0  # seconds for a server to answer, or to end


@dataclass(frozen=True)
class Running:
    """A server that answers, and the group of processes that we started it as."""

    port: int
    group: int
    took: float  # seconds from the command to the first answer

    def url(self, path: str) -> str:
        return f"http://{HOST}:{self.port}{path}"

    def ask(self, path: str, **headers: str) -> tuple[bytes, Mapping[str, str]]:
        return fetch(self.url(path), headers)

    def pids(self) -> list[int]:
        return [int(status.parent.name) for status in statuses() if group_of(status) == self.group]

    def processor_seconds(self) -> float:
        """Time that its processes and their threads have run, whatever else was running."""
        ran = 0
        for pid in self.pids():
            for thread in Path(f"/proc/{pid}/task").glob("*/schedstat"):
                ran += int(thread.read_text().split()[0])
        return ran / 1e9

    def memory(self) -> dict[int, int]:
        """Bytes in memory by process."""
        size = os.sysconf("SC_PAGE_SIZE")
        return {
            pid: int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * size
            for pid in self.pids()
        }


def statuses() -> Iterator[Path]:
    return Path("/proc").glob("[0-9]*/stat")


def group_of(status: Path) -> int:
    try:
        return int(status.read_text().rpartition(")")[2].split()[2])
    except OSError:  # it has ended since it was listed
        return -1


def free_port() -> int:
    with socket.socket() as door:
        door.bind((HOST, 0))
        port: int = door.getsockname()[1]
        return port


def fetch(url: str, headers: Mapping[str, str]) -> tuple[bytes, Mapping[str, str]]:
    asked = Request(url, headers=dict(headers))  # noqa: S310 - our own loopback address
    with urlopen(asked, timeout=10) as answer:  # noqa: S310
        return answer.read(), answer.headers


@contextmanager
def running(
    command: Sequence[str | Path],
    port: int,
    path: str = "/",
    *,
    on: Collection[int] | None = None,
    settings: Mapping[str, str] | None = None,
) -> Iterator[Running]:
    """A server that answers `path`; ended, with the processes it started, on leaving."""
    core = set(on or os.sched_getaffinity(0))
    with tempfile.TemporaryFile() as said:
        begun = time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=ROOT,
            env={**os.environ, **(settings or {})},
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=lambda: os.sched_setaffinity(0, core),
        )
        try:
            wait_for(process, f"http://{HOST}:{port}{path}", said)
            yield Running(port, process.pid, time.perf_counter() - begun)
        finally:
            end(process)


def wait_for(process: subprocess.Popen[bytes], url: str, said: object) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            fetch(url, {})
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.01)
        else:
            return
    said.seek(0)  # type: ignore[attr-defined]
    raise RuntimeError(f"{process.args!r} did not answer:\n{said.read().decode()}")  # type: ignore[attr-defined]


def end(process: subprocess.Popen[bytes]) -> None:
    """Asks the group of processes that we began to end, then makes it."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, sign)
            process.wait(10)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue
