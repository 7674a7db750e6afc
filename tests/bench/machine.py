"""What this machine has to measure with, and how busy it is while we do."""

import os
import shutil
from pathlib import Path

HOW_TO_GET = {
    "nginx": "On Debian: apt-get install nginx-light",
    "wrk": "On Debian: apt-get install wrk",
    "hugo": "On Debian: apt-get install hugo",
    "chromium": "On Debian: apt-get install chromium",
    "lighthouse": "make dev installs it from npm, with the packages of the tests",
}
# Debian puts servers where only root looks.
WHERE = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin"])


class Missing(Exception):
    """A peer that this machine does not have, with how to get it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Not measured: {name} is not here. {HOW_TO_GET[name]}")


def find(name: str) -> str:
    """The command's path. Raises Missing."""
    found = shutil.which(name, path=WHERE)
    if found is None:
        raise Missing(name)
    return found


def cores() -> tuple[frozenset[int], frozenset[int]]:
    """One core for what is measured, another for what asks, where there are two."""
    usable = sorted(os.sched_getaffinity(0))
    return frozenset(usable[:1]), frozenset(usable[1:2] or usable[:1])


def about() -> str:
    load = os.getloadavg()[0]
    usable = len(os.sched_getaffinity(0))
    busy = "" if load < 0.5 else ": others are at work, so the spread says more than the median"
    return f"{model()}, {usable} cores; load {load:.1f}{busy}"


def model() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return "a processor"
