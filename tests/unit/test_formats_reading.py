"""A file becomes text, or is refused for one reason, with the line where that is known."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

import pytest

from seeds.errors import DocumentError, Problem
from seeds.reading import (
    LARGEST,
    READ_AT_ONCE,
    decode,
    decode_page,
    is_readable,
    read_text,
    text_chunks,
)

if TYPE_CHECKING:
    from pathlib import Path

KOREAN = "오늘은 시장에서 사과를 샀다. “값이 올랐다”고 한다.\n내일은 쉰다.\n"
ENGLISH = "Apples cost more today – see below.\n"


@pytest.mark.parametrize("text", [KOREAN, ENGLISH, "ascii"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_encodings_of_any_text(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize("encoding", ["cp949", "euc_kr"])
def test_encodings_of_korean_text(encoding: str) -> None:
    assert decode(KOREAN.encode(encoding), "a.txt") == KOREAN


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [KOREAN * 3, ENGLISH])
def test_zeros_tell_of_utf_16_without_a_mark(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize(
    ("text", "makes_sense"),
    [
        (KOREAN + "\ufffd" * 9, True),
        ("\ufffd" * 20 + "가나다", False),
        (ENGLISH * 3 + "\ufffd", True),
        (ENGLISH + "\ufffd" * 5, False),
    ],
)
def test_how_much_damage_leaves_sense(text: str, *, makes_sense: bool) -> None:
    assert is_readable(text) is makes_sense


@pytest.mark.parametrize(
    ("data", "problem", "line"),
    [
        (b"", Problem.EMPTY, None),
        (b" \n\t\xe3\x80\x80\n", Problem.EMPTY, None),
        (b"one\ntwo\0", Problem.BINARY, 2),
        (b"\xff\xfea\0\n\0\0\0", Problem.BINARY, 2),
        (b"one\ntwo\nthr\xe9e", Problem.WRONG_ENCODING, 3),
        ("Ünïcödé wörds, ñot Koreañ".encode("latin-1"), Problem.WRONG_ENCODING, 1),
        ("今日は市場でりんごを買いました。".encode("shift_jis"), Problem.WRONG_ENCODING, 1),
        ("今日は市場でりんごを買いました。".encode("euc_jp"), Problem.WRONG_ENCODING, 1),
        ("今天在市场上买了苹果,价格上涨了。".encode("gb2312"), Problem.WRONG_ENCODING, 1),
        ("Сегодня я купил яблоки".encode("cp1251"), Problem.WRONG_ENCODING, 1),
        ("วันนี้ฉันซื้อแอปเปิ้ล".encode("cp874"), Problem.WRONG_ENCODING, 1),
    ],
)
def test_what_is_refused(data: bytes, problem: Problem, line: int | None) -> None:
    with pytest.raises(DocumentError) as refused:
        decode(data, "a.txt")
    error = refused.value
    assert (error.document, error.line, error.problem) == ("a.txt", line, problem)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (KOREAN.encode()[:-2] + b"\xea\xb0", KOREAN[:-2] + "\ufffd"),
        (b"\xff" + KOREAN.encode(), "\ufffd" + KOREAN),
        (b"\xff\xfea\0b", "a\ufffd"),
        (ENGLISH.encode() * 20 + b"\xff", ENGLISH * 20 + "\ufffd"),
    ],
)
def test_a_stray_byte_costs_its_character_alone(data: bytes, text: str) -> None:
    assert decode(data, "a.txt") == text


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp949"]
)
@pytest.mark.parametrize("size", [4, 5, 7, READ_AT_ONCE])
def test_a_stream_is_the_same_text_wherever_reads_end(
    encoding: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "{\n" + KOREAN * 5
    monkeypatch.setattr("seeds.reading.READ_AT_ONCE", size)
    assert "".join(text_chunks(io.BytesIO(text.encode(encoding)))) == text


def test_zeros_in_a_page_are_marked() -> None:
    assert decode_page(b"<html>a\0b\0\0") == "<html>a\ufffdb"
    assert "".join(text_chunks(io.BytesIO(b'{"a": "\0"'))) == '{"a": "\ufffd"'


def refusal(path: Path) -> Problem:
    with pytest.raises(DocumentError) as refused:
        read_text(path)
    assert refused.value.document == (path.name or str(path))
    return refused.value.problem


def test_paths_that_lead_nowhere(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.txt") is Problem.MISSING
    assert refusal(tmp_path / "none" / "none.txt") is Problem.MISSING
    assert refusal(tmp_path) is Problem.FOLDER
    assert refusal(tmp_path / "a\0b") is Problem.UNREADABLE


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe") is Problem.UNREADABLE


def test_a_file_in_place_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert refusal(tmp_path / "file" / "none.txt") is Problem.UNREADABLE


def test_the_largest_file(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.touch()
    os.truncate(path, LARGEST + 1)
    assert refusal(path) is Problem.TOO_LARGE


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "글.txt"
    path.write_bytes(KOREAN.encode("cp949"))
    assert read_text(path) == KOREAN
