"""How hard English is to read: the Flesch-Kincaid grade, with the trade's words set aside."""

import re
from collections.abc import Iterable
from typing import Any

from portal.content.prose import Words, flat

PUBLIC_GRADE = 6.0
LEGAL_GRADE = 8.0
# Under this many words the formula says more about chance than about the words.
FEWEST_WORDS = 60

WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
VOWELS = re.compile(r"[aeiouy]+")
SENTENCE_END = re.compile(r"[.!?:]+(?=\s|$)|\n")
ONE_FEWER = re.compile(r"(?:[^laeiouy]|[aeiouy]l)es?$|[^td]ed$|[^aeiouy]e(?:ly|ful|less|ment)s?$")


def syllables(word: str) -> int:
    """A count that is right for most English words and near for the rest."""
    word = re.sub(r"[^a-z]", "", word.lower())
    if len(word) <= 3:
        return 1
    count = len(VOWELS.findall(word))
    if ONE_FEWER.search(word) and not re.search(r"[sxz]es$|[cg]es$|[^aeiouy]les?$", word):
        count -= 1
    count += len(re.findall(r"i[ao](?!u)|[^q]ua|eo", word)) - len(re.findall(r"[tscg]i[ao]", word))
    return max(1, count)


def plain(words: Words) -> str:
    """The words as a reader meets them: a figure is one short word, a block is a sentence."""
    said: list[str] = []
    for token in flat(words.tokens):
        if token.type in {"text", "code_inline"}:
            said.append(token.content)
        elif token.type == "fact":
            said.append("5")
        elif token.type in {"softbreak", "hardbreak"}:
            said.append(" ")
        elif token.nesting == -1 and token.block:
            said.append("\n")
    return "".join(said)


def grade(text: str, set_aside: Iterable[str] = ()) -> tuple[float, int]:
    """The school grade needed to read the text with ease, and how many words were counted."""
    terms = sorted(set_aside, key=len, reverse=True)
    if terms:
        pattern = r"\b(?:" + "|".join(map(re.escape, terms)) + r")s?\b"
        text = re.sub(pattern, "it", text, flags=re.IGNORECASE)
    sentences = [s for s in SENTENCE_END.split(text) if WORD.search(s)]
    words = WORD.findall(text)
    if not words or not sentences:
        return 0.0, 0
    sounds = sum(map(syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * sounds / len(words) - 15.59, len(words)


def text_of(entry: Any) -> str:  # noqa: ANN401
    """Everything an entry says, each phrase a sentence of its own."""
    return "\n".join(plain(found) for _, found in entry.mentions if isinstance(found, Words))
