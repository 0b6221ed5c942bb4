"""Files that people send, and how a bot downloads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from tests.support.raw import TOKEN, RawApi, raw_api

if TYPE_CHECKING:
    from tests.support.client import Person

CONTENT = bytes(range(256))
MEGABYTE = 1024 * 1024


async def received(raw: RawApi) -> dict[str, object]:
    """Return the document of the update that waits."""
    update = (await raw.call("getUpdates", offset=-1)).result[0]
    document: dict[str, object] = update["message"]["document"]
    return document


async def test_a_document_is_downloaded(raw: RawApi, ada: Person) -> None:
    ada.sends_file("내보내기.json", CONTENT, "the export")
    document = await received(raw)
    assert (document["file_name"], document["file_size"]) == ("내보내기.json", 256)
    file = (await raw.call("getFile", file_id=document["file_id"])).result
    assert file["file_size"] == 256
    assert file["file_unique_id"] == document["file_unique_id"]
    address = f"{raw.server.url}/file/bot{TOKEN}/{file['file_path']}"
    response = await raw.client.get(address)
    assert (response.status_code, response.content) == (200, CONTENT)


async def test_a_client_library_downloads_what_it_sent(raw: RawApi, ada: Person) -> None:
    url = raw.server.url
    request = HTTPXRequest()
    async with Bot(TOKEN, f"{url}/bot", f"{url}/file/bot", request=request) as bot:
        sent = await bot.send_document(ada.user.id, CONTENT, filename="a.bin")
        assert sent.document is not None
        file = await bot.get_file(sent.document)
        assert bytes(await file.download_as_bytearray()) == CONTENT


async def test_the_biggest_file_that_a_bot_can_have(raw: RawApi, ada: Person) -> None:
    ada.sends_file("a.bin", bytes(20 * MEGABYTE))
    file_id = (await received(raw))["file_id"]
    assert (await raw.call("getFile", file_id=file_id)).result["file_size"] == 20 * MEGABYTE
    ada.sends_file("b.bin", bytes(20 * MEGABYTE + 1))
    file_id = (await received(raw))["file_id"]
    big = await raw.call("getFile", file_id=file_id)
    assert big.refusal == (400, "Bad Request: file is too big")


async def test_unknown_files(raw: RawApi) -> None:
    assert (await raw.call("getFile", file_id="x")).refusal == (400, "Bad Request: invalid file_id")
    assert (await raw.call("getFile")).refusal == (400, "Bad Request: file_id is not specified")


@pytest.mark.parametrize(
    ("token", "path", "status"),
    [
        (TOKEN, "documents/file_1.bin", 404),
        (TOKEN, "documents/%2e%2e/file_0.bin", 404),
        ("1:other", "documents/file_0.bin", 401),
        ("nonsense", "documents/file_0.bin", 404),
        (TOKEN, "test/documents/file_0.bin", 401),
    ],
)
async def test_files_that_are_nobody_s(
    raw: RawApi, ada: Person, token: str, path: str, status: int
) -> None:
    ada.sends_file("a.bin", CONTENT)
    response = await raw.client.get(f"{raw.server.url}/file/bot{token}/{path}")
    assert (response.status_code, response.json()["error_code"]) == (status, status)


async def test_files_of_the_test_environment() -> None:
    async with raw_api(test_environment=True) as raw:
        raw.telegram.person("Ada").sends_file("a.bin", CONTENT)
        address = f"{raw.server.url}/file/bot{TOKEN}/test/documents/file_0.bin"
        assert (await raw.client.get(address)).content == CONTENT
