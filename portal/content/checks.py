"""What must hold across the whole edition: every name is known, every link leads somewhere,
every pathway leads to a career, and nothing leads round in a circle."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any

from portal.content.brand import complaints
from portal.content.edition import ALWAYS, LISTS, Book, Edition
from portal.content.facts import Fact
from portal.content.mentions import Ref
from portal.content.models import MODELS, Audience, Page
from portal.content.parts import Condition
from portal.content.problems import Problem, nearest
from portal.content.prose import Words

RESERVED = {"pathways": {"finder", "map"}, "stories": {"feed"}, "package": {"map"}}
Key = tuple[str, str]
STEPS = {
    "careers": ("leads_to",),
    "stages": ("next",),
    "ways": ("next", "next_apprenticeships"),
}


@dataclass(frozen=True)
class Known:
    """What may be named: pages, figures, and entries, whether or not this edition shows them."""

    addresses: frozenset[str]
    figures: frozenset[str]
    entries: frozenset[Key]


def known_to(edition: Edition, unread: Set[Key]) -> Known:
    book = edition.main
    papers = {f"/package/{audience.slug}.pdf" for audience in book.packages()}
    files = {*papers, "/package.pdf", "/stories/feed.atom"}
    pages = {f"/{MODELS[kind].folder}/{slug}/" for kind, slug in unread if kind in MODELS}
    leaves = {f"/{slug}/" for kind, slug in unread if kind == "pages"}
    facts = {slug for kind, slug in unread if kind == "facts"}
    return Known(
        frozenset({*book.addresses, *files, *pages, *leaves}),
        frozenset({*book.facts, *facts}),
        frozenset(edition.drafts),
    )


def check(edition: Edition, unread: Set[Key] = frozenset()) -> list[Problem]:
    """Everything wrong across the edition. `unread` entries are wrong already, in themselves."""
    problems: list[Problem] = []
    known = known_to(edition, unread)
    for language, book in edition.books.items():
        for shelf in (*book.shelves.values(), {"site": book.site}):
            for entry in shelf.values():
                if language == "cy" and getattr(entry, "language", "en") != "cy":
                    continue
                problems += check_entry(edition, book, entry, known)
    problems += [
        at(edition, edition.site, ("brand",), says) for says in complaints(edition.site.brand)
    ]
    problems += same_address(edition)
    problems += pathways_to_nowhere(edition, unread)
    for names in STEPS.items():
        problems += circles(edition, *names)
    return problems


def check_entry(
    edition: Edition,
    book: Book,
    entry: Any,  # noqa: ANN401 - any kind of content
    known: Known,
) -> Iterator[Problem]:
    for where, found in entry.to_check:
        if isinstance(found, Ref):
            for says in unknown_name(found, known):
                yield at(edition, entry, where, says)
        else:
            for line, says in [*found.complaints, *links_and_facts(found, known)]:
                yield at(edition, entry, where, says, line)
    yield from check_needs(edition, book, entry)
    if isinstance(entry, Audience) and entry.next_step:
        to = entry.next_step.to.partition("?")[0]
        if to not in known.addresses:
            says = f"“{to}” is not a page here." + nearest(to, known.addresses)
            yield at(edition, entry, ("next_step", "to"), says)


def unknown_name(ref: Ref, known: Known) -> Iterator[str]:
    """A page may be left out of an edition with all that leads to it; a figure may not."""
    is_figure = ref.collection == "facts"
    if ref in known.figures if is_figure else (ref.collection, ref) in known.entries:
        return
    names = [slug for collection, slug in known.entries if collection == ref.collection]
    yield f"there is no “{ref}” in {ref.collection}." + nearest(ref, names)


def links_and_facts(words: Words, known: Known) -> Iterator[tuple[int, str]]:
    for name, line in words.facts.items():
        if name not in known.figures:
            yield line, f"there is no fact “{name}”." + nearest(name, known.figures)
    for href, line in words.links.items():
        path = href.split("#")[0]
        if path.startswith("/") and not path.startswith("//") and path not in known.addresses:
            yield line, f"“{path}” is not a page here." + nearest(path, known.addresses)


def check_needs(edition: Edition, book: Book, entry: Any) -> Iterator[Problem]:  # noqa: ANN401
    for index, need in enumerate(getattr(entry, "needs", ())):
        if not isinstance(need, Condition) or need.question not in book.questions:
            continue
        allowed = [answer.value for answer in book.questions[need.question].answers]
        for answer in need.answers:
            if answer not in allowed:
                says = f"“{answer}” is not an answer to “{need.question}”: {', '.join(allowed)}."
                where = ("needs", index, "answers")
                yield at(edition, entry, where, says + nearest(answer, allowed))


def at(edition: Edition, entry: Any, where: tuple[Any, ...], says: str, line: int = 0) -> Problem:  # noqa: ANN401
    collection = "facts" if isinstance(entry, Fact) else entry.collection
    if (
        getattr(entry, "language", "en") == "cy"
        and (collection, entry.slug) in edition.translations
    ):
        file, first = edition.translations[collection, entry.slug].problem_place
        return Problem(file, first, " → ".join(map(str, where)), says)
    draft = edition.drafts[collection, entry.slug]
    found = draft.problem(where, says)
    if where == ("body",):
        source = next(s for s in reversed(draft.sources) if "body" in s.data)
        blank = len(source.document.body) - len(source.document.body.lstrip("\n"))
        return Problem(found.file, source.document.body_line + blank + line, "", says)
    return found


def same_address(edition: Edition) -> Iterator[Problem]:
    """Two pages cannot share an address, nor can an old slug be another page's."""
    taken: dict[str, Page | None] = dict.fromkeys((*ALWAYS, *LISTS))

    def whose(address: str) -> str:
        page = taken.get(address)
        return edition.place(page)[0] if page else "a page of the portal's own"

    pages = list(edition.main.pages())
    for page in pages:
        if page.address in taken or page.slug in RESERVED.get(page.folder, set()):
            yield at(edition, page, (), f"{page.address} is already {whose(page.address)}")
        taken[page.address] = page
    for page in pages:
        for index, old in enumerate(page.was):
            address = f"/{page.folder}/{old}/" if page.folder else f"/{old}/"
            if address in taken:
                yield at(edition, page, ("was", index), f"{address} is {whose(address)}")
            taken[address] = page


def pathways_to_nowhere(edition: Edition, unread: Set[Key]) -> Iterator[Problem]:
    for way in edition.main.ways_in():
        waits = any((ref.collection, ref) in unread for ref in way.leads_to)
        if not waits and not edition.main.those(way.leads_to):
            says = "this leads to no career that is shown here"
            yield at(edition, way, ("leads_to",), says)


def circles(edition: Edition, kind: str, names: Sequence[str]) -> Iterator[Problem]:
    """Follows each step onwards; coming back to where one began is a mistake."""
    shelf = edition.main.ways_in() if kind == "ways" else edition.main.shelves[kind].values()
    entries = {(entry.collection, entry.slug): entry for entry in shelf}
    onward = {
        key: [(ref.collection, str(ref)) for name in names for ref in getattr(entry, name, ())]
        for key, entry in entries.items()
    }
    while ring := circle(onward):
        says = f"this leads round in a circle: {' → '.join(slug for _, slug in ring)}"
        yield at(edition, entries[ring[0]], (names[0],), says)
        onward[ring[0]].remove(ring[1])  # so that the next circle is found as well


def circle(onward: dict[Key, list[Key]]) -> list[Key]:
    """A ring of steps that comes back to where it began, from its first name by the alphabet."""
    try:
        TopologicalSorter(onward).prepare()
    except CycleError as found:
        ring: list[Key] = found.args[1][:0:-1]
        start = ring.index(min(ring))
        return [*ring[start:], *ring[:start], ring[start]]
    return []
