from __future__ import annotations

import pytest

from seeds.formats.lines import BLANK, COMMON_BLOCKS, Marker, read_line, read_lines
from seeds.formats.words import Endings, Script


@pytest.mark.parametrize("text", ["", "   ", "\t", "\u200b", " \u3000\ufeff", "\u2028", "\x1c\x85"])
def test_blank_lines(text: str) -> None:
    assert read_line(text) is BLANK


@pytest.mark.parametrize(
    "text",
    [
        "https://youtu.be/a",
        "  https://youtu.be/a  ",
        "https://a.kr https://b.kr",
        "lib.example.kr/seats",
        "twitter.com/SebastienBubec…",
    ],
)
def test_lines_that_are_links(text: str) -> None:
    line = read_line(text)
    assert line.is_link
    assert line.ends_with_link


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("Paper: https://arxiv.org/abs/1", True),
        ("(https://arxiv.org/abs/1)", True),
        ("https://arxiv.org/abs/1 참고", False),
        ("node.js and/or deno", False),
        ("글", False),
    ],
)
def test_lines_with_links(text: str, ends: bool) -> None:  # noqa: FBT001 - a column of the table
    line = read_line(text)
    assert not line.is_link
    assert line.ends_with_link is ends


@pytest.mark.parametrize(
    ("text", "count", "alone"),
    [
        ("#투자", 1, True),
        ("#a #b#", 0, False),
        ("좋다 #투자 #창업", 2, False),
        ("#투자 이야기", 0, False),
    ],
)
def test_hashtags(text: str, count: int, alone: bool) -> None:  # noqa: FBT001
    line = read_line(text)
    assert (line.hashtags_at_end, line.is_hashtags) == (count, alone)


@pytest.mark.parametrize(
    ("text", "marker"),
    [
        ("1. 하나", Marker("1.", 1)),
        ("12) 열둘", Marker("1)", 12)),
        ("(3) 셋", Marker("(1)", 3)),
        ("2/ two", Marker("1/", 2)),
        ("4 – four", Marker("1–", 4)),
        ("1️⃣ 하나", Marker("1\ufe0f\u20e3", 1)),
        ("- 하나", Marker("-")),
        ("• one", Marker("•")),
        ("-", Marker("-")),
        ("✅ 확인", Marker("✅")),
        ("a) one", Marker("a)")),
        ("나) 둘", Marker("a)")),
        ("첫째, 이유", Marker("첫째")),
    ],
)
def test_list_items(text: str, marker: Marker) -> None:
    assert read_line(text).marker == marker


@pytest.mark.parametrize(
    "text", ["1.5배", "2023. 7", "7–2로 졌다", "-10도", "셋째 날에는", "100) 백", "and) so"]
)
def test_lines_that_are_no_items(text: str) -> None:
    assert read_line(text).marker is None


@pytest.mark.parametrize(
    "text",
    [
        "끝났다.",
        "Done!",
        "정말?",
        "그랬어요",
        "갑니다",
        "“그래.”",
        "(그렇다.)",
        "고마워요 🙏",
        "음…",
        "하자~",
    ],
)
def test_lines_that_end_a_sentence(text: str) -> None:
    assert read_line(text).ends_sentence
    assert not read_line(text).is_title


@pytest.mark.parametrize(
    "text", ["실패에 대한 관점", "Morning notes", "장 마감 시황 📉", "[공지]", "2024"]
)
def test_lines_that_could_be_titles(text: str) -> None:
    assert read_line(text).is_title


@pytest.mark.parametrize(
    "text", ["", "- 하나", "#투자", "https://a.kr", "참고 https://a.kr", "가" * 51]
)
def test_lines_that_could_not(text: str) -> None:
    assert not read_line(text).is_title


@pytest.mark.parametrize(
    ("text", "labelled"),
    [
        ("일시: 내일", True),
        ("장소：합정", False),
        ("Code: https://a.kr", True),
        ("주요 통찰 및 교훈:", True),
        ("He said. Then: go", False),
        ("https://a.kr", False),
        ("3:58:41. Two minutes", False),
    ],
)
def test_labels(text: str, labelled: bool) -> None:  # noqa: FBT001
    assert read_line(text).is_labelled is labelled


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Transformer를 공부하게 될 때 header 개수는", Script.HANGUL),
        ("We read 논문 together every single week", Script.OTHER),
        ("https://youtu.be/a", None),
        ("#startup 2023", None),
        ("“Look, I am going”라고", Script.HANGUL),
        ('"When I am weak, then I am strong"', None),
    ],
)
def test_the_writing_of_a_line_is_its_authors(text: str, script: Script | None) -> None:
    assert read_line(text).script is script


def test_how_sentences_end() -> None:
    assert read_line("갔습니다. 좋았어요! 잘 잤다. 확인 필요함.").endings == Endings(1, 1, 1, 1)
    assert read_line("“갔습니다.” 그랬다.").endings == Endings(plain=1)
    assert read_line("Nothing Korean").endings == Endings()


def test_words_are_compared_by_their_beginnings() -> None:
    line = read_line("벤처투자의 Transformers를 transformer는 https://example.kr/투자")
    assert line.stems == {"벤처", "transf"}
    assert line.syllables == {"벤처", "처투", "투자", "자의"}


def test_words_of_many_parts_of_a_document_are_not_compared() -> None:
    block = ["모델 이야기", *["…"] * 19]
    few = read_lines(block * COMMON_BLOCKS)
    assert few[0].stems == {"모델", "이야"}
    many = read_lines([*block * (COMMON_BLOCKS + 1), "모델 구조"])
    assert many[0].stems == frozenset()
    assert many[-1].stems == {"구조"}


def test_words_far_above_are_not_heard_again() -> None:
    near = read_lines(["사과 값이 올랐다", *["그렇다"] * 11, "사과 한 상자"])
    far = read_lines(["사과 값이 올랐다", *["그렇다"] * 12, "사과 한 상자"])
    assert {word.distance for word in near[-1].heard} == {12}
    assert far[-1].heard == ()
