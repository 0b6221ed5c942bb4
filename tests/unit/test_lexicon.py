import tracemalloc
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.language.lexicon import is_inflected, known
from storage.language.lexicon.wordlists import WordList, pack, shipped, supplement, variants


@pytest.mark.parametrize(
    "word",
    [
        "독서",
        "퇴사",
        "음성",
        "삼성",
        "카카오",
        "반도체",
        "lecture",
        "marketing",
        "samsung",
        "nvidia",
        "umbrella",
    ],
)
def test_ordinary_words_and_names_are_known(word: str) -> None:
    assert known(word)


@pytest.mark.parametrize(
    "word", ["러스트", "브랜딩", "핀테크", "메타버스", "챗봇", "파인튜닝", "saas", "golang", "llm"]
)
def test_words_younger_than_the_lists_are_kept_by_hand(word: str) -> None:
    assert known(word)


@pytest.mark.parametrize(
    "slip",
    [
        "스타트없",
        "투저",
        "인공지눙",
        "에르매스",
        "퇴샤",
        "벨류에이숀",
        "startpu",
        "recieve",
        "seperate",
        "definately",
        "wierd",
        "teh",
        "kuberntes",
    ],
)
def test_slips_are_not_known(slip: str) -> None:
    assert not known(slip)


@pytest.mark.parametrize(
    "word", ["시장에서", "부모님께서", "투자자들은", "주식을", "책으로", "힘이", "밥도", "부터"]
)
def test_a_particle_may_follow(word: str) -> None:
    assert known(word)


@pytest.mark.parametrize("word", ["주식를", "투자을", "시장가", "회사은", "투자으로"])
def test_a_particle_follows_the_sound_it_belongs_to(word: str) -> None:
    assert not known(word)


@pytest.mark.parametrize(
    "word",
    [
        "먹다",
        "먹었습니다",
        "마셔요",
        "배운",
        "예뻤다",
        "추워서",
        "몰라요",
        "만드는",
        "만들어주었다",
        "성공하는",
        "창업하려면",
        "개선되었다",
        "말했다",
        "괜찮은데요",
        "진행해야하는",
        "공유해드립니다",
        "적용되는지에",
        "각박한",
        "조용히",
        "기업이라도",
        "위하여",
        "먹어보고",
        "것입니다",
    ],
)
def test_verbs_are_known_in_their_forms(word: str) -> None:
    assert known(word)


@pytest.mark.parametrize("stem", ["만들었", "아름답", "가르치"])
def test_a_stem_alone_is_no_word(stem: str) -> None:
    assert not known(stem)


@pytest.mark.parametrize(
    "word", ["영화시장", "투자회사", "자율주행", "재택근무", "비공개", "연구자들"]
)
def test_compounds_of_known_words_are_known(word: str) -> None:
    assert known(word)


@pytest.mark.parametrize(
    "word",
    [
        "투자럭",
        "컵시장",
        "랗회사",
        "회사회사회사회사회사회사회사",
        "로저히",
        "니해하기",
        "뉘대한",
        "튀하여",
        "생각화게",
        "friendsly",
    ],
)
def test_what_only_looks_like_a_compound_is_not(word: str) -> None:
    assert not known(word)


@pytest.mark.parametrize(
    "word",
    [
        "bookstores",
        "tightened",
        "stopping",
        "boxes",
        "parties",
        "founder's",
        "founders'",
        "prompted",
        "daintier",
        "fuzziest",
        "carefully",
    ],
)
def test_regular_english_forms_are_known(word: str) -> None:
    assert known(word)


@pytest.mark.parametrize("slip", ["occured", "begining", "refered", "boxs", "founderes"])
def test_english_endings_follow_the_rules_of_spelling(slip: str) -> None:
    assert not known(slip)


def test_case_width_and_unicode_form_do_not_matter() -> None:
    assert known("Samsung")
    assert known("ＳＡＭＳＵＮＧ")
    assert known(unicodedata.normalize("NFD", "삼성"))


@pytest.mark.parametrize(
    "word", ["", "2023", "챗gpt4", "ㅅㅅ", "東京", "독서 모임", "투자\n", "가" * 300]
)
def test_what_is_no_word_of_one_script_is_not_known(word: str) -> None:
    assert not known(word)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_any_text_may_be_asked_for(word: str) -> None:
    assert known(word) in (True, False)


def test_all_that_is_kept_by_hand_is_known() -> None:
    assert [word for word in supplement() if not known(word)] == []


@given(st.sets(st.text(alphabet="abc가나다", min_size=1, max_size=5), min_size=1, max_size=30))
def test_a_word_list_holds_what_was_packed_and_nothing_else(words: set[str]) -> None:
    unpacked = WordList.unpack(pack(words))
    assert {word for word in words if word not in unpacked} == set()
    assert [
        word for word in (*words, "") if word + "c" in unpacked and word + "c" not in words
    ] == []


def test_the_lists_take_little_memory() -> None:
    shipped.cache_clear()
    tracemalloc.start()
    try:
        for name in ("parts", "nouns", "roots", "stems", "verbs", "words", "english"):
            assert "가" * 30 not in shipped(name)
        assert tracemalloc.get_traced_memory()[0] < 4_000_000
    finally:
        tracemalloc.stop()


def test_words_written_in_several_ways_lead_to_each_other() -> None:
    for word, others in variants().items():
        assert word not in others
        assert all(word in variants()[other] for other in others)


def test_what_is_longer_than_any_word_is_not_taken_apart() -> None:
    """To look for verbs in 256 syllables took a second."""
    assert is_inflected("투자하는")
    assert not is_inflected("투자" * 30 + "하는")
