"""Who watches is told of new posts."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from bot.dispatch import Dispatcher
from bot.receiving import Receiver
from storage import NewPost, Source

if TYPE_CHECKING:
    from bot.settings import Settings
    from storage import Archive
    from tests.support.broadcast import Channel
    from tests.support.recording import App, Person, RecordingRequest


@pytest.fixture
def settings(settings: Settings) -> Settings:
    update = {"channels": frozenset({"@live_channel"})}
    return settings.model_copy(update=update)


async def test_chats_that_watch_are_told_once(
    channel: Channel, person: Person, foreigner: Person
) -> None:
    await person.says("/watch 고래")
    await person.says("/watch #바다")
    await foreigner.says("/watch whale")
    (alert,) = await channel.posts(5, "고래가 나타났다 #바다")
    assert (alert.method, alert.parameters["chat_id"]) == ("sendMessage", 7)
    assert "고래, #바다" in alert.text
    whole, _ = await person.presses(alert.data("전체 글"))
    assert whole.text.startswith("고래가 나타났다")
    assert await channel.edits(5, "고래가 또 나타났다 #바다") == []
    assert await channel.posts(6, "nothing of the kind") == []


async def test_an_alert_speaks_the_language_of_who_asked(
    channel: Channel, person: Person, foreigner: Person
) -> None:
    await person.says("/watch AI")
    await foreigner.says("/watch 고래")
    (alert,) = await channel.posts(5, "AI is here")
    assert "새 글" in alert.text
    (alert,) = await channel.posts(6, "고래가 나타났다")
    assert "New post" in alert.text


async def test_an_alert_has_a_button_to_stop_it(channel: Channel, person: Person) -> None:
    await person.says("/watch narwhal")
    (alert,) = await channel.posts(5, "A narwhal")
    left, _ = await person.presses(alert.data("narwhal"))
    assert "껐어요" in left.text
    assert await channel.posts(6, "Another narwhal") == []


@pytest.mark.parametrize(
    ("status", "description"),
    [(403, "Forbidden: bot was blocked by the user"), (400, "Bad Request: chat not found")],
)
async def test_a_chat_that_is_gone_is_forgotten(
    channel: Channel, person: Person, request_: RecordingRequest, status: int, description: str
) -> None:
    await person.says("/watch narwhal")
    request_.refuse("sendMessage", status, description)
    assert len(await channel.posts(5, "A narwhal")) == 1
    assert await channel.posts(6, "Another narwhal") == []


async def test_a_chat_that_removes_the_bot_is_forgotten(channel: Channel, person: Person) -> None:
    await person.says("/watch narwhal")
    await channel.removes_the_bot(person.chat)
    assert await channel.posts(5, "A narwhal") == []


async def test_a_group_that_became_a_supergroup_is_told_there(
    channel: Channel, person: Person, request_: RecordingRequest
) -> None:
    await person.says("/watch narwhal")
    request_.refuse("sendMessage", 400, "Bad Request: upgraded", migrate_to_chat_id=-100777)
    _, second = await channel.posts(5, "A narwhal")
    assert second.parameters["chat_id"] == -100777
    (third,) = await channel.posts(6, "Another narwhal")
    assert third.parameters["chat_id"] == -100777


async def test_a_network_fault_keeps_the_watch(
    channel: Channel, person: Person, request_: RecordingRequest
) -> None:
    await person.says("/watch narwhal")
    request_.refuse("sendMessage", 502, "Bad Gateway")
    await channel.posts(5, "A narwhal")
    both = await channel.posts(6, "Another narwhal")
    assert ["A narwhal" in both[0].text, "Another narwhal" in both[1].text] == [True, True]
    assert len(await channel.posts(7, "A third narwhal")) == 1


async def test_an_alert_that_is_refused_is_not_tried_again(
    channel: Channel, person: Person, request_: RecordingRequest
) -> None:
    await person.says("/watch narwhal")
    request_.refuse("sendMessage", 400, "Bad Request: something about the text")
    await channel.posts(5, "A narwhal")
    assert len(await channel.posts(6, "Another narwhal")) == 1


async def test_alerts_of_a_program_that_was_killed_are_told_by_the_next(
    application: App, archive: Archive, person: Person, request_: RecordingRequest
) -> None:
    await person.says("/watch narwhal")
    source = Source(title="Live", channel_id=1_500_000_001)
    for number in (1, 2):
        await archive.receive(source, NewPost(text=f"{number} narwhals", message_id=number))
    request_.calls.clear()
    for _ in range(2):
        receiver = Receiver(application, Dispatcher(application.process_update, _no_flood))
        await receiver.resume()
        await receiver.close(10)
    told = [call.text for call in request_.calls]
    assert ["1 narwhals" in told[0], "2 narwhals" in told[1], len(told)] == [True, True, 2]


async def _no_flood(_: object) -> None:
    raise AssertionError


async def test_watches_are_listed_and_stopped(person: Person) -> None:
    (none,) = await person.says("/watches")
    assert "/watch" in none.text
    await person.says("/watch  딥  러닝")
    await person.says("/watch 딥 러닝")
    await person.says("/watch #AI")
    (listed,) = await person.says("/watches")
    assert [button["text"] for button in listed.buttons] == ["✕ 딥 러닝", "✕ #AI"]
    left, answer = await person.presses(listed.data("딥 러닝"))
    assert [button["text"] for button in left.buttons] == ["✕ #AI"]
    assert answer.method == "answerCallbackQuery"
    (stale,) = await person.presses(listed.data("딥 러닝"))
    assert stale.parameters["text"]


async def test_who_watches_where_no_channel_is_named_is_told_so(
    channel: Channel, person: Person, application: App, archive: Archive, settings: Settings
) -> None:
    (added,) = await person.says("/watch 고래")
    assert "채널을 연결해야" not in added.text
    deaf = settings.model_copy(update={"channels": frozenset()})
    application.bot_data.fill(archive, deaf, Random(1))
    (added,) = await person.says("/watch 고래")
    assert "“고래”" in added.text
    assert "채널을 연결해야" in added.text
    assert await channel.posts(5, "고래가 나타났다") == []


async def test_a_chat_watches_for_so_much_and_no_more(person: Person) -> None:
    for number in range(50):
        await person.says(f"/watch word{number}")
    (refused,) = await person.says("/watch onemore")
    assert "50" in refused.text
    (again,) = await person.says("/watch word7")
    assert "word7" in again.text


async def test_a_chat_that_is_not_allowed_any_more_is_told_nothing(
    channel: Channel, person: Person, application: App, archive: Archive, settings: Settings
) -> None:
    await person.says("/watch narwhal")
    others = settings.model_copy(update={"allowed_chats": frozenset({99})})
    application.bot_data.fill(archive, others, application.bot_data.rng)
    assert await channel.posts(5, "A narwhal") == []
    application.bot_data.fill(archive, settings, application.bot_data.rng)
    assert len(await channel.posts(6, "Another narwhal")) == 1


@pytest.mark.parametrize(
    ("said", "told"), [("type:vid", "“vid”"), ("site:", "site:arxiv.org"), ("고래 lang:fr", "“fr”")]
)
async def test_an_operator_that_means_nothing_is_not_watched_for(
    channel: Channel, person: Person, archive: Archive, said: str, told: str
) -> None:
    (answer,) = await person.says(f"/watch {said}")
    assert told in answer.text
    assert await archive.watches(7) == ()
    assert await channel.posts(5, "고래가 나타났다 #바다") == []
