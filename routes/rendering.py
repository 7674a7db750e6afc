"""The one place that renders: templates, and the view that they ask questions of."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, cached_property
from typing import Any

from jinja2 import (
    ChainableUndefined,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
)
from markupsafe import Markup, escape

from portal import earnings
from portal.content import brand
from portal.content.edition import Book, Edition
from portal.content.facts import Fact
from portal.content.languages import NAMES
from portal.content.models import Audience, Entry, Leaf, Page, Partner, Question, Site
from portal.content.parts import Brand, Comparison, Intake
from portal.content.prose import MARKDOWN, Words
from portal.content.wording import Wording
from portal.settings import ROOT, Settings
from routes.headings import HEADINGS
from routes.structured import article, breadcrumbs, programme

STATIC = ROOT / "static" / "build"


@cache
def manifest() -> dict[str, str]:
    found: dict[str, str] = json.loads((STATIC / "manifest.json").read_text())
    return found


def asset(name: str) -> str:
    """The address of a file that set-up made. Its name changes with its bytes."""
    return "/static/" + manifest()[name]


@cache
def _icon(name: str) -> str:
    return (STATIC / "icons" / f"{name}.svg").read_text()


def icon(name: str) -> Markup:
    """A picture for the eye only; the words beside it say the same."""
    drawing = _icon(name)
    hidden = 'aria-hidden="true" focusable="false"'
    svg = f'<svg class="icon" viewBox="0 0 24 24" {hidden}>{drawing}</svg>'
    return Markup(svg)  # noqa: S704 - our own files, put there at set-up


def brand_path(chosen: Brand) -> str:
    """The address of an edition's colours; it changes with them."""
    css = brand.stylesheet(chosen)
    return f"/brand.{hashlib.sha256(css.encode()).hexdigest()[:8]}.css"


@dataclass
class View:
    """One rendering of one page: a language, an instant, and what the page turned out to use."""

    settings: Settings
    edition: Edition
    language: str
    path: str  # without the language
    at: datetime
    query: str = ""
    partial: bool = False  # one block for htmx, with what it changes elsewhere
    problems: tuple[str, ...] = ()
    facts: dict[str, Fact] = field(default_factory=dict)
    moments: list[datetime] = field(default_factory=list)

    @cached_property
    def book(self) -> Book:
        return self.edition.books[self.language]

    @property
    def site(self) -> Site:
        return self.book.site

    @cached_property
    def wording(self) -> Wording:
        return Wording(self.language)

    @property
    def fresh_until(self) -> datetime | None:
        return min(self.moments, default=None)

    # Addresses

    def link(self, address: str, language: str | None = None) -> str:
        """An address as this page's language has it: `/careers/` is `/cy/careers/` in Welsh."""
        language = language or self.language
        return address if language == self.edition.languages[0] else f"/{language}{address}"

    def absolute(self, address: str, language: str | None = None) -> str:
        return self.settings.base_url + self.link(address, language)

    def languages(self) -> list[tuple[str, str, str]]:
        """Code, own name and address of this page in each language."""
        # An address that is not ours may be anything, such as //elsewhere.example.
        here = self.path if self.is_page else "/"
        return [(code, NAMES[code], self.link(here, code)) for code in self.edition.languages]

    def is_at(self, address: str) -> bool:
        return self.path == address

    def is_under(self, address: str) -> bool:
        return self.path.startswith(address)

    @property
    def is_page(self) -> bool:
        """Whether this is an address of the edition's, not an answer or an error."""
        return self.path in self.book.addresses

    @property
    def card(self) -> str:
        """The picture shown when this page is shared."""
        return f"/cards/{self.path.strip('/') or 'home'}.png"

    @property
    def brand_path(self) -> str:
        return brand_path(self.edition.site.brand)

    def written_in(self, entry: Entry | None) -> list[str]:
        """The languages that a page is truly written in; others show the first one's words."""
        if entry is None:
            return list(self.edition.languages)
        return [
            language
            for language, book in self.edition.books.items()
            if book.shelves[entry.collection][entry.slug].language == language
        ]

    def canonical_language(self, entry: Entry | None) -> str:
        return self.language if self.language in self.written_in(entry) else self.main_language

    @property
    def main_language(self) -> str:
        return self.edition.languages[0]

    # What is where

    def heading(self, path: str = "") -> tuple[str, str]:
        """The headline and lead of a page that no entry stands for."""
        title, lead = HEADINGS[path or self.path]
        return self.wording.say(title), self.wording.say(lead)

    def menu(self) -> list[tuple[str, str]]:
        say = self.wording.say
        return self._there(
            ("/careers/", say("Careers")),
            ("/pathways/", say("Pathways")),
            ("/apprenticeships/", say("Apprenticeships")),
            ("/progression/", say("The ladder")),
            ("/package/", say("What you get")),
            ("/places/", say("Places")),
        )

    def more(self) -> list[tuple[str, str]]:
        say = self.wording.say
        support = [(page.address, page.title) for page in self.leaves("support")]
        listed = self._there(
            ("/volunteering/", say("Volunteering")),
            ("/stories/", say("Stories")),
            ("/partners/", say("Partners")),
            ("/glossary/", say("Words explained")),
        )
        return [*support, *listed]

    def _there(self, *links: tuple[str, str]) -> list[tuple[str, str]]:
        there = self.book.addresses
        return [(address, label) for address, label in links if address in there]

    def leaves(self, menu: str) -> list[Leaf]:
        return [page for page in self.book.shelves["pages"].values() if page.menu == menu]

    def first_step(self, audience: Audience) -> str:
        """Where their door leads. The finder is told who they are, so it need not ask again."""
        finder = "/pathways/finder/"
        to = audience.next_step.to if audience.next_step else finder
        return self.link(f"{to}?who={audience.slug}" if to == finder else to)

    def ways_with(self, partner: Partner) -> list[Any]:
        return [way for way in self.book.ways_in() if partner.slug in way.partners]

    def kind(self, page: Page) -> str:
        """What sort of page it is, for search results."""
        say = self.wording.say
        kinds = {
            "careers": say("Career"),
            "pathways": say("Pathway"),
            "apprenticeships": say("Apprenticeship"),
            "volunteering": say("Volunteering"),
            "stages": say("Stage"),
            "stories": say("Story"),
            "places": say("Place"),
            "partners": say("Partner"),
        }
        return kinds.get(page.collection, say("Page"))

    def audience_choices(self) -> list[dict[str, str]]:
        return [
            {"value": audience.slug, "text": audience.says}
            for audience in self.book.audiences.values()
            if audience.home
        ]

    def answer_choices(self, question: Question) -> list[dict[str, str]]:
        return [{"value": answer.value, "text": answer.label} for answer in question.answers]

    def same_everywhere(self, template: str) -> Markup:
        """A part that is the same on every page of a language, so it is rendered once a book."""
        kept: dict[str, Markup] = self.book.__dict__.setdefault("same_everywhere", {})
        if template not in kept:
            kept[template] = Markup(render(self, template))  # noqa: S704 - our own template
        return kept[template]

    # Words

    def words(self, text: Words) -> Markup:
        """Content as HTML. Figures carry a mark that leads to where they come from."""
        if text.is_plain:
            return escape(text.source)
        rendered = MARKDOWN.renderer.render(text.tokens, MARKDOWN.options, {"view": self})
        return Markup(rendered)  # noqa: S704 - Markdown with HTML switched off

    def brief(self, text: Words) -> str:
        """Content as plain text, for cards, descriptions and feeds."""
        return text.source if text.is_plain else "".join(self._spoken(text)).strip()

    def _spoken(self, text: Words) -> Iterator[str]:
        for block in text.tokens:
            for token in block.children or [block]:
                if token.type in {"text", "code_inline"}:
                    yield token.content
                elif token.type in {"softbreak", "hardbreak"}:
                    yield " "
                elif token.type == "fact":
                    yield self.said(self.book.facts[token.meta["name"]])
            if block.type.endswith("_close"):
                yield " "

    def lang_of(self, entry: Any) -> Markup:  # noqa: ANN401 - anything with a language
        """A lang attribute where something is not in the page's language."""
        language = getattr(entry, "language", self.language)
        return Markup("") if language == self.language else Markup(f' lang="{language}"')  # noqa: S704

    # Figures

    def fact(self, name: str) -> Fact:
        found: Fact = self.book.facts[name]
        return found

    def note(self, changes_at: datetime | None) -> None:
        """This page reads differently from that instant on."""
        if changes_at is not None:
            self.moments.append(changes_at)

    def is_current(self, fact: Fact) -> bool:
        self.note(fact.changes_at(self.at))
        return fact.is_current(self.at)

    def said(self, fact: Fact) -> str:
        """The figure in words, saying so where it is past its review day."""
        amount = self.wording.amount(fact)
        if self.is_current(fact):
            return amount
        old = self.wording.say("%(amount)s (%(when)s) – now being checked")
        return old % {"amount": amount, "when": self.wording.when(fact)}

    def mark(self, fact: Fact) -> Markup:
        """The small number that leads to the figure's source, at the foot of the page."""
        self.facts.setdefault(fact.slug, fact)
        number = list(self.facts).index(fact.slug) + 1
        says = self.wording.say("Where this figure comes from: %(label)s") % {"label": fact.label}
        return Markup(
            '<sup class="mark"><a href="#source-{n}" aria-label="{n}: {says}">{n}</a></sup>'
        ).format(n=number, says=says)

    def figure(self, fact: Fact | str) -> Markup:
        fact = self.fact(fact) if isinstance(fact, str) else fact
        css = "figure" if self.is_current(fact) else "figure figure--old"
        return Markup('<span class="{css}">{said}</span>{mark}').format(
            css=css, said=self.said(fact), mark=self.mark(fact)
        )

    def cite(self, facts: Iterable[Fact]) -> Markup:
        """The marks alone, for a sum whose figures stand in a table."""
        return Markup("").join(map(self.mark, {fact.slug: fact for fact in facts}.values()))

    # Time

    def intake_state(self, intake: Intake) -> str:
        self.note(intake.changes_at(self.at))
        return intake.state(self.at)

    def sums(self, comparison: Comparison) -> earnings.Sums:
        worked = earnings.work_out(comparison, self.book, self.at)
        for fact in worked.facts:
            self.note(fact.changes_at(self.at))
        return worked


def _link_open(renderer: Any, tokens: Any, index: int, options: Any, env: Any) -> str:  # noqa: ANN401
    href = str(tokens[index].attrs["href"])
    if href.startswith("/"):
        href = env["view"].link(href)
    return f'<a href="{escape(href)}">'


def _figure(renderer: Any, tokens: Any, index: int, options: Any, env: Any) -> str:  # noqa: ANN401
    return str(env["view"].figure(tokens[index].meta["name"]))


MARKDOWN.add_render_rule("link_open", _link_open)
MARKDOWN.add_render_rule("fact", _figure)


class Components:
    """GOV.UK form components. Their macros ask for options nobody gave, so the environment that
    holds them lets a missing name be empty; ours does not."""

    def __init__(self) -> None:
        self._macros = Environment(
            loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
            autoescape=True,
            undefined=ChainableUndefined,
        )

    def __call__(self, component: str, **params: Any) -> Markup:  # noqa: ANN401
        page = self._macros.get_template(f"govuk_frontend_jinja/components/{component}/macro.html")
        name = "govuk" + component.title().replace("-", "")
        return Markup(getattr(page.module, name)(params))  # noqa: S704 - an escaping macro


@cache
def environment(language: str) -> Environment:
    """Templates in one language. Escaping is on for every file, whatever its name."""
    made = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.install_gettext_translations(Wording(language).catalogue, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(
        asset=asset,
        icon=icon,
        ui=Components(),
        article=article,
        breadcrumbs=breadcrumbs,
        programme=programme,
    )
    made.filters["json"] = to_json
    return made


def to_json(value: Any) -> Markup:  # noqa: ANN401
    """JSON that cannot end the script element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for letter, code in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(letter, code)
    return Markup(text)  # noqa: S704 - escaped above for where it stands


def render(view: View, template: str, *, block: str = "", **given: Any) -> str:  # noqa: ANN401
    """A whole page, or one named block of it for htmx."""
    page = environment(view.language).get_template(template)
    if not block:
        return page.render(view=view, **given)
    context = page.new_context({"view": view, **given})
    return "".join(page.blocks[block](context))
