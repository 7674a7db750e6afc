"""What is wrong with content, said to the person who can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from portal.errors import PortalError


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend: where it is, what is wrong, and what would be right."""

    file: str
    line: int
    field: str
    says: str

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}"
        return f"{place}: {self.field}: {self.says}" if self.field else f"{place}: {self.says}"


class ContentError(PortalError):
    """The content cannot be served. Carries every problem found, not the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


def nearest(word: str, allowed: Iterable[str]) -> str:
    """`Did you mean x?` for the closest allowed word, or nothing when none is close."""
    found = process.extractOne(word, list(allowed), scorer=fuzz.ratio, score_cutoff=60)
    return f" Did you mean “{found[0]}”?" if found else ""


def shown(path: Path, root: Path) -> str:
    """A path as an editor knows it: from the content folder where it lies inside."""
    return str(path.relative_to(root.parent)) if path.is_relative_to(root.parent) else str(path)
