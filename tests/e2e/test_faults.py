"""Telegram in trouble: the bot waits, tries again, or lets it be, and always goes on."""

import pytest

from bot.playground.botapi.fields import forbidden, too_many_requests
from bot.texts import texts_for
from tests.support.client import Person
from tests.support.faults import BAD_GATEWAY, INTERNAL_ERROR, Fault, Silence
from tests.support.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

EN = texts_for("en")


async def goes_on(somebody: Person) -> bool:
    return EN("help.title") in (await somebody.asks("/help")).text


async def test_too_many_requests(stage: Stage, ada: Person) -> None:
    stage.server.faults.add(too_many_requests(1), "sendMessage")
    assert "투자" in (await ada.asks("/search 투자")).text
    assert await goes_on(ada)
    assert len(ada.private.messages) == 4


async def test_too_many_edits(stage: Stage, ada: Person) -> None:
    message = await ada.asks("/search 투자")
    stage.server.faults.add(too_many_requests(1), "editMessageText")
    assert (await ada.turns(message, "▶")).text != message.text


@pytest.mark.parametrize("fault", [INTERNAL_ERROR, BAD_GATEWAY, Silence.DROP])
async def test_a_lost_answer(stage: Stage, ada: Person, fault: Fault) -> None:
    stage.server.faults.add(fault, "sendMessage")
    start = len(stage.api.timeline.events)
    ada.sends("/search 투자")
    await stage.telegram.fails("sendMessage", since=start)
    assert await goes_on(ada)


@pytest.mark.parametrize("fault", [INTERNAL_ERROR, Silence.DROP])
async def test_a_lost_edit(stage: Stage, ada: Person, fault: Fault) -> None:
    message = await ada.asks("/search 투자")
    stage.server.faults.add(fault, "editMessageText")
    await ada.presses(message, "▶")
    assert (await ada.turns(message, "▶")).text != message.text


@pytest.mark.parametrize("fault", [INTERNAL_ERROR, BAD_GATEWAY, Silence.DROP])
async def test_updates_that_do_not_come(stage: Stage, ada: Person, fault: Fault) -> None:
    stage.server.faults.add(fault, "getUpdates")
    ada.sends("/search 투자")
    assert "투자" in (await ada.hears()).text
    assert await goes_on(ada)


async def test_an_answer_that_hangs_holds_up_nobody_else(stage: Stage, ada: Person) -> None:
    stage.server.faults.add(Silence.HANG, "sendMessage")
    start = len(stage.api.timeline.events)
    ada.sends("/search 투자")
    await stage.telegram.fails("sendMessage", since=start)
    assert await goes_on(stage.telegram.person("Bob"))


async def test_a_blocked_bot(stage: Stage, ada: Person) -> None:
    stage.forgive("sendMessage: Forbidden: bot was blocked by the user")
    await ada.asks("/start")
    start = len(stage.api.timeline.events)
    ada.private.bot_is_blocked = True
    ada.sends("/search 투자")
    await stage.telegram.refused("sendMessage", since=start)
    assert await goes_on(stage.telegram.person("Bob"))
    ada.private.bot_is_blocked = False
    assert await goes_on(ada)


async def test_a_press_in_a_chat_that_blocked_the_bot(stage: Stage, ada: Person) -> None:
    message = await ada.asks("/search 투자")
    stage.server.faults.add(forbidden("bot was blocked by the user"), "editMessageText")
    await ada.presses(message, "▶")
    assert await goes_on(ada)


async def test_a_group_that_threw_the_bot_out(stage: Stage, ada: Person) -> None:
    stage.forgive("sendMessage: Forbidden: bot was kicked from the supergroup chat")
    group = stage.telegram.group("Team", ada)
    start = len(stage.api.timeline.events)
    ada.sends("/search 투자", group)
    group.bot_is_member = False
    await stage.telegram.refused("sendMessage", since=start)
    assert await goes_on(ada)
