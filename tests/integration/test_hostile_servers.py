"""An import from the web ends in one sentence whatever the server does."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

import pytest

from seeds.errors import Problem
from seeds.importing.fetching import Address, Limits, import_channel
from storage import Archive
from tests.support.command_line import invoke

if TYPE_CHECKING:
    from asyncio import StreamReader, StreamWriter
    from collections.abc import AsyncIterator
    from pathlib import Path

    from seeds.importing import Imported

PATIENCE = 20.0
OK = b"HTTP/1.1 200 OK\r\n"
LIMITS = Limits(pause=0, page_seconds=0.3)

Answer: TypeAlias = Callable[[str, "StreamWriter"], Awaitable[None]]
"""Writes what a path is answered with."""


def page(*messages: int, before: int | str | None = None) -> bytes:
    posts = "".join(
        f'<div class="tgme_widget_message" data-post="fetched/{message}">'
        f'<div class="tgme_widget_message_text js-message_text">post {message}</div></div>'
        for message in messages
    )
    more = "" if before is None else f'<a class="tme_messages_more" data-before="{before}"></a>'
    return whole(f"<!DOCTYPE html><html><body>{more}{posts}</body></html>".encode())


def whole(body: bytes) -> bytes:
    return OK + f"Content-Length: {len(body)}\r\n\r\n".encode() + body


@asynccontextmanager
async def served(answer: Answer) -> AsyncIterator[str]:
    """Serve for the block; returns the host."""

    async def serve(reader: StreamReader, writer: StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                await answer(head.split()[1].decode(), writer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    server.close()


@pytest.fixture
async def archive(tmp_path: Path) -> AsyncIterator[Archive]:
    async with Archive.open(tmp_path / "galpi.db") as opened:
        yield opened


async def imported(archive: Archive, answer: Answer, limits: Limits = LIMITS) -> Imported:
    async with served(answer) as host, asyncio.timeout(PATIENCE):
        address = Address(f"http://{host}", "fetched")
        return await import_channel(
            archive, address, limits=replace(limits, hosts=frozenset({host}))
        )


async def problem_of(archive: Archive, answer: Answer, limits: Limits = LIMITS) -> Problem:
    result = await imported(archive, answer, limits)
    assert result.error is not None
    return result.error.problem


def always(answer: bytes) -> Answer:
    async def write(_: str, writer: StreamWriter) -> None:
        writer.write(answer)

    return write


def redirect(to: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()


@pytest.mark.parametrize("before", [100, 200, 2**31])
async def test_older_posts_are_older(archive: Archive, before: int) -> None:
    async def answer(path: str, writer: StreamWriter) -> None:
        writer.write(page(100, before=before if "before" in path else 100))

    assert await problem_of(archive, answer) is Problem.BROKEN
    assert (await archive.posts()).total == 1


async def test_a_channel_without_end_is_left_at_some_page_and_gone_on_with(
    archive: Archive,
) -> None:
    asked: list[int] = []

    async def answer(path: str, writer: StreamWriter) -> None:
        before = int(path.partition("before=")[2] or 1_000_000)
        asked.append(before)
        writer.write(page(before - 1, before=before - 1))

    limits = replace(LIMITS, pages=3)
    async with served(answer) as host:
        address = Address(f"http://{host}", "fetched")
        limits = replace(limits, hosts=frozenset({host}))
        first = await import_channel(archive, address, limits=limits)
        await import_channel(archive, address, limits=limits)
    assert first.added.new == 3
    assert first.error is not None
    assert first.error.problem is Problem.TOO_MUCH
    assert asked[3:5] == [1_000_000, 999_997]


@pytest.mark.parametrize("limits", [replace(LIMITS, seconds=0), replace(LIMITS, bytes=0)])
async def test_time_and_bytes_of_all_pages_have_limits(archive: Archive, limits: Limits) -> None:
    answer = always(page(5, before=5))
    assert await problem_of(archive, answer, limits) is Problem.TOO_MUCH


async def drip(_: str, writer: StreamWriter) -> None:
    writer.write(OK + b"\r\n<!DOCTYPE html>")
    while True:
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.01)


async def drip_headers(_: str, writer: StreamWriter) -> None:
    writer.write(OK + b"X-Long: ")
    await drip(_, writer)


async def say_nothing(_: str, __: StreamWriter) -> None:
    await asyncio.sleep(PATIENCE)


async def pour(_: str, writer: StreamWriter) -> None:
    writer.write(OK + b"\r\n")
    while True:
        writer.write(b" " * 100_000)
        await writer.drain()


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (drip, Problem.UNREACHABLE),
        (drip_headers, Problem.UNREACHABLE),
        (say_nothing, Problem.UNREACHABLE),
        (pour, Problem.TOO_LARGE),
        (always(b"220 ftp.example.org ready\r\n\r\n"), Problem.UNREACHABLE),
        (
            always(OK + b"Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc"),
            Problem.UNREACHABLE,
        ),
        (always(whole(b"{}")), Problem.UNKNOWN_FORMAT),
        (always(whole(b"")), Problem.UNKNOWN_FORMAT),
        (always(whole(b"<html>" + b"<b>" * 300_000)), Problem.UNKNOWN_FORMAT),
        (always(redirect("ftp://127.0.0.1/s/fetched")), Problem.OTHER_SITE),
        (always(redirect("file:///etc/passwd")), Problem.OTHER_SITE),
        (always(redirect("http://127.0.0.1:1/s/fetched")), Problem.OTHER_SITE),
        (always(redirect("http://[::1/s/fetched")), Problem.UNREACHABLE),
        (always(redirect("/s/fetched")), Problem.UNREACHABLE),
        (
            always(b"HTTP/1.1 429 No\r\nRetry-After: 864000\r\nContent-Length: 0\r\n\r\n"),
            Problem.UNREACHABLE,
        ),
        (
            always(b"HTTP/1.1 503 No\r\nRetry-After: \xb2\r\nContent-Length: 0\r\n\r\n"),
            Problem.UNREACHABLE,
        ),
    ],
)
async def test_what_is_no_page_ends_in_one_sentence(
    archive: Archive, answer: Answer, problem: Problem
) -> None:
    limits = replace(LIMITS, page_bytes=1_000_000)
    assert await problem_of(archive, answer, limits) is problem


async def test_stray_bytes_of_a_page_cost_nothing_else(archive: Archive) -> None:
    stray = page(5).partition(b"\r\n\r\n")[2].replace(b"post 5", b"post \xff\x00 5")
    assert (await imported(archive, always(whole(stray)))).added.new == 1
    (post,) = (await archive.posts()).items
    assert post.text.startswith("post ")


def test_other_hosts_are_asked_only_where_an_option_names_them(tmp_path: Path) -> None:
    run = invoke(tmp_path / "other.db", "import", "http://127.0.0.1:1/s/fetched")
    assert run.exit_code == 1
    assert "--host" in run.stderr
