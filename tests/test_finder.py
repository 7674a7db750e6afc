"""From where I am: what is open, in order of effort, and what stands in the way of the rest."""

from pathlib import Path

import pytest

from portal import finder
from portal.content.edition import Book
from tests.editions import edition, pathway

QUESTIONS = """
age:
  order: 1
  title: How old are you?
  answers:
    - {value: under-18, label: Under 18}
    - {value: adult, label: 18 or over}
degree:
  order: 2
  title: Do you have a degree?
  answers:
    - {value: "none", label: No}
    - {value: degree, label: Yes}
"""


def needing(*needs: str) -> str:
    rows = [
        f"  - {{question: {question}, answers: [{answer}], says: You need {question}={answer}}}"
        for question, answer in (need.split("=") for need in needs)
    ]
    return "\n".join(["needs:", *rows])


@pytest.fixture
def book(tmp_path: Path) -> Book:
    files = {
        "national/questions.yaml": QUESTIONS,
        "national/pathways/visit.md": pathway("Visit", effort="hours"),
        "national/pathways/course.md": pathway(
            "Course", effort="a-year", more=needing("age=adult", "degree=degree")
        ),
        "national/pathways/job.md": pathway("Job", effort="months", more=needing("age=adult")),
        "national/pathways/idea.md": pathway("Idea", effort="hours", more="proposed: true"),
    }
    return edition(tmp_path, files).main


def names(found: list[finder.Found]) -> list[str]:
    return [each.way.title for each in found if not each.way.proposed]


def test_pathways_open_to_someone_come_in_order_of_effort(book: Book) -> None:
    answers = finder.read(book, {"age": "adult", "degree": "degree"})
    found = finder.find(book, answers)
    assert names(found) == ["Visit", "A first step", "Job", "Course"]
    assert all(each.is_open for each in found)


def test_for_the_others_the_condition_that_is_not_met_is_given(book: Book) -> None:
    answers = finder.read(book, {"age": "under-18", "degree": "degree"})
    unmet = {
        each.way.title: [str(need.says) for need in each.unmet]
        for each in finder.find(book, answers)
    }
    assert unmet["Course"] == ["You need age=adult"]
    assert unmet["Job"] == ["You need age=adult"]
    assert unmet["Visit"] == []


def test_what_needs_least_comes_first_among_those_not_open(book: Book) -> None:
    answers = finder.read(book, {"age": "under-18", "degree": "none"})
    assert names(finder.find(book, answers))[-2:] == ["Job", "Course"]


def test_an_unanswered_question_shuts_nobody_out(book: Book) -> None:
    found = {
        each.way.title: each for each in finder.find(book, finder.read(book, {"age": "adult"}))
    }
    assert found["Course"].is_open
    assert [need.question for need in found["Course"].unknown] == ["degree"]


def test_a_proposed_pathway_never_stands_among_those_one_can_take(book: Book) -> None:
    found = finder.find(book, finder.read(book, {"age": "adult"}))
    assert [each.way.title for each in found if each.way.proposed] == ["Idea"]
    assert found[-1].way.title == "Idea"


@pytest.mark.parametrize(
    "asked",
    [
        {"age": "999"},
        {"age": "\x00"},
        {"who": "<script>"},
        {"nonsense": "adult"},
        {"age": "adult' OR 1=1"},
    ],
)
def test_an_answer_that_does_not_exist_is_as_if_it_were_not_given(
    book: Book, asked: dict[str, str]
) -> None:
    assert not finder.read(book, asked).any
