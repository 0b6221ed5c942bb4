"""A post in a list: what of it a phone shows, and what it leaves out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views.formatting import columns
from bot.views.results import TEXT_COLUMNS, TITLE_COLUMNS, entry_of_hit, entry_of_post
from storage import Hit, Post, Snippet, Span


def entry(text: str, title: str, *matches: str, snippet: str | None = None) -> tuple[str, str]:
    """Return what is shown of a post whose snippet is its text; matches are in [brackets]."""
    said = snippet or text
    spans = tuple(Span(said.index(word), said.index(word) + len(word)) for word in matches)
    cut = Snippet(text=said, spans=spans, cut_before=snippet is not None)
    post = Post(id=1, source="s", title=title, text=text)
    shown = entry_of_hit(Hit(post=post, rank=1, score=9, why=("exact",), snippet=cut))
    marks = {one.offset: "[" for one in shown.text.entities}
    marks |= {one.end: "]" for one in shown.text.entities}
    marked = "".join(marks.get(n, "") + letter for n, letter in enumerate(shown.text.text + " "))
    return shown.title.text, marked.rstrip()


def test_two_lines_stand_around_the_match() -> None:
    words = (
        "제목 "
        + "앞에 놓인 말들이 길게 이어집니다 " * 4
        + "바로 투자 이야기 "
        + "뒤에도 말이 많습니다 " * 9
    )
    _, text = entry(words, "제목", "투자")
    assert text.startswith("…")
    assert "[투자] 이야기 뒤에도" in text
    assert text.endswith("…")
    assert columns(text) <= TEXT_COLUMNS + 4


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("제목 보세요 https://a.kr/x?y=1 끝", "보세요 끝"),
        ("제목 보세요 youtu.be/abc 끝", "보세요 끝"),
        ("제목 [여기](https://a.kr/x) 있다", "여기 있다"),
        ("제목 했다.[3](https://a.kr/#fn-3) 또", "했다. 또"),
        ("제목 **굵게** ### 소제목", "굵게 소제목"),
        ("제목 말 #투자 #AI #primer", "말"),
        ("제목 #투자 #AI 그리고 말", "그리고 말"),
        ("제목 #투자 이야기", "#투자 이야기"),
        ("제목 말 ---- 또 _____________________ 말 *** 끝 ===", "말 또 말 끝"),
        ("제목 a---b", "a---b"),
        ("제목 정리 - https://a.kr - https://b.kr", "정리"),
    ],
)
def test_addresses_signs_and_runs_of_hashtags_are_left_out(text: str, shown: str) -> None:
    assert entry(text, "제목") == ("제목", shown)


def test_what_was_asked_for_stays_even_in_a_hashtag() -> None:
    assert entry("제목 말 #투자 #AI", "제목", "투자") == ("제목", "말 #[투자]")


def test_where_only_an_address_matches_the_beginning_is_shown() -> None:
    far = "https://a.kr/generative-ai https://b.kr/ai"
    shown = entry(f"제목 처음에 하는 말 {far}", "제목", "ai", snippet=far)
    assert shown == ("제목", "처음에 하는 말")


def test_a_match_in_an_address_gives_way_to_one_in_the_text() -> None:
    _, text = entry("제목 OpenAI 소식 https://a.kr/openai", "제목", "OpenAI", "openai")
    assert text == "[OpenAI] 소식"


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("1. 첫째 이야기", "첫째 이야기"),
        ("- 읽을 거리", "읽을 거리"),
        ("제목 #투자 #AI", "제목"),
        ("#투자 #AI", "#투자 #AI"),
        ("https://a.kr/x", "https://a.kr/x"),
        ("2023년 회고", "2023년 회고"),
        ("끝이 잘린 제목....…", "끝이 잘린 제목…"),
    ],
)
def test_a_title_has_no_number_of_its_own_and_no_noise(title: str, shown: str) -> None:
    text = f"{title.removesuffix('…')} 그리고 본문"
    assert entry(text, title)[0] == shown


def test_what_a_long_title_leaves_out_begins_the_text() -> None:
    line = "아주 긴 첫 줄이 여기에서 시작해서 한참을 더 이어지다가 마침내 여기에서 끝납니다."
    title, text = entry(f"{line} 다음 줄", line)
    assert columns(title) <= TITLE_COLUMNS + 1
    assert f"{title.removesuffix('…')} {text}" == f"{line} 다음 줄"


def test_a_snippet_from_elsewhere_does_not_go_on_after_the_title() -> None:
    line = "아주 긴 첫 줄이 여기에서 시작해서 한참을 더 이어지다가 마침내 여기에서 끝납니다."
    _, text = entry("", line, "투자", snippet="딴 곳의 투자")
    assert text == "…딴 곳의 [투자]"


def test_a_post_goes_on_after_its_title_wherever_that_stands() -> None:
    text = "https://a.kr/x\n\n10일차:\n- 트렌드   구경\n본문이 이어집니다"
    shown = entry_of_post(Post(id=1, source="s", title="10일차: 트렌드 구경", text=text))
    assert (shown.title.text, shown.text.text) == ("10일차: 트렌드 구경", "본문이 이어집니다")


@given(st.text(st.sampled_from("가a👍. #-*[](1)htps:/\n"), max_size=300), st.data())
def test_any_text_fits_and_keeps_its_matches_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    snippet = Snippet(text=text, spans=(span,), cut_before=data.draw(st.booleans()))
    post = Post(id=1, source="s", title=text[: data.draw(st.integers(0, 80))], text=text)
    shown = entry_of_hit(Hit(post=post, rank=1, score=9, why=(), snippet=snippet))
    for part, most in ((shown.title, TITLE_COLUMNS), (shown.text, TEXT_COLUMNS)):
        assert columns(part.text) <= most + 2
        assert all(0 <= one.offset <= one.end <= len(part.text) for one in part.entities)
