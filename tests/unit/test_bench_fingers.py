"""The benchmark's typist: a keyboard of its own, so it is tested by itself."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.search import fingers

HANGUL = st.text(st.characters(min_codepoint=ord("가"), max_codepoint=ord("힣")), min_size=1)


@given(HANGUL)
def test_an_input_method_makes_the_text_again_that_was_typed(text: str) -> None:
    assert fingers.compose(fingers.keys(text)) == text


@pytest.mark.parametrize(
    ("pressed", "text"),
    [
        ("xnwk", "투자"),
        ("github", "햐소ㅕㅠ"),
        ("ekfrrhk", "닭과"),
        ("dkswdk", "앉아"),
        ("dkswk", "안자"),
        ("tmxkxmdjq", "스타트업"),
        ("tmxkxmjqd", "스타트ㅓㅂㅇ"),
        ("hkfl", "ㅘ리"),
    ],
)
def test_keys_make_hangul_as_typed(pressed: str, text: str) -> None:
    assert fingers.compose(pressed) == text


def test_initials_are_the_first_jamo_of_each_syllable() -> None:
    assert fingers.initial_jamo("스타트업") == "ㅅㅌㅌㅇ"


@given(HANGUL, st.integers())
def test_a_slip_changes_few_keys(text: str, seed: int) -> None:
    pressed = fingers.keys(text)
    slipped = fingers.slip(pressed, random.Random(seed))
    assert slipped != pressed
    assert abs(len(slipped) - len(pressed)) <= 1
