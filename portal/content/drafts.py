"""From an editor's fields to a typed entry, and from what is wrong to words they can act on."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from portal.content.problems import Problem, nearest
from portal.content.reading import At, Document, dotted

SAID = {
    "bool_type": "write true or false",
    "int_type": "write a whole number",
    "string_type": "write words here; put “ ” around it if it looks like a number",
    "tuple_type": "write a list, each item on its own line beginning with a dash",
    "model_type": "write fields here, each on its own line",
    "dict_type": "write fields here, each on its own line",
    "date_from_datetime_parsing": "write a day that exists, such as 2026-11-21",
    "date_parsing": "write a day that exists, such as 2026-11-21",
    "date_type": "write a day that exists, such as 2026-11-21",
}


@dataclass(frozen=True)
class Source:
    """One entry's fields from one file."""

    data: dict[str, Any]
    document: Document
    under: At = ()

    def line(self, where: At) -> int:
        place = (*self.under, *where)
        while place and place not in self.document.lines:
            place = place[:-1]
        return self.document.lines.get(place, 1)


@dataclass(frozen=True)
class Draft:
    """One entry's fields from every file that says something of it, later files winning."""

    collection: str
    slug: str
    sources: tuple[Source, ...]

    @cached_property
    def data(self) -> dict[str, Any]:
        return {key: value for source in self.sources for key, value in source.data.items()}

    def place(self, where: At) -> tuple[str, int]:
        for source in reversed(self.sources):
            if not where or where[0] in source.data:
                return source.document.file, source.line(where)
        return self.sources[-1].document.file, self.sources[-1].line(())

    def problem(self, where: At, says: str) -> Problem:
        file, line = self.place(where)
        return Problem(file, line, dotted(where), says)

    def version(self, fields: Iterable[str]) -> str:
        """Changes whenever the words in these fields do; a translation records the one it is of."""
        words = {name: self.data[name] for name in sorted(fields) if name in self.data}
        return hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()[:8]


def typed(draft: Draft, model: type[Any], language: str, problems: list[Problem]) -> Any:  # noqa: ANN401
    data = dict(draft.data)
    data.pop("translates", None)
    before = len(problems)
    for given in ("slug", "language"):
        if given in data:
            problems.append(draft.problem((given,), "the file's own name gives this; take it out"))
    if "language" in model.model_fields:
        data["language"] = language
    data["slug"] = draft.slug
    try:
        entry = model.model_validate(data)
    except ValidationError as wrong:
        told = wrong.errors()
        problems.extend(
            explained(draft, model, error) for error in told if not only_follows(error, told)
        )
        return None
    return entry if len(problems) == before else None


def only_follows(error: Any, told: list[Any]) -> bool:  # noqa: ANN401
    """A list counts as too short because items in it are wrong; the items say enough."""
    depth = len(error["loc"])
    return error["type"] == "too_short" and any(
        len(other["loc"]) > depth and other["loc"][:depth] == error["loc"] for other in told
    )


def explained(draft: Draft, model: type[BaseModel], error: Any) -> Problem:  # noqa: ANN401
    """A pydantic error in an editor's words."""
    where = along(draft.data, error["loc"])
    kind = error["type"]
    inside = model_at(model, where[:-1])
    name = str(where[-1]) if where else ""
    if kind == "extra_forbidden":
        allowed = sorted(set(inside.model_fields) - {"slug", "language"}) if inside else []
        says = "there is no such field." + (
            nearest(name, allowed) or f" Fields here: {', '.join(allowed)}."
        )
    elif kind == "missing":
        missing = str(error["loc"][-1])
        about = inside.model_fields[missing].description if inside else ""
        return draft.problem((*where[:-1], missing), f"this field is needed. {about or ''}".strip())
    elif kind in {"literal_error", "enum"}:
        expected = str(error["ctx"]["expected"]).replace("'", "")
        says = f"write one of: {expected}." + nearest(
            str(error["input"]), expected.replace(" or ", ", ").split(", ")
        )
    elif kind in {"value_error", "assertion_error"}:
        says = str(error["msg"]).removeprefix("Value error, ")
    else:
        says = SAID.get(kind) or sentence(error)
    return draft.problem(where, says)


def sentence(error: Any) -> str:  # noqa: ANN401
    context = error.get("ctx") or {}
    match error["type"]:
        case "string_too_long":
            return f"this is too long: at most {context['max_length']} letters"
        case "string_too_short" | "too_short":
            return f"write at least {context['min_length']}"
        case "string_pattern_mismatch":
            return f"“{error['input']}” is not written as it should be ({context['pattern']})"
    return str(error["msg"])


def along(data: Any, loc: tuple[Any, ...]) -> At:  # noqa: ANN401
    """The part of pydantic's path that exists in the file, plus a last missing name."""
    where: list[str | int] = []
    for index, part in enumerate(loc):
        last = index == len(loc) - 1
        if isinstance(data, dict) and (part in data or last):
            where.append(part)
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            where.append(part)
            data = data[part]
    return tuple(where)


def model_at(model: type[BaseModel], where: At) -> type[BaseModel] | None:
    for part in where:
        if isinstance(part, int):
            continue
        about = model.model_fields.get(part)
        inner = _model_inside(about.annotation) if about else None
        if inner is None:
            return None
        model = inner
    return model


def _model_inside(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for arg in get_args(annotation) if (found := _model_inside(arg))), None)
