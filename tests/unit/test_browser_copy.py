"""A preview page that was copied in a browser becomes the posts that it shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seeds.formats import browser_copy, channel_preview, recognise
from storage import Origin, Reaction, Source

HEAD = """갈피 시험 채널
✔
@galpi_trial
1.2K subscribers31 photos9 links
채널 소개
Download Telegram
About
Blog
Join
갈피 시험 채널
1.2K subscribers
"""
POSTS = (
    "갈피 시험 채널\n0:09\n첫 글\n\n둘째 문단\n👍\n10\n❤\n3\n2.5Kviews08:35\n",
    "갈피 시험 채널\n🇰🇷\n2.49K\n419\n112\n8.67MviewsJane Doe,\xa0edited \xa0 15:40\n",
    "갈피 시험 채널\nForwarded from\xa0다른 채널\n갈피 시험 채널\n첫 글\n옮긴 답\n1 view10:00 PM\n",
    "갈피 시험 채널\nVIEW IN TELEGRAM\n사진 설명 2024\n15K40.4K14.6K677\n12 views 9:00\n",
    "갈피 시험 채널\n골라요\n점심?\nAnonymous Poll\n40%\n김밥\n60%\n라면\n5 voters12views21:00\n",
)
TEXTS = ["첫 글\n\n둘째 문단", "🇰🇷", "옮긴 답", "사진 설명 2024", "골라요\n\n점심?\n- 김밥\n- 라면"]
PAGE = f"{HEAD}\n" + "\n".join(POSTS)


def test_the_channel_with_its_figures() -> None:
    assert recognise(PAGE) == browser_copy.parse
    assert browser_copy.parse(PAGE, "page.txt").source == Source(
        title="갈피 시험 채널", username="galpi_trial", subscribers=1200, photos=31, links=9
    )


def test_every_post_with_what_stands_around_it() -> None:
    first, second, third, fourth, poll = browser_copy.parse(PAGE, "page.txt").posts
    assert [post.text for post in (first, second, third, fourth, poll)] == TEXTS
    assert first.reacted == (Reaction(emoji="👍", count=10), Reaction(emoji="❤", count=3))
    assert (second.reactions, second.reacted, second.views) == (3021, (), 8_670_000)
    assert (third.forwarded_from, third.reply_snippet) == ("다른 채널", "첫 글")
    assert (third.views, fourth.reactions, poll.views) == (1, 0, 12)
    assert first.origin == Origin(document="page.txt", first_line=15, last_line=17)


def test_a_post_that_nobody_reacted_to_stands_between_others() -> None:
    bare = "갈피 시험 채널\n5views10:00\n"  # a picture alone
    page = f"{HEAD}{POSTS[0]}{bare}{POSTS[3]}"
    texts = [post.text for post in browser_copy.parse(page, "page.txt").posts]
    assert texts == ["첫 글\n\n둘째 문단", "사진 설명 2024"]


def test_some_posts_without_the_head_are_a_copy_too() -> None:
    document = browser_copy.parse("".join(POSTS[:3]), "page.txt")
    assert (document.source.title, len(document.posts)) == ("갈피 시험 채널", 3)


@pytest.mark.parametrize(
    "text",
    [
        "글\n12 views at noon",
        "1.2K views 10:00",
        "제목\n10 subscribers\nDownload Telegram\n글\n👍2",
        "",
    ],
)
def test_other_texts_are_none(text: str) -> None:
    assert not browser_copy.knows(text)


def test_a_copy_without_feet_is_left_to_the_judgement_of_borders() -> None:
    page = "제목\n10 subscribers\nDownload Telegram\n글\n👍1.25K\n둘째 글"
    assert recognise(page) == channel_preview.parse
    first, second = channel_preview.parse(page, "page.txt").posts
    assert (first.reactions, second.text) == (1250, "둘째 글")


@given(st.integers(0, len(PAGE)))
def test_what_stands_before_a_cut_comes_in(cut: int) -> None:
    ends = [PAGE.index(post) + len(post) - 1 for post in POSTS]
    kept = [text for text, end in zip(TEXTS, ends, strict=True) if end <= cut]
    if not kept:
        return
    found = [post.text for post in browser_copy.parse(PAGE[:cut], "page.txt").posts]
    assert found[: len(kept)] == kept


@given(st.integers(0, len(POSTS) - 1), st.text(max_size=12), st.data())
def test_what_is_stray_in_a_post_costs_no_other(
    number: int, stray: str, data: st.DataObject
) -> None:
    post = POSTS[number]
    at = data.draw(st.integers(post.index("\n") + 1, post.rindex("\n", 0, -1)))
    damaged = [*POSTS[:number], post[:at] + stray + post[at:], *POSTS[number + 1 :]]
    found = [one.text for one in browser_copy.parse(HEAD + "\n".join(damaged), "a").posts]
    others = [text for place, text in enumerate(TEXTS) if place != number]
    assert [text for text in found if text in others] == others
