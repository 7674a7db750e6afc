"""Two thousand pages laid out by us and by Hugo, and what one edit among them costs."""

import gc
import json
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from figures import FEWEST, heading, ratios, tell
from generated import COLLECTION, for_hugo, generate
from machine import find
from processes import free_port, running
from store import portal

from portal import clock
from portal.settings import Settings
from portal.site.store import PageStore
from routes.live import Live

HERE = Path(__file__).resolve().parent
PAGES, EDITS = 2000, 9
PATIENCE = 600


@dataclass(frozen=True)
class Built:
    wall: float
    processor: float
    said: str


def measure() -> None:
    hugo = find("hugo")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        slugs = generate(home / "content", PAGES)
        shutil.copytree(HERE / "hugo", home / "hugo")
        for_hugo(home / "content", home / "hugo")
        race(home, hugo)
        pack(home / "content", slugs)
        edit(home / "content", slugs[PAGES // 2])


def race(home: Path, hugo: str) -> None:
    """Each builds the whole site into an empty folder, in turn."""
    ours: list[Built] = []
    peers: list[Built] = []
    for _ in range(FEWEST):
        ours.append(built([sys.executable, HERE / "ours.py", home / "content", home / "ours"]))
        flags: list[str | Path] = [
            "--quiet",
            "--source",
            home / "hugo",
            "--destination",
            home / "theirs",
        ]
        peers.append(built([hugo, *flags, "--cacheDir", home / "cache"]))
        shutil.rmtree(home / "theirs")
    heading(f"Building {PAGES:,} generated pages, beside those of the edition")
    walls = [build.wall for build in ours]
    tell("time, as a multiple of Hugo's", ratios(walls, [b.wall for b in peers]), hoped="at most 4")
    spent = ratios([build.processor for build in ours], [build.processor for build in peers])
    tell("processor time, as a multiple of Hugo's", spent)
    tell("ours", walls, "s")
    tell("Hugo's", [build.wall for build in peers], "s")
    for part in ("load", "render", "write"):
        tell(f"  of ours, to {part}", [json.loads(build.said)[part] for build in ours], "s")


def built(command: list[str | Path]) -> Built:
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, timeout=PATIENCE
    )
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise RuntimeError(f"{command[0]} could not build:\n{done.stdout}{done.stderr}")
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Built(wall, spent, done.stdout)


def pack(content: Path, slugs: list[str]) -> None:
    """Brotli and gzip of a page, apart from the race: Hugo does neither."""
    live = Live(Settings(content=content))
    store = PageStore(live.make, clock.now, live.has)
    times: list[float] = []
    for slug in slugs[:50]:
        kept = store.get(f"/{COLLECTION}/{slug}/")
        store.finish_packing()
        if kept:
            begun = time.process_time()
            store.pack(kept)
            times.append(1000 * (time.process_time() - begun))
    store.close()
    tell("to pack one page with brotli and gzip", times, "ms")


def edit(content: Path, slug: str) -> None:
    """One file is saved: until its page is there again, in a process and as a reader sees it."""
    file = content / "national" / COLLECTION / f"{slug}.md"
    address = f"/{COLLECTION}/{slug}/"
    live = Live(Settings(content=content))
    live.make(address, clock.now())
    gc.collect()
    gc.freeze()  # as routes/served.py does once it has read the content

    def again() -> bytes:
        live.reload()
        made = live.make(address, clock.now())
        return made.body if made else b""

    heading(f"One edit among {PAGES:,} pages")
    tell("to read it again and lay out its page", edits(file, again), "ms", "under 100 ms")
    port = free_port()
    settings = {"PORTAL_CONTENT": str(content), "PORTAL_ENV": "development"}
    with running(portal(port), port, address, settings=settings) as server:
        time.sleep(2)  # its watch begins after its first answer
        told = edits(file, lambda: server.ask(address)[0])
    tell("until a reader of the running portal is served it", told, "ms")


def edits(file: Path, ask: Callable[[], bytes]) -> list[float]:
    """Milliseconds from each save until the page says what was saved."""
    text = file.read_text(encoding="utf-8")
    times: list[float] = []
    for number in range(EDITS):
        mark = f"Edit number {number} is here."
        file.write_text(re.sub(r"\n\n", f"\n\n{mark} ", text, count=1), encoding="utf-8")
        begun = time.perf_counter()
        while mark.encode() not in ask():
            if time.perf_counter() - begun > PATIENCE / 10:
                raise RuntimeError(f"an edit of {file.name} was not served")
        times.append(1000 * (time.perf_counter() - begun))
        time.sleep(0.2)
    file.write_text(text, encoding="utf-8")
    return times
