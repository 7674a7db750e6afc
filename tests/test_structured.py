"""What machines are told about a page is what the page says."""

import json
import re
from datetime import UTC, datetime

import pytest

from portal.settings import Settings
from routes.live import Live

AT = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture(scope="module")
def live() -> Live:
    return Live(Settings())


def data(live: Live, path: str) -> dict[str, dict]:
    made = live.make(path, AT)
    assert made
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', made.body.decode())
    return {each["@type"]: each for each in map(json.loads, found)}


def test_a_pathway_says_who_offers_it_how_long_it_takes_and_where_it_leads(live: Live) -> None:
    programme = data(live, "/pathways/step-up-to-social-work/")["EducationalOccupationalProgram"]
    assert programme["timeToComplete"] == "P14M"
    assert programme["provider"]["name"] == "Wirral Council"
    assert "Social worker with children and families" in programme["occupationalCategory"]


def test_a_proposed_pathway_is_not_offered_to_machines_either(live: Live) -> None:
    assert "EducationalOccupationalProgram" not in data(live, "/pathways/second-frontline-team/")


def test_breadcrumbs_lead_from_home_to_the_page(live: Live) -> None:
    crumbs = data(live, "/careers/care-worker/")["BreadcrumbList"]["itemListElement"]
    assert [crumb["item"].removeprefix("http://127.0.0.1:8000") for crumb in crumbs] == [
        "/",
        "/careers/",
        "/careers/care-worker/",
    ]


def test_an_article_is_marked_as_one(live: Live) -> None:
    assert data(live, "/wellbeing/")["Article"]["publisher"]["name"] == "Wirral Council"


def test_made_up_stories_are_kept_from_machines(live: Live) -> None:
    story = next(path for path in live.catalogue.spots if re.fullmatch(r"/stories/.+/", path))
    page = live.make(story, AT)
    assert page
    assert b'name="robots" content="noindex"' in page.body
    assert "Article" not in data(live, story)
    sitemap = live.make("/sitemap.xml", AT)
    assert sitemap
    assert story.encode() not in sitemap.body


def test_every_page_has_a_card_to_share(live: Live) -> None:
    pages = [path for path, spot in live.catalogue.spots.items() if spot.is_page]
    for path in pages:
        made = live.make(path, AT)
        assert made
        card = re.search(
            r'og:image" content="http://127.0.0.1:8000(/cards/[^"]+)"', made.body.decode()
        )
        assert card, path
        assert card[1] in live.catalogue.spots
