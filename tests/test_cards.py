"""The pictures: a card for each page that is shared, the mark on the door, and the icons."""

import re
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from struct import unpack
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont

from portal.content.library import Library
from portal.settings import Settings
from portal.site.store import Made
from routes import cards
from routes.pages import Catalogue
from routes.rendering import View, environment
from tests.editions import career, edition, fact, settings

AT = datetime(2026, 6, 1, tzinfo=UTC)
STORY = """
---
title: Six jobs in five years
summary: Why she stayed.
illustration: true
name: Ruth
role: Care worker
quote: I stayed.
published: 2026-01-05
career: care-worker
---
Words.
"""
LONGEST = "Children, young people and families practitioner apprenticeship, level 4, adults"
WELSH = "Gweithiwr cymdeithasol gyda phlant a theuluoedd yn Ŵyl y Tŷ Gŵyr a’r Ŷd"


def catalogue(folder: Path, **files: str) -> Catalogue:
    named = {name.replace("__", "/") + ".md": text for name, text in files.items()}
    facts = {"here/facts.yaml": fact("wage", 12, review_by="2027-03-31")}
    return Catalogue(settings(folder), edition(folder, named | facts, languages="en, cy"))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return catalogue(tmp_path_factory.mktemp("cards"), here__stories__ruth=STORY)


def made(pages: Catalogue, path: str) -> Made:
    found = pages.make(path, AT)
    assert found is not None
    return found


def view(pages: Catalogue, path: str) -> View:
    return pages.view(pages.spots[path].language, pages.spots[path].path, AT)


def drawn(pages: Catalogue, path: str) -> str:
    """The card of a page, before it becomes a picture."""
    spot = pages.spots[path]
    here = pages.view(spot.language, spot.path, AT)
    title, summary = cards.words(here, spot.path, spot.entry)
    return cards.card(here, title, summary, invented=cards.is_invented(spot.entry))


def said(svg: str) -> str:
    texts = ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")  # noqa: S314
    return " ".join(text.text or "" for text in texts)


def size(picture: bytes) -> tuple[int, int]:
    assert picture.startswith(b"\x89PNG")
    return unpack(">II", picture[16:24])


# Cards


def test_each_page_has_a_card_of_the_size_that_is_shared(pages: Catalogue) -> None:
    for path, spot in pages.spots.items():
        if spot.is_page and spot.language == "en":
            card = made(pages, cards.path(path))
            assert card.media_type == "image/png"
            assert size(card.body) == (1200, 630), path
            assert len(card.body) < 64_000, path


def test_a_card_says_the_headline_of_its_page() -> None:
    chosen = Settings()
    everything = Catalogue(chosen, Library(chosen.national, chosen.edition_folder).load())
    for path, spot in everything.spots.items():
        if spot.is_page:
            page = made(everything, path).body.decode()
            headline = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
            assert headline is not None, path
            plain = " ".join(unescape(re.sub(r"<[^>]+>", "", headline[1])).split())
            title, _ = cards.words(view(everything, path), path, spot.entry)
            assert title == plain, path


def test_the_same_page_gives_the_same_picture(pages: Catalogue) -> None:
    assert made(pages, "/cards/home.png") == made(pages, "/cards/home.png")


def test_a_made_up_story_says_example_and_nothing_else_does(pages: Catalogue) -> None:
    assert "Example" in said(drawn(pages, "/stories/ruth/"))
    assert "Example" not in said(drawn(pages, "/careers/care-worker/"))
    assert "Example" not in said(drawn(pages, "/stories/"))


def test_a_card_never_shows_a_figure_that_may_go_out_of_date(tmp_path: Path) -> None:
    text = career().replace("Help people to live at home.", "You earn {{ wage }}.")
    pages = catalogue(tmp_path, here__careers__paid=text)
    assert "£12" in made(pages, "/careers/paid/").body.decode()
    assert "£12" not in drawn(pages, "/careers/paid/")
    assert made(pages, "/cards/careers/paid.png").fresh_until is None


def test_a_title_is_only_ever_words(tmp_path: Path) -> None:
    title = "Care & <script>alert('1')</script> ]]> \"work\""
    quoted = title.replace("'", "''")
    pages = catalogue(tmp_path, here__careers__odd=career(f"'{quoted}'"))
    assert title in said(drawn(pages, "/careers/odd/"))
    assert size(made(pages, "/cards/careers/odd.png").body) == (1200, 630)


@pytest.mark.parametrize("title", ["Jobs", LONGEST, WELSH, "W" * 80, "m" * 40 + " " + "m" * 39])
def test_any_title_stays_on_the_card(title: str) -> None:
    block = cards.fitted(title, cards.HEAD, cards.TITLE_SIZES, 1080, 222, leading=1.04)
    assert block.height <= 222
    assert all(cards.measure(line, cards.HEAD, block.size) <= 1080 for line in block.lines)
    assert 1 <= len(block.lines) <= 4


@pytest.mark.parametrize("title", [LONGEST, WELSH])
def test_a_long_title_is_smaller_and_whole(title: str) -> None:
    block = cards.fitted(title, cards.HEAD, cards.TITLE_SIZES, 1080, 222, leading=1.04)
    assert " ".join(block.lines) == title
    assert block.size < cards.TITLE_SIZES[0]


def test_lines_are_even_so_that_no_word_stands_alone() -> None:
    lines = cards.even("Social worker with children and families", cards.HEAD, 92, 1080)
    assert lines == ["Social worker with", "children and families"]


@pytest.mark.parametrize("font", [cards.TEXT, cards.BOLD, cards.HEAD])
def test_letters_are_as_wide_as_their_font_says(font: Path) -> None:
    known = TTFont(font)
    units, advances = known["head"].unitsPerEm, known["hmtx"].metrics
    expected = {chr(code): advances[name][0] / units for code, name in known.getBestCmap().items()}
    measured = cards.widths(font)
    assert {letter: measured[letter] for letter in expected} == expected


@pytest.mark.parametrize("family", ["Way Head", "Way Text"])
@pytest.mark.parametrize(("welsh", "plain"), ["ŵw", "ŷy", "ŴW", "ŶY"])
def test_welsh_letters_are_drawn(family: str, welsh: str, plain: str) -> None:
    def picture(letter: str) -> bytes:
        return cards.png(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 99 99" width="99" height="99">'
            f'<text y="80" font-size="60" font-family="{family}">{letter}</text></svg>'
        )

    missing = picture("中")  # an empty box
    assert len({picture(welsh), picture(plain), picture(""), missing}) == 4


def test_a_letter_that_the_font_lacks_is_left_out() -> None:
    assert cards.wrapped("Care 🎉 w中ork", cards.HEAD, 50, 1080) == ["Care work"]


# The mark and the icons


def test_the_icon_in_the_tab_is_a_drawing_that_our_own_policy_lets_through(
    pages: Catalogue,
) -> None:
    icon = made(pages, "/favicon.svg")
    assert icon.media_type == "image/svg+xml"
    assert b'viewBox="0 0 64 64"' in icon.body
    assert not re.search(rb"style|script|href|url\(", icon.body)


@pytest.mark.parametrize("side", [192, 512])
def test_telephones_get_square_icons(pages: Catalogue, side: int) -> None:
    assert size(made(pages, f"/icon-{side}.png").body) == (side, side)


MARK = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">{}</svg>'
SQUARE = '<path id="a" d="M1 1h8v8z" fill="#123456" transform="rotate(45)"/>'


def with_mark(folder: Path, mark: str) -> Catalogue:
    pages = catalogue(folder)
    file = pages.settings.edition_folder / "brand" / "mark.svg"
    file.parent.mkdir()
    file.write_text(mark)
    return pages


def test_an_edition_may_bring_its_own_mark(tmp_path: Path) -> None:
    plain = catalogue(tmp_path / "plain")
    own = with_mark(tmp_path / "own", MARK.format(f"<!-- mine --><g>{SQUARE}</g>"))
    icon = made(own, "/favicon.svg").body
    assert b'<path d="M1 1h8v8z" fill="#123456" transform="rotate(45)">' in icon
    assert b"mine" not in icon
    for path in ("/icon-192.png", "/cards/home.png", "/package.pdf"):
        assert made(own, path).body != made(plain, path).body


@pytest.mark.parametrize(
    ("inside", "named"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ("<foreignObject/>", "<foreignObject>"),
        ('<image href="https://example.com/a.png"/>', "<image>"),
        ('<use href="#a"/>', "<use>"),
        ("<style>path{fill:red}</style>", "<style>"),
        ('<a href="https://example.com"/>', "<a>"),
        ("<text>Hello</text>", "<text>"),
        ("<svg/>", "<svg>"),
        ('<p xmlns="http://www.w3.org/1999/xhtml"/>', "<{http://www.w3.org/1999/xhtml}p>"),
        ('<path d="M0 0" onclick="alert(1)"/>', "onclick"),
        ('<path d="M0 0" style="fill:red"/>', "style"),
        ('<path d="M0 0" class="d1"/>', "class"),
        ('<path d="M0 0" fill="url(#a)"/>', "fill"),
        ('<path d="M0 0" fill="URL(//example.com/a)"/>', "fill"),
        ('<path d="M0 0" fill="&quot;&gt;"/>', "fill"),
        ('<g xmlns:x="http://www.w3.org/1999/xlink" x:href="#a"/>', "href"),
        ("<g>words</g>", "holds no words"),
        ("<g>" * 30 + "</g>" * 30, "groups stand inside groups"),
    ],
)
def test_a_mark_of_anything_but_shapes_is_refused_by_name(
    inside: str, named: str, tmp_path: Path
) -> None:
    with pytest.raises(cards.BadMark, match=r"brand/mark\.svg: ") as refused:
        made(with_mark(tmp_path, MARK.format(inside)), "/favicon.svg")
    assert named in str(refused.value)


@pytest.mark.parametrize(
    "mark",
    [
        "",
        "not a drawing",
        "<html/>",
        '<svg viewBox="0 0 10 10"/>',
        '<svg xmlns="http://www.w3.org/2000/svg"/>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 url(x)"/>',
        '<!DOCTYPE svg [<!ENTITY a "b">]>' + MARK.format(""),
        MARK.format(SQUARE * 400),
    ],
)
def test_a_mark_that_is_no_small_drawing_is_refused_by_name(mark: str, tmp_path: Path) -> None:
    with pytest.raises(cards.BadMark, match=r"brand/mark\.svg: "):
        made(with_mark(tmp_path, mark), "/favicon.svg")


# The doors on the pages


@pytest.mark.parametrize("macro", ["doors_wide", "doors_tall"])
def test_the_doors_are_light_silent_and_leave_colours_to_the_style_sheet(macro: str) -> None:
    picture = str(getattr(environment("en").get_template("art/doors.html").module, macro)())
    assert len(picture.encode()) < 2_500
    assert 'aria-hidden="true" focusable="false"' in picture
    assert not re.search(r'style|fill="(?!none)|stroke="', picture)
    ElementTree.fromstring(picture)  # noqa: S314 - well formed
