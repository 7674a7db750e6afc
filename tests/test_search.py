"""Search finds what people mean, whatever ending, accent or slip of the finger they type."""

import threading

import pytest

from portal.search import Index
from tests.editions import career, edition


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    files = {
        "national/careers/fostering.md": career("Foster carer", body="Children stay in your home."),
        "national/careers/reablement.md": career("Reablement worker", body="Safeguarding matters."),
        "national/careers/social-worker.md": career("Social worker", body="You need a degree."),
        "national/careers/cafe.md": career("Café helper", body="Pay of £12 in Tŷ Coch. C++ too."),
    }
    return Index(edition(tmp_path_factory.mktemp("search"), files).main)


def titles(index: Index, query: str) -> list[str]:
    return [found.page.title for found in index.search(query).found]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("fostering", "Foster carer"),
        ("FOSTERED", "Foster carer"),
        ("reablemnt", "Reablement worker"),
        ("safegaurding", "Reablement worker"),
        ("cafe", "Café helper"),
        ("ty coch", "Café helper"),
        ("university", "Social worker"),
        ("salary", "Café helper"),
        ("foste", "Foster carer"),
    ],
)
def test_people_find_the_page_they_mean(index: Index, query: str, title: str) -> None:
    assert titles(index, query)[0] == title


def test_a_corrected_word_is_owned_up_to(index: Index) -> None:
    assert index.search("reablemnt").read_as == (("reablemnt", "reablement"),)


def test_words_in_the_title_count_for_more(index: Index) -> None:
    assert titles(index, "social worker")[0] == "Social worker"


def test_pages_with_every_word_come_before_none(index: Index) -> None:
    assert titles(index, "foster degree") != []


@pytest.mark.parametrize(
    "query",
    [
        "", "   ", '"', "((((", "a AND OR NOT", "NEAR(", "*", "-", "c++", "title:x", "';--",
        "%' OR 1=1", "\x00", "\u202e", "a*a*a*a*b", "x" * 100_000, "🦄", "\\", "^", "{", "the of",
    ],
)  # fmt: skip
def test_no_query_breaks_the_search(index: Index, query: str) -> None:
    index.search(query)


def test_many_people_may_search_at_once(index: Index) -> None:
    wrong: list[str] = []

    def look() -> None:
        for _ in range(50):
            if titles(index, "fostering")[:1] != ["Foster carer"]:
                wrong.append("lost")

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_welsh_is_searched_as_it_is_written() -> None:
    from portal.search import terms

    assert terms("Gofalwyr yng Nghymru a Thŷ", "cy") == ["gofalwyr", "yng", "nghymru", "thy"]
