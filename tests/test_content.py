"""Editors are told everything that is wrong, where it is, and what would be right."""

import itertools
from pathlib import Path

import pytest

from tests.editions import career, edition, fact, library, pathway, problems

HERE = "here/careers/reablement.md"


def said(found: list) -> str:
    return "\n".join(map(str, found))


def test_a_mistyped_field_is_named_with_its_file_and_line_and_the_nearest_spelling(
    tmp_path: Path,
) -> None:
    text = career("Reablement").replace("hours:", "huors:")
    found = problems(tmp_path, {HERE: text})
    assert "content/here/careers/reablement.md, line 14: huors: there is no such field." in said(
        found
    )
    assert "Did you mean “hours”?" in said(found)


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    text = (
        career("Reablement")
        .replace("people: adults", "people: grownups")
        .replace("leads_to: []", "leads_to: [nowhere]")
    )
    broken = pathway().replace("effort: weeks", "effort: ages")
    dead_link = career("Linked", body="[the pathways](/pathwyas/)")
    found = problems(
        tmp_path,
        {
            HERE: text,
            "here/pathways/other.md": broken,
            "here/careers/linked.md": dead_link,
        },
    )
    assert {problem.file for problem in found} == {
        f"content/{HERE}",
        "content/here/pathways/other.md",
        "content/here/careers/linked.md",
    }


def test_a_page_that_is_wrong_is_not_called_missing_wherever_it_is_named(tmp_path: Path) -> None:
    broken = career("Broken").replace("people: adults", "people: cats")
    found = problems(
        tmp_path,
        {
            HERE: broken,
            "here/facts.yaml": fact("sum").replace("unit: pounds", "unit: shells"),
            "here/careers/linked.md": career(
                "Linked", leads_to="reablement", body="[it](/careers/reablement/) pays {{ sum }}"
            ),
            "here/pathways/p.md": pathway("To it", leads_to="reablement"),
        },
    )
    assert sorted(problem.file for problem in found) == [
        "content/here/careers/reablement.md",
        "content/here/facts.yaml",
    ]


def test_an_edition_cannot_show_what_does_not_exist(tmp_path: Path) -> None:
    found = problems(tmp_path, {"here/site.yaml": _site("shows:\n  careers: [care-wroker]")})
    assert "there is no “care-wroker” in careers. Did you mean “care-worker”?" in said(found)


def test_a_choice_that_is_not_offered_is_answered_with_the_choices(tmp_path: Path) -> None:
    text = career("Reablement").replace("people: adults", "people: adult")
    (found,) = problems(tmp_path, {HERE: text})
    assert found.line == 4
    assert "write one of: children, adults or everyone. Did you mean “adults”?" in found.says


def test_a_missing_field_is_asked_for_with_what_it_is_for(tmp_path: Path) -> None:
    text = career("Reablement").replace("hours: Days and some weekends\n", "")
    (found,) = problems(tmp_path, {HERE: text})
    assert (found.field, found.says) == ("hours", "this field is needed. Hours and patterns.")


def test_a_mistake_deep_inside_a_list_is_found_at_its_own_line(tmp_path: Path) -> None:
    text = career("Reablement").replace('at: "12:00", what: Have', 'at: "12:00", waht: Have')
    found = problems(tmp_path, {HERE: text})
    assert {(p.line, p.field) for p in found} == {
        (9, "day → 2 → waht"),
        (9, "day → 2 → what"),
    }
    assert "Did you mean “what”?" in said(found)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("<script>alert(1)</script>", "HTML is not used here"),
        ("Hello <img src=x onerror=alert(1)>", "HTML is not used here"),
        ("[a page](javascript:alert(1))", "a link begins with / for a page here"),
        ("[a page](JaVaScRiPt:alert(1))", "a link begins with / for a page here"),
        ("[a page](data:text/html,hi)", "a link begins with / for a page here"),
        ("[a page](//evil.example/)", "is not a page here"),
        ("[a page](/careers/../../etc/passwd)", "is not a page here"),
        ("[a page](../other/)", "a link begins with / for a page here"),
        ("[a page](http://somewhere.example)", "write https:// instead of http://"),
        ("[a page](/careers/care-wroker/)", "Did you mean “/careers/care-worker/”?"),
        ("[click here](/careers/)", "say where the link goes instead of “click here”"),
        ("# A second title", "begin with ##"),
        ("## One\n\n#### Two levels down", "do not skip a heading level"),
        ("It pays {{ nothing-known }}.", "there is no fact “nothing-known”."),
        ("It pays {{ Nothing Known }}.", "a figure is written {{ fact-name }}"),
    ],
)
def test_words_that_may_not_be_on_a_page_are_refused_with_what_to_write(
    tmp_path: Path, body: str, says: str
) -> None:
    found = problems(tmp_path, {HERE: career("Reablement", body=f"Fine words.\n\n{body}")})
    assert says in said(found)
    assert found[0].file == f"content/{HERE}"
    assert found[0].line >= 20  # in the body, below the fields


@pytest.mark.parametrize(
    ("front", "says"),
    [
        ("title: &a Hello\nsummary: *a", "repeats are not used here"),
        ("title: !!python/object:os.system {}", "plain words and numbers only"),
        ("title: One\ntitle: Two", "this field is here twice"),
        ("title: 'never closed", "not written as a field and its value"),
        ("? [a, b]\n: c", "a field's name must be a plain word"),
        ("a: {b: {c: {d: {e: {f: {g: {h: {i: {j: k}}}}}}}}}", "nested too deeply"),
        ("- just\n- a list", "write fields as “name: value” lines"),
    ],
)
def test_odd_yaml_is_refused_and_never_acted_on(tmp_path: Path, front: str, says: str) -> None:
    assert says in said(problems(tmp_path, {HERE: f"---\n{front}\n---\nWords.\n"}))


def test_an_alias_bomb_is_refused_at_once(tmp_path: Path) -> None:
    rows = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    rows += [f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in itertools.pairwise("abcdefghi")]
    found = problems(tmp_path, {HERE: "---\n" + "\n".join(rows) + "\n---\n"})
    assert "write the value out" in said(found)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"---\ntitle: a\x00b\n---\n", "take out the invisible character U+0000"),
        ("---\ntitle: a\u202egpj.exe\n---\n".encode(), "U+202E"),
        ("---\ntitle: a\u200fb\n---\n".encode(), "U+200F"),
        (b"---\ntitle: caf\xe9\n---\n", "save this file as UTF-8"),
        (b"title: no fences\n", "begin with a line of three dashes"),
        (b"---\n" + b"title: x\n" * 120_000 + b"---\n", "larger than 256 kB"),
        (b"---\nsummary: " + b"x" * 100_000 + b"\n---\nBody\n", "longer than 64 kB"),
    ],
)
def test_a_file_that_is_not_what_it_seems_is_refused(tmp_path: Path, raw: bytes, says: str) -> None:
    assert says in said(problems(tmp_path, {HERE: raw}))


def test_welsh_letters_are_kept_exactly_and_written_one_way(tmp_path: Path) -> None:
    apart = career("Gweithiwr ty\u0302 a dw\u0302r")
    made = edition(tmp_path, {HERE: apart})
    assert made.main.careers["reablement"].title == "Gweithiwr tŷ a dŵr"


def test_yaml_surprises_do_not_happen(tmp_path: Path) -> None:
    text = career("Reablement").replace("hours: Days and some weekends", "hours: no")
    assert str(edition(tmp_path, {HERE: text}).main.careers["reablement"].hours) == "no"
    found = problems(
        tmp_path, {"here/pathways/p.md": pathway().replace("earns: false", "earns: no")}
    )
    assert "write true or false" in said(found)


@pytest.mark.parametrize("name", ["Care-Worker", "care_worker", "care worker", "gofal-tŷ"])
def test_a_name_that_would_make_a_poor_address_is_refused_with_a_better_one(
    tmp_path: Path, name: str
) -> None:
    found = problems(tmp_path, {f"here/careers/{name}.md": career("Another")})
    assert "it is written in small letters, digits and hyphens, such as" in said(found)


def test_two_files_with_one_address_are_refused_naming_both(tmp_path: Path) -> None:
    text = career("Reablement").replace("summary:", "was: [care-worker]\nsummary:")
    found = problems(tmp_path, {HERE: text})
    assert "/careers/care-worker/ is content/national/careers/care-worker.md" in said(found)
    one = fact("a-figure")
    found = problems(
        tmp_path, {"here/facts/one.yaml": one, "here/facts/two.yaml": one, HERE: career()}
    )
    assert "“a-figure” is in content/here/facts/one.yaml as well; keep one of them" in said(found)


def test_a_page_may_not_take_an_address_of_the_portals_own(tmp_path: Path) -> None:
    found = problems(tmp_path, {"here/pathways/finder.md": pathway()})
    assert "/pathways/finder/ is already a page of the portal's own" in said(found)


def test_a_page_of_its_own_may_not_stand_where_a_list_stands(tmp_path: Path) -> None:
    leaf = "---\ntitle: Our careers\nsummary: Words.\n---\nWords.\n"
    found = problems(tmp_path, {"here/pages/careers.md": leaf})
    assert "/careers/ is already a page of the portal's own" in said(found)


def test_an_intake_cannot_close_before_it_opens(tmp_path: Path) -> None:
    more = "intakes:\n  - {title: T, opens: 2026-06-10, closes: 2026-06-09, source: A page}"
    found = problems(tmp_path, {"here/pathways/p.md": pathway(more=more)})
    assert "closes is before opens" in said(found)


def test_a_pathway_must_lead_to_a_career(tmp_path: Path) -> None:
    found = problems(tmp_path, {"here/pathways/p.md": pathway(leads_to="")})
    assert "leads_to: write at least 1" in said(found)
    found = problems(tmp_path, {"here/pathways/p.md": pathway(leads_to="care-wroker")})
    assert "there is no “care-wroker” in careers. Did you mean “care-worker”?" in said(found)


def test_a_pathway_that_leads_to_no_career_shown_here_is_refused(tmp_path: Path) -> None:
    other = career("Reablement")
    found = problems(
        tmp_path,
        {
            "here/site.yaml": _site("shows:\n  careers: [reablement]"),
            "here/careers/reablement.md": other,
        },
    )
    assert "this leads to no career that is shown here" in said(found)


def _site(more: str) -> str:
    from tests.editions import SITE

    return SITE.format(languages="en") + more + "\n"


def test_pathways_that_lead_round_in_a_circle_are_refused_showing_the_circle(
    tmp_path: Path,
) -> None:
    found = problems(
        tmp_path,
        {
            "here/pathways/one.md": pathway("One", next="two"),
            "here/pathways/two.md": pathway("Two", next="three"),
            "here/pathways/three.md": pathway("Three", next="one"),
        },
    )
    assert "this leads round in a circle: one → two → three → one" in said(found)


def test_a_finder_condition_must_name_an_answer_that_exists(tmp_path: Path) -> None:
    questions = """
    age:
      title: How old are you?
      answers:
        - {value: under-18, label: Under 18}
        - {value: adult, label: 18 or over}
    """
    more = "needs:\n  - {question: age, answers: [adlut], says: You are an adult}"
    found = problems(
        tmp_path,
        {"here/questions.yaml": questions, "here/pathways/p.md": pathway(more=more)},
    )
    assert "“adlut” is not an answer to “age”: under-18, adult. Did you mean “adult”?" in said(
        found
    )


def test_a_folder_that_is_no_kind_of_content_is_pointed_out(tmp_path: Path) -> None:
    found = problems(tmp_path, {"here/carers/x.md": career()})
    assert "“carers” is not a kind of content. Did you mean “careers”?" in said(found)


def test_colours_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    pale = _site("").replace('bright: "#ffb703"', 'bright: "#0b4f5d"')
    found = problems(tmp_path, {"here/site.yaml": pale})
    assert "ink on bright has a contrast of" in said(found)


def test_an_edition_says_only_what_differs(tmp_path: Path) -> None:
    made = edition(tmp_path, {"here/careers/care-worker.md": "---\nhours: Nights\n---\n"})
    found = made.main.careers["care-worker"]
    assert (str(found.hours), found.title, str(found.body)) == ("Nights", "Care worker", "Words.")


def test_a_mistake_in_an_overriding_field_is_shown_in_the_file_that_made_it(
    tmp_path: Path,
) -> None:
    (found,) = problems(tmp_path, {"here/careers/care-worker.md": "---\npeople: cats\n---\n"})
    assert (found.file, found.line) == ("content/here/careers/care-worker.md", 2)


def test_a_folder_outside_the_repository_can_be_an_edition(tmp_path: Path) -> None:
    from portal.settings import Settings

    library(tmp_path)
    chosen = Settings(edition=str(tmp_path / "content" / "here"))
    assert chosen.edition_folder == tmp_path / "content" / "here"


def test_references_to_pages_that_an_edition_does_not_show_are_left_out(tmp_path: Path) -> None:
    made = edition(
        tmp_path,
        {
            "here/site.yaml": _site("shows:\n  careers: [care-worker]"),
            "national/careers/senior.md": career("Senior"),
            "national/careers/care-worker.md": career(leads_to="senior"),
        },
    )
    assert made.main.those(made.main.careers["care-worker"].leads_to) == []


def test_an_edit_costs_one_file_and_a_mended_mistake_is_forgotten(tmp_path: Path) -> None:
    shelf = library(tmp_path, {HERE: career("Reablement")})
    before = shelf.load()
    path = tmp_path / "content" / HERE
    path.write_text(path.read_text().replace("Days and some", "Nights and"))
    after = shelf.load()
    assert str(after.main.careers["reablement"].hours) == "Nights and weekends"
    assert after.main.careers["care-worker"] is before.main.careers["care-worker"]
    good = path.read_text()
    path.write_text(good.replace("people: adults", "people: cats"))
    with pytest.raises(Exception, match="write one of"):
        shelf.load()
    path.write_text(good)
    assert shelf.load().main.careers["reablement"].title == "Reablement"
    path.unlink()
    assert "reablement" not in shelf.load().main.careers
