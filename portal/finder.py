"""From where I am: which pathways are open, and for the others, the condition that is not met."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.content.edition import Book
from portal.content.models import Question
from portal.content.parts import EFFORTS, Condition


@dataclass(frozen=True)
class Answers:
    """What somebody said about themselves. Lives in the page's address and nowhere else."""

    audience: str
    given: dict[str, str]

    @property
    def any(self) -> bool:
        return bool(self.audience or self.given)


@dataclass(frozen=True)
class Found:
    """One way in, judged against the answers."""

    way: Any
    unmet: tuple[Condition, ...]
    unknown: tuple[Condition, ...]
    made_for_them: bool

    @property
    def is_open(self) -> bool:
        return not self.unmet


def read(book: Book, asked: Mapping[str, str]) -> Answers:
    """Keeps the answers that exist; anything else in the address is as if it were not there."""
    given = {
        question.slug: asked[question.slug]
        for question in book.questions.values()
        if asked.get(question.slug) in {answer.value for answer in question.answers}
    }
    audience = asked.get("who", "")
    return Answers(audience if audience in book.audiences else "", given)


def find(book: Book, answers: Answers) -> list[Found]:
    """Every way in: open ones by effort, then the others by how little is missing."""
    found = [_judge(way, answers) for way in book.ways_in()]
    return sorted(found, key=_effort)


def _judge(way: Any, answers: Answers) -> Found:  # noqa: ANN401 - any of the three kinds of way in
    unknown = tuple(need for need in way.needs if need.question not in answers.given)
    unmet = tuple(
        need
        for need in way.needs
        if need.question in answers.given and answers.given[need.question] not in need.answers
    )
    return Found(way, unmet, unknown, answers.audience in way.audiences)


def _effort(found: Found) -> tuple[Any, ...]:
    return (
        len(found.unmet),
        found.way.proposed,
        EFFORTS.index(found.way.effort),
        not found.made_for_them,
        len(found.unknown),
        found.way.order,
        found.way.title,
    )


def unanswered(book: Book, answers: Answers) -> list[Question]:
    return [q for q in book.questions.values() if q.slug not in answers.given]
