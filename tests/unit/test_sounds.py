import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.language.keys import key_form
from storage.language.sounds import skeleton, skeletons_heard, sounds_of, sounds_of_english

LETTERS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=12)


@pytest.mark.parametrize(
    ("korean", "english"),
    [
        ("깃허브", "github"),
        ("트위터", "twitter"),
        ("허깅페이스", "huggingface"),
        ("구글", "google"),
        ("스타트업", "startup"),
        ("벤처", "venture"),
        ("스레드", "thread"),
        ("이더리움", "ethereum"),
        ("컴파일러", "compiler"),
        ("마케팅", "marketing"),
        ("팟캐스트", "podcast"),
        ("액셀러레이터", "accelerator"),
    ],
)
def test_loanword_has_the_consonants_of_its_word(korean: str, english: str) -> None:
    (sound,) = sounds_of(key_form(korean), hangul=True)
    assert skeleton(sound) in {skeleton(one) for one in sounds_of(english, hangul=False)}


def test_vowels_tell_words_of_the_same_consonants_apart() -> None:
    (sound,) = sounds_of(key_form("데이터"), hangul=True)
    assert sound not in sounds_of_english("duty")


@pytest.mark.parametrize("word", ["뷁뷁", "닭갈비집", "ㅋㅋㅋㅋ", "ㅅㅌㅌㅇ"])
def test_what_no_loanword_is_spelled_like_has_no_sound(word: str) -> None:
    assert sounds_of(key_form(word), hangul=True) == ()


@pytest.mark.parametrize("word", ["abc", "k8s9", "xqzjvk", "a" * 40, "naïve"])
def test_what_is_no_english_word_has_no_sound(word: str) -> None:
    assert sounds_of(word, hangul=False) == ()


@given(LETTERS)
def test_sounds_use_few_letters(word: str) -> None:
    for sound in sounds_of_english(word):
        assert set(sound) <= set("bdghjlmnsaeiou")
        assert not set(skeleton(sound)) & set("aeiou")


@pytest.mark.parametrize(
    ("korean", "english"),
    [("페르소나", "persona"), ("바르셀로나", "barcelona"), ("파이어폭스", "firefox")],
)
def test_r_that_only_one_script_sounds_is_looked_for_from_either_side(
    korean: str, english: str
) -> None:
    (sound,) = sounds_of(key_form(korean), hangul=True)
    spelled = {skeleton(one) for one in sounds_of(english, hangul=False)}
    assert skeleton(sound) in skeletons_heard(english, hangul=False) - spelled
    assert skeletons_heard(key_form(korean), hangul=True) & spelled
