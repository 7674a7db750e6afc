"""The field tables of docs/editing.md, made from the models so that they cannot be out of date."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import MinLen
from pydantic import AfterValidator, BaseModel
from pydantic.fields import FieldInfo

from portal.content.models import MODELS, TABLES, Page, Site, WayIn
from portal.content.prose import Line, Prose

BEGIN = "<!-- field tables: made by “portal guide”, not by hand -->"
END = "<!-- end of field tables -->"
GIVEN = {"slug", "language"}
WRITTEN_AS = {
    str: "words",
    Line: "a phrase or sentence",
    Prose: "paragraphs in Markdown",
    bool: "true or false",
    int: "a whole number",
}


def update(path: Path) -> bool:
    """Puts fresh tables between the two marks. Gives whether anything changed."""
    text = path.read_text()
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    fresh = f"{before}{BEGIN}\n\n{tables()}\n{END}{after}"
    path.write_text(fresh)
    return fresh != text


def tables() -> str:
    parts: list[BaseModelType] = []
    sections: list[tuple[str, BaseModelType, set[str]]] = [
        ("Every page", Page, set()),
        ("Every way in (apprenticeships, pathways, volunteering)", WayIn, set(Page.model_fields)),
    ]
    for name, model in MODELS.items():
        shared: BaseModelType = WayIn if issubclass(model, WayIn) else Page
        sections.append((f"`{name}/`", model, set(shared.model_fields)))
    sections += [(f"`{name}.yaml`", model, set()) for name, model in TABLES.items()]
    sections.append(("`site.yaml`", Site, set()))
    written = [table(title, model, leave_out, parts) for title, model, leave_out in sections]
    written.append("### The parts that fields are made of\n")
    done: set[str] = set()
    while parts:
        part = parts.pop(0)
        if part.__name__ not in done:
            done.add(part.__name__)
            written.append(table(named(part), part, set(), parts, level=4))
    return "\n".join(written)


BaseModelType = type[BaseModel]


def named(model: BaseModelType) -> str:
    return {"MoneyLine": "A money line", "PayLine": "A pay line", "NextStep": "A next step"}.get(
        model.__name__, f"{'An' if model.__name__[0] in 'AEIO' else 'A'} {model.__name__.lower()}"
    )


def table(
    title: str,
    model: BaseModelType,
    leave_out: set[str],
    parts: list[BaseModelType],
    level: int = 3,
) -> str:
    rows = [
        f"| `{name}` | {'yes' if field.is_required() else ''} | {written_as(field, parts)} "
        f"| {field.description or ''} |"
        for name, field in model.model_fields.items()
        if name not in leave_out | GIVEN
    ]
    head = ["| field | needed | written as | what it is |", "| --- | --- | --- | --- |"]
    about = (model.__doc__ or "").strip().splitlines()[0]
    body = [*head, *rows] if rows else ["Nothing more than the fields above."]
    return "\n".join([f"{'#' * level} {title}\n", f"{about}\n", *body, ""])


def written_as(field: FieldInfo, parts: list[BaseModelType]) -> str:
    said = " or ".join(dict.fromkeys(kinds(field.annotation, parts)))
    least = next((rule.min_length for rule in field.metadata if isinstance(rule, MinLen)), 0)
    return f"{said}, {least} or more" if said.startswith("a list") and least > 1 else said


def kinds(annotation: Any, parts: list[BaseModelType]) -> Iterator[str]:  # noqa: ANN401
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from annotated(annotation, parts)
    elif origin is Literal:
        yield "one of " + ", ".join(f"`{str(choice).lower()}`" for choice in get_args(annotation))
    elif origin is tuple:
        yield "a list: " + " or ".join(dict.fromkeys(kinds(get_args(annotation)[0], parts)))
    elif origin in {Union, UnionType}:
        for part in get_args(annotation):
            yield from kinds(part, parts)
    elif annotation is not type(None):
        yield plain(annotation, parts)


def plain(annotation: Any, parts: list[BaseModelType]) -> str:  # noqa: ANN401
    if annotation in WRITTEN_AS:
        return WRITTEN_AS[annotation]
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return "one of " + ", ".join(f"`{choice}`" for choice in annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        parts.append(annotation)
        return f"fields of {named(annotation)[0].lower()}{named(annotation)[1:]} (below)"
    return NAMES.get(getattr(annotation, "__name__", ""), "words")


NAMES = {
    "date": "a day such as 2026-11-21",
    "When": "a year, month or day such as 2022, 2022-03 or 2022-03-31",
    "Decimal": "a number, with no £ and no commas",
    "dict": "kinds of content, each with a list of slugs",
}


def annotated(annotation: Any, parts: list[BaseModelType]) -> Iterator[str]:  # noqa: ANN401
    inside, *rules = get_args(annotation)
    refs = [
        rule.func.collection
        for rule in rules
        if isinstance(rule, AfterValidator) and hasattr(rule.func, "collection")
    ]
    if refs:
        yield f"a slug from `{refs[0]}`"
    else:
        yield from kinds(inside, parts)
