"""What comes to an address that nobody meant for it: hostile names, paths, questions, headers."""

import gzip
import re
import socket
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPResponse
from urllib.parse import quote, urljoin, urlsplit

import brotli
import pytest
from critic import Critic, Page
from starlette.testclient import TestClient

import routes.search
from portal.settings import Settings
from routes.app import Portal, create_app

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
ATTACK = '"><script>alert(1)</script>'


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def page(self) -> Page:
        return Page(self.body.decode())


def send(address: str, request: bytes) -> Answer:
    """Exactly these bytes, which no client library would let through; and what is answered."""
    parts = urlsplit(address)
    with closing(socket.create_connection((parts.hostname, parts.port), timeout=10)) as line:
        line.sendall(request)
        method = request.partition(b" ")[0].decode("latin-1")
        answer = HTTPResponse(line, method=method)
        answer.begin()
        names = [name.lower() for name, _ in answer.getheaders()]
        assert len(names) == len(set(names)), f"a header is sent twice: {names}"
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, headers, answer.read())


def ask(
    address: str, path: str | bytes, method: str = "GET", *, host: str = "127.0.0.1", **headers: str
) -> Answer:
    path = path.encode() if isinstance(path, str) else path
    lines = [
        b"%s %s HTTP/1.1" % (method.encode(), path),
        b"Host: " + host.encode(),
        b"Connection: close",
    ]
    lines += [
        f"{name.replace('_', '-')}: {value}".encode("latin-1") for name, value in headers.items()
    ]
    return send(address, b"\r\n".join(lines) + b"\r\n\r\n")


def assert_is_safe(answer: Answer) -> None:
    headers = answer.headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy.items() >= POLICY.items()
    assert not re.search("unsafe|http:|https:|data:|[*]", headers["content-security-policy"])
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["strict-transport-security"].startswith("max-age=31536000")
    assert "set-cookie" not in headers


# Whose name it answers to


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "127.0.0.1.evil.example",
        "evil.example.127.0.0.1",
        "127.0.0.1@evil.example",
        "evil.example#127.0.0.1",
        "evil.example:127.0.0.1",
        "[::1].evil.example",
        "localhost",
        "",
        " ",
    ],
)
def test_the_portal_answers_to_no_other_name(portal_url: str, host: str):
    answer = ask(portal_url, "/careers/", host=host)
    assert answer.status == 400
    assert b"evil" not in answer.body


@pytest.mark.parametrize(
    "host",
    [
        "careers.example.gov.uk",
        "careers.example.gov.uk:443",
        "CAREERS.example.GOV.uk",
        "careers.example.gov.uk.",
        "127.0.0.1:1",
    ],
)
def test_the_portal_answers_to_its_own_names(portal_url: str, host: str):
    assert ask(portal_url, "/careers/", host=host).status == 200


@pytest.mark.parametrize(
    "hosts",
    [
        (),
        ("127.0.0.1", "evil.example"),
        ("evil.example", "127.0.0.1"),
        ("", "127.0.0.1"),
        ("127.0.0.1", "127.0.0.1"),
    ],
)
def test_a_request_names_one_host_and_no_more(portal_url: str, hosts: tuple[str, ...]):
    named = b"".join(b"Host: %s\r\n" % host.encode() for host in hosts)
    request = b"GET /careers/ HTTP/1.1\r\n" + named + b"Connection: close\r\n\r\n"
    assert send(portal_url, request).status == 400


def test_the_first_line_cannot_name_another_host_than_the_header(portal_url: str):
    answer = ask(portal_url, "http://evil.example/careers")
    assert answer.status in {301, 400, 404}
    assert "evil" not in answer.headers.get("location", "")
    assert b"evil.example" not in answer.body


def test_what_a_proxy_would_say_is_believed_of_nobody(portal_url: str):
    plain = ask(portal_url, "/careers/")
    for name in ("X_Forwarded_Host", "X_Original_URL", "X_Rewrite_URL", "Forwarded"):
        told = ask(portal_url, "/careers/", **{name: "evil.example"})
        assert (told.status, told.body) == (plain.status, plain.body)
    answer = ask(portal_url, "/careers", X_Forwarded_Host="evil.example")
    assert answer.headers["location"] == "/careers/"


# What every answer carries


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/", "GET", 200),
        ("/", "HEAD", 200),
        ("/careers", "GET", 301),
        ("/nowhere/", "GET", 404),
        ("/careers/", "POST", 405),
        ("/careers/", "FOO", 405),
        ("/search/?q=foster", "GET", 200),
        ("/pathways/finder/?age=16-17", "GET", 200),
        ("/favicon.svg", "GET", 200),
        ("/sitemap.xml", "GET", 200),
        ("/robots.txt", "GET", 200),
        ("/healthz", "GET", 200),
        ("/cards/home.png", "GET", 200),
    ],
)
def test_every_answer_carries_what_keeps_its_reader_safe(
    portal_url: str, path: str, method: str, status: int
):
    answer = ask(portal_url, path, method)
    assert answer.status == status
    assert_is_safe(answer)


def test_unchanged_and_refused_answers_carry_it_too(portal_url: str):
    etag = ask(portal_url, "/careers/").headers["etag"]
    unchanged = ask(portal_url, "/careers/", If_None_Match=etag)
    assert unchanged.status == 304
    assert_is_safe(unchanged)
    assert_is_safe(ask(portal_url, "/careers/", host="evil.example"))
    style = re.search(rb'href="(/static/[^"]+\.css)"', ask(portal_url, "/").body)
    assert style
    answer = ask(portal_url, style[1])
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["strict-transport-security"].startswith("max-age=31536000")
    # It is no document, so no policy of a document's travels with it.
    assert "content-security-policy" not in answer.headers
    assert_is_safe(ask(portal_url, "/favicon.svg"))


def test_only_production_insists_on_https():
    """On a developer's machine it would make every other thing on that port unreachable."""
    developing = TestClient(create_app(Settings()), base_url="http://127.0.0.1")
    for path in ("/", "/nowhere/", "/search/?q=foster"):
        assert "strict-transport-security" not in developing.get(path).headers


def test_nothing_tells_what_the_portal_is_made_with(portal_url: str):
    for path in ("/", "/nowhere/", "/search/?q=foster"):
        headers = ask(portal_url, path).headers
        assert not re.search(r"[\d.]{2,}|python|starlette|fastapi", headers.get("server", ""))
        assert "x-powered-by" not in headers


@pytest.mark.parametrize(
    "path",
    """/docs /docs/ /redoc /openapi.json /.git/config /.env /backup.sql /wp-login.php /static/
    /static/manifest.json /static/.stamp /static/setup.py /static/icons/x.svg /brand.css""".split(),
)
def test_there_is_nothing_to_find_where_people_try(portal_url: str, path: str):
    assert ask(portal_url, path).status == 404


# Methods


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO"])
@pytest.mark.parametrize("path", ["/", "/careers/", "/search/", "/pathways/finder/?age=16-17"])
def test_a_page_can_only_be_read(portal_url: str, path: str, method: str):
    answer = ask(portal_url, path, method)
    assert answer.status == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}


def test_no_header_turns_a_reading_into_something_else(portal_url: str):
    answer = ask(portal_url, "/careers/", X_HTTP_Method_Override="DELETE")
    assert answer.status == 200


@pytest.mark.parametrize(
    "path",
    ["/", "/careers/", "/search/?q=foster", "/pathways/finder/?age=16-17", "/healthz", "/readyz"],
)
def test_checkers_may_ask_for_the_head_alone(portal_url: str, path: str):
    whole, head = ask(portal_url, path), ask(portal_url, path, "HEAD")
    assert head.status == 200
    assert head.body == b""
    for headers in (whole.headers, head.headers):
        headers.pop("date", None)
    assert head.headers == whole.headers


# Paths


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/careers", "/careers/"),
        ("/Careers/", "/careers/"),
        ("/CAREERS/CARE-WORKER", "/careers/care-worker/"),
        ("/pathways/Finder/", "/pathways/finder/"),
        ("/careers/care-worker//", "/careers/care-worker/"),
    ],
)
def test_an_untidy_address_leads_to_the_tidy_one(portal_url: str, path: str, leads_to: str):
    answer = ask(portal_url, path)
    assert answer.status == 301
    assert answer.headers["location"] == leads_to


def test_a_question_is_kept_on_the_way_to_the_tidy_address(portal_url: str):
    answer = ask(portal_url, "/Search?q=foster%20carer")
    assert answer.status == 301
    assert answer.headers["location"] == "/search/?q=foster%20carer"


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example",
        "//evil.example/",
        "//evil.example/careers",
        "///evil.example",
        "/\\evil.example",
        "/%09/evil.example",
        "/%2f/evil.example/",
        "/cy//evil.example/",
        "/careers/%0d%0aSet-Cookie:a=b",
        "/https:evil.example",
        "/javascript:alert(1)",
    ],
)
def test_no_address_leads_to_somebody_else(portal_url: str, bilingual_url: str, path: str):
    for portal in (portal_url, bilingual_url):
        answer = ask(portal, path)
        assert answer.status in {301, 400, 404}
        assert "set-cookie" not in answer.headers
        leads = [answer.headers.get("location", "")]
        leads += re.findall(r'(?:href|src|action)="([^"]*)"', answer.body.decode())
        for address in leads:  # browsers read \\ as /
            there = urlsplit(urljoin(portal, address.replace("\\", "/")))
            assert there.scheme in {"http", "https"}, address
            assert there.hostname != "evil.example", address


@pytest.mark.parametrize(
    "path",
    [
        "/./careers/",
        "/careers/./",
        "/places/../careers/",
        "/static/../portal/settings.py",
        "/static/..%2f..%2fpyproject.toml",
        "/static/%2e%2e/%2e%2e/pyproject.toml",
        "/static/..\\..\\pyproject.toml",
        "/static//etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/careers/%00",
        "/careers/care-worker%00.html",
        "/careers/%ff%fe/",
        "/careers/%ED%A0%80/",
        "/careers/%",
        "/careers/+1/",
        "/careers/\u200bcare-worker/",
        "/careers/" + "a" * 10_000,
        "/" + "../" * 500,
        "/" + "a/" * 2_000,
    ],
)
def test_an_odd_path_finds_nothing(portal_url: str, path: str):
    answer = ask(portal_url, path.encode())
    assert answer.status in {400, 404, 414}
    assert b"root:" not in answer.body
    assert b"[project]" not in answer.body
    assert len(answer.body) < 40_000


# Questions

HOSTILE = [
    "%00",
    "foster%00",
    "%FF%FE",
    "%ED%A0%80",
    "%F0%9F%98%80",
    "%E2%80%AE",
    "' OR 1=1 --",
    "%25' OR '1'='1",
    "';DROP TABLE page--",
    "_",
    "%25",
    "\\",
    '"',
    '""',
    "*",
    "c++",
    "NEAR(a b)",
    "title:foster",
    "foster AND",
    "NOT foster",
    "AND OR NOT",
    "^foster",
    "{title summary} : foster",
    "-foster",
    "(" * 100,
    "a*" * 90,
    "{{7*7}}",
    "${7*7}",
    "<script>alert(1)</script>",
    '" autofocus onfocus=alert(1) x="',
    "javascript:alert(1)",
    "a" * 10_000,
    "foster " * 1_400,
]


@pytest.mark.parametrize("asked", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("address", ["/search/?q=", "/pathways/finder/?who="])
def test_a_hostile_question_is_only_a_question(portal_url: str, address: str, asked: str):
    path = address + quote(asked, safe="%+&=")
    for is_htmx in (False, True):
        answer = ask(portal_url, path, **({"HX_Request": "true"} if is_htmx else {}))
        assert answer.status in {200, 400, 414}
        page = answer.page
        assert "<script>alert" not in answer.body.decode()
        assert not [one for one in page.all() if any(n.startswith("on") for n in one.attributes)]
        assert "49" not in answer.body.decode() or "7*7" in answer.body.decode()
        assert len(answer.body) < 120_000
        if not is_htmx and answer.status == 200:
            assert page.criticism("en") == []


def test_a_question_of_a_hundred_kilobytes_is_refused_or_cut(portal_url: str):
    for address in ("/search/?q=", "/pathways/finder/?who="):
        answer = ask(portal_url, address + "a" * 100_000)
        assert answer.status in {200, 400, 414, 431}
        assert len(answer.body) < 60_000


@pytest.mark.parametrize(
    "query",
    [
        "q=foster&q=degree",
        "q[]=foster",
        "q",
        "&&&",
        "=",
        "&".join(f"q{number}=x" for number in range(1_000)),
        "who=nobody&age=200&learning=%27",
        "who=carer&who=graduate",
        "page=-1&size=100000&sort=password&status=draft",
        "next=//evil.example",
    ],
)
def test_an_odd_question_still_gets_a_page(client: Critic, query: str):
    for address in ("/search/", "/pathways/finder/", "/careers/", "/"):
        page = client.get(f"{address}?{query}")
        assert "evil.example" not in page.source


def test_a_question_on_any_other_page_changes_nothing(portal_url: str):
    plain = ask(portal_url, "/careers/")
    asked = ask(portal_url, "/careers/?utm_source=poster")
    assert asked.body == plain.body
    assert asked.headers["etag"] == plain.headers["etag"]


def test_a_part_of_a_page_is_given_only_to_those_who_ask_for_a_part(portal_url: str):
    whole = ask(portal_url, "/search/?q=foster")
    part = ask(portal_url, "/search/?q=foster", HX_Request="true")
    assert b"<html" in whole.body
    assert b"<html" not in part.body
    assert part.body.strip().startswith(b"<section") or b'id="results"' in part.body
    for answer in (whole, part):
        assert "hx-request" in answer.headers["vary"]
        assert answer.headers["cache-control"] == "no-cache"


def test_an_answer_is_not_for_search_engines(portal_url: str):
    for path in ("/search/?q=foster", "/pathways/finder/?age=16-17"):
        assert "noindex" in ask(portal_url, path).headers["x-robots-tag"]


# Versions and encodings


@pytest.mark.parametrize("asked", ["{etag}", "W/{etag}", '"other", {etag}', "*"])
def test_a_page_that_is_known_is_not_sent_again(portal_url: str, asked: str):
    etag = ask(portal_url, "/careers/").headers["etag"]
    answer = ask(portal_url, "/careers/", If_None_Match=asked.format(etag=etag))
    assert (answer.status, answer.body) == (304, b"")
    assert answer.headers["etag"] == etag


@pytest.mark.parametrize("asked", ['"other"', "", "other", '"', "W/", "," * 1_000])
def test_another_version_is_sent(portal_url: str, asked: str):
    answer = ask(portal_url, "/careers/", If_None_Match=asked)
    assert answer.status == 200
    assert answer.body


@pytest.mark.parametrize(
    ("accepted", "sent"),
    [
        ("br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("*", "br"),
        ("br;q=0, *", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br;q=0,gzip;q=0", ""),
        ("*;q=0", ""),
        ("identity", ""),
        ("deflate", ""),
        ("", ""),
        ("br;q=nonsense", ""),
        ("gzip;q=1e999", "gzip"),
        ("br;q=nan", ""),
        (";;;=,,,", ""),
        ("x" * 5_000, ""),
    ],
)
def test_a_page_is_packed_only_as_its_reader_can_unpack_it(
    portal_url: str, accepted: str, sent: str
):
    plain = ask(portal_url, "/careers/")
    for _ in range(100):  # it is packed soon after it is first asked for
        answer = ask(portal_url, "/careers/", Accept_Encoding="br")
        if answer.headers.get("content-encoding"):
            break
    answer = ask(portal_url, "/careers/", Accept_Encoding=accepted)
    assert answer.headers.get("content-encoding", "") == sent
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}[sent]
    assert unpack(answer.body) == plain.body
    assert "accept-encoding" in answer.headers["vary"]
    assert answer.headers["content-length"] == str(len(answer.body))
    assert (answer.headers["etag"] == plain.headers["etag"]) is (not sent)


@pytest.mark.parametrize("asked", ["bytes=0-0", "bytes=0-0," * 1_000, "bytes=-1", "lines=1", "x"])
def test_a_page_is_whole_whatever_part_is_asked_for(portal_url: str, asked: str):
    answer = ask(portal_url, "/careers/", Range=asked)
    assert answer.status == 200
    assert answer.body == ask(portal_url, "/careers/").body


def test_a_heavy_or_broken_cookie_changes_nothing(portal_url: str):
    plain = ask(portal_url, "/careers/").body
    for cookie in ("a=" + "b" * 8_000, "; ".join(["a=b"] * 200), "session=\xff\xfe", "=;=;"):
        answer = ask(portal_url, "/careers/", Cookie=cookie)
        assert answer.status in {400, 431} or answer.body == plain


# Errors


def test_a_missing_page_offers_the_one_that_was_meant(client: Critic):
    page = client.get("/carers/care-worker/", 404)
    assert page.heading == "Page not found"
    assert page.links()["Home care worker"] == "/careers/care-worker/"


def test_a_missing_page_offers_nothing_unlike_it(client: Critic):
    page = client.get("/zzzzzzzzzzzzzzzz/", 404)
    offered = page.one("main").all("a")
    assert {link.get("href") for link in offered} == {"/", "/search/"}


def test_a_missing_page_says_back_nothing_that_could_run(portal_url: str, bilingual_url: str):
    for portal in (portal_url, bilingual_url):
        for path in (f"/careers/{ATTACK}", f"/cy/{ATTACK}/", '/" onmouseover=alert(1) x="/'):
            answer = ask(portal, quote(path))
            assert answer.status == 404
            assert b"<script>alert" not in answer.body
            assert answer.page.criticism(answer.page.one("html").get("lang")) == []


def test_an_error_is_told_in_the_language_of_its_address(bilingual_client: Critic):
    assert bilingual_client.get("/cy/nowhere/", 404).one("html").get("lang") == "cy"
    assert bilingual_client.get("/nowhere/", 404).one("html").get("lang") == "en"


def test_an_error_is_kept_by_nobody(portal_url: str):
    for path, method in (("/nowhere/", "GET"), ("/careers/", "POST")):
        answer = ask(portal_url, path, method)
        assert answer.headers["cache-control"] == "no-store"
        assert "etag" not in answer.headers


def test_a_refusal_looks_like_the_site(portal_url: str):
    page = ask(portal_url, "/careers/", "POST").page
    assert page.criticism("en") == []
    assert page.heading == "That did not work"


@pytest.mark.parametrize("path", ["/search/?q=foster", "/careers/"])
def test_our_own_mistake_is_owned_up_to_and_tells_no_secret(
    monkeypatch: pytest.MonkeyPatch, path: str
):
    portal = Portal(Settings(env="production", base_url="https://careers.example.gov.uk"))

    def fail(*given: object) -> None:
        raise RuntimeError("the secret is swordfish")

    monkeypatch.setattr(routes.search, "gather", fail)
    monkeypatch.setattr(portal.live.catalogue, "make", fail)
    broken = TestClient(
        portal.front, base_url="https://careers.example.gov.uk", raise_server_exceptions=False
    )
    answer = broken.get(path)
    assert answer.status_code == 500
    page = Page(answer.text)
    assert page.criticism("en") == []
    assert page.heading == "Something went wrong"
    assert "swordfish" not in answer.text
    assert "Traceback" not in answer.text
    assert_is_safe(Answer(500, dict(answer.headers), b""))
