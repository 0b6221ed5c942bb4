"""Documents made to kill or freeze whoever reads them cost one sentence and a few seconds."""

from __future__ import annotations

import gc
import json
import time
import tracemalloc
import zipfile
from typing import TYPE_CHECKING, Final

import pytest

from seeds.errors import Problem
from seeds.formats.batches import LONGEST_TEXT, Skip
from seeds.importing import Imported, Naming, import_documents
from storage import Archive
from tests.support.exports import export, html_export, html_message, html_text, message

if TYPE_CHECKING:
    from pathlib import Path

HEAD: Final = '{"name": "C", "type": "public_channel", "id": 7, "messages": ['
GOOD: Final = '{"id": 2, "type": "message", "date_unixtime": "1700000000", "text": "좋은 글"}'
PAGE: Final = '<!DOCTYPE html><html><body><div class="page_wrap"><div class="history">'
LONGEST: Final = 15.0
"""Seconds of the processor."""


async def imported(path: Path) -> Imported:
    begun = time.process_time()
    async with Archive.open(path.with_name("galpi.db")) as archive:
        (result,) = await import_documents(archive, [path])
    assert time.process_time() - begun < LONGEST
    return result


def message_with(field: str) -> str:
    return f'{{"id": 1, "type": "message", "date_unixtime": "1700000000", {field}}}'


@pytest.mark.parametrize(
    "message", ["<div class=message>", '<div class="message" id=message1></div>']
)
async def test_a_page_of_empty_messages_costs_little(tmp_path: Path, message: str) -> None:
    path = tmp_path / "messages.html"
    head = '<div class=page_header><div class="text bold">C</div></div>'
    path.write_text(f"{PAGE}{head}{100_000 * message}</div></div></body></html>", encoding="utf-8")
    begun = time.process_time()
    async with Archive.open(tmp_path / "galpi.db") as archive:
        (result,) = await import_documents(archive, [path], naming=Naming(private=True))
    assert result.skipped.total() == 100_000
    assert time.process_time() - begun < 5  # 1.3 on a good machine, 7 if each is parsed alone


DAMAGED: Final = {
    "id of 4,301 digits": f'{{"id": {"9" * 4301}, "type": "message", "text": "글"}}',
    "id without end": '{"id": 1e9999999, "type": "message", "text": "글"}',
    "deep text": message_with(f'"text": {"[" * 40_000}'),
    "deep object": message_with('"text": ' + '{"a":' * 40_000),
    "no brackets closed": '{"' * 50_000,
    "quotes": '"\\"' * 200_000,
}


@pytest.mark.parametrize("damage", DAMAGED)
async def test_a_hostile_message_costs_itself(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    path.write_text(f"{HEAD}{DAMAGED[damage]},{GOOD}]}}", encoding="utf-8")
    result = await imported(path)
    assert result.left
    if damage != "quotes":  # they are so many that the end is not read
        assert (result.posts, result.error) == (1, None)


ODD: Final = {
    "number of 100,000 digits": f'"file_size": {"9" * 100_000}, "text": "글"',
    "latitude without end": '"location_information": {"latitude": 1e9999999}, "text": "글"',
    "date without end": '"edited_unixtime": 1e9999999, "text": "글"',
    "date of the year 9999": '"date": "9999-12-31T23:59:59", "text": "글"',
    "half a character": r'"text": "글\ud83d\u0000"',
}


@pytest.mark.parametrize("oddity", ODD)
async def test_a_hostile_field_costs_itself(oddity: str, tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    path.write_text(f"{HEAD}{message_with(ODD[oddity])},{GOOD}]}}", encoding="utf-8")
    result = await imported(path)
    assert (result.posts, result.left, result.error) == (2, (), None)


HOPELESS: Final = {
    "a.json": "[" * 40_000,
    "b.json": f"{HEAD}{'[' * 40_000}]}}",
    "c.json": '{"messages":' + '{"a":' * 200_000,
    "d.json": '{"id":' + " " * 5_000_000,
    "deep with siblings.json": '{"messages":' + '{"b":1,"a":' * 200_000,
    "e.json": HEAD + "{}," * 500_000,
    "f.json": '{"messages": "' + "a" * 5_000_000,
    "a.html": PAGE + "<div " + " ".join(f"a{n}=1" for n in range(300_000)) + ">x</html>",
    "b.html": "<!DOCTYPE html><html><body>" + "<div>" * 300_000,
    "c.html": PAGE + '<div class="message default" id="message1">' + "<div>" * 300_000 + "</html>",
    "d.html": PAGE + "<" * 1_000_000,
    "e.html": PAGE + "<q>" * 100_000 + "<div></div>" * 100_000 + "</html>",
}


@pytest.mark.parametrize("name", HOPELESS)
async def test_a_hopeless_document_is_told_of_in_time(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(HOPELESS[name], encoding="utf-8")
    result = await imported(path)
    assert result.posts == 0


async def test_a_text_beyond_all_measure_is_cut(tmp_path: Path) -> None:
    addresses = " ".join(f"https://example{n}.org/a/{n}" for n in range(130_000))
    path = tmp_path / "result.json"
    path.write_text(json.dumps(export([message(1, addresses)])), encoding="utf-8")
    result = await imported(path)
    assert (result.posts, result.cut) == (1, 1)
    async with Archive.open(tmp_path / "galpi.db") as archive:
        (post,) = (await archive.posts()).items
    assert len(post.text) == LONGEST_TEXT


async def test_a_zip_that_expands_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("result.json", HEAD + f"{GOOD}," * 1_000_000)
    result = await imported(path)
    assert result.error is not None
    assert result.error.problem is Problem.TOO_LARGE


async def test_a_zip_of_many_small_documents_takes_as_long_as_they_do(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(2000):
            archive.writestr(f"{number}.txt", "x")
    result = await imported(path)
    assert result.error is not None
    assert result.error.problem is Problem.UNKNOWN_FORMAT


@pytest.mark.parametrize(
    "how", ["half", "without its list", "with a damaged list", "of an odd version", "scrambled"]
)
async def test_a_damaged_zip_is_told_of(how: str, tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(50):
            posts = [message(n, f"글 {n}") for n in range(1, 30)]
            archive.writestr(f"{number}.json", json.dumps(export(posts)))
    data = bytearray(path.read_bytes())
    if how == "half":
        del data[len(data) // 2 :]
    elif how == "without its list":
        del data[-60:]
    elif how == "with a damaged list":
        data[-1500:-1000] = b"\xff" * 500
    elif how == "of an odd version":
        data[data.index(b"PK\x01\x02") + 6] = 200
    else:
        data[100:300] = bytes(200)
    path.write_bytes(data)
    async with Archive.open(tmp_path / "galpi.db") as archive:
        results = await import_documents(archive, [path])
    assert any(result.error for result in results)


async def test_a_page_cut_off_is_told_of_with_what_is_lost(tmp_path: Path) -> None:
    whole = html_export(*(html_message(number, html_text("글")) for number in range(1, 4)))
    path = tmp_path / "messages.html"
    path.write_text(whole[: whole.rindex("글")], encoding="utf-8")
    result = await imported(path)
    assert result.error is not None
    assert result.error.problem is Problem.CUT_OFF
    assert (result.posts, result.skipped) == (2, {Skip.DAMAGED: 1})
    assert [left.near for left in result.left] == [2]


async def test_of_a_document_that_is_refused_nothing_stays_in_memory(tmp_path: Path) -> None:
    page = html_export(html_message(1, html_text("글 " * 20_000)))
    cut = page[: page.rindex("</body>")]
    for number in range(40):
        (tmp_path / f"messages{number}.html").write_text(cut, encoding="utf-8")
    async with Archive.open(tmp_path / "galpi.db") as archive:
        tracemalloc.start()
        try:
            results = await import_documents(archive, [tmp_path])
            gc.collect()
            left, _ = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert [result.error is not None for result in results] == [True] * 40
    assert left < 20_000_000  # of 62 MB of trees
