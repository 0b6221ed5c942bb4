import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.language.keys import key_form, sequence
from storage.models import Span
from storage.search.expand.alternatives import Alternative, alternative
from storage.search.present.snippets import (
    LENGTH,
    LONGEST_MOVE,
    Spot,
    merge,
    snippet,
    spots_of,
)
from storage.search.rank import Match
from storage.search.rank.weights import Reason

TEXT = st.text(st.sampled_from("가나 ab\n\t.🎉\u3000"), max_size=500)


def spot(start: int, end: int, slot: int = 0, worth: int = 100) -> Spot:
    return Spot(Span(start, end), slot, worth)


@st.composite
def texts_with_spots(draw: st.DrawFn) -> tuple[str, list[Spot]]:
    text = draw(TEXT)
    spots = []
    for _ in range(draw(st.integers(0, 6)) if text.split() else 0):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, min(len(text), start + 20)))
        if text[start].strip() and text[end - 1].strip():
            spots.append(spot(start, end, draw(st.integers(0, 2))))
    return text, spots


@given(texts_with_spots())
def test_spans_are_sorted_apart_and_inside(case: tuple[str, list[Spot]]) -> None:
    text, spots = case
    cut = snippet(text, spots)
    edges = [edge for span in cut.spans for edge in (span.start, span.end)]
    assert edges == sorted(set(edges))
    assert all(0 <= edge <= len(cut.text) for edge in edges)
    assert len(cut.text) <= LENGTH + LONGEST_MOVE
    assert bool(cut.spans) == bool(spots)


@given(texts_with_spots())
def test_snippet_is_a_part_of_the_text_with_single_blanks(case: tuple[str, list[Spot]]) -> None:
    text, spots = case
    cut = snippet(text, spots)
    flat = " ".join(text.split())
    assert cut.text in flat
    assert cut.cut_before == (not flat.startswith(cut.text)) or flat.count(cut.text) > 1
    assert cut.text == cut.text.strip()


@given(texts_with_spots())
def test_marked_characters_are_those_of_the_text(case: tuple[str, list[Spot]]) -> None:
    text, spots = case
    cut = snippet(text, spots)
    if not (cut.cut_before or cut.cut_after):
        wanted = [" ".join(text[s.start : s.end].split()) for s in merge(s.span for s in spots)]
        marked = "".join(cut.text[span.start : span.end] for span in cut.spans)
        assert marked.replace(" ", "") == "".join(wanted).replace(" ", "")


def test_snippet_stands_around_the_match() -> None:
    text = "word " * 100 + "needle" + " word" * 100
    cut = snippet(text, [spot(500, 506)])
    (span,) = cut.spans
    assert cut.text[span.start : span.end] == "needle"
    assert 50 < span.start < 110
    assert cut.cut_before
    assert cut.cut_after
    assert set(cut.text.split()) == {"word", "needle"}


def test_short_text_is_whole() -> None:
    cut = snippet("  one\n\ntwo\t three ", [spot(7, 10)])
    assert (cut.text, cut.spans) == ("one two three", (Span(4, 7),))
    assert not cut.cut_before
    assert not cut.cut_after


def test_best_cluster_wins_over_the_first_match() -> None:
    text = "alpha " + "x " * 200 + "alpha beta " + "x " * 200
    second = text.index("alpha", 5)
    spots = [spot(0, 5, 0), spot(second, second + 5, 0), spot(second + 6, second + 10, 1)]
    assert [snippet(text, spots).text[s.start : s.end] for s in snippet(text, spots).spans] == [
        "alpha",
        "beta",
    ]


def test_better_answer_wins_over_more_answers() -> None:
    text = "inside inside " + "x " * 200 + "exact " + "x " * 200
    at = text.index("exact")
    spots = [spot(0, 6, worth=84), spot(7, 13, worth=84), spot(at, at + 5)]
    assert "exact" in snippet(text, spots).text


def test_match_longer_than_a_snippet_is_shown_whole() -> None:
    text = "가" * 400
    cut = snippet(text, [spot(100, 300)])
    assert len(cut.text) >= 200
    assert cut.spans == (Span(0, 200),)


def test_without_matches_it_is_the_beginning() -> None:
    cut = snippet("word " * 100, [])
    assert cut.text.startswith("word word")
    assert not cut.cut_before
    assert cut.cut_after
    assert snippet("", []).text == ""


def test_touching_spans_become_one() -> None:
    spans_ = [Span(5, 8), Span(0, 3), Span(2, 5), Span(9, 9)]
    assert merge(spans_) == (Span(0, 8),)


def marked(text: str, one: Alternative) -> list[str]:
    matches = [
        Match(at, 0, one, 1, one.likeness)
        for at, term in enumerate(sequence(text))
        if term == one.term
    ]
    spans = [spot.span for spot in spots_of(text, matches, [1.0])]
    return [text[span.start : span.end] for span in spans]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_part_of_a_word_is_marked_by_whole_syllables(form: Literal["NFC", "NFD"]) -> None:
    text = unicodedata.normalize(form, "그 벤처투자의 값")
    start = len(key_form("벤처"))
    inside = alternative(
        "_qpscjxnwkdml", Reason.INSIDE, start=start, end=start + len(key_form("투자"))
    )
    assert [unicodedata.normalize("NFC", part) for part in marked(text, inside)] == ["투자"]


def test_half_typed_syllable_is_marked_whole() -> None:
    typing = alternative("_tmxkxmdjqdmf", Reason.TYPING, end=len(key_form("스타틍")))
    assert marked("스타트업을", typing) == ["스타트업"]


def test_full_width_and_accents_are_marked_as_written() -> None:
    assert marked("Ｏｐｅｎ x", alternative("open", Reason.EXACT)) == ["Ｏｐｅｎ"]
    assert marked("cafe\u0301s", alternative("cafes", Reason.PREFIX, end=4)) == ["cafe\u0301"]


def test_half_width_mark_is_marked_with_its_letter() -> None:
    assert marked("ｶﾞｱ x", alternative("ガア", Reason.EXACT)) == ["ｶﾞｱ"]
    assert marked("ｶﾞｱ x", alternative("ガア", Reason.PREFIX, end=1)) == ["ｶﾞ"]
