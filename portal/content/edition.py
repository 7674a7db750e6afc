"""An edition: national content with one place's differences laid over it, in each language."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from portal.content.facts import SLUG, Fact
from portal.content.languages import sort_key
from portal.content.models import MODELS, TABLES, Audience, Entry, Page, Ref, Site
from portal.content.problems import ContentError, Problem, nearest, shown
from portal.content.prose import Words
from portal.content.reading import At, Document, dotted, read

type_names = {
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

    @property
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

    @property
    def version(self) -> str:
        """Changes whenever the words do; a translation records the one it was made from."""
        data = {key: value for key, value in self.data.items() if key not in {"order", "icon"}}
        return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:8]


@dataclass(frozen=True)
class Translation:
    """How a translated entry stands to its source."""

    entry: Entry | Fact
    problem_place: tuple[str, int]
    made_from: str
    source_version: str
    missing: tuple[str, ...] = ()

    @property
    def is_older(self) -> bool:
        return self.made_from != self.source_version


@dataclass
class Book:
    """An edition in one language: every entry, found by collection and slug."""

    language: str
    site: Site
    shelves: dict[str, dict[str, Any]]

    def __getattr__(self, collection: str) -> dict[str, Any]:
        try:
            return self.shelves[collection]
        except KeyError:
            raise AttributeError(collection) from None

    def those(self, refs: Iterable[Ref]) -> list[Any]:
        """The entries named, in the order named, leaving out what this edition does not show."""
        return [
            self.shelves[ref.collection][ref] for ref in refs if ref in self.shelves[ref.collection]
        ]

    def pages(self) -> Iterator[Page]:
        """Everything that has a page of its own, of every kind."""
        for collection in MODELS:
            yield from self.shelves[collection].values()

    def ways_in(self) -> list[Any]:
        return [
            entry
            for collection in ("pathways", "apprenticeships", "volunteering")
            for entry in self.shelves[collection].values()
        ]

    def packages(self) -> list[Audience]:
        return [audience for audience in self.audiences.values() if audience.package]


@dataclass(frozen=True, eq=False)
class Edition:
    """Everything that one place serves, checked whole."""

    books: dict[str, Book]
    drafts: dict[tuple[str, str], Draft]
    translations: dict[tuple[str, str], Translation]
    untranslated: tuple[tuple[str, str], ...] = ()

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self.books)

    @property
    def main(self) -> Book:
        return next(iter(self.books.values()))

    @property
    def site(self) -> Site:
        return self.main.site

    def place(self, entry: Entry | Fact, where: At = ()) -> tuple[str, int]:
        collection = "facts" if isinstance(entry, Fact) else entry.collection
        draft = self.drafts.get((collection, entry.slug))
        return draft.place(where) if draft else (f"{collection}/{entry.slug}", 1)


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


@dataclass
class Library:
    """Reads an edition's folders. Keeps what it read, so that one edit costs one file."""

    national: Path
    folder: Path
    _documents: dict[Path, tuple[tuple[int, int], Document]] = field(default_factory=dict)
    _parts: dict[int, tuple[Document, dict[str, Source]]] = field(default_factory=dict)
    _typed: dict[tuple[str, str, str], tuple[tuple[int, ...], Draft, Any]] = field(
        default_factory=dict
    )

    def load(self) -> Edition:
        """The whole edition. Raises ContentError with everything that is wrong."""
        problems: list[Problem] = []
        english, welsh = self._gather(problems)
        site = self._typed_entry(english.get(("site", "site")), Site, "en", problems)
        if site is None:
            where = shown(self.folder / "site.yaml", self.national.parent)
            if not problems:
                problems.append(Problem(where, 1, "", "an edition begins with this file"))
            raise ContentError(problems)
        entries = {
            key: entry
            for key, draft in english.items()
            if key[0] != "site"
            and self._shown(site, draft, problems)
            and (entry := self._typed_entry(draft, model_of(key[0]), "en", problems))
        }
        if problems:
            raise ContentError(problems)
        edition = Edition({"en": book("en", site, entries)}, english, {})
        if "cy" in site.languages:
            edition = self._with_welsh(edition, english, welsh, site, entries, problems)
        from portal.content.checks import check  # the checks know the whole edition

        problems += check(edition)
        if problems:
            raise ContentError(problems)
        return edition

    def _shown(self, site: Site, draft: Draft, problems: list[Problem]) -> bool:
        only = site.shows.get(draft.collection)
        return only is None or draft.slug in only

    def _gather(
        self, problems: list[Problem]
    ) -> tuple[dict[tuple[str, str], Draft], dict[tuple[str, str], Draft]]:
        found: dict[str, dict[tuple[str, str], list[Source]]] = {"en": {}, "cy": {}}
        for root in (self.national, self.folder):
            seen: dict[tuple[str, str, str], str] = {}
            for path, collection, name in files(root, self.national.parent, problems):
                document = self._document(path)
                problems.extend(document.problems)
                language = "cy" if name.endswith(".cy") else "en"
                slug = name.removesuffix(".cy")
                for key, source in self._sources(document, collection, slug).items():
                    first = seen.setdefault((collection, key, language), document.file)
                    if first != document.file:
                        says = f"“{key}” is in {first} as well; keep one of them"
                        problems.append(Problem(document.file, source.line(()), "", says))
                    found[language].setdefault((collection, key), []).append(source)
                    problems.extend(_slug_problems(collection, key, source))
        english, welsh = (
            {key: Draft(*key, tuple(sources)) for key, sources in found[language].items()}
            for language in ("en", "cy")
        )
        for key, draft in welsh.items():
            if key not in english:
                says = "there is no page of this name to translate"
                names = [slug for collection, slug in english if collection == key[0]]
                problems.append(draft.problem((), says + "." + nearest(key[1], names)))
        return english, welsh

    def _document(self, path: Path) -> Document:
        about = path.stat()
        stamp = (about.st_mtime_ns, about.st_size)
        kept = self._documents.get(path)
        if kept is None or kept[0] != stamp:
            kept = (stamp, read(path, shown(path, self.national.parent)))
            self._documents[path] = kept
        return kept[1]

    def _sources(self, document: Document, collection: str, slug: str) -> dict[str, Source]:
        """A page's file holds one entry; a table's file holds one entry per field."""
        kept = self._parts.get(id(document))
        if kept is None or kept[0] is not document:
            if collection in TABLES:
                parts = {
                    str(key): Source(value if isinstance(value, dict) else {}, document, (key,))
                    for key, value in document.data.items()
                }
            else:
                body = document.body.strip("\n")
                data = document.data | ({"body": body} if body else {})
                parts = {slug: Source(data, document)}
            kept = (document, parts)
            self._parts[id(document)] = kept
        return kept[1]

    def _typed_entry(
        self,
        draft: Draft | None,
        model: type[Any],
        language: str,
        problems: list[Problem],
    ) -> Any:  # noqa: ANN401 - an entry, or None when it cannot be typed
        if draft is None:
            return None
        key = (draft.collection, draft.slug, language)
        stamp = tuple(id(source.document) for source in draft.sources)
        kept = self._typed.get(key)
        if kept is None or kept[0] != stamp:
            entry = typed(draft, model, language, problems)
            if entry is None:
                return None
            kept = (
                stamp,
                draft,
                entry,
            )  # the draft keeps its documents, so ids stay theirs
            self._typed[key] = kept
        return kept[2]

    def _with_welsh(
        self,
        edition: Edition,
        english: dict[tuple[str, str], Draft],
        welsh: dict[tuple[str, str], Draft],
        site: Site,
        entries: dict[tuple[str, str], Any],
        problems: list[Problem],
    ) -> Edition:
        translated: dict[tuple[str, str], Any] = dict(entries)
        records: dict[tuple[str, str], Translation] = {}
        welsh_site = site
        for key, draft in welsh.items():
            if key != ("site", "site") and key not in entries:
                continue
            source = english[key]
            whole = Draft(*key, (*source.sources, *draft.sources))
            entry = self._typed_entry(whole, model_of(key[0]), "cy", problems)
            if entry is None:
                continue
            original = site if key[0] == "site" else entries[key]
            records[key] = Translation(
                entry, draft.place(()), str(draft.data.get("translates", "")), source.version,
                tuple(untranslated_fields(original, draft.data)),
            )  # fmt: skip
            if key[0] == "site":
                welsh_site = entry
            else:
                translated[key] = entry
        without = tuple(
            key for key, entry in entries.items() if key not in records and has_words(entry)
        )
        books = edition.books | {"cy": book("cy", welsh_site, translated)}
        ordered = {language: books[language] for language in site.languages}
        return Edition(ordered, english, records, without)


def model_of(collection: str) -> type[Any]:
    return Site if collection == "site" else (MODELS | TABLES)[collection]


def files(root: Path, content: Path, problems: list[Problem]) -> Iterator[tuple[Path, str, str]]:
    """Each content file with its collection and its name, pages in folders keeping theirs."""
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        if path.is_dir() or parts[0] == "brand" or path.name.startswith("."):
            continue
        collection = parts[0].split(".")[0]
        wants = ".yaml" if collection in TABLES or collection == "site" else ".md"
        if collection not in {*MODELS, *TABLES, "site"}:
            says = f"“{collection}” is not a kind of content." + nearest(
                collection, [*MODELS, *TABLES, "site"]
            )
            problems.append(Problem(shown(path, content), 1, "", says))
        elif path.suffix != wants:
            says = f"a file in {collection} ends in {wants}"
            problems.append(Problem(shown(path, content), 1, "", says))
        else:
            inside = parts[1:] if len(parts) > 1 else parts
            yield path, collection, "/".join(inside).removesuffix(path.suffix)


def _slug_problems(collection: str, slug: str, source: Source) -> Iterator[Problem]:
    pieces = slug.split("/") if collection == "pages" else [slug]
    if not all(SLUG.fullmatch(piece) for piece in pieces):
        better = "-".join("".join(c if c.isalnum() else " " for c in slug.lower()).split())
        says = (
            f"“{slug}” becomes an address, so it is written in small letters, digits and "
            f"hyphens, such as “{better}”"
        )
        yield Problem(source.document.file, source.line(()), "", says)


def book(language: str, site: Site, entries: dict[tuple[str, str], Any]) -> Book:
    shelves: dict[str, dict[str, Any]] = {name: {} for name in (*MODELS, *TABLES)}
    for (collection, slug), entry in sorted(
        entries.items(), key=lambda item: place_in_list(item[1], language)
    ):
        shelves[collection][slug] = entry
    return Book(language, site, shelves)


def place_in_list(entry: Any, language: str) -> tuple[Any, ...]:  # noqa: ANN401
    title = getattr(entry, "title", None) or getattr(entry, "term", entry.slug)
    newest_first = -entry.published.toordinal() if hasattr(entry, "published") else 0
    return (
        getattr(entry, "order", 0),
        newest_first,
        sort_key(title, language),
        entry.slug,
    )


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
        problems.extend(explained(draft, model, error) for error in wrong.errors())
        return None
    return entry if len(problems) == before else None


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
        says = type_names.get(kind) or sentence(error)
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


PLAIN_WORDS = frozenset({"title", "label", "says", "term", "note", "place", "name", "employer"})


def has_words(entry: Any) -> bool:  # noqa: ANN401
    return any(untranslated_fields(entry, {}))


def untranslated_fields(entry: Any, given: dict[str, Any]) -> Iterator[str]:  # noqa: ANN401
    """Fields of the source that hold words and that the translation does not give."""
    keep_name = isinstance(entry, Site) or entry.slug != "name"
    for name in type(entry).model_fields:
        value = getattr(entry, name)
        words = any(isinstance(found, Words) and found for _, found in walk(value))
        plain = name in PLAIN_WORDS and keep_name and isinstance(value, str) and bool(value)
        if (words or plain) and name not in given:
            yield name


def offers_to_review(edition: Edition, on: date) -> list[Fact]:
    """Offers past their review day, oldest first."""
    facts = [f for f in edition.main.facts.values() if f.review_by and f.review_by < on]
    return sorted(facts, key=lambda fact: (fact.review_by, fact.slug))
