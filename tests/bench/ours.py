"""Our side of the building race, in a process of its own as Hugo is: reads a content folder, lays
out every page, writes it. Run as a command with the two folders; prints what took how long."""

import json
import sys
import time
from pathlib import Path

from portal import clock
from portal.settings import Settings
from portal.site.build import write
from portal.site.store import Made
from routes.live import Live


def main(content: Path, out: Path) -> None:
    begun = time.perf_counter()
    live = Live(Settings(content=content))
    loaded = time.perf_counter()
    made: dict[str, Made] = {}
    for path, spot in live.catalogue.spots.items():
        if spot.is_page and (page := live.make(path, clock.now())):
            made[path] = page
    rendered = time.perf_counter()
    write(out, made)
    written = time.perf_counter()
    took = {"load": loaded - begun, "render": rendered - loaded, "write": written - rendered}
    print(json.dumps({**took, "pages": len(made)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
