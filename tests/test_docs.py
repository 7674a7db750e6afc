"""The documents are true: what is generated is fresh, and what is set or run is listed."""

import re

from portal.content import guide
from portal.settings import PREFIX, ROOT, Settings

DOCS = ROOT / "docs"


def test_the_field_tables_of_the_editors_guide_are_fresh() -> None:
    text = (DOCS / "editing.md").read_text()
    inside = text.partition(guide.BEGIN)[2].partition(guide.END)[0]
    assert inside.strip() == guide.tables().strip(), "run “portal guide”"


def test_every_setting_is_in_the_operators_guide() -> None:
    text = (DOCS / "operations.md").read_text()
    for name in Settings.model_fields:
        assert f"`{PREFIX}{name.upper()}`" in text


def test_every_command_is_in_the_operators_guide() -> None:
    text = (DOCS / "operations.md").read_text()
    for command in ("serve", "build", "check", "guide"):
        assert f"`portal {command}`" in text


def test_no_link_between_documents_is_dead() -> None:
    for path in [*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "CHANGELOG.md"]:
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", path.read_text()):
            if not target.startswith("/"):
                assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_every_decision_names_what_keeps_it() -> None:
    for path in (DOCS / "decisions").glob("0*.md"):
        assert "## Kept by" in path.read_text(), path.name
