"""Drawn pictures: the card that is shown when a page is shared, the mark, and the site's icons."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from struct import unpack_from
from xml.etree import ElementTree

import resvg_py
from markupsafe import Markup

from portal.content import brand
from portal.content.models import Page
from portal.content.prose import Line
from portal.errors import PortalError
from portal.site.store import Made
from routes.headings import HEADINGS
from routes.rendering import STATIC, View, environment

FONTS = STATIC / "fonts"
TEXT, BOLD, HEAD = (FONTS / f"{name}.ttf" for name in ("text-400", "text-700", "head"))
TITLE_WIDTH, TITLE_HEIGHT = 1080, 222
TITLE_SIZES = (116, 104, 92, 84, 76, 68, 62, 56, 50)


class BadMark(PortalError):
    """An edition's mark holds more than a picture of plain shapes."""


# The card


def path(of_page: str) -> str:
    """`/careers/care-worker/` has its card at `/cards/careers/care-worker.png`."""
    return f"/cards/{of_page.strip('/') or 'home'}.png"


def of(path: str, entry: Page | None) -> Callable[[View], Made]:
    def make(view: View) -> Made:
        title, summary = words(view, path, entry)
        body = png(card(view, title, summary, invented=is_invented(entry)))
        return Made(body, "image/png", view.fresh_until)

    return make


def words(view: View, path: str, entry: Page | None) -> tuple[str, str]:
    """A page's title, and a sentence to go under it where there is one."""
    if entry:
        return entry.title, _lasting(view, entry.summary)
    if path == "/":
        return view.brief(view.site.headline), _lasting(view, view.site.welcome)
    if path in HEADINGS:
        return view.heading(path)
    audience = view.book.audiences[path.removeprefix("/package/").strip("/")]
    return audience.title, view.heading("/package/")[1]


def _lasting(view: View, line: Line) -> str:
    """Other sites keep a card for months, so it never shows a figure that may go out of date."""
    return "" if line.facts else view.brief(line)


def is_invented(entry: Page | None) -> bool:
    return getattr(entry, "illustration", False) is True


def card(view: View, title: str, summary: str, *, invented: bool = False) -> str:
    block = fitted(title, HEAD, TITLE_SIZES, TITLE_WIDTH, TITLE_HEIGHT, leading=1.04)
    left = TITLE_HEIGHT - block.height - 26
    label = view.wording.say("Example") if invented else ""
    return (
        environment(view.language)
        .get_template("art/card.svg")
        .render(
            colours=brand.palette(view.site.brand, dark=False),
            mark=mark(view),
            name=fitted(view.site.name, BOLD, (34, 30, 26, 22, 18), 760, 40),
            title=block,
            summary=_under(summary, left),
            label=label,
            label_width=measure(label, BOLD, 28),
        )
    )


def _under(summary: str, height: float) -> "Block | None":
    """The sentence under the title, where there is room for all of it."""
    if not summary or height < 40:
        return None
    block = fitted(summary, TEXT, (36, 34, 32, 30, 28), TITLE_WIDTH, height, leading=1.3)
    return None if block.cut else block


def doors(view: View) -> str:
    """The pattern on its own, for paper."""
    colours = brand.palette(view.site.brand, dark=False)
    return environment(view.language).get_template("art/doors.svg").render(colours=colours)


# Letters: the drawing library wraps nothing, so lines are measured and broken here


@dataclass(frozen=True)
class Block:
    size: int
    lines: tuple[str, ...]
    leading: float
    cut: bool = False

    @property
    def height(self) -> float:
        return self.size * self.leading * len(self.lines)


@cache
def widths(font: Path) -> dict[str, float]:
    """How wide each letter of a TrueType font is, for type of size 1."""
    data = font.read_bytes()
    (count,) = unpack_from(">H", data, 4)
    records = (unpack_from(">4sIII", data, 12 + 16 * index) for index in range(count))
    at = {tag: offset for tag, _, offset, _ in records}
    (units,) = unpack_from(">H", data, at[b"head"] + 18)
    (measured,) = unpack_from(">H", data, at[b"hhea"] + 34)
    advances = unpack_from(">" + "H2x" * measured, data, at[b"hmtx"])
    return {
        chr(code): advances[min(glyph, measured - 1)] / units
        for code, glyph in _glyphs(data, at[b"cmap"])
        if glyph
    }


def _glyphs(data: bytes, cmap: int) -> Iterator[tuple[int, int]]:
    """Each character's code and glyph, from the font's table of format 4 (all of Unicode's first
    65,536 characters), which every TrueType font has. Glyph 0 is no letter."""
    (count,) = unpack_from(">H", data, cmap + 2)
    tables = (cmap + unpack_from(">4xI", data, cmap + 4 + 8 * index)[0] for index in range(count))
    at = next(table for table in tables if unpack_from(">H", data, table) == (4,))
    size = unpack_from(">H", data, at + 6)[0] // 2
    ends = unpack_from(f">{size}H", data, at + 14)
    starts = unpack_from(f">{size}H", data, at + 16 + 2 * size)
    shifts = unpack_from(f">{size}H", data, at + 16 + 4 * size)
    for index, (start, end, shift) in enumerate(zip(starts, ends, shifts, strict=True)):
        place = at + 16 + 6 * size + 2 * index
        (offset,) = unpack_from(">H", data, place)
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code
            if offset:
                (glyph,) = unpack_from(">H", data, place + offset + 2 * (code - start))
            yield code, (glyph + shift) % 65536 if glyph or not offset else 0


def measure(text: str, font: Path, size: float) -> float:
    known = widths(font)
    return size * sum(known.get(letter, 0) for letter in text)


def wrapped(text: str, font: Path, size: float, width: float) -> list[str]:
    """Lines no wider than `width`, broken between words. Letters that the font lacks, such as
    emoji, are left out: they would be drawn as empty boxes."""
    known = widths(font)
    words = ("".join(letter for letter in word if letter in known) for word in text.split())
    lines: list[str] = []
    for word in filter(None, words):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer, font, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def even(text: str, font: Path, size: float, width: float) -> list[str]:
    """As few lines, of lengths as like each other as can be, so that no word stands alone."""
    best = wrapped(text, font, size, width)
    while width > size:
        width -= size / 2
        lines = wrapped(text, font, size, width)
        if len(lines) > len(best) or _widest(lines, font, size) > width:
            break
        best = lines
    return best


def _widest(lines: list[str], font: Path, size: float) -> float:
    return max((measure(line, font, size) for line in lines), default=0)


def fitted(
    text: str,
    font: Path,
    sizes: tuple[int, ...],
    width: float,
    height: float,
    leading: float = 1.0,
) -> Block:
    """The text in the largest of the sizes that fits; cut short where none does."""
    for size in sizes:
        lines = even(text, font, size, width)
        if len(lines) * size * leading <= height and _widest(lines, font, size) <= width:
            return Block(size, tuple(lines), leading)
    size = sizes[-1]
    lines = [_cut(line, font, size, width) for line in wrapped(text, font, size, width)]
    kept = lines[: max(1, int(height / (size * leading)))]
    if len(kept) < len(lines):
        kept[-1] = _cut(kept[-1] + "…", font, size, width)
    return Block(size, tuple(kept), leading, cut=True)


def _cut(line: str, font: Path, size: float, width: float) -> str:
    while measure(line, font, size) > width:
        line = line.rstrip("…")[:-1] + "…"
    return line


def png(svg: str, size: int | None = None) -> bytes:
    """A picture of the drawing, with our own fonts and nobody else's, so that it is the same on
    every machine."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            width=size,
            height=size,
            skip_system_fonts=True,
            font_family="Way Text",
            font_files=[str(font) for font in (TEXT, BOLD, HEAD)],
        )
    )


# The mark and the icons

NAMESPACE = "{http://www.w3.org/2000/svg}"
LARGEST_MARK = 20_000
DEEPEST_MARK = 20
SHAPES = frozenset("svg g path rect circle ellipse line polyline polygon".split())
ATTRIBUTES = frozenset(
    "d x y x1 y1 x2 y2 cx cy r rx ry width height points transform opacity fill fill-opacity "
    "fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin "
    "stroke-miterlimit stroke-dasharray stroke-dashoffset viewBox".split()
)
# Editors of drawings write these, and they draw nothing.
DROPPED = frozenset({"id", "version"})
PLAIN = re.compile(r"(?!.*url)[\w\s.,#%()+-]*", re.IGNORECASE)
NUMBERS = re.compile(r"-?[\d.]+[\s,]+-?[\d.]+[\s,]+[\d.]+[\s,]+[\d.]+")


def mark(view: View) -> Markup:
    """The edition's mark, to stand beside its name on the deep colour. For the eye only."""
    own = own_mark(view)
    return _door(view, corner=14) if own is None else own.on(view.site.brand.paper, corner=20)


def favicon(view: View) -> Made:
    own = own_mark(view)
    svg = _door(view, corner=14) if own is None else own.alone()
    return Made(svg.encode(), "image/svg+xml")


def icon(view: View) -> Made:
    """`/icon-192.png`: the whole square is filled, as telephones cut it to their own shape."""
    size = int(view.path.removeprefix("/icon-").removesuffix(".png"))
    own = own_mark(view)
    svg = _door(view, corner=0) if own is None else own.on(view.site.brand.paper, corner=0)
    return Made(png(svg, size), "image/png")


def _door(view: View, *, corner: int) -> Markup:
    """The mark of editions that bring none."""
    colours = brand.palette(view.site.brand, dark=False)
    template = environment(view.language).get_template("art/mark.svg")
    return Markup(template.render(colours=colours, corner=corner))  # noqa: S704 - our own template


@dataclass(frozen=True)
class OwnMark:
    """An edition's own mark: shapes that have been checked, and the box they are drawn in."""

    box: str
    shapes: Markup

    def alone(self) -> Markup:
        svg = Markup('<svg xmlns="http://www.w3.org/2000/svg" viewBox="{}">{}</svg>')
        return svg.format(self.box, self.shapes)

    def on(self, colour: str, *, corner: int) -> Markup:
        """In the middle of a filled square, inside the circle that is never cut."""
        return Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'
            '<rect width="100" height="100" rx="{}" fill="{}"/>'
            '<svg x="22" y="22" width="56" height="56" viewBox="{}">{}</svg></svg>'
        ).format(corner, colour, self.box, self.shapes)


def own_mark(view: View) -> OwnMark | None:
    file = view.settings.edition_folder / "brand" / "mark.svg"
    return _read(file, file.stat().st_mtime_ns) if file.is_file() else None


@cache
def _read(file: Path, stamp: int) -> OwnMark:
    if file.stat().st_size > LARGEST_MARK:
        raise BadMark(f"{file}: the mark is larger than {LARGEST_MARK // 1000} kB; draw it simpler")
    data = file.read_bytes()
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise BadMark(f"{file}: take out the line that begins with <!DOCTYPE or <!ENTITY")
    try:
        root = ElementTree.fromstring(data)  # noqa: S314 - small, and declares no entities
    except (ElementTree.ParseError, ValueError) as wrong:
        raise BadMark(f"{file}: this is not an SVG drawing ({wrong})") from wrong
    box = root.get("viewBox", "")
    if root.tag != NAMESPACE + "svg" or not NUMBERS.fullmatch(box):
        raise BadMark(f'{file}: begin with <svg> in SVG\'s namespace and a viewBox="0 0 64 64"')
    return OwnMark(box, Markup("").join(_shape(child, file) for child in root))


def _shape(element: ElementTree.Element, file: Path, depth: int = 1) -> Markup:
    """The shape written anew, so that nothing is passed on that was not looked at."""
    tag = str(element.tag).removeprefix(NAMESPACE)
    if tag not in SHAPES - {"svg"}:
        raise BadMark(f"{file}: a mark is made of plain shapes; take out <{tag}>")
    if (element.text or "").strip() or (element.tail or "").strip():
        raise BadMark(f"{file}: a mark holds no words; draw them as shapes")
    if depth > DEEPEST_MARK:
        raise BadMark(f"{file}: groups stand inside groups more than {DEEPEST_MARK} deep")
    kept = Markup("")
    for name, value in element.attrib.items():
        if name in DROPPED:
            continue
        if name not in ATTRIBUTES or not PLAIN.fullmatch(value):
            raise BadMark(f"{file}: a mark is made of plain shapes; take out {name} of <{tag}>")
        kept += Markup(' {}="{}"').format(name, value)
    inside = Markup("").join(_shape(child, file, depth + 1) for child in element)
    return Markup("<{0}{1}>{2}</{0}>").format(tag, kept, inside)
