"""A zip file that was cut off gives whatever stands before the cut, and says that it was."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from seeds.errors import DocumentError, Problem
from seeds.importing import cut_zips
from seeds.importing.detection import Reader
from seeds.importing.files import find_files
from seeds.importing.run import NO_DOCUMENTS
from tests.support.exports import export, html_export, html_message, html_text, message

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Packed = Callable[[], bytes]

NAMES = ("갈피/a/result.json", "갈피/a/photos/1.jpg", "갈피/b/result.json")
POSTS = tuple(f"{number}번째 글입니다 {number * 7919 % 1009:x}" for number in range(1, 25))


def document(texts: tuple[str, ...], first: int) -> bytes:
    messages = [message(first + at, text) for at, text in enumerate(texts)]
    return json.dumps(export(messages), ensure_ascii=False).encode()


class Pipe(io.BytesIO):
    """A stream that cannot go back, so that members' sizes are written behind them."""

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        raise OSError

    def seek(self, offset: int, whence: int = 0) -> int:
        raise OSError


def packed(packing: int, *, piped: bool = False, large: bool = False) -> bytes:
    stream = Pipe() if piped else io.BytesIO()
    picture = b"\xff\xd8" + bytes(range(256)) * 2
    contents = (document(POSTS[:12], 1), picture, document(POSTS[12:], 13))
    with zipfile.ZipFile(stream, "w", packing) as archive:
        for name, content in zip(NAMES, contents, strict=True):
            with archive.open(name, "w", force_zip64=large) as member:
                member.write(content)
    return stream.getvalue()


KINDS: dict[str, Packed] = {
    "packed": lambda: packed(zipfile.ZIP_DEFLATED),
    "as it is": lambda: packed(zipfile.ZIP_STORED),
    "sizes behind the members": lambda: packed(zipfile.ZIP_DEFLATED, piped=True),
    "large sizes": lambda: packed(zipfile.ZIP_DEFLATED, large=True),
    "large sizes behind": lambda: packed(zipfile.ZIP_DEFLATED, piped=True, large=True),
}


def read(path: Path) -> tuple[list[str], list[Problem]]:
    texts, problems = [], []
    reader = Reader()
    files = [*find_files(path)]
    for file in files:
        try:
            for batch in reader.read(file):
                texts += [post.text for post in batch.posts]
        except DocumentError as error:
            if not (file.found and error.problem in NO_DOCUMENTS):
                problems.append(error.problem)
    for container in {file.zip for file in files if file.zip is not None}:
        container.close()
    return texts, problems


@pytest.mark.parametrize("kind", KINDS)
def test_a_cut_at_any_byte_costs_what_is_behind_it_alone(kind: str, tmp_path: Path) -> None:
    whole = KINDS[kind]()
    path = tmp_path / "export.zip"
    path.write_bytes(whole)
    assert read(path) == ([*POSTS], [])
    directory = whole.index(b"PK\x01\x02")
    counts = []
    for end in range(len(cut_zips.BEGINNING), len(whole), 7):
        path.write_bytes(whole[:end])
        texts, problems = read(path)
        assert texts == [*POSTS[: len(texts)]]
        assert set(problems) == {Problem.CUT_OFF}
        counts.append(len(texts))
        assert len(texts) == len(POSTS) or end < directory
    assert counts == sorted(counts)
    assert len(set(counts)) > len(POSTS) // 2


def test_a_page_stays_out_while_the_next_is_behind_the_cut(tmp_path: Path) -> None:
    """Somebody may answer on it: then it is no channel."""
    path = tmp_path / "export.zip"
    link = '<a class="pagination block_link" href="messages2.html">Next messages</a>'
    first = html_export(html_message(1, html_text("글")), link)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("messages.html", first)
        at = archive.start_dir
        archive.writestr("messages2.html", html_export(html_message(2, html_text("다음 글"))))
    whole = path.read_bytes()
    path.write_bytes(whole[:at])
    assert read(path) == ([], [Problem.NOT_A_CHANNEL, Problem.CUT_OFF])
    path.write_bytes(whole[: -len("messages2.html") - 60])
    assert read(path) == (["글", "다음 글"], [Problem.CUT_OFF])


@pytest.mark.parametrize("piped", [False, True])
def test_a_cut_zip_that_expands_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, piped: bool
) -> None:
    monkeypatch.setattr("seeds.importing.files.LARGE_CONTENTS", 10_000)
    stream = Pipe() if piped else io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("result.json", document(("글",) * 20_000, 1) + bytes(10**7))
    (tmp_path / "export.zip").write_bytes(stream.getvalue()[:-30])
    assert read(tmp_path / "export.zip") == ([], [Problem.TOO_LARGE])


def test_a_damaged_list_of_members_costs_none_of_them(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    whole = bytearray(KINDS["packed"]())
    whole[whole.index(b"PK\x01\x02") + 1] = 0
    path.write_bytes(whole)
    assert read(path) == ([*POSTS], [Problem.BROKEN])


def test_what_only_begins_like_a_zip_is_told_to_be_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    for rest in (b"", bytes(200), b"\xff" * 200):
        path.write_bytes(cut_zips.BEGINNING + rest)
        assert read(path) == ([], [Problem.CUT_OFF])
