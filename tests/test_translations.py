"""Welsh stands beside English: what is missing or older than its source is known and said."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from portal.content.report import report
from routes.live import Live
from tests.editions import edition, library, problems, settings, write

AT = datetime(2026, 6, 1, tzinfo=UTC)
WELSH = """
---
translates: {version}
title: Gweithiwr gofal
summary: Helpu pobl i fyw gartref.
suits: [Rydych yn hoffi pobl, Rydych yn gwrando]
day:
  - {{at: "8:00", what: Cwrdd}}
  - {{at: "12:00", what: Cinio}}
  - {{at: "16:00", what: Nodiadau}}
needs: [Bod yn garedig]
pay:
  - what: Mae pob swydd yn dweud
hours: Dyddiau
works_with: [Nyrsys]
---
Geiriau.
"""


def version(folder: Path) -> str:
    """What the check asks a translator to write for the words as they are now."""
    made = edition(
        folder, {"here/careers/care-worker.cy.md": WELSH.format(version="x")}, languages="en, cy"
    )
    return made.translations["careers", "care-worker"].source_version


def with_welsh(folder: Path, text: str) -> dict[str, list[str]]:
    made = edition(folder, {"here/careers/care-worker.cy.md": text}, languages="en, cy")
    return {heading: [p.field for p in found] for heading, found in report(made, AT).items()}


def test_a_translation_made_from_this_version_is_up_to_date(tmp_path: Path) -> None:
    found = with_welsh(tmp_path, WELSH.format(version=version(tmp_path)))
    assert (
        "careers/care-worker" not in found["Pages that no longer match the English they translate"]
    )
    assert "careers/care-worker" not in found["Not translated yet"]


def test_a_translation_of_older_words_is_reported_with_what_to_write(tmp_path: Path) -> None:
    made = edition(
        tmp_path,
        {"here/careers/care-worker.cy.md": WELSH.format(version="00000000")},
        languages="en, cy",
    )
    (found,) = report(made, AT)["Pages that no longer match the English they translate"]
    assert f"then write translates: {version(tmp_path)}" in found.says


def test_a_page_and_a_field_without_welsh_are_reported(tmp_path: Path) -> None:
    text = WELSH.format(version=version(tmp_path)).replace("hours: Dyddiau\n", "")
    made = edition(tmp_path, {"here/careers/care-worker.cy.md": text}, languages="en, cy")
    says = {p.field: p.says for p in report(made, AT)["Not translated yet"]}
    assert says["careers/care-worker"] == "Welsh is missing for hours"
    assert says["pathways/first-step"] == "has no Welsh"


def test_a_translation_of_nothing_is_refused(tmp_path: Path) -> None:
    found = problems(tmp_path, {"here/careers/care-wroker.cy.md": WELSH}, languages="en, cy")
    assert "there is no page of this name to translate. Did you mean “care-worker”?" in str(
        found[0]
    )


def test_changing_an_english_word_changes_its_version_and_its_order_does_not(
    tmp_path: Path,
) -> None:
    shelf = library(
        tmp_path, {"here/careers/care-worker.cy.md": WELSH.format(version="x")}, languages="en, cy"
    )

    def now() -> str:
        return shelf.load().translations["careers", "care-worker"].source_version

    first = now()
    path = tmp_path / "content/national/careers/care-worker.md"
    text = path.read_text()
    path.write_text(text.replace("title:", "order: 3\ntitle:"))
    assert now() == first
    path.write_text(text.replace("Have lunch", "Have your lunch"))
    assert now() != first


@pytest.fixture
def live(tmp_path: Path) -> Live:
    write(
        tmp_path, {"here/careers/care-worker.cy.md": WELSH.format(version="x")}, languages="en, cy"
    )
    return Live(settings(tmp_path))


def page(live: Live, path: str) -> str:
    made = live.make(path, AT)
    assert made
    return made.body.decode()


def test_the_language_switch_keeps_the_page(live: Live) -> None:
    assert 'href="/cy/careers/care-worker/" lang="cy"' in page(live, "/careers/care-worker/")
    assert 'href="/careers/care-worker/" lang="en"' in page(live, "/cy/careers/care-worker/")


def test_a_translated_page_is_welsh_from_the_root_and_both_name_each_other(live: Live) -> None:
    welsh = page(live, "/cy/careers/care-worker/")
    assert '<html lang="cy">' in welsh
    assert "Gweithiwr gofal" in welsh
    for path in ("/careers/care-worker/", "/cy/careers/care-worker/"):
        assert 'hreflang="cy" href="http://127.0.0.1:8000/cy/careers/care-worker/"' in page(
            live, path
        )


def test_a_page_with_no_welsh_says_so_and_marks_its_english(live: Live) -> None:
    found = page(live, "/cy/pathways/first-step/")
    assert '<html lang="cy">' in found
    assert ' lang="en"' in found
    assert 'rel="alternate"' not in found.split("</head>")[0]
    assert 'rel="canonical" href="http://127.0.0.1:8000/pathways/first-step/"' in found


def test_an_edition_without_welsh_has_no_welsh_addresses(tmp_path: Path) -> None:
    write(tmp_path, {})
    assert not [path for path in Live(settings(tmp_path)).catalogue.spots if path.startswith("/cy")]
