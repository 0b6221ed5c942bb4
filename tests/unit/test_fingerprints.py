import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.posts.copies import (
    OPENING_LENGTH,
    begins_with,
    fingerprint,
    opening,
    opening_key,
)

POST = "누가 이번 주 밋업을\n후원해 주실까요?  WHO would like to, and how much? Write to me."


def test_copies_of_a_post_have_one_fingerprint() -> None:
    post = "OpenAI는\n\n스타트업 이다"
    copy = unicodedata.normalize("NFD", "openai는  스타트업\t이다 ")
    assert fingerprint(post) == fingerprint(copy)


def test_another_word_is_another_fingerprint() -> None:
    assert fingerprint("스타트업 투자") != fingerprint("스타트업 투지")


@given(st.text(min_size=OPENING_LENGTH * 2), st.integers(60, 200))
def test_a_cut_snippet_opens_as_its_post(text: str, length: int) -> None:
    flat = " ".join(text.split())
    snippet = flat if len(flat) <= length else flat[:length].rstrip() + "…"
    if len(flat) > length and opening(flat[:length]) != opening(flat):
        return  # the cut fell inside what folding joins; such a reply stays unlinked
    assert opening(snippet)[: OPENING_LENGTH - 2] == opening(text)[: OPENING_LENGTH - 2]


def test_short_uncut_snippet_is_its_whole_post() -> None:
    assert opening("https://blog.example/posts/#fn-5") != opening(
        "https://blog.example/posts/#fn-5 and more"
    )


@pytest.mark.parametrize(
    "snippet",
    [
        POST,
        "누가 이번 주 밋업을 후원…",
        "누가 이번 주 밋업을 후원해 주실까요? who would like to, and h...",
    ],
)
def test_a_snippet_finds_its_post(snippet: str) -> None:
    assert opening_key(snippet) == opening_key(POST)
    assert opening_key(POST) is not None
    assert begins_with(POST, snippet)


def test_a_snippet_of_the_same_first_words_is_not_of_that_post() -> None:
    for snippet in ("누가 이번 주 밋업을 후원", "누가 이번 주 밋업을 열…"):
        assert opening_key(snippet) == opening_key(POST)
        assert not begins_with(POST, snippet)


@pytest.mark.parametrize("snippet", ["", "좋아요!", "짧은 글입니다…", "a           b"])
def test_too_short_a_snippet_finds_nothing(snippet: str) -> None:
    assert opening_key(snippet) is None
