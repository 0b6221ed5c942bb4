from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.search.meaning.cutting import (
    LENGTH,
    LONGEST,
    MOST_PARTS,
    is_korean,
    parts_of,
    without_links,
)

PARAGRAPH = "한 문단은 이만큼 길어요. " * 12


def said(text: str) -> list[str]:
    return [text[part.start : part.end] for part in parts_of(text)]


def test_short_paragraphs_are_one_part() -> None:
    assert said("첫 줄\n둘째 줄\n\n셋째 줄\n") == ["첫 줄\n둘째 줄\n\n셋째 줄"]


def test_paragraphs_are_joined_up_to_a_length() -> None:
    found = said("\n\n".join([PARAGRAPH] * 5))
    assert [part.count("\n\n") for part in found] == [1, 1, 0]
    assert all(len(part) <= LENGTH for part in found)


def test_a_long_paragraph_is_cut_behind_sentences() -> None:
    found = said(PARAGRAPH * 6)
    assert len(found) > 2
    assert all(part.endswith("길어요.") and len(part) <= LONGEST for part in found)
    assert " ".join(found) == (PARAGRAPH * 6).strip()


def test_letters_without_any_blank_are_cut_where_they_must() -> None:
    assert "".join(said("가" * 2000)) == "가" * 2000
    assert max(map(len, said("가" * 2000))) <= LONGEST


@pytest.mark.parametrize("text", ["", "\n \n", "https://example.org/a-b-c", "2023. 6. 1. 👍"])
def test_what_says_nothing_has_no_parts(text: str) -> None:
    assert said(text) == []


def test_links_are_blanks_and_do_not_fill_a_part() -> None:
    links = "\n".join(
        f"논문 {number} https://arxiv.org/abs/2306.{number:05}" for number in range(20)
    )
    assert len(said(links)) == 1
    assert "arxiv" not in without_links(links)
    assert len(without_links(links)) == len(links)


def test_a_post_has_a_limited_number_of_parts() -> None:
    assert len(parts_of(f"{PARAGRAPH}\n" * 4 * MOST_PARTS)) == MOST_PARTS


@given(st.text(alphabet="가나 ab.\n!?다요 \u200b\t", max_size=3000))
def test_parts_stand_in_order_and_leave_no_letter_out(text: str) -> None:
    parts = parts_of(text)
    assert all(one.end <= other.start for one, other in pairwise(parts))
    left_out = list(text)
    for part in parts:
        left_out[part.start : part.end] = [""] * (part.end - part.start)
    assert not any(letter.isalpha() for letter in left_out)


@pytest.mark.parametrize(
    ("text", "korean"),
    [("의료용 LLM", True), ("LLM for 의사", False), ("GPT-4로 만든 서비스", True), ("2023", False)],
)
def test_the_language_is_that_of_most_letters(text: str, korean: bool) -> None:  # noqa: FBT001
    assert is_korean(text) is korean
