import unicodedata
from itertools import pairwise
from typing import Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from storage.language.hangul import (
    KEYS,
    find_aligned,
    initials,
    is_consonants,
    is_whole,
    syllable_starts,
)
from storage.language.keys import (
    is_hangul,
    key_form,
    keys_of,
    offsets,
    sequence,
    term_of,
    terms,
    tokens,
)
from storage.language.korean import endings_for, short_object, stems, sure_stems
from storage.search.index import content_of

SYLLABLES = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)
HANGUL_WORDS = st.text(SYLLABLES, min_size=1, max_size=8)
FORMS: st.SearchStrategy[Literal["NFC", "NFD"]] = st.sampled_from(("NFC", "NFD"))
ODD = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
MIXED = st.text(
    st.one_of(SYLLABLES, st.sampled_from("aZ9 é_-#.\nㅋㅏ①½ｦ가ＡﬁİßΣйか\u0301\u1100\u1161\u11a8🎉"))
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("xnwk", "투자"),
        ("햣ㅗㅕㅠ", "github"),
        ("스타틍ㅓㅂ", "스타트업"),
        ("ＯｐｅｎＡＩ", "openai"),
        ("Café", "cafe"),
        ("ㄲㅆㅃ", "ㄱㅅㅂ"),
        ("왜궈웨뷁", "왜궈웨뷁"),
        ("ﾡￂ", "가"),
        ("①", "1"),
        ("ﬁne", "fine"),
    ],
)
def test_what_is_typed_alike_is_alike(typed: str, meant: str) -> None:
    assert key_form(typed) == key_form(meant)


def test_every_syllable_and_jamo_has_latin_keys() -> None:
    wanted = {*range(0xAC00, 0xD7A4), *range(0x3131, 0x3164)}
    assert wanted <= KEYS.keys()
    assert all(keys.isascii() and keys.islower() and keys for keys in KEYS.values())


def test_known_spellings() -> None:
    spelled = {"뷁": "qnpfr", "값": "rkqt", "의": "dml", "까": "rk", "와": "dhk", "ㅢ": "ml"}
    assert {text: key_form(text) for text in spelled} == spelled


def test_words_end_where_the_script_changes() -> None:
    text = "OpenAI는 GPT-4를 #벤처_투자 2023년"
    assert [text[word.start : word.end] for word in tokens(text)] == [
        "OpenAI", "는", "GPT", "4", "를", "벤처", "투자", "2023", "년",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("좋네요ㅠㅠ", ["좋네요", "ㅠㅠ"]),
        ("좋은ㅜㅠ 배우", ["좋은", "ㅜㅠ", "배우"]),
        ("ㅋㅋㅋ진짜웃겨요ㅋㅋㅋㅋ자막", ["ㅋㅋㅋ", "진짜웃겨요", "ㅋㅋㅋㅋ", "자막"]),
        ("꿀잼ㅋ", ["꿀잼ㅋ"]),
        ("ㅇㅋㅋ ㅎㅎ", ["ㅇㅋㅋ", "ㅎㅎ"]),
        ("스타틍ㅓㅂ", ["스타틍ㅓㅂ"]),
    ],
)
def test_words_end_where_a_text_laughs_or_weeps(text: str, found: list[str]) -> None:
    assert [text[word.start : word.end] for word in tokens(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A.I. in the U.S. today", ["ai", "in", "the", "us", "today"]),
        ("U.S.A, I.B.M.", ["usa", "ibm"]),
        ("M&A, AT&T는 S&P500", ["mːa", "atːt", "_sms", "sːp", "500"]),
        ("an A/B test of I/O in a/b/c", ["an", "ab", "test", "of", "io", "in", "a", "b", "c"]),
        ("rock&roll a&b=c", ["rock", "roll", "aːb", "c"]),
        ("np.a.b.c of x.y.z.com", ["np", "a", "b", "c", "of", "x", "y", "z", "com"]),
        ("plan A. B follows", ["plan", "a", "b", "follows"]),
    ],
)
def test_initials_with_points_are_one_word(text: str, found: list[str]) -> None:
    assert list(sequence(text)) == found


def test_links_are_words_without_what_every_link_has() -> None:
    assert sequence("https://www.arxiv.org/abs/2307.01850") == (
        "arxiv",
        "org",
        "abs",
        "2307ˑ01850",
    )
    assert sequence("WWW.github.com") == ("github", "com")


def test_signs_and_emoji_are_no_words() -> None:
    assert sequence("🎉 👍🏽 … -- _ ❤️ \u200b ½°") == ("12",)


def test_hangul_and_latin_of_the_same_keys_are_different_terms() -> None:
    assert terms("go 해") == {"go", "_go"}
    assert [is_hangul(term) for term in sequence("go 해")] == [False, True]
    assert keys_of("_go") == keys_of("go") == "go"
    assert term_of("go", hangul=True) == "_go"


@given(MIXED | ODD)
def test_form_is_the_same_composed_and_decomposed(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert sequence(unicodedata.normalize("NFD", composed)) == sequence(composed)


@example("½́")  # a fraction under an accent: what folding makes of it is Latin
@given(MIXED | ODD)
def test_form_of_a_form_is_itself(text: str) -> None:
    for term in terms(text):
        assert key_form(keys_of(term)) == keys_of(term)


@given(HANGUL_WORDS)
def test_typing_the_keys_of_hangul_is_the_wrong_layout_only(text: str) -> None:
    (term,) = sequence(text)
    assert is_hangul(term)
    assert sequence(keys_of(term)) == (keys_of(term),)


@given(MIXED | ODD)
def test_words_cover_their_own_text(text: str) -> None:
    found = list(tokens(text))
    assert tuple(word.term for word in found) == sequence(text)
    for word in found:
        assert sequence(text[word.start : word.end]) == (word.term,)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(MIXED | ODD)
def test_terms_can_be_quoted_and_split_at_spaces(text: str) -> None:
    for term in terms(text):
        keys = keys_of(term)
        assert keys
        assert not any(c.isascii() and not c.isalnum() for c in keys)
    assert tuple(content_of(text).split()) == sequence(text)


@given(st.text(SYLLABLES, min_size=1, max_size=6), FORMS)
def test_offsets_lead_from_keys_to_whole_characters(word: str, form: Literal["NFC", "NFD"]) -> None:
    written = unicodedata.normalize(form, word)
    places = offsets(written)
    assert len(places) == len(key_form(word)) + 1
    assert [*places] == sorted(places)
    borders = {written[place:] for place in places}
    assert borders == {unicodedata.normalize(form, word[n:]) for n in range(len(word) + 1)}


def test_offsets_of_what_cannot_be_told_apart_are_the_ends() -> None:
    assert offsets("ﬁ") == (0, 0, 1)


def test_a_half_width_voicing_mark_belongs_to_the_letter_before_it() -> None:
    assert offsets("ｶﾞｱ") == (0, 2, 3)


def test_a_mark_that_folding_sets_free_begins_no_word() -> None:
    assert key_form("ำ") == key_form(key_form("ำ")) == "า"


def test_every_character_of_a_word_says_something() -> None:
    for code in range(0x20, 0x3000):
        for word in tokens(chr(code)):
            assert keys_of(word.term)


@given(HANGUL_WORDS)
def test_syllables_are_found_in_keys(text: str) -> None:
    keys = key_form(text)
    assert is_whole(keys)
    assert len(syllable_starts(keys)) == len(text)
    assert len(initials(keys)) == len(text)


@pytest.mark.parametrize(
    ("word", "part", "is_there"),
    [
        ("벤처투자의", "투자", True),
        ("투자", "투자", True),
        ("투자금", "투자", True),
        ("투장", "투자", False),
        ("각하", "가", False),
        ("각아", "가", False),
        ("가각", "각", True),
        ("나가기", "아기", False),
        ("좋네요ㅜ", "좋네요", True),
        ("꿀잼ㅋ", "꿀잼", True),
        ("꿀잼ㅋ배우", "꿀잼", True),
        ("영사우", "영상", False),
        ("부엌", "부어", False),
        ("그렇게", "그러", False),
        ("좋네용", "좋네요", False),
    ],
)
def test_parts_are_whole_syllables(word: str, part: str, is_there: bool) -> None:  # noqa: FBT001 - a table's column
    assert (find_aligned(key_form(word), key_form(part)) >= 0) == is_there


@given(HANGUL_WORDS, HANGUL_WORDS, HANGUL_WORDS)
def test_a_compound_holds_each_of_its_parts(first: str, second: str, third: str) -> None:
    keys = key_form(first + second + third)
    at = find_aligned(keys, key_form(second))
    assert 0 <= at <= len(key_form(first))


def test_consonants_alone_are_initials() -> None:
    assert is_consonants(key_form("ㅅㅌㅌㅇ"))
    assert not is_consonants(key_form("ㅅㅌㅏ"))
    assert initials(key_form("스타트업")) == key_form("ㅅㅌㅌㅇ")


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("스타트업을", ["스타트업"]),
        ("고객에게서도", ["고객에게서", "고객에", "고객"]),
        ("고객에게는", ["고객에게", "고객"]),
        ("학교에서부터", ["학교에서", "학교"]),
        ("지도", []),
        ("투자", []),
        ("github", []),
    ],
)
def test_stems_leave_two_syllables_at_least(word: str, found: list[str]) -> None:
    assert stems(key_form(word)) == tuple(map(key_form, found))


def test_only_sure_particles_are_taken_from_short_words() -> None:
    assert sure_stems(key_form("투자를")) == (key_form("투자"),)
    assert sure_stems(key_form("고양이")) == ()
    assert sure_stems(key_form("스타트업이")) == (key_form("스타트업"),)


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("돈을", ["돈"]),
        ("값을", ["값"]),
        ("차를", ["차"]),
        ("마을", []),
        ("가을", []),
        ("돈를", []),
        ("투자를", []),
        ("을", []),
        ("ㄷ을", []),
    ],
)
def test_one_syllable_is_an_object_if_its_particle_agrees(word: str, found: list[str]) -> None:
    assert short_object(key_form(word)) == tuple(map(key_form, found))


def test_one_syllable_takes_no_particle_that_makes_another_word() -> None:
    assert key_form("라") not in endings_for(key_form("나"))
    assert key_form("는") in endings_for(key_form("나"))
    assert key_form("라") in endings_for(key_form("투자"))
    assert endings_for("github") == frozenset()
