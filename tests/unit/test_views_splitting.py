import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.views.formatting import shorten, split, units

# What cutting could go wrong with: borders, wide characters, piled-up ones.
CHARACTERS = st.sampled_from("a가. \n!\u0301👍\u200d\U0001f3fd\u1161\u11a8🇰🇷#&<")
TEXTS = st.text(CHARACTERS | st.characters(codec="utf-8"), max_size=300)
LIMITS = st.integers(2, 60)


@given(TEXTS, LIMITS)
@example("a" * 61, 60)
@example("👍" * 9, 5)
@example("e" + "\u0301" * 50, 10)
def test_every_part_fits_and_only_blank_space_is_lost(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert all(0 < units(part) <= limit and part == part.strip() for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@given(TEXTS, LIMITS)
def test_a_shortened_text_fits_and_is_the_beginning(text: str, limit: int) -> None:
    short = shorten(text, limit + 1)
    assert units(short) <= limit + 1
    assert text.strip().startswith(short.removesuffix("…"))


def test_units_are_those_of_utf_16() -> None:
    assert units("a가👍") == 4


def test_a_text_that_fits_is_one_part_and_a_blank_one_none() -> None:
    assert split("가" * 10, 10) == ("가" * 10,)
    assert split(" \n ", 10) == ()


@pytest.mark.parametrize(
    ("text", "limit", "parts"),
    [
        ("한 문단.\n여기\n\n둘째 문단. 끝", 14, ("한 문단.\n여기", "둘째 문단. 끝")),
        ("첫째 줄. 말\n둘째 줄. 말", 12, ("첫째 줄. 말", "둘째 줄. 말")),
        ("First one. Second one here", 20, ("First one.", "Second one here")),
        ("“Enough.” Then it went on", 16, ("“Enough.”", "Then it went on")),
        ("no sentence ends here", 14, ("no sentence", "ends here")),
        ("abcdefghij", 4, ("abcd", "efgh", "ij")),
        ("exactly ten and more", 11, ("exactly ten", "and more")),
    ],
    ids=["paragraph", "line", "sentence", "quotation", "word", "anywhere", "border at the limit"],
)
def test_the_cut_is_at_the_best_border(text: str, limit: int, parts: tuple[str, ...]) -> None:
    assert split(text, limit) == parts


def test_a_border_near_the_beginning_does_not_leave_a_scrap() -> None:
    text = "제목\n\n" + "긴 문장이 이어집니다. " * 20
    first, *_ = split(text, 100)
    assert len(first) > 50


@pytest.mark.parametrize(
    "cluster",
    ["👍🏽", "👩\u200d💻", "e\u0301", "\u1100\u1161\u11a8"],
    ids=["skin tone", "joined emoji", "accent", "decomposed syllable"],
)
def test_what_is_read_as_one_character_stays_one(cluster: str) -> None:
    parts = split("x" + cluster * 20, 10)
    assert all(part.removeprefix("x").replace(cluster, "") == "" for part in parts)


def test_shortening_prefers_the_end_of_a_paragraph() -> None:
    assert shorten("하나 둘 셋.\n\n넷 다섯 여섯 일곱", 14) == "하나 둘 셋…"
