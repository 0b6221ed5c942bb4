import pytest

from storage.models.posts import TITLE_LENGTH, title_of


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("실패에 대한 관점\n\n본문", "실패에 대한 관점"),
        ("\n\n  하면 되잖아!  \n본문", "하면 되잖아!"),
        ("https://youtu.be/x\n\n이전의 성공이", "이전의 성공이"),
        ("www.example.org/a\nA post", "A post"),
        ("----\n### 참고자료\n- a", "참고자료"),
        ("1.\nfirst thing", "first thing"),
        ("10일차:\n\n- 트렌드 구경\n본문", "10일차: 트렌드 구경"),
        ("9일차(광복절)\n쉬는 날", "9일차(광복절) 쉬는 날"),
        ("Day 3\nLoops", "Day 3 Loops"),
        ("요약:", "요약:"),
        ("5편의 논문\n본문", "5편의 논문"),
        ("https://youtu.be/x", "https://youtu.be/x"),
        ("2023", "2023"),
        ("See https://example.org now", "See https://example.org now"),
        ("a\tb   c", "a b c"),
        ("", ""),
        ("\n \n", ""),
    ],
)
def test_title_is_the_first_line_that_says_something(text: str, title: str) -> None:
    assert title_of(text) == title


def test_long_line_is_cut_between_words() -> None:
    title = title_of("word " * 40)
    assert title.endswith("word…")
    assert len(title) <= TITLE_LENGTH


def test_long_line_without_spaces_is_cut_all_the_same() -> None:
    assert title_of("가" * 200) == "가" * (TITLE_LENGTH - 1) + "…"
