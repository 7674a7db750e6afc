"""An edition in two languages: the same page in each, and one press from one to the other."""

import pytest
from kit import axe
from playwright.sync_api import Page, expect


def switch(page: Page, language: str) -> None:
    page.get_by_role("banner").get_by_role("link", name=language, exact=True).click()


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/careers/",
        "/pathways/introduction-to-social-care/",
        "/package/",
        "/careers/care-worker/",
        "/pathways/finder/?who=career-changer&age=18-plus",
        "/search/?q=foster+carer",
    ],
)
def test_another_language_is_the_same_page(page: Page, bilingual_url: str, address: str):
    page.goto(bilingual_url + address)
    switch(page, "Cymraeg")
    expect(page).to_have_url(f"{bilingual_url}/cy{address}")
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    switch(page, "English")
    expect(page).to_have_url(bilingual_url + address)
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_answers_given_in_place_go_along_to_the_other_language(page: Page, bilingual_url: str):
    page.goto(f"{bilingual_url}/pathways/finder/")
    chosen = page.locator("input[name=age][value='16-17']")
    chosen.check()
    expect(page).to_have_url(f"{bilingual_url}/pathways/finder/?age=16-17")
    switch(page, "Cymraeg")
    expect(page).to_have_url(f"{bilingual_url}/cy/pathways/finder/?age=16-17")
    expect(chosen).to_be_checked()


def test_who_reads_welsh_stays_in_welsh(page: Page, bilingual_url: str):
    page.goto(f"{bilingual_url}/cy/")
    seen = set()
    for link in page.locator("main a[href^='/'], nav a[href^='/']").all():
        href = link.get_attribute("href") or ""
        if link.get_attribute("hreflang") != "en":
            seen.add(href)
    assert seen
    assert [href for href in sorted(seen) if not href.startswith("/cy/")] == []


@pytest.mark.parametrize("address", ["/cy/", "/cy/pathways/introduction-to-social-care/"])
def test_axe_finds_nothing_wrong_in_welsh(page: Page, bilingual_url: str, address: str):
    page.goto(bilingual_url + address)
    assert axe(page) == []
