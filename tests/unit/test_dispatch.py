"""Queues of chats: bounded, in order, and none waits for another."""

import asyncio
from typing import Any

from telegram import Update

from bot.dispatch import MOST_WAITING, Dispatcher

NOBODY: dict[str, Any] = {"is_bot": False, "first_name": "A"}


def message(number: int, chat: int = 1) -> Update:
    body = {
        "message_id": number,
        "date": 1,
        "chat": {"id": chat, "type": "private"},
        "from": {"id": chat, **NOBODY},
    }
    update = Update.de_json({"update_id": number, "message": body}, None)
    assert update is not None
    return update


def inline(number: int) -> Update:
    body = {"id": "1", "from": {"id": 1, **NOBODY}, "query": "words", "offset": ""}
    update = Update.de_json({"update_id": number, "inline_query": body}, None)
    assert update is not None
    return update


def press(number: int) -> Update:
    body: dict[str, Any] = {"id": "1", "from": {"id": 1, **NOBODY}, "chat_instance": "1"}
    within = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}}
    update = Update.de_json(
        {"update_id": number, "callback_query": body | {"message": within}}, None
    )
    assert update is not None
    return update


class Bot:
    """Answers when it is let to, and notes what it was given."""

    def __init__(self) -> None:
        self.answered: list[int] = []
        self.refused: list[int] = []
        self.open = asyncio.Event()
        self.dispatcher = Dispatcher(self._answer, self._slow_down)

    async def _answer(self, update: Update) -> None:
        if update.effective_user is not None and update.effective_user.id == 1:
            await self.open.wait()
        self.answered.append(update.update_id)

    async def _slow_down(self, update: Update) -> None:
        self.refused.append(update.update_id)

    async def finish(self) -> list[Update]:
        self.open.set()
        return await self.dispatcher.close(5)


async def test_another_chat_does_not_wait() -> None:
    bot = Bot()
    for number in range(100):
        bot.dispatcher.put(message(number))
    bot.dispatcher.put(message(100, chat=2))
    await asyncio.sleep(0)
    assert bot.answered == [100]
    assert await bot.finish() == []


async def test_the_newest_are_kept_in_order_and_the_chat_is_told_once() -> None:
    bot = Bot()
    for number in range(100):
        bot.dispatcher.put(message(number))
    await bot.finish()
    assert bot.answered == list(range(100 - MOST_WAITING, 100))
    assert bot.refused == [0]


async def test_what_comes_after_a_flood_is_answered_as_ever() -> None:
    bot = Bot()
    bot.open.set()
    for rounds in range(2):
        for number in range(30):
            bot.dispatcher.put(message(number))
        await bot.finish()
        assert len(bot.refused) == rounds + 1


async def test_of_superseded_inline_queries_only_the_last_is_answered() -> None:
    bot = Bot()
    for number in range(50):
        bot.dispatcher.put(inline(number))
    await bot.finish()
    assert (bot.answered, bot.refused) == ([49], [])


async def test_every_button_left_out_is_told() -> None:
    bot = Bot()
    for number in range(MOST_WAITING + 5):
        bot.dispatcher.put(press(number))
    await bot.finish()
    assert bot.refused == [0, 1, 2, 3, 4]


async def test_what_hangs_is_given_up() -> None:
    bot = Bot()
    for number in (1, 2):
        bot.dispatcher.put(message(number))
    left = await bot.dispatcher.close(0.01)
    assert [update.update_id for update in left] == [1, 2]
    assert bot.answered == []


async def test_the_work_on_what_is_first_in_its_queue_can_be_waited_for() -> None:
    bot = Bot()
    work = bot.dispatcher.put(message(1))
    assert work is not None
    assert bot.dispatcher.put(message(2)) is None
    bot.open.set()
    await work
    assert bot.answered == [1, 2]
