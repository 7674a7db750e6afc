"""An edition's colours can be read, in every pair that carries words, in light and in dark."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal import settings as portal_settings
from portal.content import brand
from portal.content.library import Library
from portal.content.parts import Brand

PAIRS = [
    ("ink", "paper"), ("ink", "surface"), ("ink", "wash"), ("ink", "glow"), ("quiet", "paper"),
    ("quiet", "surface"), ("link", "paper"), ("link", "surface"), ("link", "glow"),
    ("link-hover", "paper"), ("on-deep", "deep"), ("on-deep", "deeper"), ("bright", "deep"),
    ("on-bright", "bright"), ("focus-ink", "focus"), ("error", "surface"),
    *((f"line-{n}", "surface") for n in range(1, 5)),
    *((f"line-{n}", "paper") for n in range(1, 5)),
    *(("ink", f"tint-{n}") for n in range(1, 5)),
    *(("link", f"tint-{n}") for n in range(1, 5)),
    *((f"line-{n}", f"tint-{n}") for n in range(1, 5)),
]  # fmt: skip
SHAPES = [("edge", "surface"), *((f"shape-{n}", "deep") for n in range(1, 5))]


def unreadable(chosen: Brand) -> list[str]:
    wrong = []
    for dark in (False, True):
        colours = brand.palette(chosen, dark=dark)
        checks = [(pair, 4.5) for pair in PAIRS] + [(pair, 3.0) for pair in SHAPES]
        for (one, other), needed in checks:
            found = brand.contrast(colours[one], colours[other])
            if found < needed:
                wrong.append(f"{'dark' if dark else 'light'} {one} on {other}: {found:.2f}")
    return wrong


@pytest.mark.parametrize("name", ["wirral", "wales"])
def test_every_pair_of_colours_that_carries_words_can_be_read(name: str) -> None:
    chosen = portal_settings.Settings(edition=name)
    site = Library(chosen.national, chosen.edition_folder).load().site
    assert unreadable(site.brand) == []


COLOUR = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@settings(max_examples=150, deadline=None)
@given(st.lists(COLOUR, min_size=4, max_size=4))
def test_whatever_accents_an_edition_chooses_can_be_read(accents: list[str]) -> None:
    chosen = Brand(
        ink="#14213d", paper="#fffaf2", deep="#0b4f5c", bright="#ffb703", accents=tuple(accents)
    )
    assert unreadable(chosen) == []


def test_contrast_is_as_wcag_works_it_out() -> None:
    assert brand.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert brand.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert all(brand.contrast(a, b) >= 1 for a, b in itertools.pairwise(["#123456", "#abcdef"]))
