"""Words as editors write them: Markdown with no HTML, and `{{ fact-name }}` for a figure."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from pydantic import GetCoreSchemaHandler
from pydantic_core import core_schema

FACT = re.compile(r"\{\{\s*([a-z0-9-]+)\s*\}\}")
HTML = re.compile(r"<\s*/?\s*[a-zA-Z!]")
VAGUE = frozenset({"here", "click here", "click", "link", "this link", "more", "read more", "yma"})
MARKED = re.compile(r"[\\`*_\[\]<>&{}\n]")
SCHEMES = frozenset({"https", "mailto", "tel"})


def _fact(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "{":
        return False
    found = FACT.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        state.push("fact", "", 0).meta = {"name": found[1]}
    state.pos = found.end()
    return True


MARKDOWN = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
MARKDOWN.disable(["image", "html_block", "html_inline", "autolink"])
MARKDOWN.inline.ruler.before("link", "fact", _fact)
# The parser would quietly leave a bad link as text. Let every link through to `complaints`, so
# that the editor is told; nothing is rendered from content that has a complaint.
MARKDOWN.validateLink = lambda url: True  # type: ignore[method-assign]


def flat(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from flat(token.children or ())


class Words:
    """Text from content, parsed once. `Line` is a phrase; `Prose` is paragraphs and headings."""

    inline = True

    def __init__(self, source: str) -> None:
        self.source = source
        # Most phrases hold nothing that Markdown would read as its own: they need no parsing.
        self.is_plain = self.inline and not MARKED.search(source)

    @cached_property
    def tokens(self) -> list[Token]:
        if self.is_plain:
            return [Token("inline", "", 0, children=[Token("text", "", 0, content=self.source)])]
        return MARKDOWN.parseInline(self.source) if self.inline else MARKDOWN.parse(self.source)

    @cached_property
    def facts(self) -> dict[str, int]:
        """Names of figures, each with the line, from 0, of the block that it is first in."""
        if self.is_plain:
            return {}
        found = [(token.meta["name"], at) for at, token in self.placed() if token.type == "fact"]
        return dict(reversed(found))

    @cached_property
    def links(self) -> dict[str, int]:
        """Addresses linked to, each with the line, from 0, of the block that it is first in."""
        if self.is_plain:
            return {}
        opened = [(at, token) for at, token in self.placed() if token.type == "link_open"]
        return {str(token.attrs["href"]): at for at, token in reversed(opened)}

    def placed(self) -> Iterator[tuple[int, Token]]:
        line = 0
        for token in flat(self.tokens):
            line = token.map[0] if token.map else line
            yield line, token

    def __bool__(self) -> bool:
        return bool(self.source)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Words) and self.source == other.source

    def __hash__(self) -> int:
        return hash(self.source)

    def __str__(self) -> str:
        return self.source

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.source!r})"

    @classmethod
    def __get_pydantic_core_schema__(
        cls,
        _source: Any,  # noqa: ANN401
        _handler: GetCoreSchemaHandler,
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_after_validator_function(
            cls, core_schema.str_schema(strip_whitespace=True)
        )

    def headings(self) -> list[tuple[int, str, int]]:
        """Level, text and line (from 0) of each heading."""
        return [
            (int(token.tag[1]), self.tokens[index + 1].content, (token.map or [0])[0])
            for index, token in enumerate(self.tokens)
            if token.type == "heading_open"
        ]

    @cached_property
    def complaints(self) -> tuple[tuple[int, str], ...]:
        """Line (from 0) and sentence for each thing that may not be on a page."""
        return () if self.is_plain else tuple(self._complaints())

    def _complaints(self) -> Iterator[tuple[int, str]]:
        for line, token in self.placed():
            if token.type in {"text", "code_inline", "code_block"} and HTML.search(token.content):
                yield line, "HTML is not used here; write plain words and Markdown"
            if token.type == "text" and "{{" in token.content:
                yield (
                    line,
                    "a figure is written {{ fact-name }}, in small letters and hyphens",
                )
            if token.type == "link_open" and (wrong := link_complaint(str(token.attrs["href"]))):
                yield line, wrong
        yield from self._vague_links()
        yield from self._headings_out_of_order()

    def _vague_links(self) -> Iterator[tuple[int, str]]:
        for block in self.tokens:
            children = block.children or []
            for opened, inside in zip(children, children[1:], strict=False):
                if opened.type == "link_open" and inside.content.strip().lower() in VAGUE:
                    says = f"say where the link goes instead of “{inside.content}”"
                    yield (block.map or [0])[0], says

    def _headings_out_of_order(self) -> Iterator[tuple[int, str]]:
        before = 1
        for level, text, line in self.headings():
            if level == 1:
                yield (
                    line,
                    f"“{text}”: the title is the page's first heading; begin with ##",
                )
            elif level > before + 1:
                yield (
                    line,
                    f"“{text}”: use {'#' * (before + 1)} here; do not skip a heading level",
                )
            before = level


class Line(Words):
    """A phrase or a sentence or two."""


class Prose(Words):
    """Paragraphs, lists, headings from ## down, tables."""

    inline = False


def link_complaint(href: str) -> str:
    """What is wrong with a link's address on its own, before asking whether the page exists."""
    if href.startswith("#"):
        return ""
    if href.startswith("/"):
        if href.startswith("//") or "\\" in href or "/../" in href or href.endswith("/.."):
            return f"“{href}” is not a page here; write an address such as /careers/"
        return ""
    try:
        parts = urlsplit(href)
    except ValueError:
        return f"“{href}” is not an address"
    if parts.scheme == "http":
        return f"“{href}”: write https:// instead of http://"
    if parts.scheme not in SCHEMES or (parts.scheme == "https" and not parts.hostname):
        return f"“{href}”: a link begins with / for a page here, or https://, mailto: or tel:"
    return ""
