"""Reads an edition's folders: national content with one place's differences laid over it."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from portal.content.checks import check
from portal.content.drafts import Draft, Source, typed
from portal.content.edition import Book, Edition, Translation, book, has_words, untranslated_fields
from portal.content.facts import SLUG
from portal.content.models import MODELS, TABLES, Site
from portal.content.problems import ContentError, Problem, nearest, shown
from portal.content.reading import Document, read

KINDS = (*MODELS, *TABLES, "site")


@dataclass
class Library:
    """Reads an edition's folders. Keeps what it read, so that one edit costs one file."""

    national: Path
    folder: Path
    _documents: dict[str, tuple[tuple[int, int], Document]] = field(default_factory=dict)
    _parts: dict[str, tuple[Document, dict[str, Source]]] = field(default_factory=dict)
    _typed: dict[tuple[str, str, str], tuple[tuple[int, ...], Draft, Any]] = field(
        default_factory=dict
    )

    def load(self) -> Edition:
        """The whole edition. Raises ContentError with everything that is wrong."""
        problems: list[Problem] = []
        english, welsh = self._gather(problems)
        site = self._typed_entry(english.get(("site", "site")), Site, "en", problems)
        if site is None:
            where = shown(self.folder / "site.yaml", self.national.parent)
            if not problems:
                problems.append(Problem(where, 1, "", "an edition begins with this file"))
            raise ContentError(problems)
        problems += unknown_shows(site, english)
        shown_here = {
            key: draft for key, draft in english.items() if key[0] != "site" and shows(site, *key)
        }
        entries = {
            key: entry
            for key, draft in shown_here.items()
            if (entry := self._typed_entry(draft, model_of(key[0]), "en", problems))
        }
        edition = Edition({"en": book("en", site, entries)}, english, {})
        if "cy" in site.languages:
            edition = self._with_welsh(edition, english, welsh, site, entries, problems)
        # What could not be typed is wrong once, where it stands, and not wherever it is named.
        problems += check(edition, unread=shown_here.keys() - entries.keys())
        if problems:
            raise ContentError(problems)
        return edition

    def _gather(
        self, problems: list[Problem]
    ) -> tuple[dict[tuple[str, str], Draft], dict[tuple[str, str], Draft]]:
        found: dict[str, dict[tuple[str, str], list[Source]]] = {"en": {}, "cy": {}}
        for root in (self.national, self.folder):
            seen: dict[tuple[str, str, str], str] = {}
            for entry, collection, name in files(root, self.national.parent, problems):
                try:
                    document = self._document(entry)
                except FileNotFoundError:  # taken away while we looked
                    continue
                problems.extend(document.problems)
                language = "cy" if name.endswith(".cy") else "en"
                slug = name.removesuffix(".cy")
                for own, source in self._sources(document, collection, slug).items():
                    first = seen.setdefault((collection, own, language), document.file)
                    if first != document.file:
                        says = f"“{own}” is in {first} as well; keep one of them"
                        problems.append(Problem(document.file, source.line(()), "", says))
                    found[language].setdefault((collection, own), []).append(source)
                    problems.extend(_slug_problems(collection, own, source))
        english, welsh = (
            {key: Draft(*key, tuple(sources)) for key, sources in found[language].items()}
            for language in ("en", "cy")
        )
        for key, draft in welsh.items():
            if key not in english:
                says = "there is no page of this name to translate"
                names = [slug for collection, slug in english if collection == key[0]]
                problems.append(draft.problem((), says + "." + nearest(key[1], names)))
        return english, welsh

    def _document(self, found: os.DirEntry[str]) -> Document:
        about = found.stat()
        stamp = (about.st_mtime_ns, about.st_size)
        kept = self._documents.get(found.path)
        if kept is None or kept[0] != stamp:
            path = Path(found.path)
            kept = (stamp, read(path, shown(path, self.national.parent)))
            self._documents[found.path] = kept
        return kept[1]

    def _sources(self, document: Document, collection: str, slug: str) -> dict[str, Source]:
        """A page's file holds one entry; a table's file holds one entry per field."""
        kept = self._parts.get(document.file)
        if kept is None or kept[0] is not document:
            if collection in TABLES:
                parts = {
                    str(key): Source(value if isinstance(value, dict) else {}, document, (key,))
                    for key, value in document.data.items()
                }
            else:
                body = document.body.strip("\n")
                data = document.data | ({"body": body} if body else {})
                parts = {slug: Source(data, document)}
            kept = (document, parts)
            self._parts[document.file] = kept
        return kept[1]

    def _typed_entry(
        self,
        draft: Draft | None,
        model: type[Any],
        language: str,
        problems: list[Problem],
    ) -> Any:  # noqa: ANN401 - an entry, or None when it cannot be typed
        if draft is None:
            return None
        key = (draft.collection, draft.slug, language)
        stamp = tuple(id(source.document) for source in draft.sources)
        kept = self._typed.get(key)
        if kept is None or kept[0] != stamp:
            entry = typed(draft, model, language, problems)
            if entry is None:
                return None
            kept = (
                stamp,
                draft,
                entry,
            )  # the draft keeps its documents, so ids stay theirs
            self._typed[key] = kept
        return kept[2]

    def _with_welsh(
        self,
        edition: Edition,
        english: dict[tuple[str, str], Draft],
        welsh: dict[tuple[str, str], Draft],
        site: Site,
        entries: dict[tuple[str, str], Any],
        problems: list[Problem],
    ) -> Edition:
        translated: dict[tuple[str, str], Any] = dict(entries)
        records: dict[tuple[str, str], Translation] = {}
        welsh_site = site
        for key, draft in welsh.items():
            if key != ("site", "site") and key not in entries:
                continue
            source = english[key]
            whole = Draft(*key, (*source.sources, *draft.sources))
            entry = self._typed_entry(whole, model_of(key[0]), "cy", problems)
            if entry is None:
                continue
            original = site if key[0] == "site" else entries[key]
            records[key] = Translation(
                entry=entry,
                problem_place=draft.place(()),
                made_from=str(draft.data.get("translates", "")),
                source_version=source.version(untranslated_fields(original, {})),
                missing=tuple(untranslated_fields(original, draft.data)),
            )
            if key[0] == "site":
                welsh_site = entry
            else:
                translated[key] = entry
        without = tuple(
            key for key, entry in entries.items() if key not in records and has_words(entry)
        )
        books = edition.books | {"cy": book("cy", welsh_site, translated)}
        ordered: dict[str, Book] = {language: books[language] for language in site.languages}
        return Edition(ordered, english, records, without)


def shows(site: Site, collection: str, slug: str) -> bool:
    only = site.shows.get(collection)
    return only is None or slug in only


def unknown_shows(site: Site, drafts: dict[tuple[str, str], Draft]) -> Iterator[Problem]:
    for collection, slugs in site.shows.items():
        names = [slug for kind, slug in drafts if kind == collection]
        for slug in slugs:
            if slug not in names:
                says = f"there is no “{slug}” in {collection}." + nearest(slug, names)
                yield drafts["site", "site"].problem(("shows", collection), says)


def model_of(collection: str) -> type[Any]:
    return Site if collection == "site" else (MODELS | TABLES)[collection]


def files(
    root: Path, content: Path, problems: list[Problem]
) -> Iterator[tuple[os.DirEntry[str], str, str]]:
    """Each content file with its collection and its name, pages in folders keeping theirs."""
    for found, parts in entries_below(str(root)):
        collection = parts[0].split(".")[0]
        wants = ".yaml" if collection in TABLES or collection == "site" else ".md"
        if collection not in KINDS:
            says = f"“{collection}” is not a kind of content." + nearest(collection, KINDS)
            problems.append(Problem(shown(Path(found.path), content), 1, "", says))
        elif not found.name.endswith(wants):
            says = f"a file in {collection} ends in {wants}"
            problems.append(Problem(shown(Path(found.path), content), 1, "", says))
        else:
            yield found, collection, "/".join(parts[1:] or parts).removesuffix(wants)


def entries_below(
    folder: str, above: tuple[str, ...] = ()
) -> Iterator[tuple[os.DirEntry[str], tuple[str, ...]]]:
    """Files in the order of their paths, without a brand's pictures or an editor's own files."""
    try:
        inside = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for found in inside:
        parts = (*above, found.name)
        if found.name.startswith((".", "#")) or found.name.endswith("~") or parts[0] == "brand":
            continue
        if found.is_dir():
            yield from entries_below(found.path, parts)
        else:
            yield found, parts


def _slug_problems(collection: str, slug: str, source: Source) -> Iterator[Problem]:
    pieces = slug.split("/") if collection == "pages" else [slug]
    if not all(SLUG.fullmatch(piece) for piece in pieces):
        better = "-".join("".join(c if c.isalnum() else " " for c in slug.lower()).split())
        says = (
            f"“{slug}” becomes an address, so it is written in small letters, digits and "
            f"hyphens, such as “{better}”"
        )
        yield Problem(source.document.file, source.line(()), "", says)
