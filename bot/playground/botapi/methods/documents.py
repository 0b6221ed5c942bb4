"""Methods that send files, and tell where to download those that were sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.botapi.errors import bad_request
from bot.playground.botapi.fields import BOOLEAN, LIST, TEXT, Field, Kind
from bot.playground.botapi.methods.messages import post
from bot.playground.botapi.methods.method import SENDING, Method
from bot.playground.botapi.texts import caption

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.playground.botapi.fields import Arguments, Json
    from bot.playground.botapi.model import Document
    from bot.playground.botapi.state import State


# Bot API, "sendPhoto": the photo must be at most 10 MB in size.
MAX_PHOTO = 10 * 1024 * 1024


async def _send_document(state: State, arguments: Arguments) -> Json:
    words = caption(
        arguments.text("caption"),
        arguments.text("parse_mode"),
        arguments.items("caption_entities"),
    )
    return post(state, arguments, words, document=_document(state, arguments)).json()


def _document(state: State, arguments: Arguments) -> Document:
    upload = arguments.files.get("document")
    if upload is None:
        return state.files.find(arguments.text("document"))
    return state.files.add(upload.name, upload.mime_type, upload.content)


async def _send_photo(state: State, arguments: Arguments) -> Json:
    words = caption(
        arguments.text("caption"),
        arguments.text("parse_mode"),
        arguments.items("caption_entities"),
    )
    upload = arguments.files.get("photo")
    if upload is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if len(upload.content) > MAX_PHOTO:
        raise bad_request("file is too big")
    return post(state, arguments, words, photo=state.files.add_photo(upload.content)).json()


async def _get_file(state: State, arguments: Arguments) -> Json:
    return state.files.described(arguments.text("file_id"))


METHODS: Mapping[str, Method] = {
    "sendDocument": Method(
        {
            **SENDING,
            "document": Field(Kind.FILE, "there is no document in the request"),
            "thumbnail": Field(Kind.FILE),
            "caption": TEXT,
            "caption_entities": LIST,
            "disable_content_type_detection": BOOLEAN,
        },
        _send_document,
    ),
    "sendPhoto": Method(
        {
            **SENDING,
            "photo": Field(Kind.FILE, "there is no photo in the request"),
            "caption": TEXT,
            "caption_entities": LIST,
            "show_caption_above_media": BOOLEAN,
            "has_spoiler": BOOLEAN,
        },
        _send_photo,
    ),
    "getFile": Method({"file_id": Field(Kind.TEXT, "file_id is not specified")}, _get_file),
}
