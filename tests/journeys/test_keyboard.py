"""People who steer with the keyboard alone, or with a switch that presses its keys."""

import re

import pytest
from kit import KINDS, on_a_phone
from playwright.sync_api import Page, expect

SOME = ("home", "pathway", "finder answered", "map", "package", "search that found")
at_some = pytest.mark.parametrize("address", [KINDS[kind] for kind in SOME], ids=SOME)
MOST_STOPS = 250

# Where the focus is, and how a person can tell. What is drawn may belong to the element, to the
# card around it, or to the label beside a radio button.
HERE = """() => {
    const one = document.activeElement;
    if (one === document.body) return null;
    const drawn = [[one, null], [one, "::after"], [one.labels?.[0], "::before"]]
        .filter(([element]) => element).map(([element, part]) => getComputedStyle(element, part));
    const is_clear = colour => /(, 0\\)|\\/ 0\\)|transparent)$/.test(colour);
    const seen = drawn.some(css =>
        css.outlineStyle !== "none" && parseFloat(css.outlineWidth) >= 2
            && !is_clear(css.outlineColor)
        || css.boxShadow !== "none" && !forced);
    const box = (one.labels?.[0] ?? one).getBoundingClientRect();
    const [x, y] = [box.left + Math.min(box.width, innerWidth) / 2, box.top + box.height / 2];
    const over = document.elementFromPoint(x, y);
    const own = [one, one.labels?.[0], one.closest("svg a")].filter(Boolean);
    const covered = !own.some(element => element.contains(over) || over?.contains(element))
        && !one.closest(".card")?.contains(over);
    return {
        what: one.outerHTML.slice(0, 100), seen, covered,
        id: one.dataset.stop ??= crypto.randomUUID(),
        order: [...document.querySelectorAll("*")].indexOf(one),
        inside: x >= 0 && x <= innerWidth && y >= 0 && y <= innerHeight,
    };
}"""


def stops(page: Page, *, forced: bool = False) -> list[dict]:
    """Every stop that Tab makes, from the top of the page until it leaves it."""
    made: list[dict] = []
    look = HERE.replace("!forced", "false" if forced else "true")
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        here = page.evaluate(look)
        if here is None or (made and here["id"] == made[0]["id"]):
            return made
        made.append(here)
    pytest.fail("Tab goes round in a circle")


def faults(made: list[dict]) -> list[str]:
    return [
        f"{stop['what']}: {fault}"
        for stop in made
        for fault, found in (
            ("nobody can see that it has the focus", not stop["seen"]),
            ("something lies over it", stop["covered"]),
            ("it is off the screen", not stop["inside"]),
        )
        if found
    ]


@at_some
def test_every_stop_is_seen_uncovered_and_in_the_order_of_reading(page: Page, address: str):
    page.goto(address)
    made = stops(page)
    assert faults(made) == []
    orders = [stop["order"] for stop in made]
    assert orders == sorted(orders)
    expected = """() => {
        const radios = new Set();
        return [...document.querySelectorAll("a[href], button, summary, input")].filter(one => {
            if (!one.checkVisibility({visibilityProperty: true})) return false;
            if (one.type !== "radio") return true;
            return !radios.has(one.name) && radios.add(one.name);  // a group is one stop
        }).length;
    }"""
    assert len(made) == page.evaluate(expected)


@on_a_phone
@pytest.mark.parametrize("address", [KINDS["pathway"], KINDS["finder answered"]])
def test_on_a_small_screen_nothing_lies_over_the_focus(page: Page, address: str):
    page.goto(address)
    assert faults(stops(page)) == []


@pytest.mark.browser_context_args(forced_colors="active")
@at_some
def test_the_focus_is_seen_in_the_readers_own_colours(page: Page, address: str):
    page.goto(address)
    unseen = [stop["what"] for stop in stops(page, forced=True) if not stop["seen"]]
    assert unseen == []


def test_the_first_stop_skips_what_every_page_begins_with(page: Page):
    page.goto("/careers/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def tab_to(page: Page, words: str) -> None:
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        reached = page.evaluate(
            "(document.activeElement.labels?.[0] ?? document.activeElement).innerText.trim()"
        )
        if words in reached:
            return
    pytest.fail(f"Tab never comes to “{words}”")


def test_a_whole_journey_needs_no_mouse(page: Page):
    page.goto("/")
    tab_to(page, "Find your pathway")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Find your pathway")
    tab_to(page, "I am at school or college")
    page.keyboard.press("Space")
    expect(page.locator("#answers-title")).to_contain_text("open to you")
    tab_to(page, "Under 16")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("16 or 17")).to_be_checked()
    expect(page.get_by_label("16 or 17")).to_be_focused()
    expect(page.locator(".found--not-yet").first).to_be_visible()
    first = page.locator("#answers h3").first.inner_text()
    tab_to(page, first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(first)
    next_step = page.locator(".next").get_by_role("link").first
    address = next_step.get_attribute("href") or ""
    tab_to(page, next_step.inner_text())
    expect(next_step).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(re.escape(address) + "$"))


def test_a_mark_leads_to_its_source_and_back(page: Page):
    page.goto(KINDS["pathway"])
    mark = page.get_by_role("link", name="Where this figure comes from").first
    mark.focus()
    page.keyboard.press("Enter")
    target = page.locator(":target")
    expect(target).to_be_in_viewport()
    page.go_back()
    expect(mark).to_be_in_viewport()
