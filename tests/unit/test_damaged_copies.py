"""What is damaged in a text copy costs the post that it touches, in whichever encoding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seeds.errors import DocumentError
from seeds.importing.detection import Reader
from seeds.importing.files import File

if TYPE_CHECKING:
    from pathlib import Path

HEAD: Final = "시험 채널\n1.2K subscribers\n3 photos\nDownload Telegram\n"
TEXTS: Final = [
    f"{n}번째 글은 이런 말로 시작합니다.\n\n그리고 {n}번째로 끝납니다." for n in range(1, 7)
]
CLOSED: Final = [f"{text}\n👍{number}\n" for number, text in enumerate(TEXTS, 1)]
NUMBERED: Final = [f"{text}\n{number}\n" for number, text in enumerate(TEXTS, 1)]
STRAY: Final = (
    b"\xff",
    b"\xff\xfe",
    b"\0",
    b"\xec",
    b"\xed\xa0\xbd",
    b"\r",
    b"\x1b[0m",
    b"\x80" * 9,
)


def read(folder: Path, data: bytes) -> list[str]:
    path = folder / "copy.txt"
    path.write_bytes(data)
    batches = Reader().read(File(name="copy.txt", path=path))
    return [post.text for batch in batches for post in batch.posts]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 5), st.sampled_from(STRAY), st.data())
def test_stray_bytes_cost_no_other_post(
    tmp_path: Path, number: int, stray: bytes, data: st.DataObject
) -> None:
    text = TEXTS[number].encode()
    at = data.draw(st.integers(1, len(text) - 1))
    damaged = [post.encode() for post in CLOSED]
    damaged[number] = text[:at] + stray + CLOSED[number].encode()[at:]
    found = read(tmp_path, HEAD.encode() + b"".join(damaged))
    others = [text for place, text in enumerate(TEXTS) if place != number]
    assert [text for text in found if text in others] == others


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_what_stands_before_a_cut_comes_in(tmp_path: Path, data: st.DataObject) -> None:
    whole = (HEAD + "".join(CLOSED)).encode()
    cut = data.draw(st.integers(len(HEAD.encode()) + 1, len(whole)))
    ends = [len((HEAD + "".join(CLOSED[:number])).encode()) for number in range(1, 7)]
    kept = [text for text, end in zip(TEXTS, ends, strict=True) if end <= cut]
    try:
        found = read(tmp_path, whole[:cut])
    except DocumentError:
        found = []  # half a character is all that there is
    assert found[: len(kept)] == kept


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp949"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_ends_of_lines(tmp_path: Path, encoding: str, end: str) -> None:
    copy = (HEAD + "".join(NUMBERED if encoding == "cp949" else CLOSED)).replace("\n", end)
    assert read(tmp_path, copy.encode(encoding)) == TEXTS
