"""What each kind of content holds. docs/editing.md is generated from these descriptions."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StrictBool, model_validator

from portal.content.facts import Fact, Slug
from portal.content.mentions import Front
from portal.content.parts import (
    Answer,
    ApprenticeshipRef,
    Asked,
    AudienceRef,
    Brand,
    CareerRef,
    Cohort,
    Comparison,
    Condition,
    Contact,
    Effort,
    FactRef,
    Icon,
    Intake,
    Moment,
    NextStep,
    PartnerRef,
    PathwayRef,
    PayLine,
    StageRef,
    Step,
    Title,
    VolunteeringRef,
)
from portal.content.prose import Line, Prose


class Entry(Front):
    """Anything that has a slug and may be translated."""

    collection: ClassVar[str]
    folder: ClassVar[str] = ""  # the first part of its address; empty where it has no page

    slug: str
    language: Literal["en", "cy"] = "en"
    order: Annotated[int, Field(description="Smaller comes first; same order goes by title.")] = 100

    @property
    def address(self) -> str:
        """Its address in the edition's first language."""
        return f"/{self.folder}/{self.slug}/"


class Page(Entry):
    """Anything with a page of its own."""

    title: Annotated[Title, Field(description="The page's headline.")]
    summary: Annotated[Line, Field(description="One or two short sentences under the headline.")]
    icon: Annotated[Icon, Field(description="A picture name from static/icons.txt.")] = "compass"
    keywords: Annotated[tuple[str, ...], Field(description="Other words people search for.")] = ()
    was: Annotated[
        tuple[Slug, ...],
        Field(description="Slugs this page had before; they lead here."),
    ] = ()
    body: Annotated[Prose, Field(description="The words below the fields, in Markdown.")] = Prose(
        ""
    )
    here: Annotated[
        Prose,
        Field(description="What is special in this place; an edition adds it to a page."),
    ] = Prose("")


class WayIn(Page):
    """Shared by apprenticeships, pathways and volunteering: a way into or up through the work."""

    audiences: Annotated[
        tuple[AudienceRef, ...], Field(min_length=1, description="Who it is made for.")
    ]
    effort: Annotated[Effort, Field(description="How much time it takes in all.")]
    length: Annotated[FactRef | None, Field(description="How long, by its fact's name.")] = None
    length_says: Annotated[Line, Field(description="How long, where words are needed.")] = Line("")
    earns: Annotated[
        StrictBool,
        Field(description="true where people are paid while they learn; then say compare too."),
    ]
    proposed: Annotated[
        StrictBool, Field(description="true for an idea that has not been agreed.")
    ] = False
    suits: Annotated[tuple[Line, ...], Field(min_length=1, description="Who it suits.")]
    takes: Annotated[tuple[Line, ...], Field(min_length=1, description="What it takes.")]
    needs: Annotated[
        tuple[Condition, ...], Field(description="Conditions, for the pathway finder.")
    ] = ()
    pay: Annotated[tuple[PayLine, ...], Field(description="Money while doing it.")] = ()
    funding: Annotated[tuple[Line, ...], Field(description="Who pays for the learning.")] = ()
    steps: Annotated[tuple[Step, ...], Field(description="The steps, in order.")] = ()
    intakes: Annotated[tuple[Intake, ...], Field(description="When people may apply.")] = ()
    next_intake: Annotated[
        Line,
        Field(description="What is known of the next time to apply, and where to ask."),
    ] = Line("")
    cohorts: Annotated[tuple[Cohort, ...], Field(description="Its cohorts here.")] = ()
    compare: Annotated[
        Comparison | None, Field(description="Money in hand beside the study route.")
    ] = None
    leads_to: Annotated[
        tuple[CareerRef, ...], Field(min_length=1, description="Careers it leads to.")
    ]
    next: Annotated[tuple[PathwayRef, ...], Field(description="Pathways it opens.")] = ()
    next_apprenticeships: Annotated[
        tuple[ApprenticeshipRef, ...], Field(description="Apprenticeships it opens.")
    ] = ()
    partners: Annotated[tuple[PartnerRef, ...], Field(description="Who runs it with us.")] = ()
    ask: Annotated[Line, Field(description="How to find out more or begin.")] = Line("")

    @model_validator(mode="after")
    def _holds_together(self) -> "WayIn":
        if not self.length and not self.length_says:
            raise ValueError("say how long it takes: length (a fact) or length_says (words)")
        if self.earns and not self.compare:
            raise ValueError("earns is true, so compare is needed: money in hand beside studying")
        return self


class Career(Page):
    """A kind of work."""

    collection = "careers"
    folder = "careers"

    people: Annotated[
        Literal["children", "adults", "everyone"],
        Field(description="Who you work with."),
    ]
    start: Annotated[
        Literal["no-experience", "some-experience", "qualified", "senior"],
        Field(description="What someone needs on day one, broadly."),
    ]
    suits: Annotated[tuple[Line, ...], Field(min_length=2, description="It may suit you if….")]
    day: Annotated[tuple[Moment, ...], Field(min_length=3, description="What a day is like.")]
    needs: Annotated[tuple[Line, ...], Field(min_length=1, description="What you need.")]
    helpful: Annotated[tuple[Line, ...], Field(description="What helps, but is not needed.")] = ()
    pay: Annotated[tuple[PayLine, ...], Field(min_length=1, description="Pay, line by line.")]
    hours: Annotated[Line, Field(description="Hours and patterns.")]
    works_with: Annotated[tuple[Line, ...], Field(min_length=1, description="Who you work with.")]
    pathways: Annotated[tuple[PathwayRef, ...], Field(description="Ways in.")] = ()
    apprenticeships: Annotated[tuple[ApprenticeshipRef, ...], Field(description="Ways in.")] = ()
    volunteering: Annotated[tuple[VolunteeringRef, ...], Field(description="Ways in.")] = ()
    leads_to: Annotated[tuple[CareerRef, ...], Field(description="Where it leads.")] = ()
    stage: Annotated[StageRef | None, Field(description="Its stage on the ladder.")] = None


class Apprenticeship(WayIn):
    """A job with training that ends in a qualification."""

    collection = "apprenticeships"
    folder = "apprenticeships"

    level: Annotated[int, Field(ge=2, le=7, description="The level, 2 to 7.")]
    levy_funded: Annotated[StrictBool, Field(description="true where the levy pays for it.")]
    qualification: Annotated[Line, Field(description="What people hold at the end.")]
    learning: Annotated[Line, Field(description="How the learning works.")]
    assessment: Annotated[Line, Field(description="How it is assessed at the end.")] = Line("")


class Pathway(WayIn):
    """A way into or up through the work."""

    collection = "pathways"
    folder = "pathways"

    kind: Annotated[
        Literal["start", "qualify", "grow", "return"],
        Field(description="start in care, qualify, grow in it, or return to it."),
    ]
    qualification: Annotated[Line, Field(description="What people hold at the end.")] = Line("")


class Volunteering(WayIn):
    """Something people do for nothing, that may lead to paid work."""

    collection = "volunteering"
    folder = "volunteering"

    hours: Annotated[Line, Field(description="How much time it takes.")]


class Stage(Page):
    """A step of the progression ladder."""

    collection = "stages"
    folder = "progression"

    branch: Annotated[
        Literal["start", "practice", "management"],
        Field(description="Which side of the ladder."),
    ]
    expect: Annotated[tuple[Line, ...], Field(min_length=1, description="What to expect.")]
    evidence: Annotated[tuple[Line, ...], Field(description="What you show to move on.")] = ()
    support: Annotated[tuple[Line, ...], Field(description="What help you get.")] = ()
    pay: Annotated[tuple[PayLine, ...], Field(description="Pay at this stage.")] = ()
    careers: Annotated[tuple[CareerRef, ...], Field(description="Careers at this stage.")] = ()
    next: Annotated[tuple[StageRef, ...], Field(description="Stages that may follow.")] = ()


class Story(Page):
    """A made-up person, marked as an illustration wherever it is shown."""

    collection = "stories"
    folder = "stories"

    illustration: Annotated[Literal[True], Field(description="Must say true: nobody real.")]
    name: Annotated[str, Field(description="An invented first name.")]
    role: Annotated[Line, Field(description="What they do.")]
    quote: Annotated[Line, Field(description="One sentence in their voice.")]
    published: Annotated[date, Field(description="The day the story came out.")]
    career: Annotated[CareerRef | None, Field(description="Their kind of work.")] = None
    pathway: Annotated[PathwayRef | None, Field(description="Their way in.")] = None
    apprenticeship: Annotated[ApprenticeshipRef | None, Field(description="Their way in.")] = None


class Place(Page):
    """A town or a part of one."""

    collection = "places"
    folder = "places"

    kind: Annotated[Literal["town", "area", "whole"], Field(description="What sort of place.")]
    facts: Annotated[tuple[FactRef, ...], Field(description="Figures to show.")] = ()
    travel: Annotated[tuple[Line, ...], Field(description="Getting there and about.")] = ()
    work: Annotated[tuple[Line, ...], Field(description="What care work there is here.")] = ()
    questions: Annotated[tuple[Asked, ...], Field(description="What people ask.")] = ()


class Partner(Page):
    """An organisation that employs, teaches or hosts."""

    collection = "partners"
    folder = "partners"

    kind: Annotated[
        Literal[
            "council",
            "university",
            "partnership",
            "nhs",
            "voluntary",
            "provider",
            "national",
        ],
        Field(description="What sort of organisation."),
    ]
    website: Annotated[str, Field(pattern=r"^https://\S+$", description="Its own site.")] = ""
    does: Annotated[tuple[Line, ...], Field(min_length=1, description="What it does with us.")]


class Benefit(Entry):
    """One line of the package."""

    collection = "benefits"

    title: Annotated[Title, Field(description="The benefit in a few words.")]
    what: Annotated[Line, Field(description="What it is.")]
    who: Annotated[Line, Field(description="Who gets it.")]
    how: Annotated[Line, Field(description="How to get it.")]
    icon: Annotated[Icon, Field(description="A picture name from static/icons.txt.")]
    theme: Annotated[
        Literal["pay", "time", "learning", "support", "belonging"],
        Field(description="Its group."),
    ]
    fact: Annotated[FactRef | None, Field(description="Its figure.")] = None
    counts: Annotated[
        StrictBool, Field(description="true where its figure is part of the total.")
    ] = False
    audiences: Annotated[
        tuple[AudienceRef, ...],
        Field(min_length=1, description="Whose package it is in."),
    ]


class Audience(Entry):
    """A person who comes to the front door."""

    collection = "audiences"

    title: Annotated[Title, Field(description="Such as “Newly qualified social worker”.")]
    says: Annotated[str, Field(description="In their own words: “I am newly qualified”.")]
    hint: Annotated[Line, Field(description="A few words under it.")] = Line("")
    icon: Annotated[Icon, Field(description="A picture name from static/icons.txt.")]
    next_step: Annotated[NextStep | None, Field(description="The one clear next step.")] = None
    home: Annotated[StrictBool, Field(description="true to show on the home page.")] = True
    package: Annotated[StrictBool, Field(description="true where it has a package page.")] = False
    package_intro: Annotated[Line, Field(description="A sentence at the top of it.")] = Line("")


class Question(Entry):
    """One question of the pathway finder."""

    collection = "questions"

    title: Annotated[Title, Field(description="The question.")]
    hint: Annotated[Line, Field(description="Help under the question.")] = Line("")
    answers: Annotated[tuple[Answer, ...], Field(min_length=2, description="The choices.")]


class Term(Entry):
    """A word of the trade, said plainly. Set aside when reading age is worked out."""

    collection = "glossary"

    term: Annotated[str, Field(description="The word or short name.")]
    means: Annotated[Line, Field(description="What it means, in one or two sentences.")]


class Leaf(Page):
    """A page of its own, such as help or well-being."""

    collection = "pages"

    legal: Annotated[StrictBool, Field(description="true for privacy and the like.")] = False
    menu: Annotated[
        Literal["none", "support", "help"],
        Field(description="Which list it is shown in."),
    ] = "none"
    questions: Annotated[tuple[Asked, ...], Field(description="Questions and answers.")] = ()

    @property
    def address(self) -> str:
        return f"/{self.slug}/"


class Site(Entry):
    """The edition itself: its name, languages, brand and what it shows."""

    collection = "site"

    name: Annotated[Title, Field(description="The name on the door.")]
    place: Annotated[str, Field(description="The place, as in “work in Wirral”.")]
    employer: Annotated[str, Field(description="Who runs the site.")]
    strapline: Annotated[Line, Field(description="A sentence about the site.")]
    headline: Annotated[Line, Field(description="The home page's headline.")]
    welcome: Annotated[Line, Field(description="The sentence under it.")]
    languages: Annotated[
        tuple[Literal["en", "cy"], ...],
        Field(min_length=1, description="The first is the main."),
    ] = ("en",)
    brand: Annotated[Brand, Field(description="Colours.")]
    contact: Annotated[Contact, Field(description="Who to ask.")]
    figures: Annotated[tuple[FactRef, ...], Field(description="Figures on the home page.")] = ()
    shows: Annotated[
        dict[str, tuple[str, ...]],
        Field(description="For a collection: only these slugs. Left out: everything."),
    ] = {}


MODELS: dict[str, type[Entry]] = {
    model.collection: model
    for model in (
        Career, Apprenticeship, Pathway, Volunteering, Stage, Story, Place, Partner, Leaf,
    )
}  # fmt: skip
TABLES: dict[str, type[Entry] | type[Fact]] = {
    "facts": Fact,
    **{model.collection: model for model in (Benefit, Audience, Question, Term)},
}
