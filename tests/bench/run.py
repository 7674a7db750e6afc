"""`make bench`: measures against a peer in the same run and prints; asserts nothing.

python tests/bench/run.py [names]   (without names: all but those that take long)
"""

import sys
from collections.abc import Callable

import building
import lighthouse
import starting
import store
import weight
from machine import Missing, about

MEASURES: dict[str, Callable[[], None]] = {
    "store": store.measure,
    "weight": weight.measure,
    "building": building.measure,
    "starting": starting.measure,
}
LONG: dict[str, Callable[[], None]] = {
    "lighthouse": lighthouse.measure,
    "servers": store.measure_servers,
}


def main(names: list[str]) -> int:
    known = MEASURES | LONG
    if unknown := [name for name in names if name not in known]:
        print(f"There is no measure called {', '.join(unknown)}; there are {', '.join(known)}.")
        return 1
    missing = 0
    print(about())
    for name in names or MEASURES:
        try:
            known[name]()
        except Missing as peer:
            missing += 1
            print(f"\n{peer}")
    if not names:
        print(f"\nThese take minutes: python tests/bench/run.py {' '.join(LONG)}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
