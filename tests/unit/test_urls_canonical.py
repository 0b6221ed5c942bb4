"""One page, one URL: the golden pairs, and what holds for any URL."""

import tomllib
from itertools import combinations
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from storage.urls import canonical_url, host_of
from storage.urls.canonical import REDIRECTS, TRACKING, TRACKING_ON
from storage.urls.sites import ALIASES, RULES

GOLDEN = Path(__file__).parents[1] / "golden/links/canonical.toml"
GROUPS = tomllib.loads(GOLDEN.read_text("utf-8"))


@pytest.mark.parametrize("group", GROUPS["same"], ids=[group["name"] for group in GROUPS["same"]])
def test_one_page_has_one_url(group: dict[str, list[str]]) -> None:
    keys = {url: canonical_url(url) for url in group["urls"]}
    assert len(set(keys.values())) == 1, keys


@pytest.mark.parametrize(
    "group", GROUPS["different"], ids=[group["name"] for group in GROUPS["different"]]
)
def test_two_pages_have_two_urls(group: dict[str, list[str]]) -> None:
    keys = {url: canonical_url(url) for url in group["urls"]}
    assert all(keys[one] != keys[other] for one, other in combinations(group["urls"], 2)), keys


@pytest.mark.parametrize(
    ("raw", "url"),
    [
        ("t.me/Durov/123", "https://t.me/durov/123"),
        ("http://demo.example.com:8080/run", "http://demo.example.com:8080/run"),
        ("http://203.0.113.7/paper.pdf", "http://203.0.113.7/paper.pdf"),
        ("https://[2001:db8::1]/a", "https://[2001:db8::1]/a"),
        ("https://www.com/a", "https://www.com/a"),
        ("https://lovo.ai/a b\"c'", "https://lovo.ai/a%20b%22c'"),
        ("https://lovo.ai/100%", "https://lovo.ai/100%25"),
        ("https://straße.de/", "https://xn--strae-oqa.de/"),
        ("https://i❤.ws/", "https://xn--i-7iq.ws/"),
        ("twitter.com/EldanRonen/sta…", "https://x.com/EldanRonen/sta..."),
        ("https://youtu.be/ByhMpN2iSbc", "https://youtube.com/watch?v=ByhMpN2iSbc"),
    ],
)
def test_the_canonical_url_opens_the_page(raw: str, url: str) -> None:
    assert canonical_url(raw) == url


@pytest.mark.parametrize("raw", ["ftp://files.example.com/A", "tg://resolve?domain=durov"])
def test_what_is_no_web_address_stays(raw: str) -> None:
    assert canonical_url(f" {raw}\n") == raw
    assert host_of(raw) == ""


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.NAVER.com/abc", "naver.com"),
        ("naver.com", "naver.com"),
        ("https://blog.naver.com:443/abc", "blog.naver.com"),
        ("https://xn--bj0bj06e.kr/", "한글.kr"),
        ("https://도메인.한국/", "도메인.한국"),
        ("https://naver.com@evil.example/", "evil.example"),
        ("https://xn--/", "xn--"),
        ("https://xn--a-b-c-9.kr/", "xn--a-b-c-9.kr"),
    ],
)
def test_a_host_is_shown_as_people_know_it(url: str, host: str) -> None:
    assert host_of(url) == host


def test_a_punycode_host_is_not_shown_as_another() -> None:
    imposter = "ｎaver".encode("punycode").decode("ascii")
    assert host_of(f"https://xn--{imposter}.com/") == f"xn--{imposter}.com"


def test_an_endless_chain_of_redirects_stays_as_it_is() -> None:
    url = "https://lovo.ai/about"
    for _ in range(20):
        url = f"https://l.facebook.com/l.php?u={url}"
    assert canonical_url(url) == url


HOSTS = (
    "www.example.com WWW.Example.COM gitlab.example.com en.m.wikipedia.org www.com kr.linkedin.com "
    "kmhana.tistory.com www.amazon.co.uk 한글.kr ｌｏｖｏ.ai a..b. google.co.kr "
    "a.cdn.ampproject.org "
    "x.safelinks.protection.outlook.com [::1] 203.0.113.7"
)
SEGMENTS = (
    "abs pdf html 2307.01850v2 2307.01850.pdf hep-th 9901001v2 watch shorts embed ByhMpN2iSbc i "
    "web status 1677023789807292420 photo p reel CunjoKpADyY r LocalLLaMA comments 14wbmio s m "
    "Durov 123 iv mnews article 001 main read.naver PostView.naver dp gp product 0804139296 pub "
    "nbt amp c v l.php url redirect l away.php link bridge 10.48550 arXiv.2307.01850 a.git .git . "
    ".. ... … %2E %2e%2e %ed%88%ac 투자 %zz % %2F a...b x... (b) a;b lovo.ai @me + 가"
)
NAMES = (
    "v u q url to z uddg target t id ref si feature source r tab oid aid blogId logNo list single "
    "utm_source UTM_x fbclid a a[] 한 %41 xid"
)
VALUES = (
    "1 ByhMpN2iSbc main a16z.com v1.2 readme-ov-file 001 0014123456 ranto28 https://lovo.ai/a "
    "https%3A%2F%2Ft.me%2Fiv%3Furl%3Dhttps%253A%252F%252Flovo.ai https://youtu.be/ByhMpN2iSbc a+b "
    "%2B %3D == te... … http://[ https://"
)
FRAGMENTS = "fn-5 References /inbox !a gid=0 :~:text=a a:~:b kQ2v9ZxT %EC%97%AD 역사 … a... a?b#c"
ANY_HOST = st.sampled_from(sorted({*HOSTS.split(), "", *ALIASES, *RULES, *REDIRECTS, *TRACKING_ON}))
ANY_SEGMENT = st.sampled_from(SEGMENTS.split()) | st.text(max_size=4)
ANY_NAME = st.sampled_from([*NAMES.split(), *sorted(TRACKING)])
ANY_VALUE = st.sampled_from(VALUES.split()) | st.text(max_size=4)
URLS = st.builds(
    lambda scheme, user, host, port, path, query, fragment: (
        f"{scheme}{user}{host}{port}{''.join(path)}"
        + (f"?{'&'.join(query)}" if query else "")
        + (f"#{fragment}" if fragment else "")
    ),
    st.sampled_from(("", "http://", "https://", "HTTPS://")),
    st.sampled_from(("", "", "", "me@", "a:b@")),
    ANY_HOST,
    st.sampled_from(("", "", "", ":80", ":443", ":8080", ":", ":0")),
    st.lists(st.just("//") | ANY_SEGMENT.map("/{}".format), max_size=6),
    st.lists(ANY_NAME | st.builds("{}={}".format, ANY_NAME, ANY_VALUE), max_size=4),
    st.just("") | st.sampled_from(FRAGMENTS.split()),
)


@given(URLS | st.text())
@example("http://a：80/")
@example("https://foo.tistory.com/m/m/3")
@example("https://www.www.a.com/")
@example("https://a.com/x.../?utm_source=b")
@example("\ud800.com/\ud800?\ud800#\ud800")
def test_a_canonical_url_is_its_own(raw: str) -> None:
    url = canonical_url(raw)
    assert canonical_url(url) == url


@given(URLS)
def test_a_canonical_url_is_one_that_any_browser_takes(raw: str) -> None:
    url = canonical_url(raw)
    assert url.isascii()
    assert url.isprintable()
    assert " " not in url
    parts = urlsplit(url)
    assert parts.scheme in ("http", "https")
    assert parts.path.startswith("/")
    assert parts.username is None
