"""Methods about the bot itself and about chats: who it is, its menus, who is where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.botapi.fields import Array, bad_request, needed
from bot.playground.botapi.menus import OfLanguage, OfScope, commands, language_code, menu_key
from bot.playground.botapi.methods import Method, OfChat

if TYPE_CHECKING:
    from bot.playground.botapi.fields import Json
    from bot.playground.botapi.state import State


class GetMe(Method):
    """Learn who the bot is."""

    async def answer(self, state: State) -> Json:
        """Return the bot, and what it may do."""
        return {
            **state.me.json(),
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": True,
            "supports_guest_queries": True,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }


class SetMyCommands(OfScope, Method):
    """Offer commands."""

    commands: Array = needed("commands is empty")

    async def answer(self, state: State) -> Json:
        """Carry the call out and return True."""
        state.menus.commands[menu_key(self)] = commands(self.commands)
        return True


class GetMyCommands(OfScope, Method):
    """Learn which commands are offered."""

    async def answer(self, state: State) -> Json:
        """Return the commands."""
        return [command.json() for command in state.menus.commands.get(menu_key(self), ())]


class DeleteMyCommands(OfScope, Method):
    """Offer no commands of one's own."""

    async def answer(self, state: State) -> Json:
        """Carry the call out and return True."""
        state.menus.commands.pop(menu_key(self), None)
        return True


class SetMyName(OfLanguage, Method):
    """Call the bot something."""

    name: str = ""

    async def answer(self, state: State) -> Json:
        """Carry the call out and return True."""
        state.menus.names.set(language_code(self), self.name)
        return True


class GetMyName(OfLanguage, Method):
    """Learn what the bot is called."""

    async def answer(self, state: State) -> Json:
        """Return the name."""
        return {"name": state.menus.names.get(language_code(self)) or state.me.first_name}


class SetMyDescription(OfLanguage, Method):
    """Say what an empty chat says of the bot."""

    description: str = ""

    async def answer(self, state: State) -> Json:
        """Carry the call out and return True."""
        state.menus.descriptions.set(language_code(self), self.description)
        return True


class GetMyDescription(OfLanguage, Method):
    """Learn what an empty chat says of the bot."""

    async def answer(self, state: State) -> Json:
        """Return the description."""
        return {"description": state.menus.descriptions.get(language_code(self))}


class SetMyShortDescription(OfLanguage, Method):
    """Say what the bot's profile says of it."""

    short_description: str = ""

    async def answer(self, state: State) -> Json:
        """Carry the call out and return True."""
        state.menus.short_descriptions.set(language_code(self), self.short_description)
        return True


class GetMyShortDescription(OfLanguage, Method):
    """Learn what the bot's profile says of it."""

    async def answer(self, state: State) -> Json:
        """Return the description."""
        return {"short_description": state.menus.short_descriptions.get(language_code(self))}


class GetChat(OfChat):
    """Learn about a chat."""

    async def answer(self, state: State) -> Json:
        """Return the chat."""
        return {
            **state.chats.find(self.chat_id).json(),
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


class GetChatMember(OfChat):
    """Learn whether somebody is in a chat."""

    user_id: int = needed("invalid user_id specified")

    async def answer(self, state: State) -> Json:
        """Return the member."""
        chat = state.chats.find(self.chat_id)
        member = {**chat.members, state.me.id: state.me}.get(self.user_id)
        if member is None:
            raise bad_request("PARTICIPANT_ID_INVALID")
        return {"status": "member", "user": member.json()}


METHODS = (
    GetMe,
    SetMyCommands,
    GetMyCommands,
    DeleteMyCommands,
    SetMyName,
    GetMyName,
    SetMyDescription,
    GetMyDescription,
    SetMyShortDescription,
    GetMyShortDescription,
    GetChat,
    GetChatMember,
)
