"""Flood limits: one chat at a time, and all of them together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.playground.botapi.state import Floods
from tests.support.raw import raw_api

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.playground.botapi.model import Chat
    from tests.support.client import Person
    from tests.support.raw import Answer, RawApi


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def limited(clock: Clock) -> AsyncIterator[RawApi]:
    async with raw_api() as raw:
        raw.api.floods = Floods(limited=True, clock=clock)
        yield raw


async def sends(raw: RawApi, chat: Chat, times: int = 1) -> Answer:
    """Return the answer to the last of so many messages, of which the others must have passed."""
    for _ in range(times - 1):
        assert (await raw.call("sendMessage", chat_id=chat.id, text="a")).result
    return await raw.call("sendMessage", chat_id=chat.id, text="a")


def person(raw: RawApi, name: str = "Ada") -> Person:
    somebody = raw.telegram.person(name)
    somebody.sends("/start")
    return somebody


async def test_twenty_messages_a_minute_in_a_group(limited: RawApi, clock: Clock) -> None:
    group = limited.telegram.group("Team")
    assert (await sends(limited, group, 10)).result
    clock.now += 20
    assert (await sends(limited, group, 10)).result
    refused = await sends(limited, group)
    assert refused.refusal == (429, "Too Many Requests: retry after 40")
    assert refused.json["parameters"] == {"retry_after": 40}
    clock.now += 39
    assert (await sends(limited, group)).json["parameters"] == {"retry_after": 1}
    clock.now += 1
    assert (await sends(limited, group, 10)).result
    assert (await sends(limited, group)).status == 429


async def test_a_short_burst_in_a_private_chat(limited: RawApi, clock: Clock) -> None:
    ada = person(limited)
    assert (await sends(limited, ada.private, 5)).result
    assert (await sends(limited, ada.private)).json["parameters"] == {"retry_after": 5}
    clock.now += 4.9
    assert (await sends(limited, ada.private)).status == 429
    clock.now += 0.1
    assert (await sends(limited, ada.private, 5)).result


async def test_a_chat_that_is_full_leaves_the_others_alone(limited: RawApi) -> None:
    ada, bob = person(limited), person(limited, "Bob")
    assert (await sends(limited, ada.private, 6)).status == 429
    assert (await sends(limited, bob.private)).result


async def test_thirty_a_second_in_all(limited: RawApi, clock: Clock) -> None:
    groups = [limited.telegram.group(f"Team {number}") for number in range(2)]
    assert (await sends(limited, groups[0], 15)).result
    clock.now += 0.5
    assert (await sends(limited, groups[1], 15)).result
    assert (await sends(limited, person(limited).private)).json["parameters"] == {"retry_after": 1}
    clock.now += 0.5
    assert (await sends(limited, person(limited).private)).result


async def test_edits_and_documents_count_but_not_what_leaves_no_trace(limited: RawApi) -> None:
    ada = person(limited)
    message = (await sends(limited, ada.private)).result["message_id"]
    where = {"chat_id": ada.private.id}
    for text in "bcd":
        assert (
            await limited.call("editMessageText", **where, message_id=message, text=text)
        ).result
    known = limited.api.files.add("a.txt", "text/plain", b"a").file_id
    assert (await limited.call("sendDocument", **where, document=known)).result
    late = await limited.call("editMessageText", **where, message_id=message, text="e")
    assert late.status == 429
    assert ada.private.messages[message].text == "d"
    assert (await limited.call("sendChatAction", **where, action="typing")).result


async def test_nobody_is_limited_who_did_not_ask_for_it(raw: RawApi) -> None:
    assert (await sends(raw, person(raw).private, 40)).result
    async with raw_api(limited=True) as strict:
        assert (await sends(strict, person(strict).private, 6)).status == 429
