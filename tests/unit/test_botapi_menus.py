"""Command menus and descriptions: whom they are for, and what Telegram does not show."""

from typing import Any

import pytest

from bot.playground.botapi.menus import Command, MenuKey
from tests.support.raw import RawApi


def command(name: str = "start", description: str = "Begin") -> dict[str, str]:
    return {"command": name, "description": description}


async def test_menus_by_scope_and_language(raw: RawApi) -> None:
    calls: list[dict[str, Any]] = [
        {},
        {"language_code": "ko"},
        {"scope": {"type": "all_group_chats"}},
        {"scope": {"type": "chat_member", "chat_id": -100, "user_id": 5}, "language_code": "ko"},
    ]
    for number, call in enumerate(calls):
        answer = await raw.call("setMyCommands", commands=[command(f"c{number}")], **call)
        assert answer.result is True
    assert raw.api.menus.commands == {
        MenuKey(): (Command("c0", "Begin"),),
        MenuKey(language="ko"): (Command("c1", "Begin"),),
        MenuKey("all_group_chats"): (Command("c2", "Begin"),),
        MenuKey("chat_member", "ko", -100, 5): (Command("c3", "Begin"),),
    }
    assert (await raw.call("getMyCommands", language_code="ko")).result == [command("c1")]
    assert (await raw.call("deleteMyCommands", language_code="ko")).result is True
    assert (await raw.call("getMyCommands", language_code="ko")).result == []


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({}, "commands is empty"),
        ({"commands": [command("")]}, "command must be non-empty"),
        ({"commands": [command("Start")]}, "BOT_COMMAND_INVALID"),
        ({"commands": [command("시작")]}, "BOT_COMMAND_INVALID"),
        ({"commands": [command("x" * 33)]}, "command length must not exceed 32"),
        ({"commands": [command("x", "")]}, "command description must be non-empty"),
        ({"commands": [command("x", " ")]}, "command description must be non-empty"),
        (
            {"commands": [command("x", "y" * 257)]},
            "command description length must not exceed 256",
        ),
        ({"commands": [command()] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": [command()], "language_code": "kor"}, "invalid language code specified"),
        (
            {"commands": [command()], "scope": {"type": "everyone"}},
            "can't parse BotCommandScope: unsupported type specified",
        ),
        (
            {"commands": [command()], "scope": {"type": "chat"}},
            "can't parse BotCommandScope: unsupported type specified",
        ),
    ],
)
async def test_refused_menus(raw: RawApi, parameters: dict[str, Any], reason: str) -> None:
    answer = await raw.call("setMyCommands", **parameters)
    assert answer.refusal == (400, f"Bad Request: {reason}")


async def test_the_longest_texts(raw: RawApi) -> None:
    rows = [command("x" * 32, "y" * 256)] * 100
    assert (await raw.call("setMyCommands", commands=rows)).result is True
    fits = await raw.call("setMyDescription", description="y" * 512)
    assert fits.result is True
    long = await raw.call("setMyDescription", description="y" * 513)
    assert long.refusal == (400, "Bad Request: DESCRIPTION_TOO_LONG")
    fits = await raw.call("setMyShortDescription", short_description="y" * 120)
    assert fits.result is True
    long = await raw.call("setMyShortDescription", short_description="y" * 121)
    assert long.refusal == (400, "Bad Request: ABOUT_TOO_LONG")


async def test_a_description_is_removed_by_an_empty_one(raw: RawApi) -> None:
    await raw.call("setMyDescription", description="for all")
    await raw.call("setMyDescription", description="우리말", language_code="ko")
    own = await raw.call("getMyDescription", language_code="ko")
    assert own.result == {"description": "우리말"}
    await raw.call("setMyDescription", description="", language_code="ko")
    fallback = await raw.call("getMyDescription", language_code="ko")
    assert fallback.result == {"description": "for all"}
    await raw.call("setMyDescription")
    assert (await raw.call("getMyDescription")).result == {"description": ""}
    long = await raw.call("setMyName", name="y" * 65)
    assert long.refusal == (400, "Bad Request: NAME_TOO_LONG")


async def test_chats_and_members(raw: RawApi) -> None:
    ada, bob = raw.telegram.person("Ada"), raw.telegram.person("Bob")
    group = raw.telegram.group("Team", ada)
    chat = (await raw.call("getChat", chat_id=group.id)).result
    assert (chat["type"], chat["title"]) == ("supergroup", "Team")
    member = await raw.call("getChatMember", chat_id=group.id, user_id=ada.user.id)
    assert member.result["user"]["first_name"] == "Ada"
    foreign = await raw.call("getChatMember", chat_id=group.id, user_id=bob.user.id)
    assert foreign.refusal == (400, "Bad Request: PARTICIPANT_ID_INVALID")
