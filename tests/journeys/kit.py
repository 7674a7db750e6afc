"""What the journeys share: the kinds of page, the devices people hold, and axe."""

import pytest
from critic import ROOT
from playwright.sync_api import Page

# One address of every template and of each state that looks different.
KINDS = {
    "home": "/",
    "careers": "/careers/",
    "career": "/careers/childrens-social-worker/",
    "pathways": "/pathways/",
    "pathway": "/pathways/step-up-to-social-work/",
    "proposed pathway": "/pathways/second-frontline-team/",
    "apprenticeships": "/apprenticeships/",
    "apprenticeship": "/apprenticeships/social-worker-degree/",
    "volunteering list": "/volunteering/",
    "volunteering": "/volunteering/befriending/",
    "finder": "/pathways/finder/",
    "finder answered": "/pathways/finder/?who=career-changer&age=18-plus&learning=some-gcses",
    "map": "/pathways/map/",
    "ladder": "/progression/",
    "stage": "/progression/newly-qualified/",
    "package": "/package/",
    "package of one audience": "/package/newly-qualified/",
    "stories": "/stories/",
    "story": "/stories/marcus-step-up/",
    "places": "/places/",
    "place": "/places/birkenhead/",
    "partners": "/partners/",
    "partner": "/partners/wirral-council/",
    "leaf page": "/your-first-weeks/",
    "help page": "/help/accessibility/",
    "glossary": "/glossary/",
    "search": "/search/",
    "search that found": "/search/?q=aprentice",
    "search that found nothing": "/search/?q=zzzzqqq",
    "missing page": "/carers/care-wroker/",
}
every_kind = pytest.mark.parametrize("address", KINDS.values(), ids=KINDS)

PHONE = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
on_a_phone = pytest.mark.browser_context_args(**PHONE)
with_and_without_script = pytest.mark.parametrize(
    "has_script",
    [
        pytest.param(True, id="with script"),
        pytest.param(
            False,
            id="without script",
            marks=pytest.mark.browser_context_args(java_script_enabled=False),
        ),
    ],
)

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
TAGS = "wcag2a wcag2aa wcag21a wcag21aa wcag22aa best-practice".split()


def style(page: Page, css: str) -> None:
    """A reader's own style sheet. Our policy would stop a <style>, as it should."""
    page.evaluate(
        """css => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(css);
            document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
        }""",
        css,
    )


def axe(page: Page) -> list[str]:
    """What axe finds wrong, as sentences that say where."""
    # Not as a <script>: the page's own policy stops those, as it should.
    page.evaluate(AXE)
    found = page.evaluate(
        """tags => axe.run(document, {
            runOnly: {type: "tag", values: tags},
            rules: {"target-size": {enabled: true}},
            resultTypes: ["violations"],
        })""",
        TAGS,
    )
    return [
        f"{rule['id']}: {node['target'][0]}: {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def kept_on_the_device(page: Page) -> list[str]:
    """Whatever would be there for the next person at the same computer."""
    found: list[str] = page.evaluate(
        """async () => [
            ...document.cookie.split("; ").filter(Boolean),
            ...Object.keys(localStorage), ...Object.keys(sessionStorage),
            ...await caches.keys(), ...(await indexedDB.databases()).map(base => base.name),
            ...(await navigator.serviceWorker.getRegistrations()).map(worker => worker.scope),
        ]"""
    )
    return found
