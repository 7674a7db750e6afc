"""People who come to the front door, each from where they stand."""

import re

import pytest
from kit import on_a_phone, with_and_without_script
from playwright.sync_api import Page, expect


def answer(page: Page, question: str, answer: str) -> None:
    page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()


@on_a_phone
@with_and_without_script
def test_a_school_student_on_a_phone_finds_a_pathway_and_what_to_do_next(
    page: Page, has_script: bool
):
    page.goto("/")
    page.get_by_role("link", name="I am at school or college").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Find your pathway")
    answer(page, "How old are you?", "16 or 17")
    if not has_script:
        page.get_by_role("button", name="Show my pathways").tap()
    answers = page.locator("#answers")
    expect(answers.get_by_role("heading").first).to_contain_text("open to you")
    pathway = answers.get_by_role("listitem").get_by_role("heading", level=3).first
    title = pathway.inner_text()
    pathway.get_by_role("link").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_role("heading", name="Your next step")).to_be_visible()
    next_step = page.locator(".next").get_by_role("link").first
    expect(next_step).to_be_visible()
    next_step.tap()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize(
    "words",
    ["I am at school or college", "I want to change career"],
)
def test_who_i_said_i_am_is_not_asked_again(page: Page, words: str):
    page.goto("/")
    page.get_by_role("link", name=words).click()
    expect(page.get_by_label(words)).to_be_checked()


@with_and_without_script
def test_a_career_changer_sees_which_condition_is_not_met(page: Page, has_script: bool):
    page.goto("/pathways/finder/")
    for question, said in (
        ("Who are you?", "I want to change career"),
        ("How old are you?", "18 or over"),
        ("What is the furthest you have got", "Some GCSEs, but not English and maths"),
    ):
        page.get_by_role("group", name=question).get_by_label(said).check()
        if has_script:
            page.wait_for_load_state("networkidle")
    if not has_script:
        page.get_by_role("button", name="Show my pathways").click()
    shut = page.locator(".found--not-yet > li")
    step_up = shut.filter(has=page.get_by_role("heading", name="Step Up to Social Work"))
    expect(step_up.locator(".unmet")).to_contain_text("degree")
    expect(page.locator("#answers-title")).to_contain_text("open to you")
    expect(page.locator("#answers .found").first.get_by_role("listitem").first).to_be_visible()


def test_the_finder_answers_in_place_and_the_address_carries_the_answers(page: Page):
    page.goto("/pathways/finder/")
    page.evaluate("window.isTheSamePage = true")
    chosen = page.get_by_label("I want to change career")
    chosen.check()
    expect(page.locator("#answers-title")).to_contain_text("open to you")
    expect(page).to_have_url(re.compile("who=career-changer"))
    assert page.evaluate("window.isTheSamePage")
    expect(chosen).to_be_focused()
    # Somebody who is sent the address sees the same.
    found = page.locator("#answers").inner_text()
    page.goto(page.url)
    assert page.locator("#answers").inner_text() == found
    expect(chosen).to_be_checked()


def test_the_back_button_takes_one_answer_back(page: Page):
    page.goto("/pathways/finder/")
    page.get_by_label("16 or 17").check()
    expect(page).to_have_url(re.compile("age=16-17"))
    young = page.locator("#answers").inner_text()
    page.get_by_label("18 or over").check()
    expect(page).to_have_url(re.compile("age=18-plus"))
    page.go_back()
    expect(page).to_have_url(re.compile("age=16-17"))
    expect(page.locator("#answers")).to_have_text(young, use_inner_text=True)
    expect(page.get_by_label("16 or 17")).to_be_checked()
    page.go_back()
    expect(page.locator("#answers-title")).to_have_text("Your pathways will show here")
    expect(page.get_by_label("16 or 17")).not_to_be_checked()


@on_a_phone
def test_a_carer_finds_the_door_marked_i_look_after_someone(page: Page):
    page.goto("/")
    page.get_by_role("link", name="I look after someone").tap()
    expect(page).to_have_url(re.compile("/pathways/carer-into-work/$"))
    expect(page.get_by_role("heading", name="Who it suits")).to_be_visible()
    expect(page.get_by_role("heading", name="Your next step")).to_be_visible()


def test_a_pathway_leads_on_to_what_it_opens(page: Page):
    page.goto("/volunteering/")
    page.locator("main .card a").first.click()
    leads = page.get_by_role("region", name="Where it leads").get_by_role("link").first
    title = leads.inner_text()
    leads.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
