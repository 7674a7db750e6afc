"""The parts that fields of content are made of: names of other things, lines, steps, windows."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from portal import clock
from portal.content.facts import Slug, When
from portal.content.mentions import Front, Ref
from portal.content.prose import Line, Prose


@dataclass(frozen=True)
class _RefTo:
    collection: str

    def __call__(self, slug: str) -> Ref:
        return Ref(slug, self.collection)


def _to(collection: str) -> AfterValidator:
    return AfterValidator(_RefTo(collection))


CareerRef = Annotated[Slug, _to("careers")]
ApprenticeshipRef = Annotated[Slug, _to("apprenticeships")]
PathwayRef = Annotated[Slug, _to("pathways")]
VolunteeringRef = Annotated[Slug, _to("volunteering")]
StageRef = Annotated[Slug, _to("stages")]
PlaceRef = Annotated[Slug, _to("places")]
PartnerRef = Annotated[Slug, _to("partners")]
StoryRef = Annotated[Slug, _to("stories")]
AudienceRef = Annotated[Slug, _to("audiences")]
QuestionRef = Annotated[Slug, _to("questions")]
FactRef = Annotated[Slug, _to("facts")]
Icon = Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
Title = Annotated[str, Field(min_length=2, max_length=80)]
Effort = Literal["hours", "days", "weeks", "months", "a-year", "years"]
EFFORTS: tuple[Effort, ...] = ("hours", "days", "weeks", "months", "a-year", "years")


class PayLine(Front):
    """One line about money."""

    what: Annotated[Line, Field(description="What the money is.")]
    fact: Annotated[FactRef | None, Field(description="The figure, by its fact's name.")] = None


class Moment(Front):
    """One moment of a working day."""

    at: Annotated[str, Field(pattern=r"^\d{1,2}:\d{2}$", description="A time such as 8:30.")]
    what: Annotated[Line, Field(description="What happens then.")]


class Condition(Front):
    """What a pathway asks of a person, tied to one of the finder's questions."""

    question: Annotated[QuestionRef, Field(description="Which question it is about.")]
    answers: Annotated[
        tuple[Slug, ...], Field(min_length=1, description="The answers that meet it.")
    ]
    says: Annotated[Line, Field(description="The condition as a short sentence.")]
    how: Annotated[Line, Field(description="How someone could come to meet it.")] = Line("")


class Step(Front):
    """One step of a pathway, drawn as a stop on its line."""

    title: Annotated[Title, Field(description="The step in a few words.")]
    what: Annotated[Line, Field(description="What happens.")]
    lasts: Annotated[Line, Field(description="How long it takes.")] = Line("")


class Intake(Front):
    """One window in which people may apply. What is said about it follows from the dates."""

    title: Annotated[str, Field(description="Such as “2026 intake”.")]
    opens: Annotated[date, Field(description="First day to apply.")]
    closes: Annotated[date, Field(description="Last day to apply.")]
    starts: Annotated[
        When | None,
        Field(description="When the programme begins."),
    ] = None
    source: Annotated[str, Field(description="Where the dates were read.")]

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> "Intake":
        if self.closes < self.opens:
            raise ValueError("closes is before opens")
        return self

    def state(self, at: datetime) -> Literal["ahead", "open", "closed"]:
        today = clock.day(at)
        if today < self.opens:
            return "ahead"
        return "open" if today <= self.closes else "closed"

    def changes_at(self, at: datetime) -> datetime | None:
        after = {"ahead": self.opens, "open": clock.day_after(self.closes)}
        state = self.state(at)
        return None if state == "closed" else clock.starts(after[state])


class Cohort(Front):
    """One intake's people, as far as it is known."""

    title: Annotated[str, Field(description="Such as “Seventh cohort”.")]
    state: Annotated[
        Literal["planned", "proposed", "running", "finished"],
        Field(description="Where it stands."),
    ]
    people: Annotated[FactRef | None, Field(description="How many, by its fact's name.")] = None
    says: Annotated[Line, Field(description="What is known about it.")] = Line("")


class MoneyLine(Front):
    """One line of a sum: a fact, times other facts or plain numbers."""

    what: Annotated[Line, Field(description="What the money is.")]
    fact: Annotated[FactRef, Field(description="The amount, a fact in pounds.")]
    times: Annotated[
        tuple[FactRef | int, ...],
        Field(description="Multiplied by these facts or numbers."),
    ] = ()


class Comparison(Front):
    """Money in hand on this pathway, beside the same time spent studying."""

    over: Annotated[Line, Field(description="The time compared, such as “14 months”.")]
    earn: Annotated[tuple[MoneyLine, ...], Field(min_length=1, description="What this pays.")]
    study_route: Annotated[Line, Field(description="The study route it is compared with.")]
    study: Annotated[tuple[MoneyLine, ...], Field(description="What the study route pays.")] = ()
    not_counted: Annotated[tuple[Line, ...], Field(description="What neither sum includes.")] = ()


class Asked(Front):
    """A question people ask."""

    question: Annotated[Title, Field(description="The question, ending in ?")]
    answer: Annotated[Prose, Field(description="The answer, in Markdown.")]


class NextStep(Front):
    """One thing to do now."""

    label: Annotated[str, Field(min_length=3, description="The words on the link.")]
    to: Annotated[str, Field(pattern=r"^/", description="An address here, such as /careers/.")]


class Answer(Front):
    """One answer to a finder question."""

    value: Annotated[Slug, Field(description="Its name in the address.")]
    label: Annotated[str, Field(description="The words beside the button.")]


class Brand(Front):
    """An edition's colours. Each pair that carries words is checked for AA contrast at start."""

    ink: Annotated[str, Field(pattern="^#[0-9a-f]{6}$", description="Dark colour, for words.")]
    paper: Annotated[str, Field(pattern="^#[0-9a-f]{6}$", description="Light page colour.")]
    deep: Annotated[str, Field(pattern="^#[0-9a-f]{6}$", description="The brand's deep colour.")]
    bright: Annotated[str, Field(pattern="^#[0-9a-f]{6}$", description="The brand's bright one.")]
    accents: Annotated[
        tuple[Annotated[str, Field(pattern="^#[0-9a-f]{6}$")], ...],
        Field(
            min_length=4,
            max_length=4,
            description="Four colours for lines and patterns.",
        ),
    ]


class Contact(Front):
    """How to reach the people behind the site."""

    team: Annotated[str, Field(description="Who answers.")]
    says: Annotated[Line, Field(description="How to get in touch.")]
    website: Annotated[str, Field(pattern=r"^https://\S+$", description="Where to go.")]
