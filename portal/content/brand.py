"""An edition's colours, worked out so that every pair that carries words can be read."""

from collections.abc import Iterator
from functools import cache

from portal.content.parts import Brand

Rgb = tuple[float, float, float]

TEXT = 4.5  # WCAG 2.2 AA for words
SHAPE = 3.0  # for the edges of controls and pictures
BLACK, WHITE = "#000000", "#ffffff"


def rgb(colour: str) -> Rgb:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1, as WCAG defines it."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """`share` of the other colour in the first, 0 to 1."""
    parts = (a + (b - a) * share for a, b in zip(rgb(one), rgb(other), strict=True))
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def readable(colour: str, *backs: str, ratio: float = TEXT) -> str:
    """The colour itself, or as little lighter or darker as makes it readable on every back."""
    towards = BLACK if luminance(backs[0]) > 0.4 else WHITE
    for step in range(101):
        found = mix(colour, towards, step / 100)
        if all(contrast(found, back) >= ratio for back in backs):
            return found
    return towards


def complaints(brand: Brand) -> Iterator[str]:
    """Pairs that cannot be put right without changing what the edition chose."""
    pairs = (
        ("ink on paper", brand.ink, brand.paper, 7.0),
        ("white on deep", WHITE, brand.deep, TEXT),
        ("ink on bright", brand.ink, brand.bright, TEXT),
        ("bright on deep", brand.bright, brand.deep, TEXT),
    )
    for name, one, other, needed in pairs:
        if (found := contrast(one, other)) < needed:
            yield f"{name} has a contrast of {found:.1f}; at least {needed} is needed to be read"


def palette(brand: Brand, *, dark: bool) -> dict[str, str]:
    """Every colour that the stylesheet uses, by its name there."""
    if dark:
        paper = mix(brand.ink, BLACK, 0.45)
        ink = mix(brand.paper, WHITE, 0.2)
        surface, deep = mix(paper, WHITE, 0.07), mix(brand.deep, BLACK, 0.35)
    else:
        paper, ink, deep = brand.paper, brand.ink, brand.deep
        surface = WHITE
    wash, glow = mix(paper, ink, 0.05), mix(paper, brand.bright, 0.16 if dark else 0.25)
    tints = [mix(surface, accent, 0.22 if dark else 0.12) for accent in brand.accents]
    backs = (paper, surface, wash, glow, *tints)
    colours = {
        "paper": paper,
        "ink": readable(ink, *backs),
        "surface": surface,
        "quiet": readable(mix(ink, paper, 0.35), *backs),
        "rule": mix(paper, ink, 0.18),
        "edge": readable(mix(ink, paper, 0.4), *backs, ratio=SHAPE),
        "wash": wash,
        "deep": deep,
        "deeper": mix(deep, BLACK, 0.3),
        "on-deep": WHITE,
        "bright": brand.bright,
        "lit": mix(WHITE, brand.bright, 0.3),
        "on-bright": brand.ink,
        "glow": glow,
        "link": readable(mix(brand.deep, WHITE, 0.4) if dark else brand.deep, *backs),
        "link-hover": readable(ink, *backs, ratio=7.0),
        "focus": brand.bright,
        "focus-ink": brand.ink,
        "error": readable("#d4351c", *backs),
    }
    for number, (accent, tint) in enumerate(zip(brand.accents, tints, strict=True), 1):
        colours[f"line-{number}"] = readable(accent, *backs)
        colours[f"tint-{number}"] = tint
        colours[f"shape-{number}"] = readable(accent, deep, ratio=SHAPE)
    return colours


@cache
def stylesheet(brand: Brand) -> str:
    """Custom properties for the light and the dark scheme."""

    def block(dark: bool) -> str:
        return ";".join(f"--{name}:{value}" for name, value in palette(brand, dark=dark).items())

    return (
        f":root{{{block(False)}}}"
        f"@media (prefers-color-scheme:dark){{:root{{{block(True)}}}}}"
        f"@media print{{:root{{{block(False)};--paper:#fff;--wash:#fff}}}}"
    )
