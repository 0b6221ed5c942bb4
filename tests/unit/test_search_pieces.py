import sqlite3
import string
from contextlib import closing

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from storage.language.hangul import SYLLABLE, initials
from storage.language.keys import is_hangul, keys_of, terms
from storage.language.korean import stems
from storage.language.sounds import skeleton, sounds_of
from storage.search.index.pieces import (
    LONGEST,
    LONGEST_SLIPPED,
    allowed_slips,
    inner_pieces,
    inside,
    pieces,
    pieces_of,
    sought,
    sound_piece,
    thirds,
    whole_piece,
)

INDEX = "CREATE VIRTUAL TABLE words USING fts5 (pieces, detail = none, tokenize = 'ascii')"
KEYS = st.text(string.ascii_lowercase, min_size=4, max_size=14)


@pytest.mark.parametrize(
    ("keys", "slips"),
    [("abc", 0), ("abcd", 1), ("abcdef", 1), ("abcdefg", 2), ("abc4", 0), ("2307", 0)],
)
def test_short_words_and_numbers_hold_fewer_slips(keys: str, slips: int) -> None:
    assert allowed_slips(keys, hangul=False) == slips
    assert allowed_slips("a" * (LONGEST_SLIPPED + 1), hangul=False) == 0


def test_short_hangul_word_that_is_no_syllables_holds_a_slip() -> None:
    assert [
        allowed_slips(keys_of(*terms(word)), hangul=True) for word in ("ㅊ리", "이ㅠ", "의", "비")
    ] == [
        1,
        1,
        0,
        0,
    ]


@pytest.mark.parametrize("keys", ["ab", "a" * (LONGEST + 1), "2307", "k8s"])
def test_what_cannot_be_slipped_to_has_no_pieces(keys: str) -> None:
    assert pieces(keys) == ()


@st.composite
def one_slip(draw: st.DrawFn) -> tuple[str, str]:
    keys = draw(KEYS)
    at = draw(st.integers(0, len(keys) - 1))
    key = draw(st.sampled_from(string.ascii_lowercase))
    slipped = draw(
        st.sampled_from(
            [
                keys[:at] + key + keys[at + 1 :],
                keys[:at] + key + keys[at:],
                keys[:at] + keys[at + 1 :],
                keys[:at] + keys[at : at + 2][::-1] + keys[at + 2 :],
            ]
        )
    )
    return keys, slipped


def finds(typed: str, meant: str, slips: int) -> bool:
    """Whether an index that holds what was meant finds it by what was typed."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute(INDEX)
        connection.execute("INSERT INTO words VALUES (?)", (" ".join(pieces(meant)),))
        condition = sought(typed, slips)[len(meant)]
        found = connection.execute("SELECT rowid FROM words WHERE words MATCH ?", (condition,))
        return found.fetchone() is not None
    finally:
        connection.close()


@given(one_slip())
def test_every_single_slip_is_found(pair: tuple[str, str]) -> None:
    meant, typed = pair
    assume(len(typed) >= 4)
    assert OSA.distance(meant, typed) <= 1
    assert finds(typed, meant, 1)


@given(one_slip(), st.data())
def test_two_slips_that_are_no_swaps_are_found(pair: tuple[str, str], data: st.DataObject) -> None:
    meant, typed = pair
    assume(sorted(meant) != sorted(typed))
    at = data.draw(st.integers(0, len(typed) - 1))
    twice = typed[:at] + "q" + typed[at + 1 :]
    assume(len(twice) >= 7)
    assert finds(twice, meant, 2)


@pytest.mark.parametrize("keys", ["z" * 40, "b" * 40, "kkkk" * 10])
def test_what_is_no_hangul_is_not_cut_like_it(keys: str) -> None:
    assert thirds(keys, hangul=True) == []
    assert "".join(thirds(keys, hangul=False)) == keys


def test_a_word_far_away_is_not_found() -> None:
    assert finds("tmxkxmdjq", "tmxkxmdjv", 1)
    assert not finds("tmxkxmdjq", "tnxkxndjv", 1)


def test_few_pieces_are_looked_up() -> None:
    looked_up = sum(condition.count('"') for condition in sought("tmxkxmdjq", 1).values()) / 2
    assert looked_up <= 24


@given(st.text("가각값갔깃허브트위터투자를에서은는이스쓰와과뷁ㄱㅏ", min_size=1, max_size=9))
def test_a_korean_term_is_found_by_what_its_word_and_stems_are_found_by(word: str) -> None:
    (term,) = terms(word)
    keys = keys_of(term)
    forms = (keys, *stems(keys))
    wanted = {piece for form in forms for piece in pieces(form)}
    sounds = {skeleton(sound) for form in forms for sound in sounds_of(form, hangul=True)}
    wanted |= {sound_piece(sound, hangul=True) for sound in sounds if sound}
    if len(initials(keys)) > 1:
        wanted.add(whole_piece(initials(keys)))
    wanted |= {*inner_pieces(SYLLABLE.findall(keys), hangul=True)}
    assert set(pieces_of(term).split()) == wanted


@pytest.mark.parametrize(
    ("word", "part"),
    [
        ("벤처투자의", "투자"),
        ("벤처투자의", "벤처투자"),
        ("인공지능전문가", "지능전문가"),
        ("ㅋ투자", "투자"),
        ("quantization", "tiza"),
        ("quantization", "quantization"),
        ("quantization", "antiza"),
        ("机器学习方法", "学习方法"),
    ],
)
def test_a_word_is_found_by_what_it_has_inside(word: str, part: str) -> None:
    assert holds(word, part)


@pytest.mark.parametrize(
    ("word", "part"), [("벤처투자의", "처자"), ("quantization", "nation"), ("각각", "가가")]
)
def test_a_word_is_not_found_by_what_it_does_not_have_inside(word: str, part: str) -> None:
    assert not holds(word, part)


def holds(word: str, part: str) -> bool:
    """Whether an index of a word finds it by a part of it."""
    (term,) = terms(word)
    (wanted,) = terms(part)
    with closing(sqlite3.connect(":memory:")) as connection, connection:
        connection.execute(INDEX)
        connection.execute("INSERT INTO words VALUES (?)", (pieces_of(term),))
        condition = inside(keys_of(wanted), hangul=is_hangul(wanted))
        found = connection.execute("SELECT count(*) FROM words WHERE words MATCH ?", (condition,))
        return bool(found.fetchone()[0])
