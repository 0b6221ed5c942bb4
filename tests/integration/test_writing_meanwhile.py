"""Who writes a little while another process writes much is not refused and need not wait long."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import time
from contextlib import closing
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

from storage import Archive, NewPost, Source
from tests.support.patience import patient
from tests.support.process import BotProcess

if TYPE_CHECKING:
    from pathlib import Path

LONGEST = 1.0  # seconds that a write may wait
SOURCE = Source(title="채널", channel_id=5, username="live")


async def seconds_of_a_write(archive: Archive, number: int) -> float:
    start = time.monotonic()
    if number % 2:
        await archive.set_language(number, "ko")
    else:
        post = NewPost(text=f"살아 있는 글 {number}", message_id=number, ordinal=number)
        await archive.receive(SOURCE, post)
    return time.monotonic() - start


def write_without_end(path: Path, stop: Event) -> None:
    """Hold the lock but for moments, as an import does between its batches."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        while not stop.is_set():
            connection.execute("BEGIN IMMEDIATE")
            time.sleep(0.1)
            connection.execute("COMMIT")
            time.sleep(0.005)


async def test_the_moments_between_two_transactions_of_another_are_not_missed(
    tmp_path: Path,
) -> None:
    path, stop = tmp_path / "galpi.db", Event()
    async with Archive.open(path) as archive:
        other = Thread(target=write_without_end, args=(path, stop))
        other.start()
        try:
            waits = []
            for number in range(1, 13):
                await asyncio.sleep(0.05)
                waits.append(await seconds_of_a_write(archive, number))
        finally:
            stop.set()
            other.join()
    assert sum(waits) > 0.25  # the other one was in the way
    assert max(waits) < patient(LONGEST)


async def test_an_import_of_another_process_keeps_no_write_waiting(tmp_path: Path) -> None:
    path, document = tmp_path / "galpi.db", tmp_path / "result.json"
    text = "투자와 스타트업에 대한 글을 모았습니다. A paper about startups. " * 5
    messages = [
        {"id": id_, "type": "message", "date": "2026-01-02T03:04:05", "text": f"{id_} {text}"}
        for id_ in range(1, 6_001)
    ]
    export = {"name": "A channel", "type": "public_channel", "id": 77, "messages": messages}
    document.write_text(json.dumps(export, ensure_ascii=False), encoding="utf-8")
    async with Archive.open(path) as archive:
        importing = await BotProcess.of("import", str(document), database=path)
        waits: list[float] = []
        while importing.is_running:
            waits.append(await seconds_of_a_write(archive, len(waits) + 1))
            await asyncio.sleep(0.05)
        assert await importing.ends() == 0
        assert (await archive.stats()).posts == len(messages) + len(waits) // 2
    assert len(waits) > 10
    assert max(waits) < patient(LONGEST)


@pytest.mark.parametrize("table", ["post_terms", "term_pieces"])
async def test_tidying_makes_one_piece_of_an_index_in_steps(tmp_path: Path, table: str) -> None:
    path = tmp_path / "galpi.db"
    async with Archive.open(path) as archive:
        for text in ("살아 있는 벤처투자", "살아 있는 인공지능", "살아 있는 스타트업"):
            await archive.add(SOURCE, [NewPost(text=text, ordinal=1)])
        assert pieces(path, table) > 1
        await archive.tidy()
        assert await archive.check() == ()
        assert (await archive.search("살아")).total == 3
    assert pieces(path, table) == 1


def pieces(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        (count,) = connection.execute(f"SELECT count(DISTINCT segid) FROM {table}_idx").fetchone()
        return int(count)
