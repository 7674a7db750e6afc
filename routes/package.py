"""The package on a page: on a screen, on paper, and to share."""

from typing import Any

from portal.package import Package, package
from portal.site.store import Made
from routes.rendering import View


def of(view: View) -> Package:
    """The package that the view's address names: /package/newly-qualified/, or everyone's."""
    slug = view.path.removeprefix("/package").removesuffix(".pdf").strip("/")
    found = package(view.book, view.book.audiences.get(slug), view.at)
    for line in found.lines:
        if line.fact:
            view.note(line.fact.changes_at(view.at))
    return found


def gather(view: View) -> dict[str, Any]:
    return {"package": of(view)}


def pdf(view: View) -> Made:
    return Made(b"", "application/pdf", view.fresh_until)
