"""Damaged Korean comes back; everything else stays as it is."""

from __future__ import annotations

import gzip
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from seeds.mojibake import repair, training
from seeds.mojibake.damage import (
    FREQUENT,
    damage,
    find_cells,
    likeliest,
    possible_characters,
    surviving_bytes,
)
from seeds.mojibake.model import FILE, Model, Option, View, symbols_of
from seeds.mojibake.repairing import ENOUGH_CELLS, clean_seeds, decide, repair_cells
from tests.support.joins import written_posts

if TYPE_CHECKING:
    from pathlib import Path

KOREAN = (
    "오늘은 초기 스타트업의 투자 유치에 대해 이야기해 보려고 합니다.\n"
    "창업자가 가장 먼저 해야 할 일은 고객의 문제를 깊이 이해하는 것입니다.\n"
    "좋은 팀은 서로를 믿고, 빠르게 배우며, 실패를 두려워하지 않아요.\n"
)
THAI = (
    "สวัสดีครับ วันนี้อากาศดีมาก เราไปกินข้าวกันไหม ราคาเท่าไหร่ แบบนี้ก็ดี\n"
    "การลงทุนมีความเสี่ยง ผู้ลงทุนควรทำความเข้าใจก่อนตัดสินใจลงทุน\n"
    "ประเทศไทยตั้งอยู่ในภูมิภาคเอเชียตะวันออกเฉียงใต้ มีพรมแดนติดประเทศลาว\n"
)
RUSSIAN = "Это обычный русский текст о стартапах и инвестициях, ничего особенного.\n" * 3
ENGLISH = "It’s a “plain” text – with dashes…, €5, and a naïve café.\n" * 30
NOT_DAMAGED = {
    "empty": "",
    "ascii": "plain text\n" * 100,
    "korean": KOREAN * 5,
    "thai": THAI * 5,
    "thai and korean": KOREAN + THAI,
    "russian": RUSSIAN,
    "english": ENGLISH,
    "english that quotes a damaged word": f"{ENGLISH}Why do I see {damage('안녕하세요')} here?\n",
    "korean that quotes a damaged text": KOREAN * 9
    + damage("왜 글자가 이렇게 깨져 보일까요?\n" * 2),
    "the marks of the thai code page": "".join(chr(code) for code in range(0xE01, 0xE5C)) * 9,
}
LOST = b"\x81\x8d\x8f\x90\x9d"
SURVIVING = sorted({*range(256)} - {*LOST})

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]))
korean_texts = st.text(
    st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)
    | st.characters(min_codepoint=0x20, max_codepoint=0x7E)
    | st.sampled_from("\n\u2028“”‘’…–—·❤👍🚀😎ㅋㅠéñßя")
)


def as_read(text: str) -> str:
    """The damage once more, told by the tables of the standard library alone."""
    read = []
    for byte in text.encode():
        raw = bytes([byte])
        thai = raw.decode("cp874", "ignore")
        read.append(thai or raw.decode("cp1252", "ignore"))
    return "".join(read)


def has_gaps(char: str) -> bool:
    return any(byte in LOST for byte in char.encode())


def repaired(text: str) -> str:
    result = repair(text)
    assert result is not None
    return result


@given(st.text(st.characters(exclude_categories=["Cs"])))
@example("이안❤️é”\x80\x9f")
def test_the_damage_is_what_the_code_pages_say(text: str) -> None:
    assert damage(text) == as_read(text)


@given(texts)
def test_every_character_beyond_ascii_leaves_one_cell(text: str) -> None:
    cells = [cell.raw for cell in find_cells(damage(text))]
    assert cells == [surviving_bytes(char) for char in text if not char.isascii()]


@pytest.mark.parametrize("text", NOT_DAMAGED.values(), ids=NOT_DAMAGED)
def test_what_is_not_damaged_is_left_alone(text: str) -> None:
    assert repair(text) is None


def test_a_seed_document_comes_back() -> None:
    for text in clean_seeds().values():
        assert repair(text) is None
        restored = repaired(damage(text))
        pairs = list(zip(text, restored, strict=True))
        wrong = [before for before, after in pairs if before != after]
        assert all(map(has_gaps, wrong))
        assert len(wrong) <= 0.003 * sum(map(has_gaps, text))


def test_unseen_text_comes_back_nearly_whole() -> None:
    seeds = "".join(clean_seeds().values())
    unseen = [line for line in KOREAN.splitlines() if line not in seeds]
    assert len(unseen) == 3
    damaged = [char for char in KOREAN if has_gaps(char)]
    pairs = zip(KOREAN, repaired(damage(KOREAN)), strict=True)
    assert len(damaged) == 15
    assert sum(before != after for before, after in pairs) <= 1


def test_posts_of_any_subject_come_back_nearly_whole() -> None:
    text = "\n".join(post.text for post in written_posts(unseen=True))
    damaged = sum(map(has_gaps, text))
    wrong = sum(before != after for before, after in zip(text, repaired(damage(text)), strict=True))
    assert damaged > 800
    assert wrong <= 0.02 * damaged


@given(korean_texts)
@example("‘정말’ – 고마워\u2028요 🏄\u200d♂️ 끝")
def test_what_kept_all_its_bytes_is_restored_exactly(text: str) -> None:
    original = f"{KOREAN}{text}"
    for before, after in zip(original, repaired(damage(original)), strict=True):
        assert after == before or (has_gaps(before) and not after.isspace())


@given(st.text())
def test_no_text_is_too_odd(text: str) -> None:
    result = repair(damage(KOREAN) + text)
    assert result is None or result.count("\n") == KOREAN.count("\n") + text.count("\n")


@given(st.text(st.characters(max_codepoint=0x7F)))
def test_ascii_inside_a_damaged_document_stays(text: str) -> None:
    assert repaired(damage(f"{KOREAN}{text}")).endswith(f"\n{text}")


@pytest.mark.parametrize(
    "line",
    [
        "“인용” ‘작은따옴표’ — 줄표… 끝",
        "고맙습니다 ❤️ 👍 👍🏻 😍 🙏",
        "알람은 두 개씩 ⏰ 잠깐 ⏸ 도넛 🍩",
        "🏄\u200d♂️ 서핑과 🍿 팝콘과 🍻 맥주",
        "café, naïve, señor, Århus; Привет",
        "ㅋㅋㅋ ㅠㅠ ㅎㅎ 「제목」 ① ② → ★",
        "https://example.org/?q=%EC%9D%B4&x=1 #태그 @name",
        "『책』과 「글」, 『책 「글」』, 【알림】 끝」",
        "ภาษาไทย",
    ],
)
def test_signs_and_pictures_come_back(line: str) -> None:
    assert repaired(damage(f"{KOREAN}{line}")).splitlines()[-1] == line


@pytest.mark.parametrize(
    "words",
    [
        "스크럼 프레임워크를 기반으로",
        "디인포메이션의 기사",
        "포스텍 밋업을 진행합니다",
        "컴포넌트를 렌더링하는 로직은",
        "객체를 개선하는 채널",
        "채용 운영진이 공유한 컴포넌트",
    ],
)
def test_a_dictionary_decides_what_the_model_has_not_seen(words: str) -> None:
    assert words not in "".join(clean_seeds().values())
    assert repaired(damage(f"{KOREAN}{words}")).splitlines()[-1] == words


def test_the_damaged_seed_reads_as_it_was_written() -> None:
    damaged = files("seeds").joinpath("dumps", "002_3bb48cbdbce3cf88.txt").read_text("utf-8")
    text = repaired(damaged)
    assert "채용하는 스크럼 프레임워크" in text
    assert "디인포메이션의 기사" in text
    assert "주제로 밋업을 진행" in text


def test_of_two_readings_that_are_words_the_likelier_one_is_taken() -> None:
    first, second = Option(5.0, "가"), Option(4.0, "나")
    for is_word, chosen in ((bool, "가다"), ("나다".__eq__, "나다"), ("다".__eq__, "가다")):
        chars = ["?", "다"]
        decide(chars, {0: [first, second]}, is_word)
        assert "".join(chars) == chosen


def test_no_word_is_worth_a_reading_out_of_reach() -> None:
    chars = ["?", "다"]
    decide(chars, {0: [Option(9.0, "가"), Option(0.5, "나")]}, "나다".__eq__)
    assert "".join(chars) == "가다"


def test_a_word_with_many_gaps_takes_no_time() -> None:
    options = {at: [Option(1.0, "가"), Option(0.9, "나")] for at in range(1_000)}
    chars = ["?"] * 1_000
    decide(chars, options, bool)
    assert chars == ["가"] * 1_000


def test_a_line_that_is_really_thai_stays_in_a_damaged_document() -> None:
    thai = THAI.splitlines()[0]
    assert repaired(damage(KOREAN * 3) + thai).splitlines()[-1] == thai


def test_intact_korean_stays_in_a_damaged_document() -> None:
    line = "이 줄은 멀쩡한 한국어입니다…"
    assert repaired(damage(KOREAN) + line) == f"{repaired(damage(KOREAN))}{line}"


def test_a_half_corrected_syllable_is_read() -> None:
    broken = damage(f"{KOREAN}어느 정도").replace("Š ", "А ")
    assert broken.count("А") == 1
    assert repaired(broken).endswith("어느 정도")


def test_a_few_damaged_characters_are_not_a_damaged_document() -> None:
    assert repair(damage("가" * (ENOUGH_CELLS - 1))) is None
    assert repair(damage("가" * ENOUGH_CELLS)) == "가" * ENOUGH_CELLS


def test_every_listed_sign_can_be_damaged_and_found_again() -> None:
    for char in FREQUENT:
        assert has_gaps(char)
        assert char in possible_characters(surviving_bytes(char))


def test_a_joiner_and_a_skin_tone_need_something_to_hold_on_to() -> None:
    joiner, tone = surviving_bytes("\u200d"), surviving_bytes("🏻")
    assert likeliest(joiner, "👩", "💻") == "\u200d"
    assert likeliest(joiner, "👩", ".") == "”"
    assert likeliest(tone, "👋") == "🏻"
    assert likeliest(tone, " ") == "🍻"


@given(st.lists(st.sampled_from(SURVIVING), min_size=1, max_size=4).map(bytes))
def test_only_what_leaves_the_bytes_is_possible(raw: bytes) -> None:
    for char in possible_characters(raw):
        assert surviving_bytes(char) == raw


def test_training_makes_a_model_that_tells_look_alikes_apart(tmp_path: Path) -> None:
    corpus, out = tmp_path / "corpus.gz", tmp_path / "model.xz"
    text = "이야기 좋은 이야기\n검은 감자와 검은 객차\n" * 200
    corpus.write_bytes(gzip.compress(text.encode()))
    training.main(str(corpus), str(out))
    first = out.read_bytes()
    training.main(str(corpus), str(out))
    assert out.read_bytes() == first
    model = Model.unpack(first)
    broken = damage(text)
    assert repair_cells(broken, list(find_cells(broken)), model) == text


def test_an_untrained_model_knows_no_syllable() -> None:
    view = View(symbols_of("이"))
    assert Model.untrained().options(view, 0, surviving_bytes("이")) == []


def test_what_ships_is_small() -> None:
    assert len(files("seeds.mojibake").joinpath(FILE).read_bytes()) < 600_000
