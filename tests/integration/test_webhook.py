"""The webhook's server takes little from whoever does not know the secret."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

import pytest

from bot.webhook import MOST_BYTES, WebhookServer

if TYPE_CHECKING:
    from asyncio import StreamReader, StreamWriter
    from collections.abc import AsyncIterator

    from bot.receiving import Receiver

SECRET = "knock-knock"
PATIENCE = 10.0


class Kept:
    """A receiver that keeps what it gets."""

    def __init__(self) -> None:
        self.updates: list[dict[str, Any]] = []

    async def store(self, update: dict[str, Any]) -> bool:
        self.updates.append(update)
        return True


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
async def line(
    kept: Kept, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[StreamReader, StreamWriter]]:
    """A connection to the server."""
    monkeypatch.setattr("bot.webhook.LONGEST_BODY", 0.5)
    server = WebhookServer(cast("Receiver", kept), "/galpi", SECRET)
    server.listen("127.0.0.1", unused_tcp_port)
    reader, writer = await asyncio.open_connection("127.0.0.1", unused_tcp_port)
    yield reader, writer
    writer.close()
    await server.close()


def head(*, secret: str = SECRET, **more: object) -> bytes:
    headers = {
        "Host": "bot.example",
        "Content-Type": "application/json",
        "X-Telegram-Bot-Api-Secret-Token": secret,
        **{name.replace("_", "-"): value for name, value in more.items()},
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST /galpi HTTP/1.1\r\n{lines}\r\n".encode()


async def answer(reader: StreamReader) -> bytes:
    """Return what comes until the server hangs up; none if it does not even wait for that."""
    async with asyncio.timeout(PATIENCE):
        with suppress(ConnectionResetError):
            return await reader.read()
    return b""


async def test_an_update_with_the_secret_is_taken(
    kept: Kept, line: tuple[StreamReader, StreamWriter]
) -> None:
    reader, writer = line
    body = json.dumps({"update_id": 1}).encode()
    writer.write(head(Content_Length=len(body), Connection="close") + body)
    assert (await answer(reader)).startswith(b"HTTP/1.1 200")
    assert kept.updates == [{"update_id": 1}]


@pytest.mark.parametrize(
    "framing",
    [{"Content_Length": MOST_BYTES}, {"Transfer_Encoding": "chunked"}],
    ids=["length", "chunked"],
)
async def test_half_a_body_without_the_secret_is_refused_at_once(
    kept: Kept, line: tuple[StreamReader, StreamWriter], framing: dict[str, object]
) -> None:
    reader, writer = line
    writer.write(head(secret="wrong", **framing))
    if "Transfer_Encoding" in framing:
        writer.write(b"80000\r\n")
    writer.write(b" " * (MOST_BYTES // 2))
    assert (await answer(reader))[:12] in {b"", b"HTTP/1.1 403"}
    assert kept.updates == []


@pytest.mark.parametrize("secret", [SECRET, "wrong"])
async def test_a_body_of_any_size_is_refused_by_what_its_head_says(
    kept: Kept, line: tuple[StreamReader, StreamWriter], secret: str
) -> None:
    reader, writer = line
    writer.write(head(secret=secret, Content_Length=10 * MOST_BYTES))
    assert (await answer(reader)).split()[1] in {b"400", b"403", b"413"}
    assert kept.updates == []


async def test_half_a_body_with_the_secret_is_not_waited_for(
    kept: Kept, line: tuple[StreamReader, StreamWriter]
) -> None:
    reader, writer = line
    writer.write(head(Content_Length=100) + b"{")
    await answer(reader)
    assert kept.updates == []


async def test_half_a_head_is_not_waited_for(
    kept: Kept, line: tuple[StreamReader, StreamWriter]
) -> None:
    reader, writer = line
    writer.write(head()[:40])
    await answer(reader)
    assert kept.updates == []
