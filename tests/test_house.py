"""The house keeps its own rules, so that someone new can trust them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.content.edition import ALWAYS, LISTS
from portal.settings import ROOT
from routes.pages import EACH, ONCE

CODE = sorted([*(ROOT / "portal").rglob("*.py"), *(ROOT / "routes").rglob("*.py")])
LONGEST_FILE = 420
LONGEST_FUNCTION = 45


def calls(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield ast.unparse(node)


def breaking(pattern: str, *, but: str) -> list[str]:
    return [
        str(path.relative_to(ROOT))
        for path in CODE
        if path.relative_to(ROOT).as_posix() != but
        and any(re.fullmatch(pattern, call) for call in calls(ast.parse(path.read_text())))
    ]


def test_only_the_clock_reads_the_time() -> None:
    assert (
        breaking(r".*(datetime\.now|datetime\.today|date\.today|time\.time)", but="portal/clock.py")
        == []
    )


def test_only_settings_read_the_environment() -> None:
    assert breaking(r".*(os\.environ|os\.getenv)", but="portal/settings.py") == []


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_room_outgrows_its_word(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= LONGEST_FILE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{path.name}: {node.name} has {length} lines"


def test_no_file_is_called_by_a_word_that_means_anything() -> None:
    names = {"utils", "helpers", "common", "manager", "misc", "service", "services", "core"}
    assert [str(path) for path in CODE if path.stem in names] == []


def test_every_address_that_links_may_name_has_a_template() -> None:
    assert set(ONCE) == {*ALWAYS, *LISTS}
    for template in [*(name for name, _ in ONCE.values()), *EACH.values()]:
        assert (ROOT / "templates" / template).is_file()


def test_templates_use_nothing_that_the_content_policy_forbids() -> None:
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text()
        for forbidden in (r"\sstyle=", r"\son[a-z]+=", r"<style", r"hx-on", r"js:", r"\|\s*safe"):
            assert not re.search(forbidden, text), f"{path.name} has {forbidden}"
        for script in re.findall(r"<script([^>]*)>", text):
            assert "src=" in script or "application/ld+json" in script


def test_nothing_in_the_tree_names_a_registry_or_a_machine() -> None:
    hosts = ("registry." + "npmjs", "files." + "pythonhosted", "pypi." + "org")
    for name in (
        "package-lock.json",
        ".npmrc",
        "requirements/runtime.txt",
        "requirements/test.txt",
    ):
        text = (ROOT / name).read_text()
        assert not any(host in text for host in hosts), name
