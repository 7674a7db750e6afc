"""The interface speaks each language whole, and as that language is written."""

import random
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from babel.messages import Catalog, Message
from babel.messages.pofile import read_po
from critic import ROOT, Element, Page

from portal.content.facts import Unit, When
from portal.content.languages import say_date, say_when, sort_key
from portal.content.wording import CATALOGUES, Wording
from portal.settings import Settings
from routes.live import Live

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
PLACEHOLDER = re.compile(r"%\(\w+\)s|%")
COUNTS = (0, 1, 2, 3, 4, 6, 7)
# Words that English cannot do without, and that Welsh does not have.
ENGLISH = re.compile(r"\b(the|and|your|you|what|when|where|this|that|with|which|are)\b", re.I)


# The catalogues


@pytest.fixture(scope="session")
def said(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Every message of the templates and the code, found as `make words` finds them."""
    found = tmp_path_factory.mktemp("words") / "found.pot"
    (options,) = re.findall(r"^WORDS := (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    command = [sys.executable, "-m", "babel.messages.frontend", "--quiet", "extract"]
    command += [*options.split(), "--no-location", f"--output-file={found}", "."]
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603
    with found.open("rb") as file:
        return read_po(file)


@pytest.fixture(scope="session")
def welsh() -> Catalog:
    with (CATALOGUES / "cy.po").open("rb") as file:
        return read_po(file, locale="cy")


def messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def forms(text: object) -> tuple[str, ...]:
    return tuple(map(str, text)) if isinstance(text, tuple | list) else (str(text),)


def test_the_words_are_found(said: Catalog):
    ids = {forms(message.id)[0] for message in messages(said)}
    from_a_template, from_the_code, counted = "Your next step", "up to %(amount)s", "%(n)s month"
    assert {from_a_template, from_the_code, counted} <= ids
    assert len(ids) > 150


def test_every_message_is_in_the_catalogue_and_nothing_else_is(said: Catalog, welsh: Catalog):
    asked = {message.id for message in messages(said)}
    kept = {message.id for message in messages(welsh)}
    assert asked - kept == set(), "run `make words`, then write the Welsh"
    assert kept - asked == set(), "run `make words`"


def test_no_message_is_without_welsh(welsh: Catalog):
    empty = [m.id for m in messages(welsh) if not all(form.strip() for form in forms(m.string))]
    assert empty == []


def test_no_message_is_a_guess(welsh: Catalog):
    assert [message.id for message in messages(welsh) if message.fuzzy] == []


def test_each_translation_holds_what_is_to_be_filled_in(welsh: Catalog):
    for message in messages(welsh):
        wanted = sorted(PLACEHOLDER.findall(forms(message.id)[0]))
        for form in forms(message.string):
            assert sorted(PLACEHOLDER.findall(form)) == wanted, message.id


def test_welsh_has_its_six_forms(welsh: Catalog):
    assert welsh.num_plurals == 6
    for message in messages(welsh):
        if message.pluralizable:
            assert len(message.string) == 6, message.id


def test_templates_ask_in_the_way_that_is_found():
    """The search for messages reads `_()` and `ngettext()`, not a method of the view's."""
    for file in (ROOT / "templates").rglob("*"):
        if file.is_file() and file.suffix != ".typ":
            assert not re.search(r"\.(say|count|gettext)\(", file.read_text()), file


# Figures

WELSH_FIGURES = {
    Unit.DAYS: "0 diwrnod, 1 diwrnod, 2 ddiwrnod, 3 diwrnod, 4 diwrnod, 6 diwrnod, 7 diwrnod",
    Unit.WEEKS: "0 wythnos, 1 wythnos, 2 wythnos, 3 wythnos, 4 wythnos, 6 wythnos, 7 wythnos",
    Unit.MONTHS: "0 mis, 1 mis, 2 fis, 3 mis, 4 mis, 6 mis, 7 mis",
    Unit.YEARS: ("0 mlynedd, 1 flwyddyn, 2 flynedd, 3 blynedd, 4 mlynedd, 6 blynedd, 7 mlynedd"),
    Unit.HOURS: "0 awr, 1 awr, 2 awr, 3 awr, 4 awr, 6 awr, 7 awr",
    Unit.PEOPLE: "0 o bobl, 1 person, 2 berson, 3 pherson, 4 o bobl, 6 pherson, 7 o bobl",
    Unit.MILES: "0 milltir, 1 filltir, 2 filltir, 3 milltir, 4 milltir, 6 milltir, 7 milltir",
}


@pytest.mark.parametrize("unit", WELSH_FIGURES, ids=str)
def test_a_welsh_noun_stays_single_after_a_figure_and_changes_its_first_letter(unit: Unit):
    wording = Wording("cy")
    assert [wording.measured(Decimal(n), unit) for n in COUNTS] == WELSH_FIGURES[unit].split(", ")


def test_pages_found_are_counted_in_welsh():
    count = Wording("cy").count
    said = [count("%(num)s page found", "%(num)s pages found", n).split()[1] for n in COUNTS]
    assert said == "tudalen dudalen dudalen tudalen tudalen thudalen tudalen".split()


def test_english_has_one_and_many():
    wording = Wording("en")
    said = [wording.measured(Decimal(n), Unit.MONTHS) for n in (0, 1, 2, 7)]
    assert said == ["0 months", "1 month", "2 months", "7 months"]


# Dates


@pytest.mark.parametrize(
    ("language", "day", "month"),
    [("en", "1 March 2026", "March 2026"), ("cy", "1 Mawrth 2026", "Mawrth 2026")],
)
def test_dates_are_said_in_each_language(language: str, day: str, month: str):
    assert say_date(date(2026, 3, 1), language) == day
    assert say_when(When("2026-03-01"), language) == day
    assert say_when(When("2026-03"), language) == month
    assert say_when(When("2026"), language) == "2026"


# Order

IN_WELSH_ORDER = """
    adran cwm cyflog chwaer dawns dysgu ddoe eira fferm galw gwaith ngardd help lamp lwc llaw
    nain oed pobl physig rota rhan sir tîm theulu uned ŵy ynys
""".split()


def test_welsh_letters_of_two_signs_have_their_own_place():
    mixed = random.Random(7).sample(IN_WELSH_ORDER, len(IN_WELSH_ORDER))  # noqa: S311
    assert sorted(mixed, key=lambda word: sort_key(word, "cy")) == IN_WELSH_ORDER


def test_english_takes_them_as_two_letters():
    words = ["lwc", "llaw", "chwaer", "cwm", "ddoe", "dysgu"]
    in_order = ["chwaer", "cwm", "ddoe", "dysgu", "llaw", "lwc"]
    assert sorted(words, key=lambda word: sort_key(word, "en")) == in_order


@pytest.mark.parametrize(("accented", "plain"), [("ŵyr", "wyr"), ("tŷ", "ty"), ("Âr", "ar")])
def test_accents_and_capitals_do_not_change_the_order(accented: str, plain: str):
    assert sort_key(accented, "cy") == sort_key(plain, "cy")


# The edition that is in both languages


@pytest.fixture(scope="module")
def wales() -> Live:
    return Live(Settings(edition="wales"))


def pages_in(live: Live, prefix: str) -> dict[str, Page]:
    spots = live.catalogue.spots
    paths = [path for path in spots if path.startswith(prefix) and path.endswith("/")]
    made = {path: live.make(path, AT) for path in paths}
    return {path: Page(page.body.decode()) for path, page in made.items() if page}


def is_in_another_language(element: Element) -> bool:
    """Marked as English, or the name of a source as its publisher wrote it."""
    marked = element.get("lang") == "en" or element.get("class").startswith("sources")
    return marked or (element.parent is not None and is_in_another_language(element.parent))


def read_aloud(page: Page) -> Iterator[str]:
    """Every phrase that somebody sees or hears, those in attributes too."""
    for element in page.all():
        if element.tag in {"script", "svg"} or is_in_another_language(element):
            continue
        yield from (part.strip() for part in element.inside if isinstance(part, str))
        yield from map(element.get, ("aria-label", "alt", "title", "placeholder"))
        if element.tag == "meta" and element.get("name") == "description":
            yield element.get("content")


def test_every_welsh_page_is_welsh_throughout(wales: Live):
    found = pages_in(wales, "/cy/")
    assert len(found) > 20
    wrong = {
        path: [phrase for phrase in read_aloud(page) if ENGLISH.search(phrase)]
        for path, page in found.items()
    }
    assert {path: phrases for path, phrases in wrong.items() if phrases} == {}


def test_every_page_has_its_twin_in_the_other_language(wales: Live):
    for path in pages_in(wales, "/cy/"):
        twin = path.removeprefix("/cy")
        english, welsh = (wales.make(each, AT) for each in (twin, path))
        assert english
        assert welsh
        assert f'href="{path}" lang="cy"' in english.body.decode()
        assert f'href="{twin}" lang="en"' in welsh.body.decode()


def test_welsh_links_stay_in_welsh(wales: Live):
    for path, page in pages_in(wales, "/cy/").items():
        for link in page.all("a"):
            href = link.get("href")
            if href.startswith("/") and link.get("lang") != "en":
                assert href.startswith("/cy/"), (path, href)


def test_part_of_a_day_takes_no_form_that_is_for_two() -> None:
    assert Wording("cy").measured(Decimal("2.5"), Unit.DAYS) == "2.5 diwrnod"
