"""Somebody who knows what they want, though not how it is spelt."""

import re

from kit import with_and_without_script
from playwright.sync_api import Page, Route, expect


def search(page: Page, words: str, *, has_script: bool = True) -> None:
    """Types a letter at a time, as a person does, and presses Enter where nothing is listening."""
    page.goto("/search/")
    field = page.get_by_role("searchbox", name="What are you looking for?")
    field.press_sequentially(words)
    if not has_script:
        field.press("Enter")


@with_and_without_script
def test_a_word_typed_wrong_still_finds_the_page(page: Page, has_script: bool):
    search(page, "aprenticship", has_script=has_script)
    results = page.get_by_role("region", name="found")
    expect(results).to_contain_text("Nothing says “aprenticship”")
    expect(results.get_by_role("listitem").first.get_by_role("link")).to_contain_text(
        re.compile("apprentice", re.IGNORECASE)
    )
    results.get_by_role("listitem").first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        re.compile("apprentice", re.IGNORECASE)
    )


@with_and_without_script
def test_a_search_that_finds_nothing_says_where_to_go_instead(page: Page, has_script: bool):
    search(page, "zzzzqqq", has_script=has_script)
    results = page.locator("#results")
    expect(results.get_by_role("heading")).to_have_text("0 pages found")
    results.get_by_role("link", name="Find your pathway").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Find your pathway")


def test_results_come_while_one_types_and_the_cursor_stays(page: Page):
    page.goto("/search/")
    page.evaluate("window.isTheSamePage = true")
    field = page.get_by_role("searchbox")
    field.press_sequentially("foster")
    expect(page.locator("#results-title")).to_contain_text("found")
    field.press_sequentially(" carer")
    expect(page).to_have_url(re.compile(r"q=foster(\+|%20)carer"))
    expect(field).to_be_focused()
    expect(field).to_have_value("foster carer")
    assert page.evaluate("window.isTheSamePage")


def test_a_search_can_be_sent_to_a_friend(page: Page):
    search(page, "birkenhead")
    expect(page.locator("#results-title")).to_contain_text("found")
    expect(page).to_have_url(re.compile("q=birkenhead"))
    found = page.locator("#results").inner_text()
    page.goto(page.url)
    assert page.locator("#results").inner_text() == found
    expect(page.get_by_role("searchbox")).to_have_value("birkenhead")


def test_one_press_of_the_back_button_leaves_the_search(page: Page):
    page.goto("/careers/")
    page.get_by_role("banner").get_by_role("link", name="Search").click()
    page.wait_for_url("**/search/")  # with its script, which letters typed sooner would not reach
    page.get_by_role("searchbox").press_sequentially("degree")
    expect(page).to_have_url(re.compile("q=degree"))
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Careers")


def test_what_was_typed_is_shown_as_typed(page: Page):
    search(page, '"><img src=x onerror=alert(1)>')
    expect(page.locator("#results-title")).to_contain_text("found")
    expect(page.locator("main img")).to_have_count(0)
    page.goto(page.url)
    expect(page.get_by_role("searchbox")).to_have_value('"><img src=x onerror=alert(1)>')
    expect(page.locator("main img")).to_have_count(0)


def test_a_server_in_trouble_does_not_break_the_page_that_is_read(
    page: Page, complaints: list[str]
):
    page.goto("/search/")

    def fail(route: Route) -> None:
        route.fulfill(status=500, content_type="text/html", body="<h1>Something went wrong</h1>")

    page.route("**/search/?q=*", fail)
    with page.expect_response("**/search/?q=foster"):
        page.get_by_role("searchbox").press_sequentially("foster")
    page.wait_for_timeout(200)
    complaints.clear()
    expect(page.get_by_role("heading", level=1)).to_have_text("Search")
    expect(page.locator("#results")).to_have_count(1)
