"""Two thousand pages that read like the real ones: the repository's own careers, their sections
dealt out anew, so that length, figures, links and fields are as an editor writes them."""

import re
import shutil
from pathlib import Path
from random import Random
from typing import Any

import yaml

from portal.settings import ROOT

FENCED = re.compile(r"\A---\n(.*?)^---\n(.*)\Z", re.DOTALL | re.MULTILINE)
FIGURE = re.compile(r"\{\{\s*([a-z0-9-]+)\s*\}\}")
COLLECTION = "careers"
WAYS = ("pathways", "apprenticeships", "volunteering")


def parts(file: Path) -> tuple[dict[str, Any], str]:
    """A content file's fields and its body."""
    fenced = FENCED.match(file.read_text(encoding="utf-8"))
    if fenced is None:
        raise ValueError(f"{file} does not begin with fields between dashes")
    return yaml.safe_load(fenced[1]), fenced[2]


def generate(content: Path, number: int) -> list[str]:
    """Write a content folder with `number` more careers into `content`; gives their slugs.

    The rest of the edition is the repository's, so the pages have their menus and figures.
    """
    for folder in ("national", "wirral"):
        shutil.copytree(ROOT / "content" / folder, content / folder)
    shelf = content / "national" / COLLECTION
    models = [parts(file) for file in sorted(shelf.glob("*.md"))]
    sections = [part for _, body in models for part in re.split(r"^(?=## )", body, flags=re.M)[1:]]
    slugs = [f"generated-work-{each:04}" for each in range(number)]
    chance = Random(number)  # noqa: S311 - the same pages each time, and no secret
    for each, slug in enumerate(slugs):
        fields, _ = models[each % len(models)]
        fields = fields | {
            "title": f"{fields['title']} {each}",
            "leads_to": onward(slugs, each),
        }
        fields.pop("was", None)
        body = "\n".join(section.strip() + "\n" for section in chance.sample(sections, 4))
        (shelf / f"{slug}.md").write_text(page(fields, body), encoding="utf-8")
    return slugs


def onward(slugs: list[str], each: int) -> list[str]:
    """Up to three that come after it among its ten; work never leads round in a circle."""
    ten = each // 10 * 10
    return slugs[each + 1 : min(each + 4, ten + 10)]


def page(fields: dict[str, Any], body: str) -> str:
    front = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{front}---\n\n{body}"


def for_hugo(content: Path, site: Path) -> None:
    """The same pages and figures laid out as Hugo wants them: a figure is a short code there."""
    for collection in (COLLECTION, *WAYS):
        (site / "content" / collection).mkdir(parents=True)
        for file in sorted((content / "national" / collection).glob("*.md")):
            fields, body = parts(file)
            text = page(fields, FIGURE.sub(r'{{< figure-of "\1" >}}', body))
            (site / "content" / collection / file.name).write_text(text, encoding="utf-8")
    (site / "data").mkdir()
    figures: dict[str, Any] = {}
    for file in sorted(content.glob("*/facts/*.yaml")):
        figures |= yaml.safe_load(file.read_text(encoding="utf-8"))
    told = yaml.safe_dump(figures, allow_unicode=True)
    (site / "data" / "figures.yaml").write_text(told, encoding="utf-8")
