"""The commands: serve, build, check, guide."""

import argparse
import sys
from datetime import datetime
from pathlib import Path

from portal import clock, settings
from portal.content import guide
from portal.content.edition import Edition
from portal.content.library import Library
from portal.content.problems import ContentError
from portal.content.report import report
from portal.errors import PortalError
from portal.site.build import build


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="portal", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check", help="read all content and list what needs an editor")
    serving = commands.add_parser("serve", help="serve the portal")
    serving.add_argument("--host", default="127.0.0.1")
    serving.add_argument("--port", type=int, default=8000)
    building = commands.add_parser("build", help="write every public page to a folder")
    building.add_argument("--out", type=Path, default=settings.ROOT / "dist")
    building.add_argument(
        "--at", type=datetime.fromisoformat, default=None, help="as of an instant"
    )
    commands.add_parser("guide", help="refresh the field tables of the editors' guide")
    given = parser.parse_args(arguments)
    try:
        chosen = settings.read()
        match given.command:
            case "serve":
                return serve(chosen, given.host, given.port)
            case "build":
                return publish(chosen, given.out, given.at)
            case "guide":
                guide.update(settings.ROOT / "docs" / "editing.md")
                return 0
        return check(chosen)
    except PortalError as refused:
        print(refused, file=sys.stderr)
        return 1


def serve(chosen: settings.Settings, host: str, port: int) -> int:
    load(chosen)  # say what is wrong here and now, before a server starts
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    print(f"The portal is at http://{host}:{port}/ (stop it with Ctrl-C)", flush=True)
    Granian(
        "routes.served:app",
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        log_level=LogLevels.warning,
    ).serve()
    return 0


def publish(chosen: settings.Settings, out: Path, at: datetime | None) -> int:
    from routes.live import Live

    live = Live(chosen)
    paths = [*live.catalogue.spots, *live.statics.files]
    number = build(out, paths, live.make, at or clock.now())
    print(f"{number} files in {out}")
    return 0


def load(chosen: settings.Settings) -> Edition:
    return Library(chosen.national, chosen.edition_folder).load()


def check(chosen: settings.Settings) -> int:
    try:
        edition = load(chosen)
    except ContentError as wrong:
        print(wrong, file=sys.stderr)
        print(
            f"\n{len(wrong.problems)} to mend before this can be served.",
            file=sys.stderr,
        )
        return 1
    pages = sum(1 for _ in edition.main.pages())
    print(f"{edition.site.name}: {pages} pages and {len(edition.main.facts)} figures, all sound.")
    for heading, found in report(edition, clock.now()).items():
        if found:
            print(f"\n{heading} ({len(found)})")
            print("\n".join(f"  {problem}" for problem in found))
    return 0
