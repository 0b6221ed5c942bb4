from telegram.ext import CommandHandler

from bot import handlers
from bot.handlers.start import COMMANDS, set_admin_menus, set_menus
from tests.support.recording import App, RecordingRequest


async def test_every_kind_of_chat_has_its_menu_in_every_language(
    application: App, request_: RecordingRequest
) -> None:
    await set_menus(application.bot)
    menus = {
        (call.parameters["scope"]["type"], call.parameters.get("language_code")): call
        for call in request_.calls
    }
    scopes = ("default", "all_private_chats", "all_group_chats")
    assert set(menus) == {(scope, code) for scope in scopes for code in (None, "ko", "en")}
    for (scope, code), call in menus.items():
        commands = call.parameters["commands"]
        names = [command["command"] for command in commands]
        assert ("start" in names) == (scope != "all_group_chats")
        assert ("글 찾기" in commands[0]["description"]) == (code == "ko")


async def test_admins_alone_are_offered_their_commands(
    application: App, request_: RecordingRequest
) -> None:
    request_.refuse("setMyCommands", 400, "Bad Request: chat not found")
    await set_admin_menus(application.bot, [5, 7])
    refused, *offered = request_.calls
    assert refused.parameters["scope"] == {"type": "chat", "chat_id": 5}
    assert [call.parameters["scope"]["chat_id"] for call in offered] == [7, 7, 7]
    for call in offered:
        assert "forget" in {command["command"] for command in call.parameters["commands"]}


def test_the_table_of_commands_names_what_is_handled() -> None:
    handled = {
        name
        for table in handlers.build().values()
        for handler in table
        if isinstance(handler, CommandHandler)
        for name in handler.commands
    }
    others = {alias for aliases in handlers.ALIASES.values() for alias in aliases}
    assert handled - others == {command.name for command in COMMANDS}
