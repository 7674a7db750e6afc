"""From `make serve`, where set-up was done before, to the first page; and what it then holds."""

import shutil

from figures import FEWEST, heading, tell
from processes import free_port, running

PAGES = ("/", "/careers/", "/pathways/", "/package/", "/pathways/map/", "/glossary/")
MEGABYTE = 1024 * 1024


def measure() -> None:
    make = shutil.which("make")
    if make is None:
        raise RuntimeError("Not measured: make is not here")
    waits: list[float] = []
    totals: list[float] = []
    largest: list[float] = []
    for _ in range(FEWEST):
        port = free_port()
        with running([make, "serve", f"PORT={port}"], port) as server:
            waits.append(server.took)
            for page in PAGES:
                server.ask(page)
            held = server.memory().values()
            totals.append(sum(held) / MEGABYTE)
            largest.append(max(held) / MEGABYTE)
    heading("Starting")
    tell("from make serve to the first page", waits, "s")
    tell("in memory, the process that serves", largest, "MB")
    tell("in memory, all its processes", totals, "MB")
