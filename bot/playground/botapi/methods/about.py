"""Methods about the bot itself and about chats: who it is, its menus, who is where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.botapi.errors import bad_request
from bot.playground.botapi.fields import OBJECT, TEXT, Field, Kind
from bot.playground.botapi.menus import commands, language_code, menu_key
from bot.playground.botapi.methods.method import CHAT, Method

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.playground.botapi.api import BotApi
    from bot.playground.botapi.fields import Arguments, Fields, Json

LANGUAGE: Fields = {"language_code": TEXT}
MENU: Fields = {**LANGUAGE, "scope": OBJECT}


async def _get_me(api: BotApi, _arguments: Arguments) -> Json:
    return {
        **api.me.json(),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def _set_my_commands(api: BotApi, arguments: Arguments) -> Json:
    api.menus.commands[menu_key(arguments)] = commands(arguments.items("commands"))
    return True


async def _get_my_commands(api: BotApi, arguments: Arguments) -> Json:
    return [command.json() for command in api.menus.commands.get(menu_key(arguments), ())]


async def _delete_my_commands(api: BotApi, arguments: Arguments) -> Json:
    api.menus.commands.pop(menu_key(arguments), None)
    return True


async def _set_my_name(api: BotApi, arguments: Arguments) -> Json:
    api.menus.names.set(language_code(arguments), arguments.text("name"))
    return True


async def _get_my_name(api: BotApi, arguments: Arguments) -> Json:
    return {"name": api.menus.names.get(language_code(arguments)) or api.me.first_name}


async def _set_my_description(api: BotApi, arguments: Arguments) -> Json:
    api.menus.descriptions.set(language_code(arguments), arguments.text("description"))
    return True


async def _get_my_description(api: BotApi, arguments: Arguments) -> Json:
    return {"description": api.menus.descriptions.get(language_code(arguments))}


async def _set_my_short_description(api: BotApi, arguments: Arguments) -> Json:
    text = arguments.text("short_description")
    api.menus.short_descriptions.set(language_code(arguments), text)
    return True


async def _get_my_short_description(api: BotApi, arguments: Arguments) -> Json:
    return {"short_description": api.menus.short_descriptions.get(language_code(arguments))}


async def _get_chat(api: BotApi, arguments: Arguments) -> Json:
    return {
        **api.chats.find(arguments.chat()).json(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }


async def _get_chat_member(api: BotApi, arguments: Arguments) -> Json:
    chat = api.chats.find(arguments.chat())
    user_id = arguments.integer("user_id")
    member = {**chat.members, api.me.id: api.me}.get(user_id)
    if member is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return {"status": "member", "user": member.json()}


METHODS: Mapping[str, Method] = {
    "getMe": Method({}, _get_me),
    "setMyCommands": Method(
        {**MENU, "commands": Field(Kind.LIST, "commands is empty")}, _set_my_commands
    ),
    "getMyCommands": Method(MENU, _get_my_commands),
    "deleteMyCommands": Method(MENU, _delete_my_commands),
    "setMyName": Method({**LANGUAGE, "name": TEXT}, _set_my_name),
    "getMyName": Method(LANGUAGE, _get_my_name),
    "setMyDescription": Method({**LANGUAGE, "description": TEXT}, _set_my_description),
    "getMyDescription": Method(LANGUAGE, _get_my_description),
    "setMyShortDescription": Method(
        {**LANGUAGE, "short_description": TEXT}, _set_my_short_description
    ),
    "getMyShortDescription": Method(LANGUAGE, _get_my_short_description),
    "getChat": Method({"chat_id": CHAT}, _get_chat),
    "getChatMember": Method(
        {"chat_id": CHAT, "user_id": Field(Kind.INTEGER, "invalid user_id specified")},
        _get_chat_member,
    ),
}
