"""What each kind of page promises to everyone, however they see, hold and steer it. That it says
nothing to other servers and keeps nothing on the device is watched in every journey."""

import pytest
from kit import PHONE, axe, every_kind, on_a_phone, style
from playwright.sync_api import Page

# As narrow as a telephone, or as a desktop at 400%.
NARROW = {"viewport": {"width": 320, "height": 256}}
SMALLEST_TARGET = 24
# WCAG 1.4.12: nobody who sets their own spacing loses anything.
SPACED = """
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important; }
    p { margin-bottom: 2em !important; }
"""
WIDER_THAN_THE_SCREEN = """() => {
    const page = document.scrollingElement;
    window.scrollTo(10000, 0);
    if (page.scrollWidth <= innerWidth && window.scrollX === 0) return [];
    return [...document.body.querySelectorAll("*")]
        .filter(one => one.getBoundingClientRect().right + scrollX > innerWidth + 1)
        .map(one => `${one.tagName} ${one.className.baseVal ?? one.className}`)
        .concat([`${page.scrollWidth} wide`]);
}"""
CUT_OFF = """() => [...document.body.querySelectorAll("*")].filter(one => {
    const css = getComputedStyle(one);
    const hides = css.overflowX !== "visible" || css.overflowY !== "visible";
    return hides && one.innerText?.trim() && !one.matches(".hidden, input")
        && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
        && one.clientHeight > 0;
}).map(one => `${one.tagName} ${one.className}: ${one.innerText.slice(0, 40)}`)"""
# A link in a sentence may be as small as its letters; anything else is a target of its own, and a
# small one has room around it (WCAG 2.5.8).
TOO_SMALL_TO_HIT = """least => {
    const targets = [...document.querySelectorAll("a[href], button, summary, input, select")]
        .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.closest(".skip"));
    const box = one => {
        const label = one.labels?.[0] ?? one;
        const covers = getComputedStyle(one, "::after");
        const card = covers.content !== "none" && covers.position === "absolute";
        return (card ? one.closest(".card") : label).getBoundingClientRect();
    };
    const in_a_sentence = one => {
        const around = one.parentElement.closest("p, li, dd, td, th, span, div");
        return getComputedStyle(one).display === "inline"
            && around.innerText.trim().length > one.innerText.trim().length;
    };
    const middle = box => [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    const is_small = box => box.width < least || box.height < least;
    return targets.filter(one => {
        const own = box(one);
        if (!is_small(own) || in_a_sentence(one)) return false;
        const [x, y] = middle(own);
        return targets.some(other => {
            if (other === one || other.contains(one) || one.contains(other)) return false;
            const near = box(other);
            const dx = Math.max(near.left - x, 0, x - near.right);
            const dy = Math.max(near.top - y, 0, y - near.bottom);
            const [nx, ny] = middle(near);
            return Math.hypot(dx, dy) < least / 2
                || (is_small(near) && Math.hypot(nx - x, ny - y) < least);
        });
    }).map(one => `${one.outerHTML.slice(0, 120)} ${box(one).width} x ${box(one).height}`);
}"""


@every_kind
def test_axe_finds_nothing_wrong_on_a_bright_desktop(page: Page, address: str):
    page.goto(address)
    assert axe(page) == []


@pytest.mark.browser_context_args(**PHONE, color_scheme="dark")
@every_kind
def test_axe_finds_nothing_wrong_on_a_dark_phone(page: Page, address: str):
    page.goto(address)
    assert axe(page) == []


@pytest.mark.browser_context_args(**NARROW)
@every_kind
def test_at_400_per_cent_nobody_scrolls_sideways_and_nothing_is_cut_off(page: Page, address: str):
    page.goto(address)
    assert page.evaluate(CUT_OFF) == []
    assert page.evaluate(WIDER_THAN_THE_SCREEN) == []


@pytest.mark.browser_context_args(**NARROW)
@every_kind
def test_readers_may_set_their_own_spacing(page: Page, address: str):
    page.goto(address)
    style(page, SPACED)
    assert page.evaluate(CUT_OFF) == []
    assert page.evaluate(WIDER_THAN_THE_SCREEN) == []


@on_a_phone
@every_kind
def test_everything_on_a_phone_is_large_enough_to_hit(page: Page, address: str):
    page.goto(address)
    assert page.evaluate(TOO_SMALL_TO_HIT, SMALLEST_TARGET) == []


@pytest.mark.browser_context_args(reduced_motion="reduce")
@every_kind
def test_nothing_moves_for_those_who_ask_for_calm(page: Page, address: str):
    page.goto(address)
    moving = """() => [...document.querySelectorAll("*")].flatMap(one =>
        ["", "::before", "::after"].map(part => getComputedStyle(one, part || null))
            .filter(css => css.animationName !== "none" && css.animationDuration !== "0s"
                || css.transitionDuration.split(", ").some(time => time !== "0s"))
            .map(() => one.outerHTML.slice(0, 80)))"""
    assert page.evaluate(moving) == []
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
