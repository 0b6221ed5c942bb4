"""What a bot gets to see of a group."""

from collections.abc import AsyncIterator

import pytest

from tests.support.raw import RawApi, raw_api


@pytest.fixture
async def raw() -> AsyncIterator[RawApi]:
    async with raw_api(username="galpi_bot") as raw:
        yield raw


@pytest.mark.parametrize(
    ("text", "private", "open_group"),
    [
        ("hello", False, True),
        ("/search ai", True, True),
        ("/search@galpi_bot ai", True, True),
        ("/search@Galpi_Bot ai", True, True),
        ("/search@other_bot ai", False, True),
        ("see /search", False, True),
        ("@galpi_bot hello", False, True),
    ],
)
async def test_privacy_mode(raw: RawApi, text: str, *, private: bool, open_group: bool) -> None:
    ada = raw.telegram.person("Ada")
    for privacy, expected in ((True, private), (False, open_group)):
        ada.sends(text, raw.telegram.group("Team", ada, privacy=privacy))
        heard = [update.kind for update in raw.api.updates.pending]
        assert ("message" in heard) is expected
        raw.api.updates.pending.clear()


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("who knows, @Galpi_bot?", True),
        ("🎉 @galpi_bot", True),
        ("@other_bot hello", False),
        ("@galpi_bots hello", False),
        ("mail@galpi_bot.kr", False),
        ("/search@other_bot ai", False),
    ],
)
async def test_its_name_calls_a_guest(raw: RawApi, text: str, *, called: bool) -> None:
    ada = raw.telegram.person("Ada")
    group = raw.telegram.group("Team", ada)
    group.bot_is_member = False
    ada.sends(text, group)
    assert [update.kind for update in raw.api.updates.pending] == ["guest_message"] * called


async def test_replies_to_the_bot_are_seen(raw: RawApi) -> None:
    ada = raw.telegram.person("Ada")
    group = raw.telegram.group("Team", ada)
    own = ada.sends("/search ai", group)
    answer = await raw.call("sendMessage", chat_id=group.id, text="found")
    raw.api.updates.pending.clear()
    ada.sends("what?", group, reply_to=own)
    assert not raw.api.updates.pending
    ada.sends("thanks", group, reply_to=group.messages[answer.result["message_id"]])
    assert raw.api.updates.pending


@pytest.mark.parametrize("privacy", [True, False])
async def test_a_group_without_the_bot(raw: RawApi, *, privacy: bool) -> None:
    ada = raw.telegram.person("Ada")
    group = raw.telegram.group("Team", ada, privacy=privacy)
    group.bot_is_member = False
    ada.sends("/search ai", group)
    assert not raw.api.updates.pending
