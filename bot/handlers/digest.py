"""/digest: what was posted in the last days, by tag."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.callbacks import Results
from bot.handlers.paging import filled
from bot.handlers.sending import reply
from bot.views.digest import PER_PAGE, digest_view
from bot.views.tags import no_such_tag
from bot.views.view import sentence
from storage import Search, SearchKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Message

    from bot.context import Context
    from bot.views.view import View
    from storage import Digest, Tag

WEEK: Final = 7
MOST_DAYS: Final = 31
NUMBER: Final = re.compile(r"\d{1,2}")
NAME: Final = re.compile(r"[#＃].+")


class Asked(NamedTuple):
    """The days up to which there is a digest, how many, and of which tag, if of one."""

    days: int
    until: date | None = None
    tag: Tag | None = None


async def command(message: Message, context: Context) -> None:
    """/digest [DAYS] [#TAG]."""
    said = _read(context.args or ())
    if said is None:
        await reply(message, sentence(context.texts("digest.how")))
        return
    days, name = said
    found = await context.archive.find_tags(name, limit=1) if name else ()
    if name and not found:
        await reply(message, no_such_tag(context.texts, name))
        return
    await reply(message, await _first_page(context, Asked(days, None, *found)))


async def page(context: Context, query: str, place: Results) -> View:
    """Return a page of a stored digest. Raises TagNotFound."""
    days, until, *tag_ids = query.split()
    tags = [await context.archive.tag(int(tag_id)) for tag_id in tag_ids]
    asked = Asked(int(days), date.fromisoformat(until), *tags)
    return _view(context, asked, await _digest(context, asked, place.page), place)


async def of_days(context: Context, days: int, until: date) -> View | None:
    """Return the digest of just these days; None if nothing was posted in them."""
    asked = Asked(days, until)
    digest = await _digest(context, asked, 0)
    if not digest.total or digest.is_earlier:
        return None
    return _view(context, asked, digest, await _remembered(context, asked, digest))


async def _first_page(context: Context, asked: Asked) -> View:
    """Return the first page; the others are about the same days, whenever they are turned to."""
    digest = await _digest(context, asked, 0)
    return _view(context, asked, digest, await _remembered(context, asked, digest))


async def _remembered(context: Context, asked: Asked, digest: Digest) -> Results:
    parts = (asked.days, digest.until, asked.tag and asked.tag.id)
    query = " ".join(str(part) for part in parts if part)
    return Results(await context.searches.remember(Search(kind=SearchKind.DIGEST, query=query)))


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


def _read(words: Sequence[str]) -> tuple[int, str] | None:
    """Return for how many days and of which tag a digest is asked for; None if that is not said."""
    numbers = [word for word in words if NUMBER.fullmatch(word)]
    names = [word for word in words if NAME.fullmatch(word)]
    if len(numbers) + len(names) < len(words) or len(numbers) > 1 or len(names) > 1:
        return None
    days = int(numbers[0]) if numbers else WEEK
    # Without its sign: of a hashtag and a topic of one name, the topic has more posts.
    name = "".join(names).lstrip("#＃")
    return (days, name) if 1 <= days <= MOST_DAYS else None
