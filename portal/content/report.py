"""What an editor should look at next: nothing here stops the site, and nothing is forgotten."""

from collections.abc import Iterator
from datetime import datetime

from portal import clock
from portal.content import readability
from portal.content.edition import Edition, offers_to_review
from portal.content.mentions import Ref
from portal.content.models import Leaf
from portal.content.problems import Problem
from portal.content.prose import Words


def report(edition: Edition, at: datetime) -> dict[str, list[Problem]]:
    """Groups of things to look at, by heading, in the order an editor would take them."""
    return {
        "Figures past their review day, not shown as current": list(past_review(edition, at)),
        "Figures to review in the next 30 days": list(review_soon(edition, at)),
        "Pages that no longer match the English they translate": list(older(edition)),
        "Not translated yet": list(untranslated(edition)),
        "Harder to read than we promise": list(hard_to_read(edition)),
        "Figures that no page uses": list(unused(edition)),
    }


def past_review(edition: Edition, at: datetime) -> Iterator[Problem]:
    for fact in offers_to_review(edition, clock.day(at)):
        file, line = edition.place(fact, ("review_by",))
        yield Problem(
            file, line, fact.slug, f"was to be reviewed by {fact.review_by}; {fact.owner}"
        )


def review_soon(edition: Edition, at: datetime) -> Iterator[Problem]:
    for fact in edition.main.facts.values():
        if fact.is_due_soon(clock.day(at)):
            file, line = edition.place(fact, ("review_by",))
            yield Problem(file, line, fact.slug, f"review by {fact.review_by}; {fact.owner}")


def older(edition: Edition) -> Iterator[Problem]:
    for (collection, slug), record in edition.translations.items():
        if record.is_older:
            says = f"read the English again, then write translates: {record.source_version}"
            yield Problem(*record.problem_place, f"{collection}/{slug}", says)


def untranslated(edition: Edition) -> Iterator[Problem]:
    for collection, slug in edition.untranslated:
        file, line = edition.drafts[collection, slug].place(())
        yield Problem(file, line, f"{collection}/{slug}", "has no Welsh")
    for (collection, slug), record in edition.translations.items():
        if record.missing:
            says = f"Welsh is missing for {', '.join(record.missing)}"
            yield Problem(*record.problem_place, f"{collection}/{slug}", says)


def hard_to_read(edition: Edition) -> Iterator[Problem]:
    terms = [term.term for term in edition.main.glossary.values()]
    for page in edition.main.pages():
        limit = readability.PUBLIC_GRADE
        if isinstance(page, Leaf) and page.legal:
            limit = readability.LEGAL_GRADE
        grade, words = readability.grade(readability.text_of(page), terms)
        if grade > limit and words >= readability.FEWEST_WORDS:
            file, _ = edition.place(page)
            yield Problem(
                file, 1, page.slug, f"reads at grade {grade:.1f}; {limit:.0f} is promised"
            )


def unused(edition: Edition) -> Iterator[Problem]:
    used: set[str] = set()
    for shelf in (*edition.main.shelves.values(), {"site": edition.site}):
        for entry in shelf.values():
            for _, found in entry.mentions:
                if isinstance(found, Words):
                    used.update(found.facts)
                elif isinstance(found, Ref) and found.collection == "facts":
                    used.add(found)
    for name in sorted(set(edition.main.facts) - used):
        file, line = edition.place(edition.main.facts[name])
        yield Problem(file, line, name, "")
