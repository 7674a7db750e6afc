"""How each language writes things: order, dates, figures. Words come from the catalogues."""

import unicodedata
from datetime import date
from functools import lru_cache

from babel.dates import format_date

from portal.content.facts import When

LANGUAGES = ("en", "cy")
NAMES = {"en": "English", "cy": "Cymraeg"}
# In Welsh these pairs are letters of their own, and come after the letter they begin with.
WELSH_LETTERS = ("ch", "dd", "ff", "ng", "ll", "ph", "rh", "th")
# Where the pair stands in the alphabet: after c, d, f, g (not n), l, p, r, t.
AFTER = {pair: ("g" if pair == "ng" else pair[0]) for pair in WELSH_LETTERS}


@lru_cache(maxsize=20_000)
def sort_key(text: str, language: str) -> tuple[str, ...]:
    """Alphabetical order as the language has it, accents and case set aside."""
    folded = fold(text)
    if language != "cy":
        return tuple(folded)
    letters: list[str] = []
    index = 0
    while index < len(folded):
        pair = folded[index : index + 2]
        if pair in AFTER:
            letters.append(AFTER[pair] + "\U0010ffff")
            index += 2
        else:
            letters.append(folded[index])
            index += 1
    return tuple(letters)


def fold(text: str) -> str:
    """Small letters with no accents: ŵ is w, É is e."""
    apart = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def say_date(value: date, language: str) -> str:
    return format_date(value, "d MMMM y", locale=language)


def say_when(value: When, language: str) -> str:
    """As exact as it is known: 2022, March 2022, or 31 March 2022."""
    pattern = {0: "y", 1: "MMMM y", 2: "d MMMM y"}[value.count("-")]
    return format_date(value.first_day, pattern, locale=language)
