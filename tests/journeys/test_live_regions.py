"""People who listen: what changes is said, and they stay where they are."""

import re

import pytest
from playwright.sync_api import Page, expect

# What a screen reader would say: text that changes inside a live region that was there before.
LISTEN = """() => {
    window.said = [];
    for (const region of document.querySelectorAll("[aria-live], [role=status], [role=alert]"))
        new MutationObserver(() => {
            if (region.isConnected) said.push(region.innerText.trim());
        }).observe(region, {childList: true, characterData: true, subtree: true});
}"""


@pytest.mark.parametrize("address", ["/search/", "/pathways/finder/"])
def test_new_results_are_announced_in_a_few_words(page: Page, address: str):
    page.goto(address)
    page.evaluate(LISTEN)
    if address == "/search/":
        page.get_by_role("searchbox").fill("foster")
        expect(page).to_have_url(re.compile("q=foster"))
    else:
        page.get_by_label("16 or 17").check()
        expect(page).to_have_url(re.compile("age=16-17"))
    page.wait_for_timeout(300)
    said = page.evaluate("said.at(-1) ?? ''")
    assert re.search(r"\d+ (page|way)s?\b", said)
    assert len(said.split()) < 30
    assert page.evaluate("document.activeElement !== document.body")
