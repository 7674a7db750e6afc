"""Every sentence can be understood the first time, and the check can tell when it cannot."""

import pytest

from portal import settings
from portal.content import readability
from portal.content.library import Library
from portal.content.models import Leaf

EASY = (
    "You help people to get up. You make tea. You sit and talk. Then you go to the next house. " * 4
)
HARD = (
    "Practitioners demonstrate considerable professional accountability throughout the "
    "multidisciplinary assessment, evaluation and commissioning of individualised provision. "
) * 4


def test_plain_words_pass_and_long_ones_do_not() -> None:
    assert readability.grade(EASY)[0] < 3
    assert readability.grade(HARD)[0] > 15


def test_words_of_the_trade_are_set_aside() -> None:
    text = "Occupational therapists help you. An occupational therapist visits. " * 10
    assert readability.grade(text, ["occupational therapist"])[0] < readability.grade(text)[0] - 4


@pytest.mark.parametrize(
    ("word", "count"),
    [("care", 1), ("worker", 2), ("family", 3), ("people", 2), ("university", 5), ("wages", 2),
     ("needed", 2), ("changes", 2), ("lives", 1), ("qualified", 3)],
)  # fmt: skip
def test_syllables_are_counted_near_enough(word: str, count: int) -> None:
    assert abs(readability.syllables(word) - count) <= 1


@pytest.mark.parametrize("name", ["wirral", "wales"])
def test_no_page_is_harder_to_read_than_promised(name: str) -> None:
    chosen = settings.Settings(edition=name)
    edition = Library(chosen.national, chosen.edition_folder).load()
    terms = [term.term for term in edition.main.glossary.values()]
    too_hard = {}
    for page in edition.main.pages():
        legal = isinstance(page, Leaf) and page.legal
        limit = readability.LEGAL_GRADE if legal else readability.PUBLIC_GRADE
        grade, words = readability.grade(readability.text_of(page), terms)
        if grade > limit and words >= readability.FEWEST_WORDS:
            too_hard[page.slug] = round(grade, 1)
    assert too_hard == {}
