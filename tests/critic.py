"""A client that reads every page it is given as a critic would."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from starlette.testclient import TestClient

ROOT = Path(__file__).resolve().parents[1]
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


class Element:
    """One element of a page, as it was written."""

    def __init__(self, tag: str, attributes: dict[str, str], parent: "Element | None") -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.inside: list[Element | str] = []

    def __repr__(self) -> str:
        return f"<{self.tag} {self.attributes}> {self.text[:60]!r}"

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    def all(self, *tags: str) -> list["Element"]:
        """Elements inside, in reading order; every one where no tag is named."""
        found: list[Element] = []
        for part in self.inside:
            if isinstance(part, Element):
                found += [part] if not tags or part.tag in tags else []
                found += part.all(*tags)
        return found

    @property
    def text(self) -> str:
        pieces = (part if isinstance(part, str) else part.text for part in self.inside)
        return " ".join("".join(pieces).split())

    @property
    def name(self) -> str:
        """What is read aloud for it, near enough."""
        pictures = [picture.get("alt") for picture in self.all("img")]
        return self.get("aria-label") or " ".join([self.text, *pictures]).strip()

    @property
    def language(self) -> str:
        """The language that it is read aloud in."""
        return self.get("lang") or (self.parent.language if self.parent else "")

    def is_inside(self, tag: str) -> bool:
        return self.parent is not None and (self.parent.tag == tag or self.parent.is_inside(tag))


class Page(HTMLParser):
    """A page read as strictly as it can be: each end tag ends the element that was begun last."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.source = text
        self.root = self._open = Element("", {}, None)
        self.faults: list[str] = []
        self.feed(text)
        self.close()
        if self._open is not self.root:
            self.faults.append(f"<{self._open.tag}> is never ended")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"<{tag}> says an attribute twice: {names}")
        made = Element(tag, {name: value or "" for name, value in attrs}, self._open)
        self._open.inside.append(made)
        if tag not in VOID:
            self._open = made

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag != self._open.tag:
            line, _ = self.getpos()
            self.faults.append(f"line {line}: </{tag}> ends <{self._open.tag}>")
        elif self._open.parent is not None:
            self._open = self._open.parent

    def handle_data(self, data: str) -> None:
        self._open.inside.append(data)

    # What tests ask

    def all(self, *tags: str) -> list[Element]:
        return self.root.all(*tags)

    def one(self, tag: str) -> Element:
        found = self.all(tag)
        assert len(found) == 1, f"{len(found)} of <{tag}>, not one"
        return found[0]

    @property
    def title(self) -> str:
        return self._titles()[0].text

    @property
    def heading(self) -> str:
        return self.one("h1").text

    @property
    def text(self) -> str:
        return self.one("body").text

    def _titles(self) -> list[Element]:
        """A drawing may have a title as well."""
        return [title for title in self.all("title") if not title.is_inside("svg")]

    def links(self) -> dict[str, str]:
        """Addresses by the words that lead to them."""
        return {link.name: link.get("href") for link in self.all("a")}

    # What every page promises

    def criticism(self, language: str) -> list[str]:
        """Everything that is wrong with it, as sentences."""
        if not self.all("html"):
            return ["it is not a whole page"]
        return [
            *self.faults,
            *self._of_the_document(language),
            *self._of_headings(),
            *self._of_names(),
            *self._of_fields(),
            *self._of_references(),
            *self._of_code(),
        ]

    def _of_the_document(self, language: str) -> Iterator[str]:
        if not self.source.startswith("<!doctype html>\n"):
            yield "it does not begin with a doctype"
        if self.one("html").get("lang") != language:
            yield f"its language is {self.one('html').get('lang')!r}, not {language!r}"
        titles = self._titles()
        if len(titles) != 1 or not re.fullmatch(r"\S.* – \S.*", titles[0].text):
            yield f"its title does not say the page and the site: {titles}"
        if len(self.all("main")) != 1:
            yield "it has not one main part"

    def _of_headings(self) -> Iterator[str]:
        headings = self.all(*(f"h{level}" for level in range(1, 7)))
        if [heading.tag for heading in headings].count("h1") != 1:
            yield "it has not one h1"
        before = 0
        for heading in headings:
            level = int(heading.tag[1])
            if level > before + 1:
                yield f"{heading} skips a level"
            if not heading.text:
                yield f"{heading} says nothing"
            before = level

    def _of_names(self) -> Iterator[str]:
        for element in self.all("a", "button", "summary", "legend", "caption", "dt", "th"):
            if not element.name:
                yield f"{element} says nothing"
        for link in self.all("a"):
            if not link.get("href"):
                yield f"{link} leads nowhere"
        for picture in self.all("img"):
            if "alt" not in picture.attributes:
                yield f"{picture} has no alt"

    def _of_fields(self) -> Iterator[str]:
        labelled = {label.get("for") for label in self.all("label") if label.text}
        for field in self.all("input", "select", "textarea"):
            if field.get("type") in {"hidden", "submit"}:
                continue
            named = field.get("aria-label") or field.get("aria-labelledby")
            if field.get("id") not in labelled and not named and not field.is_inside("label"):
                yield f"{field} has no label"
            if not field.get("name"):
                yield f"{field} sends nothing"

    def _of_references(self) -> Iterator[str]:
        names = [element.get("id") for element in self.all() if "id" in element.attributes]
        for name in sorted({name for name in names if names.count(name) > 1 or not name.strip()}):
            yield f"two elements are called {name!r}"
        for element in self.all():
            for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
                for name in element.get(attribute).split():
                    if name not in names:
                        yield f"{element} points at {name!r}, which is not there"
            href = element.get("href")
            if element.tag == "a" and href.startswith("#") and href[1:] not in names:
                yield f"{element} leads to nothing on this page"

    def _of_code(self) -> Iterator[str]:
        """Nothing that our own policy would stop, and nothing that htmx would have to evaluate."""
        for element in self.all():
            if element.tag == "style" or "style" in element.attributes:
                yield f"{element} brings its own style"
            is_data = element.get("type") == "application/ld+json"
            if element.tag == "script" and not element.get("src") and not is_data:
                yield f"{element} brings its own script"
            for name, value in element.attributes.items():
                leads = name in {"href", "src", "action"} or name.startswith("hx-")
                evaluated = leads and value.strip().lower().startswith(("js:", "javascript:"))
                if name.startswith(("on", "hx-on")) or evaluated:
                    yield f"{element} runs what its attribute {name} says"
        if found := re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", self.source):
            yield f"it holds the control character {found[0]!r}"


class Critic:
    """Asks for pages, and reads every one that it is given as a critic would."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def get(self, address: str, status: int = 200, **headers: str) -> Page:
        """The page at an address, once there is nothing to say against it."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.client.get(address, headers=given, follow_redirects=False)
        assert answer.status_code == status, f"{address} answered {answer.status_code}"
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        page = Page(answer.text)
        wrong = page.criticism("cy" if re.match(r"/cy(/|$)", address) else "en")
        assert wrong == [], address
        return page
