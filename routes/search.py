"""Search over the public pages."""

from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

from portal.content.edition import Book, Edition
from portal.search import Answer, Index
from routes.rendering import View

_indexes: WeakKeyDictionary[Edition, dict[str, Index]] = WeakKeyDictionary()


def index(edition: Edition, book: Book) -> Index:
    """Built on the first search of an edition, and let go with it."""
    kept = _indexes.setdefault(edition, {})
    if book.language not in kept:
        kept[book.language] = Index(book)
    return kept[book.language]


def gather(view: View, asked: Mapping[str, str] | None = None) -> dict[str, Any]:
    query = "".join(filter(str.isprintable, (asked or {}).get("q", ""))).strip()
    answer = index(view.edition, view.book).search(query) if query else Answer(())
    return {"query": query[:200], "answer": answer}
