"""Updates whose fields are of any kind: each is left out with a line, or taken; the bot goes on."""

from __future__ import annotations

import asyncio
import copy
import time
from random import Random
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.e2e.test_live import CHANNEL, NAMED
from tests.support.client import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.stage import Stage

UPDATES: Final = 150
ODD: Final[tuple[Any, ...]] = (
    *(None, True, 0, -1, 2**31, 2**63, 2**70, 1e308, 1.5, "", "x", "\x00", "가" * 5000, "9" * 400),
    *([], [None], [[]], {}, {"a": 1}, [{"type": "bold"}], {"type": "of_tomorrow"}),
)
NOW: Final = int(time.time())
READER: Final = {"id": 900, "is_bot": False, "first_name": "Z", "language_code": "ko"}
CHAT: Final = {"id": 900, "type": "private", "first_name": "Z"}
FILE: Final = {"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}
SAID: Final = {"message_id": 5, "date": NOW, "chat": CHANNEL}
POST: Final = {
    **SAID,
    "text": "Narwhal https://a.com #tag",
    "entities": [
        {"type": "url", "offset": 8, "length": 13},
        {"type": "text_link", "offset": 0, "length": 3, "url": "https://b.com"},
    ],
    "forward_origin": {"type": "channel", "date": NOW, "chat": CHANNEL, "message_id": 5},
    "reply_to_message": {**SAID, "message_id": 3, "text": "before"},
    "link_preview_options": {"url": "https://d.com"},
}
PICTURE: Final = {
    **SAID,
    "caption": "Album",
    "caption_entities": [{"type": "bold", "offset": 0, "length": 5}],
    "photo": [FILE],
    "media_group_id": "g",
    "reply_markup": {"inline_keyboard": [[{"text": "go", "url": "https://c.com"}]]},
}
QUESTION: Final = {**SAID, "chat": CHAT, "from": READER, "text": "/search 투자"}
WHOLE: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("channel_post", POST),
    ("channel_post", PICTURE),
    ("channel_post", {**SAID, "document": {**FILE, "file_name": "x.pdf"}}),
    ("edited_channel_post", {**POST, "edit_date": NOW}),
    (
        "message_reaction_count",
        {**SAID, "reactions": [{"type": {"type": "emoji", "emoji": "👍"}, "total_count": 3}]},
    ),
    (
        "my_chat_member",
        {
            "chat": CHAT,
            "from": READER,
            "date": NOW,
            "old_chat_member": {"status": "member", "user": READER},
            "new_chat_member": {"status": "kicked", "user": READER, "until_date": 0},
        },
    ),
    ("message", QUESTION),
    (
        "callback_query",
        {"id": "1", "from": READER, "chat_instance": "1", "data": "1p22", "message": QUESTION},
    ),
    ("inline_query", {"id": "1", "from": READER, "query": "투자", "offset": ""}),
    ("guest_message", {**QUESTION, "guest_query_id": "1"}),
)


def places(
    value: dict[str, Any] | list[Any], place: tuple[Any, ...] = ()
) -> Iterator[tuple[Any, ...]]:
    """Yield the way to every part of a value."""
    if place:
        yield place
    parts = value.items() if isinstance(value, dict) else enumerate(value)
    for key, part in parts:
        if isinstance(part, (dict, list)):
            yield from places(part, (*place, key))
        else:
            yield (*place, key)


def oddly(rng: Random, body: dict[str, Any]) -> dict[str, Any]:
    """Return a body in which one to three parts are missing, or something else."""
    body = copy.deepcopy(body)
    for _ in range(rng.choice((1, 1, 2, 3))):
        found = [*places(body)]
        if not found:
            break
        *way, last = rng.choice(found)
        part: Any = body
        for key in way:
            part = part[key]
        if isinstance(part, dict) and rng.random() < 0.2:
            del part[last]
        else:
            part[last] = copy.deepcopy(rng.choice(ODD))
    return body


@pytest.mark.parametrize("seed", range(2))
async def test_an_odd_update_is_left_out_and_the_next_is_answered(
    own_stage: Stage, seed: int
) -> None:
    rng = Random(seed)
    bot = await own_stage.start(NAMED)
    own_stage.forgive("")  # nobody of these chats is there
    for _ in range(UPDATES):
        kind, body = rng.choice(WHOLE)
        own_stage.api.updates.put(kind, oddly(rng, body))
    assert (await own_stage.telegram.person().asks("/help")).text
    async with asyncio.timeout(PATIENCE):
        while own_stage.api.updates.pending:
            await asyncio.sleep(0.02)
    assert "is left out" in bot.output
    assert "Traceback" not in bot.output
