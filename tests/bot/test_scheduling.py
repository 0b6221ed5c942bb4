"""Digests by the clock."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from telegram.ext import JobQueue

from bot.context import Context
from bot.handlers.digest import plan, plan_changed, read_schedule, send_digest
from bot.texts import texts_for
from storage import Archive, Schedule
from tests.support.broadcast import DATE

if TYPE_CHECKING:
    from bot.settings import Settings
    from tests.support.broadcast import Channel
    from tests.support.recording import App, Person, RecordingRequest

KO = texts_for("ko")
WEEKLY = Schedule(chat_id=7, weekday=0, minute=540, zone="Asia/Seoul", language="ko")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"channels": frozenset({"@live_channel"})})


@pytest.mark.parametrize(
    ("asked", "schedule"),
    [
        ("weekly", (0, 540, "Asia/Seoul")),
        ("weekly 09:00", (0, 540, "Asia/Seoul")),
        ("매주 금 9시", (4, 540, "Asia/Seoul")),
        ("daily 18:30 europe/berlin", (None, 1110, "Europe/Berlin")),
        ("매일 7시30분", (None, 450, "Asia/Seoul")),
        ("weekly sunday 0:05 UTC", (6, 5, "UTC")),
    ],
)
def test_what_is_asked_for_is_understood(asked: str, schedule: tuple[int | None, int, str]) -> None:
    found = read_schedule(asked.split(), 7, "ko")
    assert found
    assert (found.weekday, found.minute, found.zone) == schedule


@pytest.mark.parametrize(
    "asked", ["weekly 25:00", "weekly 9:75", "daily fri", "weekly Nowhere/City", "daily soon"]
)
def test_what_makes_no_sense_is_not_guessed(asked: str) -> None:
    assert read_schedule(asked.split(), 7, "ko") is None


async def test_a_chat_schedules_and_stops_its_digests(person: Person, archive: Archive) -> None:
    (said,) = await person.says("/digest weekly 09:00")
    assert "매주 월요일 09:00 (Asia/Seoul)" in said.text
    assert await archive.schedules() == (WEEKLY,)
    await person.says("/digest 매일 18:30")
    assert [schedule.weekday for schedule in await archive.schedules()] == [None]
    stopped, _ = await person.presses(said.data("끄기"))
    assert stopped.text == KO("schedule.off")
    assert await archive.schedules() == ()
    (none,) = await person.says("/digest off")
    assert none.text == KO("schedule.none")
    (how,) = await person.says("/digest weekly whenever")
    assert how.text == KO("schedule.how")


async def test_the_digest_holds_what_came_before_today(
    application: App, request_: RecordingRequest, channel: Channel
) -> None:
    await channel.posts(5, "고래를 보았습니다 #고래")
    context = Context(application)
    day = datetime.fromtimestamp(DATE, UTC)
    before = len(request_.calls)
    await send_digest(context, WEEKLY, day.replace(day=day.day + 1))
    (sent,) = request_.calls[before:]
    assert sent.parameters["chat_id"] == 7
    assert "고래를 보았습니다" in sent.text


async def test_a_digest_of_nothing_is_not_sent(
    application: App, request_: RecordingRequest
) -> None:
    before = len(request_.calls)
    await send_digest(Context(application), WEEKLY, datetime(2025, 1, 1, tzinfo=UTC))
    assert request_.calls[before:] == []


async def test_a_chat_that_blocks_the_bot_has_no_schedule_left(
    application: App, request_: RecordingRequest, archive: Archive
) -> None:
    await archive.schedule(WEEKLY)
    request_.refuse("sendMessage", 403, "Forbidden: bot was blocked by the user")
    await send_digest(Context(application), WEEKLY, datetime(2023, 6, 18, tzinfo=UTC))
    assert await archive.schedules() == ()


def test_a_week_is_planned_for_the_right_day_and_hour(application: App) -> None:
    queue: JobQueue[Context] = JobQueue()
    queue.set_application(application)
    plan(queue, WEEKLY)
    plan(queue, WEEKLY)
    (job,) = queue.jobs()
    trigger = job.job.trigger
    assert "day_of_week='1'" in repr(trigger).replace("mon", "1")
    assert "hour='9'" in repr(trigger)
    assert "Asia/Seoul" in str(trigger.timezone)


async def test_what_another_bot_was_asked_for_is_planned_and_cancelled(
    application: App, archive: Archive
) -> None:
    queue: JobQueue[Context] = JobQueue()
    queue.set_application(application)
    later, other = replace(WEEKLY, minute=600), replace(WEEKLY, chat_id=8)
    for schedules in ([WEEKLY], [WEEKLY, other], [later, other], [later]):
        plan_changed(queue, schedules)
        planned = {job.data for job in queue.jobs() if not job.removed}
        assert planned == {*schedules}


async def test_one_of_several_bots_sends_a_digest_and_sends_it_once(
    archive: Archive, settings: Settings
) -> None:
    await archive.schedule(WEEKLY)
    days = (date(2026, 1, 5), date(2026, 1, 12))
    async with Archive.open(settings.database) as other:
        for day in days:
            claims = await asyncio.gather(
                *(bot.claim_digest(WEEKLY, day) for bot in (archive, other, archive, other))
            )
            assert sorted(claims) == [False, False, False, True]


async def test_a_digest_that_was_stopped_or_put_off_elsewhere_is_not_sent(
    archive: Archive,
) -> None:
    day = date(2026, 1, 5)
    later = replace(WEEKLY, minute=600)
    await archive.schedule(WEEKLY)
    await archive.schedule(later)
    assert not await archive.claim_digest(WEEKLY, day)
    assert await archive.claim_digest(later, day)
    await archive.unschedule(7)
    assert not await archive.claim_digest(later, day)
    assert await archive.note("digest of 7") is None
