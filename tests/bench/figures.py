"""How figures are told: a median, how far apart the runs were, and what was hoped for."""

from collections.abc import Sequence
from statistics import median

FEWEST = 5


def heading(says: str) -> None:
    print(f"\n{says}")


def tell(what: str, values: Sequence[float], unit: str = "", hoped: str = "") -> float:
    """Print the median of some runs with the lowest and the highest; gives the median."""
    middle = median(values)
    spread = f"{short(min(values))} to {short(max(values))}, {len(values)} runs"
    figure = f"{short(middle)} {unit}".strip()
    print(f"  {what:<58} {figure:>12}  ({spread})" + (f"  {hoped}" if hoped else ""), flush=True)
    return middle


def short(value: float) -> str:
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def ratios(ours: Sequence[float], peers: Sequence[float]) -> list[float]:
    """Each of our runs against the peer's of the same round, so that a slow moment hits both."""
    return [our / peer for our, peer in zip(ours, peers, strict=True)]
