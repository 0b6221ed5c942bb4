"""Whatever a text holds, it is parsed or refused with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import example, given, settings
from hypothesis import strategies as st

from seeds.errors import DocumentError, Problem
from seeds.formats import blog_article, channel_preview, recognise

if TYPE_CHECKING:
    from seeds.formats.batches import Batch

TITLE = "방"
HEAD = f"{TITLE}\n12 subscribers\nDownload Telegram\n"
SPECIAL = "\u200b|2|👍2|1.2K|방|Forwarded from|Forwarded from X|Download Telegram|1 subscriber"
ORDINARY = "|#투자|https://a.kr/b|- 하나|3. 셋|6일차|“|(|:|글|끝났다.|The end.|2주차 후기"
LINES = st.one_of(
    st.sampled_from((SPECIAL + ORDINARY).split("|")),
    st.just(""),
    st.text(max_size=40),
)
TEXTS = st.lists(LINES, max_size=30).map("\n".join)


def check(document: Batch, text: str) -> None:
    """Posts hold lines of the text, in its order, without overlap and without blank ends."""
    lines = text.split("\n")
    last = 0
    assert document.posts
    for post in document.posts:
        origin = post.origin
        assert origin is not None
        assert last < origin.first_line <= origin.last_line <= len(lines)
        shown = lines[origin.first_line - 1 : origin.last_line]
        assert post.text == "\n".join(line.removesuffix("\r") for line in shown)
        assert post.reactions >= 0
        last = origin.last_line


@settings(max_examples=300)
@given(TEXTS)
@example("\x1c\n\x85")
@example("1️⃣")
@example("₂")
@example("#")
def test_a_page(text: str) -> None:
    page = HEAD + text
    try:
        document = channel_preview.parse(page, "page.txt")
    except DocumentError:
        return
    assert document.source.title == TITLE
    check(document, page)


@settings(max_examples=200)
@given(st.one_of(TEXTS, st.text()))
@example("A channel\n1 subscriber\nDownload Telegram")
def test_any_text_at_all(text: str) -> None:
    parser = recognise(text)
    for parse in (channel_preview.parse, blog_article.parse):
        problem = None
        try:
            document = parse(text, "any.txt")
        except DocumentError as error:
            problem = error.problem
        else:
            assert all(post.origin is not None for post in document.posts)
        # What is recognised can only be empty.
        assert parser is not parse or problem in {None, Problem.NO_POSTS}


@settings(max_examples=100)
@given(TEXTS)
def test_a_diary(text: str) -> None:
    diary = f"일지\n1일차\n{text}\n2일차\n끝"
    document = blog_article.parse(diary, "diary.txt")
    assert document.posts[-1].text.endswith("끝")
    assert sum(post.text.count("일차") for post in document.posts) == diary.count("일차")
