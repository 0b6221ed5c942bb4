"""/digest: what was posted in the last days, by tag; now, or by the clock in a chat's time zone."""

from __future__ import annotations

import logging
import re
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from bot.callbacks import Results, filled
from bot.handlers.access import are_allowed
from bot.handlers.sending import deliver, reply
from bot.texts import texts_for, typed_words, weekdays
from bot.views.digest import PER_PAGE, digest_view, schedule_set
from bot.views.tags import no_such_tag
from bot.views.view import sentence
from storage import UNWRITABLE, ArchiveError, Schedule, Search, SearchKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from telegram import Message
    from telegram.ext import Application, JobQueue

    from bot.context import Context
    from bot.views.view import View
    from storage import Digest, Tag

logger = logging.getLogger(__name__)

WEEK: Final = 7
MOST_DAYS: Final = 31
NUMBER: Final = re.compile(r"\d{1,2}")
NAME: Final = re.compile(r"[#＃].+")
TIME: Final = re.compile(r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2})|시(?:(?P<분>\d{1,2})분)?)?")
NINE: Final = 9 * 60  # in the morning, in minutes
LAST_HOUR, LAST_MINUTE = 23, 59
HOUR: Final = 60  # minutes
GRACE: Final = 3600  # seconds that a digest may be late, as after a restart
LOOK_AGAIN: Final = timedelta(minutes=1)
"""Time between two looks for schedules that another program on the archive has stored."""


class Asked(NamedTuple):
    """What a digest is about: how many days, the last of them, and a tag if only of its posts."""

    days: int
    until: date | None = None
    tag: Tag | None = None


async def command(message: Message, context: Context) -> None:
    """/digest, now or by the clock."""
    words = context.args or ()
    if words and words[0].lower() in typed_words("typed.daily") | typed_words(
        "typed.weekly"
    ) | typed_words("typed.off"):
        await schedule_command(message, context, words)
    else:
        await days_command(message, context)


async def days_command(message: Message, context: Context) -> None:
    """/digest [DAYS] [#TAG]."""
    said = _read_days(context.args or ())
    if said is None:
        await reply(message, sentence(context.texts("digest.how")))
        return
    days, name = said
    found = await context.archive.find_tags(name, limit=1) if name else ()
    if name and not found:
        await reply(message, no_such_tag(context.texts, name))
        return
    await reply(message, await _first_page(context, Asked(days, None, *found)))


async def page(context: Context, search: Search, place: Results) -> View:
    """Return a page of a stored digest. Raises TagNotFound."""
    tags = [await context.archive.tag(tag_id) for tag_id in search.tag_ids]
    asked = Asked(search.days or WEEK, search.until, *tags)
    return _view(context, asked, await _digest(context, asked, place.page), place)


async def of_days(context: Context, days: int, until: date) -> View | None:
    """Return the digest of just these days; None if nothing was posted in them."""
    asked = Asked(days, until)
    digest = await _digest(context, asked, 0)
    if not digest.total or digest.is_earlier:
        return None
    return _view(context, asked, digest, await _remembered(context, asked, digest))


async def _first_page(context: Context, asked: Asked) -> View:
    """Return the first page, stored with its days, so that later pages are about the same days."""
    digest = await _digest(context, asked, 0)
    return _view(context, asked, digest, await _remembered(context, asked, digest))


async def _remembered(context: Context, asked: Asked, digest: Digest) -> Results:
    search = Search(
        kind=SearchKind.DIGEST,
        days=asked.days,
        until=digest.until,
        tag_ids=(asked.tag.id,) if asked.tag else (),
    )
    return Results(await context.searches.remember(search))


async def _digest(context: Context, asked: Asked, page: int) -> Digest:
    return await context.archive.digest(
        asked.days,
        until=asked.until,
        tag_id=asked.tag.id if asked.tag else None,
        limit=PER_PAGE,
        offset=page * PER_PAGE,
    )


def _view(context: Context, asked: Asked, digest: Digest, place: Results) -> View:
    return digest_view(context.texts, filled(digest), place, context.bot.username, asked.tag)


def _read_days(words: Sequence[str]) -> tuple[int, str] | None:
    """Return for how many days and of which tag a digest is asked for; None if that is not said."""
    numbers = [word for word in words if NUMBER.fullmatch(word)]
    names = [word for word in words if NAME.fullmatch(word)]
    if len(numbers) + len(names) < len(words) or len(numbers) > 1 or len(names) > 1:
        return None
    days = int(numbers[0]) if numbers else WEEK
    # Without its sign: of a hashtag and a topic of one name, the topic has more posts.
    name = "".join(names).lstrip("#＃")
    return (days, name) if 1 <= days <= MOST_DAYS else None


async def schedule_command(message: Message, context: Context, words: Sequence[str]) -> None:
    """/digest daily|weekly [WEEKDAY] [TIME] [ZONE], or off."""
    if words[0].lower() in typed_words("typed.off"):
        await reply(message, await stop_schedule(context, message.chat_id))
        return
    schedule = read_schedule(words, message.chat_id, context.texts.language)
    if schedule is None:
        await reply(message, sentence(context.texts("schedule.how")))
        return
    await context.archive.schedule(schedule)
    if context.job_queue is not None:
        plan(context.job_queue, schedule)
    await reply(message, schedule_set(context.texts, schedule))


async def stop_schedule(context: Context, chat_id: int) -> View:
    """Send a chat no more digests by the clock."""
    had = await context.archive.unschedule(chat_id)
    if context.job_queue is not None:
        _cancel(context.job_queue, chat_id)
    return sentence(context.texts("schedule.off" if had else "schedule.none"))


def read_schedule(words: Sequence[str], chat_id: int, language: str) -> Schedule | None:
    """Return the schedule that is asked for; None for what cannot be understood."""
    zones = {zone.lower(): zone for zone in available_timezones()}
    every, *rest = (word.lower() for word in words)
    is_weekly = every in typed_words("typed.weekly")
    weekday = 0 if is_weekly else None
    minute, zone = NINE, texts_for(language)("schedule.zone")
    for word in rest:
        at = _minute(word)
        if at is not None:
            minute = at
        elif is_weekly and word in weekdays():
            weekday = weekdays()[word]
        elif word in zones:
            zone = zones[word]
        else:
            return None
    return Schedule(chat_id=chat_id, weekday=weekday, minute=minute, zone=zone, language=language)


def _minute(word: str) -> int | None:
    """Return the minute of the day that 9, 09:00, 9시 or 9시30분 means."""
    found = TIME.fullmatch(word)
    if found is None:
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or found["분"] or 0)
    return hour * HOUR + minute if hour <= LAST_HOUR and minute <= LAST_MINUTE else None


async def plan_all(application: Application[Any, Context, Any, Any, Any, Any]) -> None:
    """Plan the digests that chats have asked for, before this start or of another program."""
    queue = application.job_queue
    if queue is not None:
        plan_changed(queue, await application.bot_data.archive.schedules())
        # Not at once: at the start there is enough to do, and a stop would break it off.
        queue.run_repeating(_look_again, LOOK_AGAIN, first=LOOK_AGAIN)
        queue.run_repeating(_drop_removed, timedelta(hours=1), first=timedelta(minutes=5))


async def _look_again(context: Context) -> None:
    """Plan schedules that other programs have stored; if the archive is busy, the next time."""
    with suppress(ArchiveError):
        schedules = await context.archive.schedules()
        if context.job_queue is not None:
            plan_changed(context.job_queue, schedules)


def plan_changed(queue: JobQueue[Any], schedules: Iterable[Schedule]) -> None:
    """Plan those schedules that are not planned yet, and cancel all others that are planned."""
    wanted = {schedule.chat_id: schedule for schedule in schedules}
    planned = {job.data.chat_id: job.data for job in queue.jobs() if isinstance(job.data, Schedule)}
    for chat_id in planned.keys() - wanted.keys():
        _cancel(queue, chat_id)
    for chat_id, schedule in wanted.items():
        if planned.get(chat_id) != schedule:
            plan(queue, schedule)


def plan(queue: JobQueue[Any], schedule: Schedule) -> None:
    """Plan the digests of a chat, in place of those planned before."""
    _cancel(queue, schedule.chat_id)
    hour, minute = divmod(schedule.minute, HOUR)
    # For the job queue a week begins on Sunday.
    day = None if schedule.weekday is None else (schedule.weekday + 1) % 7
    queue.run_daily(
        _send,
        time(hour, minute, tzinfo=ZoneInfo(schedule.zone)),
        days=tuple(range(7)) if day is None else (day,),
        data=schedule,
        name=_name(schedule.chat_id),
        job_kwargs={"misfire_grace_time": GRACE, "coalesce": True},
    )


def _cancel(queue: JobQueue[Any], chat_id: int) -> None:
    for job in queue.get_jobs_by_name(_name(chat_id)):
        job.schedule_removal()


def _name(chat_id: int) -> str:
    return f"digest of {chat_id}"


async def _send(context: Context) -> None:
    """Send a chat its digest, unless nothing was posted."""
    schedule = context.job.data if context.job else None
    now = datetime.now(UTC)
    if isinstance(schedule, Schedule) and await _is_ours(context, schedule, now):
        await send_digest(context, schedule, now)


async def _is_ours(context: Context, schedule: Schedule, now: datetime) -> bool:
    """Tell whether this bot, and no other one on the archive, is to send a digest."""
    try:
        return await context.archive.claim_digest(schedule, now.date())
    except UNWRITABLE:
        return True  # twice is better than not at all


async def send_digest(context: Context, schedule: Schedule, now: datetime) -> None:
    """Send the digest of the days before today, if anything was posted in them."""
    if not are_allowed([schedule.chat_id], context.settings.allowed_chats):
        return
    context.texts = texts_for(schedule.language)
    until = now.date() - timedelta(days=1)
    view = await of_days(context, schedule.days, until)
    if view is not None:
        await deliver(context, schedule.chat_id, view)


async def _drop_removed(context: Context) -> None:
    """Delete posts that were removed a day ago; if the archive is busy, try again in an hour."""
    try:
        await context.archive.drop_removed()
    except ArchiveError as error:
        logger.warning("What was removed a day ago is dropped later: %s", type(error).__name__)
