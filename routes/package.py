"""The package on a page: on a screen, on paper, and to share."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

import typst

from portal.content import brand
from portal.content.facts import Fact
from portal.content.prose import Line, Words
from portal.errors import PortalError
from portal.package import Package, PackageLine, Total, package
from portal.settings import ROOT
from portal.site.store import Made
from routes import cards
from routes.rendering import STATIC, View

PAPER = ROOT / "templates" / "package" / "paper.typ"


# What typst and paper.typ say.
UNKNOWN_LETTER = "could not be displayed with font"
TOO_LONG = "too long for one side"
NO_DAY = (1970, 1, 1)


class BadPaper(PortalError):
    """A package that does not fit on its paper."""


def of(view: View) -> Package:
    """The package that the view's address names: /package/newly-qualified/, or everyone's."""
    slug = view.path.removeprefix("/package").removesuffix(".pdf").strip("/")
    found = package(view.book, view.book.audiences.get(slug), view.at)
    for line in found.lines:
        if line.fact:
            view.note(line.fact.changes_at(view.at))
    return found


def gather(view: View) -> dict[str, Any]:
    found = of(view)
    return {"package": found, "amounts": [amount(view, total) for total in found.totals]}


def pdf(view: View) -> Made:
    """One side of A4. The same content gives the same bytes, so it says when its figures were
    checked and never when it was made."""
    told = paper(view)
    try:
        try:
            body = typeset(told)
        except typst.TypstError as wrong:
            if UNKNOWN_LETTER not in wrong.message:
                raise
            body = typeset(in_our_letters(told))
    except typst.TypstError as wrong:
        says = wrong.message
        if TOO_LONG in wrong.diagnostic:
            says = "this is too long for one side of A4; say some of its lines in fewer words"
        raise BadPaper(f"{view.absolute(view.path)}: {says}") from wrong
    return Made(body, "application/pdf", view.fresh_until)


def typeset(told: Mapping[str, Any]) -> bytes:
    return typst.compile(
        PAPER,
        font_paths=typesetting(),
        sys_inputs={"data": json.dumps(told, ensure_ascii=False)},
        pdf_standards="ua-1",
        timestamp=datetime.combine(date(*(told["date"] or NO_DAY)), time(), UTC),
    )


@cache
def typesetting() -> typst.Fonts:
    """Our own fonts and those inside typst, never the machine's, so that bytes are the same
    everywhere."""
    return typst.Fonts(include_system_fonts=False, font_paths=[STATIC / "fonts"])


def in_our_letters(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Without what none of our fonts can draw, such as emoji: nobody could read it on paper."""
    if isinstance(value, str):
        return "".join(letter for letter in value if letter in cards.widths(cards.TEXT))
    if isinstance(value, dict):
        return {key: in_our_letters(each) for key, each in value.items()}
    return list(map(in_our_letters, value)) if isinstance(value, list) else value


def _headings(view: View) -> dict[str, str]:
    say = view.wording.say
    return {
        "totals": say("What it adds up to"),
        "checking": say("Left out, because we are checking the figure:"),
        "who": say("Who"),
        "how": say("How"),
        "sources": say("Where the figures come from"),
    }


def paper(view: View) -> dict[str, Any]:
    """Every word on the paper, in the order in which it is read."""
    found, say = of(view), view.wording.say
    audience, site = found.audience, view.site
    title, lead = view.heading("/package/")
    intro = audience.package_intro if audience else Line("")
    told = {
        "lang": view.language,
        "title": f"{title}: {audience.title}" if audience else title,
        "name": site.name,
        "employer": site.employer,
        "heading": {
            "says": audience.title if audience else title,
            "lang": audience.language if audience else view.language,
        },
        "intro": {
            "says": view.brief(intro) or lead,
            "lang": audience.language if audience and intro else view.language,
        },
        "colours": brand.palette(site.brand, dark=False),
        "mark": cards.mark(view),
        "doors": cards.doors(view),
        "totals": [_total(view, total) for total in found.totals],
        "checking": [_said(view, line.benefit.title, line.fact) for line in found.left_out],
        "groups": [
            {"title": _theme(view, theme), "lines": [_line(view, line) for line in lines]}
            for theme, lines in found.themes()
        ],
        "words": _headings(view),
        "address": view.absolute(view.path.removesuffix(".pdf") + "/").partition("//")[2],
        "url": view.absolute(view.path.removesuffix(".pdf") + "/"),
    }
    newest = max((fact.checked for fact in view.facts.values()), default=None)
    return told | {
        "sources": [_source(view, *each) for each in enumerate(view.facts.values(), 1)],
        "date": [newest.year, newest.month, newest.day] if newest else None,
        "checked": say("Figures last checked on %(day)s") % {"day": view.wording.date(newest)}
        if newest
        else "",
    }


def _theme(view: View, theme: str) -> str:
    say = view.wording.say
    return {
        "pay": say("Pay and money"),
        "time": say("Time"),
        "learning": say("Learning"),
        "support": say("Support"),
        "belonging": say("Belonging"),
    }[theme]


def _line(view: View, line: PackageLine) -> dict[str, Any]:
    benefit = line.benefit
    return {
        "title": benefit.title,
        "lang": benefit.language,
        "figure": _said(view, view.said(line.fact), line.fact) if line.fact else None,
        "what": _words(view, benefit.what),
        "who": _words(view, benefit.who),
        "how": _words(view, benefit.how),
    }


def _total(view: View, total: Total) -> dict[str, Any]:
    """The amount, and the sum it comes from unless that is one line."""
    result = amount(view, total)
    named = [(part.benefit.title, part.fact) for part in total.parts if part.fact]
    parts = [
        _said(view, f"{view.wording.amount(fact)} ({title})" if len(named) > 1 else title, fact)
        for title, fact in named
    ]
    return {"amount": result[:1].upper() + result[1:], "sum": parts, "result": result}


def amount(view: View, total: Total) -> str:
    said = view.wording.measured(total.amount, total.unit)
    rates = {part.fact.per for part in total.parts if part.fact}
    if len(rates) == 1:
        said = view.wording.rated(said, rates.pop())
    return view.wording.qualified(said, "up-to") if total.is_ceiling else said


def _words(view: View, text: Words) -> dict[str, Any]:
    return _said(view, view.brief(text), *map(view.fact, text.facts))


def _said(view: View, says: str, *facts: Fact | None) -> dict[str, Any]:
    """Words with the numbers of the sources of the figures in them."""
    return {"says": says, "marks": [_number(view, fact) for fact in facts if fact]}


def _number(view: View, fact: Fact) -> int:
    view.facts.setdefault(fact.slug, fact)
    return list(view.facts).index(fact.slug) + 1


def _source(view: View, number: int, fact: Fact) -> dict[str, Any]:
    wording, source = view.wording, fact.source
    if view.is_current(fact):
        says = wording.say("As of %(when)s; checked %(day)s.")
        dates = {"when": wording.when(fact), "day": wording.date(fact.checked)}
    else:
        says = wording.say(
            "It was to be looked at again by %(day)s, so we no longer show it as current."
        )
        dates = {"day": wording.date(fact.review_by or fact.checked)}
    read = ", ".join(filter(None, (source.title, source.publisher)))
    return {
        "number": number,
        "says": f"{fact.label}: {read}. {says % dates}",
        "url": source.url,
    }
