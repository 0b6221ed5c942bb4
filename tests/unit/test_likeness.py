import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.language.keys import key_form
from storage.language.transcription import likeness, substance

SYLLABLES = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1)
JAMO = st.text(st.characters(min_codepoint=0x3131, max_codepoint=0x3163))
LETTERS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=20)


def how_much(korean: str, english: str) -> float:
    return likeness(key_form(korean), english)


@pytest.mark.parametrize(
    ("korean", "english"),
    [
        ("카메라", "camera"),
        ("커피", "coffee"),
        ("슈퍼마켓", "supermarket"),
        ("텔레비전", "television"),
        ("아이스크림", "icecream"),
        ("초콜릿", "chocolate"),
        ("퀴즈", "quiz"),
        ("택시", "taxi"),
        ("엔진", "engine"),
        ("위스키", "whiskey"),
        ("피아노", "piano"),
        ("스튜디오", "studio"),
        ("바이올린", "violin"),
        ("샴페인", "champagne"),
        ("오케스트라", "orchestra"),
        ("페르소나", "persona"),
    ],
)
def test_loanword_is_like_its_word(korean: str, english: str) -> None:
    assert how_much(korean, english) >= 0.85


@pytest.mark.parametrize(
    ("korean", "english"),
    [
        ("카메라", "summary"),
        ("슈퍼마켓", "superman"),
        ("어머니", "amazon"),
        ("도서관", "design"),
        ("사람", "slime"),
        ("택시", "tissue"),
    ],
)
def test_accident_is_less_so(korean: str, english: str) -> None:
    assert how_much(korean, english) < 0.85


@pytest.mark.parametrize(
    ("korean", "english", "other"),
    [
        ("레딧", "reddit", "redis"),
        ("레디스", "redis", "reddit"),
        ("데이터", "data", "duty"),
        ("스피커", "speaker", "spark"),
        ("타이거", "tiger", "tagger"),
        ("라우터", "router", "route"),
        ("킹", "king", "kin"),
        ("서비스", "service", "saves"),
        ("스택", "stack", "stake"),
        ("캐시", "cache", "case"),
        ("사이즈", "size", "this"),
        ("세션", "session", "season"),
    ],
)
def test_nearer_word_is_more_like_it(korean: str, english: str, other: str) -> None:
    assert how_much(korean, english) > how_much(korean, other)


@given(st.one_of(SYLLABLES, JAMO), LETTERS)
def test_likeness_is_a_share(korean: str, english: str) -> None:
    assert 0 <= how_much(korean, english) <= 1


def test_there_is_more_to_compare_in_a_longer_word() -> None:
    words = ["이", "가", "노션", "스타트업", "커뮤니케이션"]
    amounts = [substance(key_form(word)) for word in words]
    assert amounts == sorted(amounts)
    assert amounts[0] < amounts[-1]
