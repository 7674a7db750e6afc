"""`portal check` tells an editor what to mend, then what to look at next."""

from pathlib import Path

import pytest

from portal.cli import main
from tests.editions import career, fact, write


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def check(files: dict[str, str]) -> int:
        write(tmp_path, files)
        monkeypatch.setenv("PORTAL_CONTENT", str(tmp_path / "content"))
        monkeypatch.setenv("PORTAL_EDITION", "here")
        return main(["check"])

    return check


def test_figures_past_their_review_day_are_listed_with_who_keeps_them(
    run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run({"here/facts.yaml": fact("old-fee", 50, review_by="2019-12-01")}) == 0
    said = capsys.readouterr().out
    assert "Figures past their review day, not shown as current (1)" in said
    assert "content/here/facts.yaml, line 10: old-fee: was to be reviewed by 2019-12-01" in said
    assert "Workforce team" in said


def test_hard_words_and_unused_figures_are_pointed_out(
    run, capsys: pytest.CaptureFixture[str]
) -> None:
    hard = "Practitioners demonstrate considerable professional accountability throughout. " * 12
    files = {
        "here/facts.yaml": fact("spare"),
        "here/careers/hard.md": career("Hard", body=hard),
    }
    assert run(files) == 0
    said = capsys.readouterr().out
    assert "hard: reads at grade" in said
    assert "Figures that no page uses (1)" in said


def test_mistakes_are_listed_and_counted_and_nothing_else_is(
    run, capsys: pytest.CaptureFixture[str]
) -> None:
    text = career("Broken").replace("people: adults", "people: cats").replace("hours:", "huors:")
    assert run({"here/careers/broken.md": text}) == 1
    said = capsys.readouterr()
    assert "3 to mend before this can be served." in said.err
    assert said.out == ""


def test_an_edition_that_is_not_there_is_said_plainly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORTAL_EDITION", str(tmp_path / "nowhere"))
    assert main(["check"]) == 1
    assert "an edition begins with this file" in capsys.readouterr().err
