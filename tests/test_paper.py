"""The package on paper: one side of A4 that can be read aloud, adds up, and says where its figures
come from."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from portal.content.library import Library
from portal.settings import ROOT, Settings
from portal.site.store import Made
from routes.package import BadPaper
from routes.pages import Catalogue
from tests.editions import benefit, edition, fact, settings

BENEFITS = (
    benefit("reward", "A reward when a friend joins", what="You may get {{ reward }} in all.")
    + benefit("fee", "Help with a fee", what="Money towards it.", audiences="worker")
    + benefit("leave", "Paid leave", what="Days off.", theme="time")
    + benefit("holidays", "Public holidays", what="Days off as well.", theme="time")
)
AUDIENCES = """
student: {title: Student, says: I study, icon: school, package: true}
worker: {title: Worker in care, says: I work, icon: briefcase, package: true}
"""
WELSH_AUDIENCES = """
student: {title: Myfyriwr, says: Rwy’n astudio}
worker: {title: Gweithiwr gofal yn y tŷ, says: Rwy’n gweithio, package_intro: Dŵr glân i’r ŵyn.}
"""
FACTS = (
    fact("reward", 500, review_by="2027-03-31", more="about: up-to")
    + fact("fee", 50, review_by="2026-06-30")
    + fact("leave", 25, unit="days", review_by="2027-03-31")
    + fact("holidays", 8, unit="days", review_by="2027-03-31")
)
BEFORE = datetime(2026, 6, 1, tzinfo=UTC)
AFTER = datetime(2026, 8, 1, tzinfo=UTC)


def catalogue(folder: Path, benefits: str = BENEFITS) -> Catalogue:
    files = {
        "here/benefits.yaml": benefits,
        "here/audiences.yaml": AUDIENCES,
        "here/audiences.cy.yaml": WELSH_AUDIENCES,
        "here/facts.yaml": FACTS,
    }
    return Catalogue(settings(folder), edition(folder, files, languages="en, cy"))


def paper(pages: Catalogue, path: str = "/package/worker.pdf", at: datetime = BEFORE) -> Made:
    made = pages.make(path, at)
    assert made is not None
    return made


def reader(made: Made) -> PdfReader:
    return PdfReader(BytesIO(made.body), strict=True)


def words(made: Made) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader(made).pages).split())


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return catalogue(tmp_path_factory.mktemp("paper"))


PLACES = sorted(site.parent.name for site in (ROOT / "content").glob("*/site.yaml"))


@pytest.mark.parametrize("place", PLACES)
def test_every_package_we_publish_is_one_side_of_a4(place: str) -> None:
    chosen = Settings(edition=place)
    everything = Catalogue(chosen, Library(chosen.national, chosen.edition_folder).load())
    papers = [path for path in everything.spots if path.endswith(".pdf")]
    assert papers
    for path in papers:
        (page,) = reader(paper(everything, path, AFTER)).pages
        assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842], path


def test_it_can_be_read_aloud_in_order(pages: Catalogue) -> None:
    document = reader(paper(pages))
    root = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert document.metadata is not None
    assert document.metadata.title == "The package on a page: Worker in care"
    assert headings(root["/StructTreeRoot"]) == "H1 H2 H2 H3 H3 H2 H3 H3 H2".split()


def headings(node: object) -> list[str]:
    if isinstance(node, list):
        return [found for child in node for found in headings(child.get_object())]
    if not isinstance(node, DictionaryObject):
        return []
    tag = str(node.get("/S", "")).removeprefix("/")
    inside = headings(node["/K"]) if "/K" in node else []
    return [tag, *inside] if re.fullmatch(r"H\d", tag) else inside


def test_the_welsh_paper_is_welsh_and_keeps_its_letters(pages: Catalogue) -> None:
    made = paper(pages, "/cy/package/worker.pdf")
    assert reader(made).trailer["/Root"]["/Lang"] == "cy-GB"
    assert "Gweithiwr gofal yn y tŷ" in words(made)
    assert "Dŵr glân i’r ŵyn." in words(made)


def test_each_line_says_what_who_and_how(pages: Catalogue) -> None:
    says = words(paper(pages))
    assert re.search(
        r"Help with a fee: £50\d Money towards it\. Who Everyone\. How Ask for it\.", says
    )


def test_each_figure_says_where_it_comes_from(pages: Catalogue) -> None:
    says = words(paper(pages))
    assert "A figure about fee: The yearly report, Somewhere Council." in says
    assert says.count("As of 2025; checked 5 January 2026.") == 4
    # A figure inside a sentence has its number as well as one beside a title.
    assert re.search(r"You may get up to £500 in all\.1 Who", says)


def test_a_sum_shows_its_parts(pages: Catalogue) -> None:
    says = words(paper(pages))
    assert re.search(
        r"up to £500 \(A reward when a friend joins\)\d \+ £50 \(Help with a fee\)\d"
        r" = up to £550",
        says,
    )
    assert re.search(r"25 days \(Paid leave\)\d \+ 8 days \(Public holidays\)\d = 33 days", says)


def test_an_offer_past_its_review_day_is_not_in_the_total_and_says_so(pages: Catalogue) -> None:
    made = paper(pages, at=AFTER)
    says = words(made)
    assert "£550" not in says
    assert re.search(r"Up to £500 A reward when a friend joins\d", says)
    assert re.search(r"Left out, because we are checking the figure: Help with a fee\d", says)
    assert "Help with a fee: £50 (2025) – now being checked" in says
    assert "It was to be looked at again by 30 June 2026" in says


def test_it_is_made_again_when_an_offer_runs_out(pages: Catalogue) -> None:
    runs_out = datetime(2026, 6, 30, 23, tzinfo=UTC)  # midnight in London
    assert paper(pages).fresh_until == runs_out
    assert paper(pages, at=runs_out).body != paper(pages).body


def test_the_same_content_gives_the_same_bytes_on_any_day(pages: Catalogue) -> None:
    assert paper(pages).body == paper(pages).body
    assert paper(pages, at=BEFORE + timedelta(days=3)).body == paper(pages).body


def test_its_date_is_the_day_its_figures_were_last_checked(pages: Catalogue) -> None:
    made = paper(pages)
    about = reader(made).metadata
    assert about is not None
    assert about.creation_date == about.modification_date == datetime(2026, 1, 5, tzinfo=UTC)
    assert "Figures last checked on 5 January 2026" in words(made)


def test_it_says_whose_it_is_and_where_to_read_more(pages: Catalogue) -> None:
    says = words(paper(pages, "/cy/package/worker.pdf"))
    assert "Way In Somewhere" in says
    assert says.endswith("127.0.0.1:8000/cy/package/worker/")


def test_it_brings_its_own_letters(pages: Catalogue) -> None:
    fonts = reader(paper(pages)).pages[0]["/Resources"]["/Font"]
    names = {str(font["/BaseFont"]).partition("+")[2] for font in fonts.values()}
    assert names == {"WayText-Regular", "WayText-Bold", "WayHead-ExtraBold"}


HOSTILE = (
    '#import "x.typ": *',
    '#panic("no")',
    '"quoted" and \\u{41} and \\',
    "`code` and $x^2$ and *b* and _i_",
    "@source-1 and [link] and // no comment",
    "= Not a heading",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_looks_like_code_is_printed_as_words(text: str, tmp_path: Path) -> None:
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    benefits = BENEFITS.replace("title: Help with a fee", f'title: "{quoted}"')
    assert text in words(paper(catalogue(tmp_path, benefits)))


def test_a_letter_that_no_font_has_does_not_stop_the_paper(tmp_path: Path) -> None:
    benefits = BENEFITS.replace("what: Days off.", "what: Days off 🎉 for you.")
    assert "Days off for you." in words(paper(catalogue(tmp_path, benefits)))


def many(number: int) -> str:
    line = (
        "line-{n}:\n  title: Benefit {n}\n  what: {words}\n  who: Everyone in every team.\n"
        "  how: Ask {n} times.\n  icon: sun\n  theme: {theme}\n  audiences: [worker]\n"
    )
    themes = ("pay", "time", "learning", "support", "belonging")
    says = "You get something good, and it is said here in a sentence of some length."
    return "".join(line.format(n=n, words=says, theme=themes[n % 5]) for n in range(number))


def test_a_long_package_is_still_one_side_and_keeps_every_line(tmp_path: Path) -> None:
    made = paper(catalogue(tmp_path, many(32)))
    assert len(reader(made).pages) == 1
    assert [n for n in range(32) if f"How Ask {n} times." not in words(made)] == []


def test_a_package_that_cannot_fit_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(BadPaper, match=r"/package/worker\.pdf: this is too long for one side"):
        paper(catalogue(tmp_path, many(120)))


def test_a_package_with_nothing_in_it_is_still_a_page(tmp_path: Path) -> None:
    only_students = BENEFITS.replace("worker", "student")
    assert "Worker in care" in words(paper(catalogue(tmp_path, only_students)))
