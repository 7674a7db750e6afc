"""Search over the public pages: forgiving of endings, accents and typing errors.

Text becomes ready terms here, in Python: folded, stemmed (English only; there is no good Welsh
stemmer), synonyms joined. SQLite's FTS5 only matches and ranks ready terms, so any other database
that stores the same terms finds the same pages.
"""

import re
import sqlite3
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer
from rapidfuzz import process
from rapidfuzz.distance import OSA

from portal.content.edition import Book
from portal.content.languages import fold
from portal.content.models import Page
from portal.content.prose import Words
from portal.content.readability import plain

WORD = re.compile(r"[a-z0-9]+")
LONGEST_QUERY = 200
MOST_RESULTS = 50
STOP = frozenset(
    "a an the of to in on for and or is are be i my me it with how do can what y yr".split()
)
# One concept, several words. Every word is replaced by the first of its group.
SYNONYMS = (
    ("apprenticeship", "apprentice"),
    ("pay", "salary", "wage", "money", "earn"),
    ("volunteering", "volunteer"),
    ("overseas", "abroad", "international", "foreign", "visa", "immigrant"),
    ("carer", "caregiver"),
    ("foster", "fostering"),
    ("student", "pupil"),
    ("degree", "university", "graduate"),
    ("bursary", "grant", "funding"),
    ("buddy", "mentor"),
    ("asye", "nqsw"),
    ("holiday", "leave"),
    ("pension", "retirement"),
)

_stemmer = snowballstemmer.stemmer("english")
_stemming = threading.Lock()


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    with _stemming:  # the stemmer keeps its place in itself
        return str(_stemmer.stemWord(word))


_CONCEPT = {_stem(word): _stem(group[0]) for group in SYNONYMS for word in group}


def terms(text: str, language: str) -> list[str]:
    """Ready terms, in order."""
    words = [word for word in WORD.findall(fold(text)) if word not in STOP]
    if language != "en":
        return words
    return [_CONCEPT.get(stem, stem) for stem in map(_stem, words)]


@dataclass(frozen=True)
class Found:
    page: Page
    score: float


@dataclass(frozen=True)
class Answer:
    """What was found, and the words that were read in place of ones nobody uses."""

    found: tuple[Found, ...]
    read_as: tuple[tuple[str, str], ...] = ()


class Index:
    """Every page of a book. Built once, read from any thread."""

    def __init__(self, book: Book) -> None:
        self.language = book.language
        self.pages = list(book.pages())
        self._spellings: dict[str, str] = {}
        self._lock = threading.Lock()
        self._db = sqlite3.connect(":memory:", check_same_thread=False)
        self._db.execute(
            "CREATE VIRTUAL TABLE page USING fts5 (title, summary, body, tokenize='ascii')"
        )
        rows = [
            (number, *(" ".join(self._terms(part)) for part in _parts(page)))
            for number, page in enumerate(self.pages)
        ]
        self._db.executemany(
            "INSERT INTO page (rowid, title, summary, body) VALUES (?, ?, ?, ?)", rows
        )
        self._words = list(self._spellings)

    def _terms(self, text: str) -> list[str]:
        for word in WORD.findall(fold(text)):
            if len(word) > 3:
                self._spellings.setdefault(word, word)
        return terms(text, self.language)

    def search(self, query: str, most: int = MOST_RESULTS) -> Answer:
        """Pages that hold every word asked for, best first; else pages that hold most of them."""
        words = [w for w in WORD.findall(fold(query[:LONGEST_QUERY])) if w not in STOP]
        if not words:
            return Answer(())
        read = [(word, self._nearest(word)) for word in dict.fromkeys(words)]
        wanted = [term for _, word in read for term in terms(word, self.language)]
        changed = tuple((word, better) for word, better in read if word != better)
        found = self._match(" AND ", wanted, most) or self._match(" OR ", wanted, most)
        return Answer(tuple(found), changed)

    def _nearest(self, word: str) -> str:
        """The word itself if any page uses it or a form of it, else the nearest spelling."""
        if len(word) < 4 or word in self._spellings or self._has(word):
            return word
        allowed = 1 if len(word) < 7 else 2
        close = process.extractOne(word, self._words, scorer=OSA.distance, score_cutoff=allowed)
        return str(close[0]) if close else word

    def _has(self, word: str) -> bool:
        return any(self._match(" OR ", terms(word, self.language), 1))

    def _match(self, joined: str, wanted: Iterable[str], most: int) -> list[Found]:
        # The last word may be half typed, so it matches as a beginning. Terms hold only letters
        # and digits, so quoting them leaves nothing that FTS5 could read as its own syntax.
        query = joined.join(f'"{term}"*' if len(term) > 2 else f'"{term}"' for term in wanted)
        if not query:
            return []
        with self._lock:
            rows = self._db.execute(
                "SELECT rowid, bm25(page, 10.0, 4.0, 1.0) AS score FROM page"
                " WHERE page MATCH ? ORDER BY score, rowid LIMIT ?",
                (query, most),
            ).fetchall()
        return [Found(self.pages[number], -score) for number, score in rows]


def _parts(page: Page) -> tuple[str, str, str]:
    body = [plain(found) for _, found in page.mentions if isinstance(found, Words)]
    return (
        f"{page.title} {' '.join(page.keywords)}",
        plain(page.summary),
        "\n".join(body),
    )
