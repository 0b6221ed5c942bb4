"""Exports of one channel, made to measure, in JSON and in HTML as Telegram Desktop writes them."""

from __future__ import annotations

import html
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, Final

from seeds.formats import desktop_export, desktop_export_html, desktop_pages
from seeds.formats.batches import Chat

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from seeds.formats.batches import Batch
    from storage import NewPost

TITLE: Final = "갈피 시험 채널"
MOMENT: Final = 1_740_963_600
SEOUL: Final = timezone(timedelta(hours=9))


def message(id_: int, text: object = "", **fields: object) -> dict[str, Any]:
    """Return a message of result.json; a minute lies between it and the one before."""
    return {
        "id": id_,
        "type": "message",
        "date": "2025-03-03T10:00:00",
        "date_unixtime": str(MOMENT + 60 * id_),
        "from": TITLE,
        "from_id": "channel1234567890",
        **fields,
        "text": text,
    }


def export(messages: Sequence[object], **details: object) -> dict[str, Any]:
    """Return an export of the channel."""
    chat = {"name": TITLE, "type": "public_channel", "id": 1_234_567_890}
    return {**chat, **details, "messages": messages}


def read_text(text: str, size: int = 1 << 18) -> Iterator[Batch]:
    """Return the batches of an export that comes in chunks of a size."""

    def chunks() -> Iterator[str]:
        return (text[at : at + size] for at in range(0, len(text), size))

    return desktop_export.read(chunks(), chunks, "result.json")


def read_messages(*messages: object) -> list[Batch]:
    """Return the batches of an export with these messages."""
    return list(read_text(json.dumps(export(messages), ensure_ascii=False)))


def read_message(**fields: object) -> NewPost:
    """Return the post that a message with these fields is."""
    ((post,),) = (batch.posts for batch in read_messages(message(1, **fields)))
    return post


def html_message(id_: int, inner: str) -> str:
    """Return a message of messages.html; a minute lies between it and the one before."""
    date = datetime.fromtimestamp(MOMENT + 60 * id_, UTC).astimezone(SEOUL)
    return (
        f'<div class="message default clearfix" id="message{id_}">\n<div class="body">\n'
        f'<div class="pull_right date details" title="{date:%d.%m.%Y %H:%M:%S} UTC+09:00">\n'
        f'{date:%H:%M}\n</div>\n<div class="from_name">\n{TITLE}\n</div>\n{inner}\n</div>\n</div>\n'
    )


def html_text(text: str) -> str:
    """Return the element of a text."""
    return f'<div class="text">\n{html.escape(text).replace(chr(10), "<br>")}\n</div>'


def html_export(*messages: str) -> str:
    """Return a page of the channel."""
    return (
        "<!DOCTYPE html>\n<html>\n<head><title>Exported Data</title></head>\n<body>\n"
        '<div class="page_wrap"><div class="page_header"><div class="content">'
        f'<div class="text bold">\n{TITLE}\n</div></div></div>\n'
        f'<div class="page_body chat_page"><div class="history">\n{"".join(messages)}'
        "</div></div></div>\n</body>\n</html>"
    )


def read_page(source: str) -> Iterator[Batch]:
    """Return the batches of a page."""
    page = desktop_pages.take_apart(source)
    return desktop_export_html.read(page, "messages.html", Chat.CHANNEL)


def read_html_message(inner: str) -> NewPost:
    """Return the post that a message with this inside is, as if pages told all, and were sure."""
    ((post,),) = (batch.posts for batch in read_page(html_export(html_message(1, inner))))
    return replace(post, date_is_local=False, is_partial=False)
