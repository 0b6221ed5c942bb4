"""What a bot says of itself: its command menus by scope and language, its descriptions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.playground.botapi.fields import Fields, Name, Object, bad_request, needed, read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.playground.botapi.fields import Json
    from bot.playground.botapi.model import Chat

# Bot API, "setMyCommands", "BotCommand", "setMyName", "setMyDescription" and
# "setMyShortDescription".
MAX_COMMANDS = 100
MAX_COMMAND = 32
MAX_COMMAND_DESCRIPTION = 256
MAX_NAME = 64
MAX_DESCRIPTION = 512
MAX_SHORT_DESCRIPTION = 120
COMMAND = re.compile(r"[a-z0-9_]+")
LANGUAGE_CODE = re.compile(r"(?:[a-z]{2})?")

# Scope → the fields it needs beside its type.
SCOPES: Mapping[str, frozenset[str]] = {
    "default": frozenset(),
    "all_private_chats": frozenset(),
    "all_group_chats": frozenset(),
    "all_chat_administrators": frozenset(),
    "chat": frozenset({"chat_id"}),
    "chat_administrators": frozenset({"chat_id"}),
    "chat_member": frozenset({"chat_id", "user_id"}),
}


class BotCommand(Fields):
    """A row of a command menu."""

    command: str = needed("command must be non-empty")
    description: str = needed("command description must be non-empty")


class BotCommandScope(Fields):
    """Whom a menu is for."""

    type: str = needed("can't parse BotCommandScope: Can't find field \"type\"")
    chat_id: int | Name = 0
    user_id: int = 0


class OfLanguage(Fields):
    """What a bot says of itself to users of a language."""

    language_code: str = ""


class OfScope(OfLanguage):
    """A menu of commands, by scope and language."""

    scope: Object | None = None


@dataclass(frozen=True, slots=True)
class MenuKey:
    """Whom a menu is for: a scope, the chat and user that it may name, and a language."""

    scope: str = "default"
    language: str = ""
    chat: int | str = 0
    user: int = 0


@dataclass(frozen=True, slots=True)
class Command:
    """A row of a command menu."""

    name: str
    description: str

    def json(self) -> dict[str, Json]:
        """Return Telegram's BotCommand."""
        return {"command": self.name, "description": self.description}


@dataclass(slots=True)
class ByLanguage:
    """A text of the bot's profile by language; that of no language is for all others."""

    longest: int
    too_long: str
    texts: dict[str, str] = field(default_factory=dict)

    def set(self, language: str, text: str) -> None:
        """Take a text, or with an empty one remove it. Raises ApiError if it is too long."""
        if len(text) > self.longest:
            raise bad_request(self.too_long)
        if text:
            self.texts[language] = text
        else:
            self.texts.pop(language, None)

    def get(self, language: str) -> str:
        """Return what users of a language see; nothing if there is none."""
        return self.texts.get(language) or self.texts.get("", "")


def _names() -> ByLanguage:
    return ByLanguage(MAX_NAME, "NAME_TOO_LONG")


def _descriptions() -> ByLanguage:
    return ByLanguage(MAX_DESCRIPTION, "DESCRIPTION_TOO_LONG")


def _short_descriptions() -> ByLanguage:
    return ByLanguage(MAX_SHORT_DESCRIPTION, "ABOUT_TOO_LONG")


@dataclass(slots=True)
class Menus:
    """Everything the bot told Telegram about itself."""

    commands: dict[MenuKey, tuple[Command, ...]] = field(default_factory=dict)
    names: ByLanguage = field(default_factory=_names)
    descriptions: ByLanguage = field(default_factory=_descriptions)
    short_descriptions: ByLanguage = field(default_factory=_short_descriptions)

    def offered(self, chat: Chat, language: str) -> tuple[Command, ...]:
        """Return the menu that somebody sees in a chat: the narrowest scope has the say."""
        kind = "all_private_chats" if chat.private_with else "all_group_chats"
        scopes = (("chat", chat.id), (kind, 0), ("default", 0))
        for scope, wanted in scopes:
            for code in (language, ""):
                menu = self.commands.get(MenuKey(scope, code, wanted))
                if menu:
                    return menu
        return ()


def menu_key(call: OfScope) -> MenuKey:
    """Return whose menu a call is about. Raises ApiError for an unknown scope."""
    language = language_code(call)
    if call.scope is None:
        return MenuKey(language=language)
    scope = read(BotCommandScope, call.scope)
    if scope.type not in SCOPES or SCOPES[scope.type] != scope.model_fields_set - {"type"}:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    return MenuKey(scope.type, language, scope.chat_id, scope.user_id)


def language_code(call: OfLanguage) -> str:
    """Return the two letters of a language, or nothing for all others."""
    if not LANGUAGE_CODE.fullmatch(call.language_code):
        raise bad_request("invalid language code specified")
    return call.language_code


def commands(rows: Sequence[Json]) -> tuple[Command, ...]:
    """Return the rows of a menu. Raises ApiError for one that Telegram would not show."""
    if len(rows) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return tuple(map(_command, rows))


def _command(raw: Json) -> Command:
    row = read(BotCommand, raw)
    command, description = row.command, row.description.strip()
    if len(command) > MAX_COMMAND:
        raise bad_request(f"command length must not exceed {MAX_COMMAND}")
    if not COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > MAX_COMMAND_DESCRIPTION:
        raise bad_request(f"command description length must not exceed {MAX_COMMAND_DESCRIPTION}")
    return Command(command, description)
