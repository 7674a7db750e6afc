"""What content mentions: the references and the words inside an entry, each with its place."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from pydantic import BaseModel, ConfigDict

from portal.content.prose import Words
from portal.content.reading import At


class Ref(str):
    """The slug of something in another collection; that it exists is checked with the rest."""

    __slots__ = ("collection",)
    collection: str

    def __new__(cls, slug: str, collection: str) -> "Ref":
        made = super().__new__(cls, slug)
        made.collection = collection
        return made


def walk(value: Any, where: At = ()) -> Iterator[tuple[At, Any]]:  # noqa: ANN401
    """Every reference and every piece of text inside a typed value, with its place."""
    if isinstance(value, Words | Ref):
        yield where, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from walk(getattr(value, name), (*where, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from walk(item, (*where, index))


class Front(BaseModel):
    """What every typed thing shares: a field that is not known is a mistake, said as one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @cached_property
    def mentions(self) -> tuple[tuple[At, Any], ...]:
        """Worked out once: an entry that has not changed is the same object after an edit."""
        return tuple(walk(self))

    @cached_property
    def to_check(self) -> tuple[tuple[At, Any], ...]:
        """The mentions that could be wrong: a plain phrase names nothing."""
        return tuple(
            (where, found)
            for where, found in self.mentions
            if not (isinstance(found, Words) and found.is_plain)
        )
