"""An admin sends a document to the bot, and its posts come into the archive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from storage import NewPost, Source
from tests.support.recording import RecordingRequest

if TYPE_CHECKING:
    from telegram.request import RequestData

    from bot.settings import Settings
    from storage import Archive
    from tests.support.recording import Person

EXPORTS = Path(__file__).parents[1] / "golden" / "exports"
DOCUMENT = {"file_id": "a", "file_unique_id": "b", "file_name": "result.json"}


class FileServer(RecordingRequest):
    """Gives one file to whoever asks for it."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.content = content

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *_: object,
        **__: object,
    ) -> tuple[int, bytes]:
        if "/file/bot" in url:
            return 200, self.content
        return await super().do_request(url, method, request_data)

    def _result(self, method: str, parameters: dict[str, Any]) -> object:
        if method == "getFile":
            return {"file_id": "a", "file_unique_id": "b", "file_path": "documents/file_1.json"}
        return super()._result(method, parameters)


@pytest.fixture
def request_() -> FileServer:
    return FileServer((EXPORTS / "channel.json").read_bytes())


@pytest.fixture
def settings(settings: Settings) -> Settings:
    named = frozenset({"@trial"})
    return settings.model_copy(update={"admins": frozenset({7}), "channels": named})


async def test_an_admin_s_document_comes_in(person: Person, archive: Archive) -> None:
    *_, answer = await person.sends(document=DOCUMENT)
    assert "result.json" in answer.text
    assert "새 글 8" in answer.text
    assert "서비스 메시지 1" in answer.text
    post = await archive.find_post(3, username="trial")
    assert post.url == "https://t.me/trial/3"


async def test_a_document_that_is_none_is_told_why(person: Person, request_: FileServer) -> None:
    request_.content = b"\x89PNG\0\0"
    *_, answer = await person.sends(document=DOCUMENT | {"file_name": "../../etc/x.png"})
    assert answer.text.startswith("x.png: ")


async def test_a_file_too_big_for_telegram(person: Person, request_: FileServer) -> None:
    request_.refuse("getFile", 400, "Bad Request: file is too big")
    *_, answer = await person.sends(document=DOCUMENT)
    assert "galpi import" in answer.text


async def test_from_anyone_else_a_document_is_nothing(foreigner: Person, archive: Archive) -> None:
    before = (await archive.stats()).posts
    (answer,) = await foreigner.sends(document=DOCUMENT)
    assert answer.method == "sendMessage"
    assert (await archive.stats()).posts == before


async def test_a_document_of_another_channel_is_not_merged_with_the_live_one(
    person: Person, archive: Archive, request_: FileServer
) -> None:
    live = Source(title="The live one", username="trial", channel_id=1_500_000_009)
    kept = [NewPost(text=f"kept as it is {id_}", message_id=id_) for id_ in range(2, 10)]
    await archive.add(live, kept)
    request_.content = (EXPORTS / "messages.html").read_bytes()
    page = DOCUMENT | {"file_name": "messages.html"}
    *_, answer = await person.sends(document=page)
    assert "바뀐 글 0" in answer.text
    for post in kept:
        assert post.message_id is not None
        assert (await archive.find_post(post.message_id, username="trial")).text == post.text
