from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import InvalidToken

from bot.playground.loopback import TOKEN, Loopback, buttons_of
from bot.playground.markup import rendered

if TYPE_CHECKING:
    from bot.playground.loopback import Json


class Screen:
    """Keeps what is shown."""

    def __init__(self) -> None:
        self.messages: list[Json] = []
        self.notices: list[str] = []
        self.answers: list[Json] = []

    def show_message(self, message: Json) -> None:
        self.messages.append(dict(message))

    def show_notice(self, text: str) -> None:
        self.notices.append(text)

    def show_results(self, answer: Json) -> None:
        self.answers.append(answer)


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.fixture
def loopback(screen: Screen) -> Loopback:
    return Loopback(screen, "ko")


@pytest.fixture
def bot(loopback: Loopback) -> Bot:
    return Bot(TOKEN, request=loopback, get_updates_request=loopback)


async def test_a_bot_finds_out_who_it_is(bot: Bot) -> None:
    async with bot:
        assert bot.username == "galpi"
        assert bot.supports_inline_queries


async def test_what_is_typed_arrives_as_a_message(bot: Bot, loopback: Loopback) -> None:
    update = Update.de_json(loopback.typed("/search 벤처 투자"), bot)
    assert update.message is not None
    assert update.message.parse_entities(["bot_command"]).popitem()[1] == "/search"
    assert update.message.from_user is not None
    assert update.message.from_user.language_code == "ko"
    assert update.message.chat.type == "private"
    plain = Update.de_json(loopback.typed("no /command"), bot)
    assert plain.message is not None
    assert not plain.message.entities
    assert plain.update_id > update.update_id


async def test_a_message_is_shown_pressed_and_changed(
    bot: Bot, loopback: Loopback, screen: Screen
) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("▶", callback_data="next")]])
    sent = await bot.send_message(2, "<b>one</b>", reply_markup=keyboard)
    assert screen.messages[0]["text"] == "<b>one</b>"
    assert buttons_of(screen.messages[0])[0][0]["text"] == "▶"
    update = Update.de_json(loopback.pressed(sent.message_id, "next"), bot)
    assert update.callback_query is not None
    assert update.callback_query.data == "next"
    await update.callback_query.edit_message_text("two")
    assert screen.messages[1]["text"] == "two"
    assert screen.messages[1]["message_id"] == sent.message_id
    assert not buttons_of(screen.messages[1])


async def test_only_an_answer_with_a_text_is_shown(bot: Bot, screen: Screen) -> None:
    await bot.answer_callback_query("1")
    await bot.answer_callback_query("1", "This button is too old")
    assert screen.notices == ["This button is too old"]


async def test_an_inline_query_and_its_answer(bot: Bot, loopback: Loopback, screen: Screen) -> None:
    update = Update.de_json(loopback.asked_inline("투자", "20"), bot)
    assert update.inline_query is not None
    assert (update.inline_query.query, update.inline_query.offset) == ("투자", "20")
    await update.inline_query.answer([], next_offset="40")
    assert screen.answers[0]["next_offset"] == "40"


async def test_a_method_that_is_not_there_fails_as_telegrams_does(bot: Bot) -> None:
    with pytest.raises(InvalidToken):
        await bot.get_chat(2)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("<b>bold <i>both</i></b> none", "bold both none"),
        (
            '<a href="https://example.org/?a=1&amp;b=2">here</a>',
            "here (https://example.org/?a=1&b=2)",
        ),
        ('<a href="https://example.org">https://example.org</a>', "https://example.org"),
        ("tab\tand\x1b[31mescape", "tab and [31mescape"),
        ('<a href="https://x.org/\x1b]8">x</a>', "x (https://x.org/ ]8)"),
        ("</b>astray", "astray"),
    ],
)
def test_html_becomes_text(html: str, text: str) -> None:
    assert rendered(html).plain == text


def test_tags_become_styles() -> None:
    text = rendered("none <b>bold</b> <code>code</code> <unknown>x</unknown>")
    styled = {text.plain[span.start : span.end]: span.style for span in text.spans}
    assert styled["bold"] == "bold"
    assert styled["code"] == "cyan"
