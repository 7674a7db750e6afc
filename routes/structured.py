"""Structured data for machines, saying only what the page says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from portal.content.facts import Unit
from portal.content.models import Apprenticeship, Page, Pathway, WayIn

if TYPE_CHECKING:
    from routes.rendering import View

Data = dict[str, Any]


def breadcrumbs(view: View, trail: list[tuple[str, str]], title: str) -> Data:
    stops = [("/", view.site.name), *trail, (view.path, title)]
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": str(label),
                "item": view.absolute(address),
            }
            for position, (address, label) in enumerate(stops, 1)
        ],
    }


def article(view: View, entry: Page) -> Data:
    about = _about(view, entry, "Article")
    by = {"@type": "Organization", "name": view.site.employer}
    return {"headline": about.pop("name"), **about, "author": by, "publisher": by}


def programme(view: View, way: WayIn) -> Data:
    """A proposed pathway is not offered, so it is only an article."""
    if way.proposed or way.collection == "volunteering":
        return article(view, way)
    about = _about(view, way, "EducationalOccupationalProgram")
    about["provider"] = {"@type": "Organization", "name": view.site.employer}
    about["occupationalCategory"] = [career.title for career in view.book.those(way.leads_to)]
    if way.length and (fact := view.fact(way.length)).unit is Unit.MONTHS and not fact.to:
        about["timeToComplete"] = f"P{fact.number}M"
    if isinstance(way, Pathway | Apprenticeship) and way.qualification:
        about["educationalCredentialAwarded"] = view.brief(way.qualification)
    return about


def _about(view: View, entry: Page, kind: str) -> Data:
    return {
        "@context": "https://schema.org",
        "@type": kind,
        "name": entry.title,
        "description": view.brief(entry.summary),
        "url": view.absolute(entry.address),
        "inLanguage": entry.language,
    }
