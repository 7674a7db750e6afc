"""Pages that are printed: the words and the figures, and nothing that only a screen can use."""

import io
import re

import pytest
from kit import KINDS
from playwright.sync_api import BrowserContext, Page, expect
from pypdf import PdfReader

PRINTED = ("package", "package of one audience", "pathway", "place")


def printed(page: Page) -> tuple[int, str]:
    """How many sheets of A4 it takes, and the words on them."""
    reader = PdfReader(io.BytesIO(page.pdf(format="A4")))
    return len(reader.pages), " ".join(sheet.extract_text() for sheet in reader.pages)


@pytest.mark.parametrize("address", [KINDS[kind] for kind in PRINTED], ids=PRINTED)
def test_a_page_on_paper_has_its_words_and_no_menus(page: Page, address: str):
    page.goto(address)
    heading = page.get_by_role("heading", level=1).inner_text()
    menu = page.get_by_role("navigation").all_inner_texts()
    assert len(menu) >= 3
    sheets, words = printed(page)
    assert heading in " ".join(words.split())
    assert sheets < 14
    page.emulate_media(media="print")
    for navigation in page.get_by_role("navigation").all():
        expect(navigation).to_be_hidden()
    expect(page.get_by_role("contentinfo")).to_be_hidden()
    expect(page.get_by_role("link", name="Skip to main content")).to_be_hidden()


@pytest.mark.browser_context_args(color_scheme="dark")
def test_paper_is_white_even_where_the_screen_is_dark(page: Page):
    page.goto(KINDS["pathway"])
    pale_ink = """() => [...document.querySelectorAll("h1, h2, p, dd, li")].filter(one => {
        if (!one.checkVisibility()) return false;
        const [red, green, blue] = getComputedStyle(one).color.match(/[\\d.]+/g).map(Number);
        return red + green + blue > 450;
    }).map(one => one.innerText.slice(0, 50))"""
    assert page.evaluate(pale_ink) != []
    page.emulate_media(media="print")
    assert page.evaluate(pale_ink) == []


def letters(text: str) -> str:
    """Marks and spaces come out of paper in another order than they stand in."""
    return re.sub("[^a-z]", "", text.casefold())


def test_answers_that_are_folded_away_are_printed_all_the_same(page: Page):
    page.goto("/places/wirral/")
    answers = page.locator("details .asked__answer").all_text_contents()
    assert answers
    words = letters(printed(page)[1])
    assert [answer for answer in answers if letters(answer)[:60] not in words] == []


@pytest.mark.parametrize("name", ["", "newly-qualified/"])
def test_the_package_leads_to_one_page_to_print(page: Page, context: BrowserContext, name: str):
    page.goto(f"/package/{name}")
    link = page.get_by_role("link", name="PDF")
    address = link.get_attribute("href") or ""
    assert address == f"/package/{name}".rstrip("/") + ".pdf"
    answer = context.request.get(address)
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(answer.body()))
    assert len(reader.pages) == 1
    heading = page.get_by_role("heading", level=1).inner_text()
    assert re.search(re.escape(heading), " ".join(reader.pages[0].extract_text().split()))


@pytest.mark.browser_context_args(forced_colors="active")
def test_what_is_chosen_is_seen_in_the_readers_own_colours(page: Page):
    """Backgrounds are gone there, so a state that is only a background is gone with them."""
    differs = """css => {
        const [chosen, other] = css.map(found => document.querySelector(found));
        const look = one => {
            const css = getComputedStyle(one);
            return [css.borderBottomColor, css.borderBottomStyle, css.borderBottomWidth,
                css.textDecorationLine, css.fontWeight, css.outlineStyle, css.color].join();
        };
        return look(chosen) !== look(other);
    }"""
    for address, place in (("/package/", ".package__who"), ("/careers/", ".top__nav")):
        page.goto(address)
        pair = [f"{place} a[aria-current]", f"{place} a:not([aria-current])"]
        assert page.evaluate(differs, pair), address
