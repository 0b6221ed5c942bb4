"""Links in texts: the golden cases, the seed documents, and what holds for any text."""

import time
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from storage import Link, NewPost
from storage.links.contexts import links_of
from storage.urls import canonical_url, link_spans

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests/golden/links"
CASES = tomllib.loads((GOLDEN / "find.toml").read_text("utf-8"))["case"]
SEEDS = tomllib.loads((GOLDEN / "seeds.toml").read_text("utf-8"))


def find_links(text: str) -> tuple[Link, ...]:
    return links_of(NewPost(text=text))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_finds_what_a_reader_finds(case: dict[str, list[str] | str]) -> None:
    links = find_links(str(case["text"]))
    assert [link.raw for link in links] == case.get("links", [])
    assert [link.raw for link in links if link.truncated] == case.get("cut", [])


@pytest.mark.parametrize("document", SEEDS)
def test_finds_every_link_of_a_seed_document_and_no_other(document: str) -> None:
    text = (ROOT / "seeds/dumps" / document).read_text("utf-8")
    text = text.replace("โ€ฆ", "…")  # the one damaged character that stands in a URL
    found = {
        str(number): [[link.raw, link.url, link.kind] for link in links]
        for number, line in enumerate(text.split("\n"), start=1)
        if (links := find_links(line))
    }
    assert found == SEEDS[document]


def test_a_page_shared_many_times_in_a_post_is_one_link() -> None:
    lines = (ROOT / "seeds/dumps/001_3911b33c6d472a6e.txt").read_text("utf-8").split("\n")
    footnotes = find_links("\n".join(lines[11:28]))
    assert [link.url for link in footnotes] == ["https://blog.lablup.com/posts"]
    readings = find_links("\n".join(lines[44:70]))
    assert [link.raw for link in readings][1:] == [
        "https://www.youtube.com/watch?v=ByhMpN2iSbc&feature=youtu.be",
        "https://huyenchip.com/.../real-time-machine-learning...",
        "https://huyenchip.com/2023/04/11/llm-engineering.html",
        "https://old.reddit.com/.../13fcw36/langchain_is_pointless/",
        "https://a16z.com/.../emerging-architectures-for-llm.../",
        "https://foundationcapital.com/foundation-model-ops.../",
        "https://youtu.be/emCoG-hA7AE",
        "https://lu.ma/agitownjuly2",
    ]


def test_a_link_says_all_about_itself() -> None:
    (link,) = find_links("(https://www.한글.kr/소개/?utm_source=x)")
    assert link.raw == "https://www.한글.kr/소개/?utm_source=x"
    assert link.url == "https://xn--bj0bj06e.kr/%EC%86%8C%EA%B0%9C"
    assert link.host == "한글.kr"
    assert link.kind == "other"
    assert not link.truncated


PIECES = (
    "https:// http:// www. naver.com t.me/durov arxiv.org/abs/ 2307.01850 youtu.be/ /wiki/ "
    "인공지능 에서 입니다 투자 3최신 ( ) [ ] ]( .. ... … . , ! ' ** # ?q= &b= %ED%88 % @ a.b@c.com "
    ": :8080 // / - _ = 🔥 → \u200b \\ < > { | é 中国 .한국 .рф İ ß"
)
TEXTS = st.text() | st.lists(st.sampled_from([*PIECES.split(), " ", "\n"]), max_size=30).map(
    "".join
)


@given(TEXTS)
@example("\ud800https://naver.com/\ud800")
def test_any_text_has_links_that_stand_in_it_in_their_order(text: str) -> None:
    spans = link_spans(text)
    assert all(span.start < span.end for span in spans)
    assert all(one.end <= next_.start for one, next_ in pairwise(spans))
    raws = [text[span.start : span.end] for span in spans]
    links = find_links(text)
    assert [link.raw for link in links] == [
        raw
        for number, raw in enumerate(raws)
        if canonical_url(raw) not in map(canonical_url, raws[:number])
    ]
    assert len({link.url for link in links}) == len(links)
    assert all(link.url == canonical_url(link.raw) for link in links)
    assert all(("..." in link.url) or not link.truncated for link in links)


WORD = st.text("abcXYZ0189", min_size=1, max_size=8)
CLEAN_URLS = st.builds(
    lambda host, path, query: f"https://{host}.example.com/{'/'.join(path)}{query}",
    WORD,
    st.lists(WORD, min_size=1, max_size=4),
    st.just("") | st.builds("?{}={}".format, WORD, WORD),
)


@given(
    CLEAN_URLS,
    st.sampled_from(("", " ", "글 ", "(", "“", "보기:", "[1](", "앞…", "\n", "é")),
    st.sampled_from(
        ("", ".", ",", ")", ").", "에서 본", "입니다.", "(영상)", "”", "!", " 뒤", "🔥")
    ),
)
def test_a_clean_url_is_found_whole_whatever_surrounds_it(
    url: str, before: str, after: str
) -> None:
    assert [link.raw for link in find_links(before + url + after)] == [url]


@given(CLEAN_URLS, CLEAN_URLS)
def test_two_glued_together_are_two(first: str, second: str) -> None:
    text = first + second
    assert [text[span.start : span.end] for span in link_spans(text)] == [first, second]


# Each made some earlier or some imaginable version take time that grew with the square of it.
HOSTILE = (
    "(", "[", "a.", "--a", "https://", "https://a.com/", "[a](https://a.com", "a.co/(", "가a.co/",
    "a.co/가-", "ab.com/a가", "A.com/B(", "https://a.com/?a=https://", "https://x.com/?q=가-",
    "https://a.com/…/", "https://a@", "://", "#", "https://l.facebook.com/l.php?u=",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    started = time.process_time()
    find_links(piece * (50_000 // len(piece)))
    assert time.process_time() - started < 5  # 0.5 at most on a slow machine; the square: minutes


def test_an_endless_url_is_no_link() -> None:
    assert find_links("https://lovo.ai/" + "a" * 3000) == ()
    assert find_links("https://" + "a." * 3000 + "com") == ()
    assert len(find_links("https://lovo.ai/" + "a" * 1500)) == 1
