"""Files to plain data, keeping the line of every field. YAML is read as data and nothing more:
no tags, no aliases, no surprises such as `no` meaning false."""

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from portal.content.problems import Problem

LARGEST_FILE = 256 * 1024
LARGEST_FRONT_MATTER = 64 * 1024
DEEPEST = 8

FENCE = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
WHOLE_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)")
DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")
WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
# Characters that change how their neighbours are read, so a page could say what its file does not.
UNSEEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)

At = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """One file as plain data; `lines` gives the line, from 1, of each path into `data`."""

    file: str
    data: dict[str, Any]
    lines: dict[At, int]
    body: str = ""
    body_line: int = 1
    problems: tuple[Problem, ...] = ()


@dataclass
class _Reader:
    """Builds plain values from YAML events, so nothing it does not know can be constructed."""

    file: str
    first_line: int
    problems: list[Problem] = field(default_factory=list)
    lines: dict[At, int] = field(default_factory=dict)

    def refuse(self, event: yaml.Event, where: At, says: str) -> None:
        line = self.line(event)
        self.problems.append(Problem(self.file, line, dotted(where), says))

    def line(self, event: yaml.Event) -> int:
        return self.first_line + (event.start_mark.line if event.start_mark else 0)

    def read(self, text: str) -> Any:  # noqa: ANN401 - whatever the file holds
        self.events = iter(yaml.parse(text, Loader=yaml.CSafeLoader))
        for event in self.events:
            if isinstance(event, yaml.NodeEvent):
                return self.value(event, ())
        return None

    def value(self, event: yaml.Event, where: At) -> Any:  # noqa: ANN401
        self.lines.setdefault(where, self.line(event))
        if isinstance(event, yaml.AliasEvent):
            self.refuse(event, where, "write the value out; “*name” repeats are not used here")
            return None
        if getattr(event, "anchor", None):
            self.refuse(event, where, "take out “&name”; repeats are not used here")
        if tag := getattr(event, "tag", None):
            self.refuse(event, where, f"take out “{tag}”; plain words and numbers only")
        if len(where) > DEEPEST:
            self.refuse(event, where, "this is nested too deeply")
            raise yaml.YAMLError("nested too deeply")
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(where)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(where)
        return scalar(event)

    def mapping(self, where: At) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(key := next(self.events), yaml.MappingEndEvent):
            if not isinstance(key, yaml.ScalarEvent):
                self.refuse(key, where, "a field's name must be a plain word")
                raise yaml.YAMLError("a field's name must be a plain word")
            name = key.value
            here = (*where, name)
            if name in found:
                self.refuse(key, here, "this field is here twice; keep one of them")
            self.lines[here] = self.line(key)
            found[name] = self.value(next(self.events), here)
        return found

    def sequence(self, where: At) -> list[Any]:
        found: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            found.append(self.value(event, (*where, len(found))))
        return found


def scalar(event: Any) -> Any:  # noqa: ANN401 - a yaml.ScalarEvent, which its stubs do not type
    text = str(event.value)
    if not event.implicit[0]:  # quoted, or a block of text
        return text
    if text in WORDS:
        return WORDS[text]
    if WHOLE_NUMBER.fullmatch(text) and len(text) < 16:
        return int(text)
    if DECIMAL.fullmatch(text) and len(text) < 16:
        return float(text)
    return text


def dotted(where: At) -> str:
    """`pay → 2 → fact`, counting items from 1 as people do."""
    return " → ".join(str(part + 1) if isinstance(part, int) else part for part in where)


def read(path: Path, file: str) -> Document:
    """A Markdown file with front matter, or a YAML file. Never raises: says what is wrong."""

    def wrong(says: str, line: int = 1) -> Document:
        return Document(file, {}, {}, problems=(Problem(file, line, "", says),))

    try:
        raw = path.read_bytes()
    except OSError:
        return wrong("this file cannot be read")
    if len(raw) > LARGEST_FILE:
        return wrong(f"this file is larger than {LARGEST_FILE // 1024} kB; make two pages of it")
    try:
        text = raw.removeprefix(b"\xef\xbb\xbf").decode()
    except UnicodeDecodeError as bad:
        line = raw[: bad.start].count(b"\n") + 1
        return wrong("save this file as UTF-8; a letter here is in another encoding", line)
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if unseen := UNSEEN.search(text):
        line = text.count("\n", 0, unseen.start()) + 1
        return wrong(f"take out the invisible character U+{ord(unseen[0]):04X}", line)
    if path.suffix == ".yaml":
        return parsed(file, text, 1)
    fenced = FENCE.match(text)
    if not fenced:
        return wrong("begin with a line of three dashes, the fields, and three dashes again")
    body_line = text.count("\n", 0, fenced.end()) + 1
    return parsed(file, fenced[1], 2, text[fenced.end() :], body_line)


def parsed(file: str, front: str, first: int, body: str = "", body_line: int = 1) -> Document:
    if len(front.encode()) > LARGEST_FRONT_MATTER and body:
        says = f"the fields at the top are longer than {LARGEST_FRONT_MATTER // 1024} kB"
        return Document(file, {}, {}, problems=(Problem(file, 1, "", says),))
    reader = _Reader(file, first)
    try:
        data = reader.read(front)
    except yaml.MarkedYAMLError as bad:
        mark = bad.problem_mark or bad.context_mark
        line = first + (mark.line if mark else 0)
        says = f"this is not written as a field and its value ({bad.problem})"
        reader.problems.append(Problem(file, line, "", says))
        data = {}
    except (yaml.YAMLError, StopIteration):
        data = {}
        if not reader.problems:
            reader.problems.append(Problem(file, first, "", "the fields cannot be read"))
    if data is None:
        data = {}
    if not isinstance(data, dict):
        reader.problems.append(Problem(file, first, "", "write fields as “name: value” lines"))
        data = {}
    return Document(file, data, reader.lines, body, body_line, tuple(reader.problems))
