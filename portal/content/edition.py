"""An edition: everything that one place serves, in each of its languages, checked whole."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from pydantic import BaseModel

from portal.content.drafts import Draft
from portal.content.facts import Fact, Source
from portal.content.languages import sort_key
from portal.content.models import MODELS, TABLES, Audience, Entry, Page, Site
from portal.content.prose import Words
from portal.content.reading import At

# Pages that an edition has whatever its content says.
ALWAYS = ("/", "/pathways/finder/", "/package/", "/search/")
# Pages that list a kind of content, where there is any.
LISTS = {
    "/careers/": "careers",
    "/apprenticeships/": "apprenticeships",
    "/pathways/": "pathways",
    "/pathways/map/": "pathways",
    "/volunteering/": "volunteering",
    "/progression/": "stages",
    "/stories/": "stories",
    "/places/": "places",
    "/partners/": "partners",
    "/glossary/": "glossary",
}


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

    def those(self, refs: Iterable[Any]) -> list[Any]:
        """The entries that references name, in order, leaving out what is not shown here."""
        return [
            self.shelves[ref.collection][ref] for ref in refs if ref in self.shelves[ref.collection]
        ]

    def pages(self) -> Iterator[Page]:
        """Everything that has a page of its own, of every kind."""
        for collection in MODELS:
            yield from self.shelves[collection].values()

    @cached_property
    def addresses(self) -> dict[str, Page | None]:
        """Every page's address without its language, and the entry it shows if it shows one."""
        found: dict[str, Page | None] = dict.fromkeys(ALWAYS)
        found |= {path: None for path, collection in LISTS.items() if self.shelves[collection]}
        found |= {f"/package/{audience.slug}/": None for audience in self.packages()}
        found |= {page.address: page for page in self.pages()}
        return found

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


# Fields that hold words as they are, with no Markdown in them.
PLAIN_WORDS = frozenset(
    {"title", "label", "says", "term", "note", "place", "name", "employer", "team"}
)


def has_words(entry: Any) -> bool:  # noqa: ANN401
    return any(untranslated_fields(entry, {}))


def untranslated_fields(entry: Any, given: dict[str, Any]) -> Iterator[str]:  # noqa: ANN401
    """Fields of the source that hold words and that the translation does not give."""
    for name in type(entry).model_fields:
        if name not in given and holds_words(getattr(entry, name), name):
            yield name


def holds_words(value: Any, name: str = "") -> bool:  # noqa: ANN401
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        return not isinstance(value, Source) and any(
            holds_words(getattr(value, each), each) for each in fields
        )
    if isinstance(value, tuple):
        return any(holds_words(item) for item in value)
    return bool(value) and (isinstance(value, Words) or name in PLAIN_WORDS)


def offers_to_review(edition: Edition, on: date) -> list[Fact]:
    """Offers past their review day, oldest first."""
    facts = [f for f in edition.main.facts.values() if f.review_by and f.review_by < on]
    return sorted(facts, key=lambda fact: (fact.review_by, fact.slug))
