"""Small editions written to a folder, for tests that need content of their own."""

import textwrap
from pathlib import Path

from portal.content.edition import Edition
from portal.content.library import Library
from portal.content.problems import ContentError, Problem
from portal.settings import Settings

SITE = """
name: Way In Somewhere
place: Somewhere
employer: Somewhere Council
strapline: Ways into care work.
headline: Find your way in
welcome: Start from where you are.
languages: [{languages}]
brand:
  ink: "#14213d"
  paper: "#fffaf2"
  deep: "#0b4f5c"
  bright: "#ffb703"
  accents: ["#0b7a75", "#d1495b", "#6d597a", "#edae49"]
contact:
  team: Workforce team
  says: Ask the team.
  website: https://somewhere.example
"""
CAREER = """
---
title: {title}
summary: Help people to live at home.
people: adults
start: no-experience
suits: [You like people, You can listen]
day:
  - {{at: "8:00", what: Meet the first person}}
  - {{at: "12:00", what: Have lunch}}
  - {{at: "16:00", what: Write your notes}}
needs: [To be kind]
pay:
  - what: Each vacancy says what it pays
hours: Days and some weekends
works_with: [Nurses]
leads_to: [{leads_to}]
---
{body}
"""
PATHWAY = """
---
title: {title}
summary: A way to begin.
kind: start
audiences: [student]
effort: {effort}
length_says: A few weeks
earns: false
suits: [You are new to this]
takes: [Some of your time]
leads_to: [{leads_to}]
next: [{next}]
{more}
---
"""
AUDIENCES = """
student:
  title: Student
  says: I am a student
  icon: school
  package: true
"""
FACT = """
{name}:
  label: A figure about {name}
  value: {value}
  unit: {unit}
  as_of: 2025
  checked: 2026-01-05
  source: {{title: The yearly report, publisher: Somewhere Council}}
  owner: Workforce team
  kind: {kind}
  {more}
"""


def career(title: str = "Care worker", *, leads_to: str = "", body: str = "Words.") -> str:
    return CAREER.format(title=title, leads_to=leads_to, body=body)


def pathway(
    title: str = "A first step",
    *,
    leads_to: str = "care-worker",
    next: str = "",
    effort: str = "weeks",
    more: str = "",
) -> str:
    return PATHWAY.format(title=title, leads_to=leads_to, next=next, effort=effort, more=more)


def fact(
    name: str, value: object = 500, *, unit: str = "pounds", review_by: str = "", more: str = ""
) -> str:
    kind = "offer" if review_by else "history"
    more = "\n  ".join(filter(None, [f"review_by: {review_by}" if review_by else "", more]))
    return FACT.format(name=name, value=value, unit=unit, kind=kind, more=more)


def benefit(
    slug: str,
    title: str,
    *,
    what: str = "Something for you.",
    theme: str = "pay",
    figure: bool = True,
    audiences: str = "student, worker",
) -> str:
    """A line of the package; its figure, where it has one, is the fact of the same name."""
    lines = [
        f"{slug}:",
        f"title: {title}",
        f"what: {what}",
        "who: Everyone.",
        "how: Ask for it.",
        "icon: wallet",
        f"theme: {theme}",
        f"audiences: [{audiences}]",
        *([f"fact: {slug}", "counts: true"] if figure else []),
    ]
    return "\n  ".join(lines) + "\n"


BASICS = {
    "national/careers/care-worker.md": career(),
    "national/pathways/first-step.md": pathway(),
    "national/audiences.yaml": AUDIENCES,
}


def write(folder: Path, files: dict[str, str | bytes], *, languages: str = "en") -> Path:
    """Writes files below `content`, with a place called `here` that has a site."""
    folder /= "content"
    all_files = {"here/site.yaml": SITE.format(languages=languages), **BASICS, **files}
    for name, text in all_files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, bytes):
            path.write_bytes(text)
        else:
            path.write_text(textwrap.dedent(text).lstrip("\n"))
    (folder / "national").mkdir(exist_ok=True)
    return folder


def library(folder: Path, files: dict[str, str | bytes] | None = None, **kinds: str) -> Library:
    content = write(folder, files or {}, **kinds)
    return Library(content / "national", content / "here")


def edition(folder: Path, files: dict[str, str | bytes] | None = None, **kinds: str) -> Edition:
    return library(folder, files, **kinds).load()


def problems(folder: Path, files: dict[str, str | bytes], **kinds: str) -> list[Problem]:
    """What an editor is told. Fails the test if nothing is wrong."""
    try:
        edition(folder, files, **kinds)
    except ContentError as wrong:
        return wrong.problems
    raise AssertionError("nothing was refused")


def settings(folder: Path) -> Settings:
    return Settings(content=folder / "content", edition="here")
