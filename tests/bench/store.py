"""A page from the store, against nginx that serves the same bytes from a folder, and against a
plain route of the framework under the same server."""

import gzip
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from figures import FEWEST, heading, ratios, tell
from machine import cores, find
from processes import Running, free_port, running

HERE = Path(__file__).resolve().parent
BIN = Path(sys.executable).parent
PAGE = "/careers/care-worker/"
ROUNDS, SECONDS, CONNECTIONS = 2 * FEWEST - 1, 2, 16
RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
SLOWEST = re.compile(r"99%\s+([\d.]+)(us|ms|s)\b")
WRONG = re.compile(r"Non-2xx|Socket errors")
SECOND = {"us": 1e-6, "ms": 1e-3, "s": 1.0}
NGINX = "nginx, one worker, the same bytes from a folder"
PORTAL = "portal serve, from the page store"
PLAIN = "a plain route of the framework, the same server"

Command = Callable[[int], Sequence[str | Path]]


@dataclass(frozen=True)
class Run:
    """What one run of wrk saw."""

    rate: float  # requests a second
    slowest: float  # seconds within which 99 of 100 were answered
    processor: float  # seconds of the server's own processor time a request


def portal(port: int) -> list[str | Path]:
    return [BIN / "portal", "serve", "--port", str(port)]


def plain(port: int) -> list[str | Path]:
    return [sys.executable, HERE / "plain.py", str(port)]


def uvicorn(*options: str) -> Command:
    given = ("--log-level", "error", "--no-access-log", *options)
    return lambda port: [BIN / "uvicorn", "routes.served:app", "--port", str(port), *given]


def granian(*options: str) -> Command:
    given = ("--interface", "asgi", "--log-level", "error", *options)
    return lambda port: [BIN / "granian", "routes.served:app", "--port", str(port), *given]


def measure() -> None:
    wrk = find("wrk")
    find("nginx")
    with contestants({PORTAL: portal, PLAIN: plain}) as (servers, size):
        runs = race(wrk, servers)
        packed = race(wrk, {name: servers[name] for name in (PORTAL, NGINX)}, "gzip")
    heading(f"From the page store: {PAGE}, {size:,} bytes, {CONNECTIONS} connections")
    compare(runs, PORTAL, NGINX, "aim 0.45, at least 0.33", "at most 5")
    told = ratios(rates(runs[PORTAL]), rates(runs[PLAIN]))
    tell("requests a second, as a multiple of a plain route's", told, hoped="at least 5")
    tell("a plain route's processor time, as a multiple of ours", dearness(runs, PLAIN, PORTAL))
    heading("The same, asked for with gzip; nginx has the packed file ready")
    compare(packed, PORTAL, NGINX, "", "")


def measure_servers() -> None:
    """The servers we could choose from, each with the portal from its store."""
    wrk = find("wrk")
    find("nginx")
    chosen = {
        PORTAL: portal,
        "granian, asyncio": granian("--loop", "asyncio"),
        "granian, uvloop": granian("--loop", "uvloop"),
        "granian, uvloop, http/1, no websockets": granian(
            "--loop", "uvloop", "--http", "1", "--no-ws"
        ),
        "granian, uvloop, one runtime thread": granian("--loop", "uvloop", "--runtime-mode", "st"),
        "granian, uvloop, tasks in rust": granian("--loop", "uvloop", "--task-impl", "rust"),
        "uvicorn, uvloop and httptools": uvicorn("--loop", "uvloop", "--http", "httptools"),
        "uvicorn, asyncio and h11": uvicorn("--loop", "asyncio", "--http", "h11"),
    }
    with contestants(chosen) as (servers, size):
        runs = race(wrk, servers)
    heading(f"Servers, each with {PAGE} from the store, {size:,} bytes, as a share of nginx's")
    for name in chosen:
        tell(f"{name}: rate", ratios(rates(runs[name]), rates(runs[NGINX])))
        tell("  processor time a request, as a multiple", dearness(runs, name, NGINX))


@contextmanager
def contestants(commands: dict[str, Command]) -> Iterator[tuple[dict[str, Running], int]]:
    """Every server running on one core, and nginx beside them with the page as they send it."""
    core, _ = cores()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        file = folder / "site" / PAGE.strip("/") / "index.html"
        servers: dict[str, Running] = {}
        for name, command in commands.items():
            port = free_port()
            begun = running(command(port), port, PAGE, on=core, settings={"BENCH_PAGE": str(file)})
            servers[name] = stack.enter_context(begun)
            body, _ = servers[name].ask(PAGE)
            if not file.exists():
                put(folder, file, body)
            if body != file.read_bytes():
                raise RuntimeError(f"{name} does not give the bytes that the first one gives")
        servers[NGINX] = stack.enter_context(nginx(folder, core))
        yield servers, file.stat().st_size


def put(folder: Path, file: Path, body: bytes) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(body)
    file.with_name("index.html.gz").write_bytes(gzip.compress(body, 9, mtime=0))
    for each in (folder, *folder.rglob("*")):  # nginx's worker is another user
        each.chmod(0o755 if each.is_dir() else 0o644)


@contextmanager
def nginx(folder: Path, core: frozenset[int]) -> Iterator[Running]:
    port = free_port()
    text = (HERE / "nginx.conf").read_text(encoding="utf-8")
    chosen = folder / "nginx.conf"
    chosen.write_text(text.format(folder=folder, port=port), encoding="utf-8")
    with running([find("nginx"), "-c", chosen], port, PAGE, on=core) as server:
        yield server


def race(wrk: str, servers: dict[str, Running], encoding: str = "") -> dict[str, list[Run]]:
    """Every server in turn, round after round; the order turns about, so that none is favoured."""
    runs: dict[str, list[Run]] = {name: [] for name in servers}
    for server in servers.values():
        ask_much(wrk, server, 1, encoding)
    for number in range(ROUNDS):
        for name in sorted(servers, reverse=bool(number % 2)):
            runs[name].append(ask_much(wrk, servers[name], SECONDS, encoding))
    return runs


def ask_much(wrk: str, server: Running, seconds: int, encoding: str) -> Run:
    """One run of wrk on a core of its own."""
    given = ["-H", f"Accept-Encoding: {encoding}"] if encoding else []
    command = [wrk, "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", *given]
    _, core = cores()
    begun = started([*command, server.url(PAGE)], core)
    before = server.processor_seconds()
    said, _ = begun.communicate(timeout=seconds + 30)
    spent = server.processor_seconds() - before
    rate, slowest = RATE.search(said), SLOWEST.search(said)
    if WRONG.search(said) or not rate or not slowest:
        raise RuntimeError(f"wrk was not answered as it should be:\n{said}")
    count = float(rate[1]) * seconds
    return Run(float(rate[1]), float(slowest[1]) * SECOND[slowest[2]], spent / count)


def started(command: list[str], core: frozenset[int]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: os.sched_setaffinity(0, core),
    )


def rates(runs: list[Run]) -> list[float]:
    return [run.rate for run in runs]


def dearness(runs: dict[str, list[Run]], ours: str, peers: str) -> list[float]:
    return ratios([run.processor for run in runs[ours]], [run.processor for run in runs[peers]])


def compare(runs: dict[str, list[Run]], ours: str, peers: str, rate: str, slowest: str) -> None:
    shares = ratios(rates(runs[ours]), rates(runs[peers]))
    tell("requests a second, as a share of nginx's", shares, hoped=rate)
    late = ratios([run.slowest for run in runs[ours]], [run.slowest for run in runs[peers]])
    tell("99 in 100 answered within, as a multiple of nginx's", late, hoped=slowest)
    tell("processor time a request, as a multiple of nginx's", dearness(runs, ours, peers))
    tell("requests a second", rates(runs[ours]))
    tell("nginx's", rates(runs[peers]))
