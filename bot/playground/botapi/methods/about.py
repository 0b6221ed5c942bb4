"""Methods about the bot itself and about chats: who it is, its menus, who is where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.botapi.errors import bad_request
from bot.playground.botapi.fields import OBJECT, TEXT, Field, Kind
from bot.playground.botapi.menus import commands, language_code, menu_key
from bot.playground.botapi.methods.method import CHAT, Method

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.playground.botapi.fields import Arguments, Fields, Json
    from bot.playground.botapi.state import State

LANGUAGE: Fields = {"language_code": TEXT}
MENU: Fields = {**LANGUAGE, "scope": OBJECT}


async def _get_me(state: State, _arguments: Arguments) -> Json:
    return {
        **state.me.json(),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "supports_guest_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def _set_my_commands(state: State, arguments: Arguments) -> Json:
    state.menus.commands[menu_key(arguments)] = commands(arguments.items("commands"))
    return True


async def _get_my_commands(state: State, arguments: Arguments) -> Json:
    return [command.json() for command in state.menus.commands.get(menu_key(arguments), ())]


async def _delete_my_commands(state: State, arguments: Arguments) -> Json:
    state.menus.commands.pop(menu_key(arguments), None)
    return True


async def _set_my_name(state: State, arguments: Arguments) -> Json:
    state.menus.names.set(language_code(arguments), arguments.text("name"))
    return True


async def _get_my_name(state: State, arguments: Arguments) -> Json:
    return {"name": state.menus.names.get(language_code(arguments)) or state.me.first_name}


async def _set_my_description(state: State, arguments: Arguments) -> Json:
    state.menus.descriptions.set(language_code(arguments), arguments.text("description"))
    return True


async def _get_my_description(state: State, arguments: Arguments) -> Json:
    return {"description": state.menus.descriptions.get(language_code(arguments))}


async def _set_my_short_description(state: State, arguments: Arguments) -> Json:
    text = arguments.text("short_description")
    state.menus.short_descriptions.set(language_code(arguments), text)
    return True


async def _get_my_short_description(state: State, arguments: Arguments) -> Json:
    return {"short_description": state.menus.short_descriptions.get(language_code(arguments))}


async def _get_chat(state: State, arguments: Arguments) -> Json:
    return {
        **state.chats.find(arguments.chat()).json(),
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


async def _get_chat_member(state: State, arguments: Arguments) -> Json:
    chat = state.chats.find(arguments.chat())
    user_id = arguments.integer("user_id")
    member = {**chat.members, state.me.id: state.me}.get(user_id)
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
