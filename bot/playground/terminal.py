"""A chat with the bot in the terminal: the same handlers, no token, no network."""

from __future__ import annotations

import asyncio
import re
import sys
from contextlib import AsyncExitStack, suppress
from functools import partial
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, urlsplit

from pydantic import SecretStr
from rich.text import Text
from telegram import Update

from bot import logs
from bot.app import build_application, services_of
from bot.console import make_console, printable
from bot.playground.loopback import TOKEN, USERNAME, Loopback, buttons_of
from bot.playground.markup import rendered
from bot.settings import terminal_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.console import Console

    from bot.app import App
    from bot.playground.loopback import Json
    from bot.settings import Settings

PROMPT: Final = "you> "
QUIT: Final = "/quit"
CHOICE: Final = re.compile(r"\[?(\d{1,4})\]?")
INLINE: Final = re.compile(rf"@{USERNAME}\b\s*(.*)", re.IGNORECASE)
GUIDE: Final = f"""\
TELEGRAM_BOT_TOKEN is not set, so this is a chat with Galpi in your terminal. To have it on \
Telegram, send /newbot to @BotFather (https://t.me/BotFather), set TELEGRAM_BOT_TOKEN to the token \
you get, and start Galpi again.

Type what you would type in Telegram: words to search for, or a command such as /help. A number \
presses the button of that number, @{USERNAME} and words are an inline query, {QUIT} ends."""


class Terminal:
    """What is on the screen, and what a line typed below it means."""

    def __init__(self, console: Console, language: str) -> None:
        self.loopback = Loopback(self, language)
        self._console = console
        self._choices: list[Callable[[], Json | None]] = []
        self._query = ""

    def update_for(self, line: str) -> Json | None:
        """Return the update that a line brings about; None if there is none."""
        choice, inline = CHOICE.fullmatch(line), INLINE.fullmatch(line)
        if choice and (number := int(choice[1])) in range(1, len(self._choices) + 1):
            return self._choices[number - 1]()
        if choice and line.startswith("["):
            self._print(Text(f"There is no button {line}"))
            return None
        if inline:
            return self._ask_inline(inline[1])
        return self.loopback.typed(line)

    def show_message(self, message: Json) -> None:
        """Print a message and number its buttons."""
        self._choices = []
        self._print(rendered(message["text"]))
        self._print_buttons(buttons_of(message), message["message_id"])

    def show_notice(self, text: str) -> None:
        """Print a notice."""
        self._print(Text(printable(text), "italic"))

    def show_results(self, answer: Json) -> None:
        """Print the rows of an inline answer and number them."""
        self._choices = []
        if button := answer.get("button"):
            start = f"/start {button['start_parameter']}"
            self._print(self._numbered(button["text"], partial(self.loopback.typed, start)))
        for row in answer["results"]:
            label = f"{row['title']}\n    {row.get('description', '')}"
            self._print(self._numbered(label, partial(self._insert, row)))
        if offset := answer.get("next_offset"):
            self._print(self._numbered("…", partial(self._ask_inline, self._query, offset)))

    def _ask_inline(self, query: str, offset: str = "") -> Json:
        self._query = query
        return self.loopback.asked_inline(query, offset)

    def _insert(self, row: Json) -> None:
        """Print what a row puts into the chat; no update comes of it."""
        self._choices = []
        self._print(rendered(row["input_message_content"]["message_text"]))
        self._print_buttons(buttons_of(row), 0)

    def _open(self, url: str) -> Json | None:
        """Follow a link to this bot; another is only printed."""
        parts = urlsplit(url)
        if (parts.netloc, parts.path) == ("t.me", f"/{USERNAME}"):
            return self.loopback.typed(f"/start {parse_qs(parts.query)['start'][0]}")
        self._print(Text(printable(url)))
        return None

    def _print_buttons(self, rows: Sequence[Sequence[Json]], message_id: int) -> None:
        self._print(Text())
        for row in rows:
            numbered = [
                self._numbered(button["text"], self._action(button, message_id)) for button in row
            ]
            self._print(Text("  ").join(numbered))

    def _action(self, button: Json, message_id: int) -> Callable[[], Json | None]:
        if data := button.get("callback_data"):
            return partial(self.loopback.pressed, message_id, data)
        if url := button.get("url"):
            return partial(self._open, url)
        here = button.get("switch_inline_query_current_chat")
        return partial(self._ask_inline, here or button.get("switch_inline_query", ""))

    def _numbered(self, label: str, action: Callable[[], Json | None]) -> Text:
        self._choices.append(action)
        return Text.assemble((f"[{len(self._choices)}]", "bold cyan"), " ", printable(label))

    def _print(self, text: Text) -> None:
        self._console.print(text)


def chat(settings: Settings) -> None:
    """Chat until /quit or the end of input."""
    logs.set_up(layout="%(message)s")
    console = make_console()
    terminal = Terminal(console, terminal_language())
    application = build_application(_without_telegram(settings), terminal.loopback)
    console.print(Text(GUIDE, "dim"))
    with asyncio.Runner() as runner, suppress(KeyboardInterrupt):
        session = AsyncExitStack()
        try:
            runner.run(_start(session, application))
            for line in _lines(console):
                if update := terminal.update_for(line):
                    runner.run(_deliver(application, update))
        finally:
            runner.run(session.aclose())


async def _start(session: AsyncExitStack, application: App) -> None:
    await session.enter_async_context(services_of(application))
    await session.enter_async_context(application)


async def _deliver(application: App, update: Json) -> None:
    await application.process_update(Update.de_json(update, application.bot))


def _lines(console: Console) -> Iterator[str]:
    """Yield the greeting's command, then what is typed, until /quit or the end of input."""
    yield "/start"
    for line in _typed() if sys.stdin.isatty() else _piped(console):
        # Bytes that are no UTF-8 come as lone surrogates, which nobody could write out again.
        text = line.encode(errors="surrogateescape").decode(errors="replace").strip()
        if text == QUIT:
            return
        if text:
            yield text


def _typed() -> Iterator[str]:
    """Yield the lines of a terminal, with a history and editing where the system has readline."""
    with suppress(ImportError):
        import readline  # noqa: PLC0415 - Windows has none

        # Without this, Korean would be taken for key commands where the locale is not installed.
        readline.parse_and_bind("set convert-meta off")
    with suppress(EOFError):
        while True:
            yield input(f"\n{PROMPT}")


def _piped(console: Console) -> Iterator[str]:
    """Yield the lines of a pipe or file, shown as if they were typed."""
    for line in sys.stdin:
        console.print(f"\n{PROMPT}{printable(line.rstrip())}")
        yield line


def _without_telegram(settings: Settings) -> Settings:
    """Return the settings of a bot that nobody but the person at the terminal can reach."""
    changes = {"token": SecretStr(TOKEN), "allowed_chats": frozenset()}
    return settings.model_copy(update=changes)
