"""The likeliest borders are found, on pages nobody has seen too, in time linear in the lines."""

from __future__ import annotations

from itertools import combinations
from math import exp, inf, log1p
from random import Random
from time import process_time
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seeds.formats import borders
from seeds.formats.borders import REACH, find_borders, log_odds
from seeds.formats.lines import read_lines
from tests.bench.borders import joins, score
from tests.support.joins import join, seed_posts, written_posts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seeds.formats.lines import Line
    from tests.support.joins import KnownPost

TEXTS = [
    "",
    "오늘은 시장에서 사과를 샀습니다.",
    "사과 값이 많이 올랐더군요.",
    "실패에 대한 관점",
    "https://youtu.be/a",
    "#투자 #창업",
    "Today I learned about borders.",
    "1. 하나",
    "2. 둘",
    "그래서 안 샀다.",
]
pages = st.lists(st.sampled_from(TEXTS), max_size=7).map(
    lambda texts: [text for text in texts[:1] if text] + texts[1:]
)


def places(lines: Sequence[Line]) -> list[int]:
    pairs = ((at, lines[at - 1], lines[at]) for at in range(1, len(lines)))
    return [at for at, above, below in pairs if not above.is_blank and not below.is_blank]


def likelihood(lines: Sequence[Line], chosen: tuple[int, ...]) -> float:
    """The logarithm of how likely these borders are, place by place."""
    start, total = 0, 0.0
    for at in places(lines):
        odds = log_odds(lines[max(start, at - REACH) : at], lines[at : at + REACH])
        total -= log1p(exp(-odds if at in chosen else odds))
        start = at if at in chosen else start
    return total


@settings(max_examples=40)
@given(pages)
def test_no_other_borders_are_likelier(texts: list[str]) -> None:
    lines = read_lines(texts)
    spots = places(lines)
    choices = (chosen for size in range(len(spots) + 1) for chosen in combinations(spots, size))
    best = max(likelihood(lines, chosen) for chosen in choices)
    with patch.object(borders, "HOPELESS", inf):
        assert likelihood(lines, tuple(find_borders(lines))) == pytest.approx(best)


def test_what_is_given_up_early_was_hopeless() -> None:
    (page,) = joins(bare(seed_posts()))[:1]
    lines = read_lines(page.text.split("\n"))
    found = find_borders(lines)
    with patch.object(borders, "HOPELESS", inf):
        assert find_borders(lines) == found


def test_a_line_alone_has_no_borders() -> None:
    assert find_borders(read_lines(["글"])) == []
    assert find_borders(read_lines([])) == []


def test_no_border_lies_at_a_blank_line() -> None:
    lines = read_lines(["하나.", "", "Two.", "", "#셋", "", "넷"])
    assert find_borders(lines) == []


def test_plain_borders() -> None:
    texts = [
        "오늘 회고를 적어 둔다.",
        "",
        "#회고 #투자",
        "New paper on retrieval, worth an evening.",
        "",
        "https://arxiv.org/abs/1",
        "안녕하세요! 모임 안내드립니다.",
        "",
        "내일 저녁 7시에 만나요.",
    ]
    assert find_borders(read_lines(texts)) == [3, 6]


def f1(posts: Sequence[KnownPost]) -> float:
    found = score(joins(posts)[:5], unmarked=True)
    return 2 * found.right / (2 * found.right + found.wrong + found.missed)


def bare(posts: Sequence[KnownPost]) -> list[KnownPost]:
    return [post.unmarked() for post in posts]


# What was measured, less a little; make bench has the figures.


@pytest.mark.parametrize("posts", [seed_posts(), bare(seed_posts())], ids=["marked", "bare"])
def test_most_borders_of_shuffled_seed_posts(posts: Sequence[KnownPost]) -> None:
    assert f1(posts) >= 0.84


@pytest.mark.parametrize(
    "posts",
    [written_posts(unseen=True), bare(written_posts(unseen=True))],
    ids=["marked", "bare"],
)
def test_most_borders_of_posts_that_no_weight_has_seen(posts: Sequence[KnownPost]) -> None:
    assert f1(posts) >= 0.88


def test_marked_borders_are_hardly_ever_missed() -> None:
    page_of_all = joins([*seed_posts(), *written_posts(unseen=True)])[:3]
    for page in page_of_all:
        found = score([page], unmarked=False)
        unmarked = score([page], unmarked=True)
        marked_missed = found.missed - unmarked.missed
        assert marked_missed <= 0.1 * len(page.marked)


def seconds(copies: int) -> float:
    page = join(bare(seed_posts()) * copies, Random(1))
    lines = read_lines(page.text.split("\n"))
    started = process_time()
    find_borders(lines)
    return process_time() - started


def test_twice_the_lines_take_about_twice_the_time() -> None:
    seconds(1)
    assert seconds(4) < 5 * seconds(2)
