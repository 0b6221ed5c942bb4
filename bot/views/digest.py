"""What was posted in some days, by tag."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from telegram.helpers import create_deep_linked_url

from bot.callbacks import StopDigest
from bot.views.formatting import shorten
from bot.views.markup import PARAGRAPH, bold, html, italic, join, link
from bot.views.post import response
from bot.views.tags import in_language, name_of
from bot.views.view import View, button, keyboard, page_count, pager, ways_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.callbacks import Results
    from bot.texts import Texts
    from bot.views.markup import Html
    from storage import Digest, DigestItem, Schedule, Tag

PER_PAGE: Final = 12
TITLE_UNITS: Final = 100


def digest_view(
    texts: Texts, digest: Digest, place: Results, username: str, tag: Tag | None = None
) -> View:
    """Return a page of a digest, perhaps of one tag; its titles open posts in the bot's chat."""
    if not digest.total:
        return View(html(_nothing(texts, digest, tag)), keyboard([ways_on(texts)]))
    sections = (
        _section(texts, title, list(posts), username) for title, posts in titled(texts, digest)
    )
    pages = page_count(digest.listed, PER_PAGE)
    return View(
        join((heading(texts, digest, tag), *sections), PARAGRAPH),
        keyboard([pager(texts, place.page, pages, lambda page: replace(place, page=page))]),
    )


def schedule_set(texts: Texts, schedule: Schedule) -> View:
    """Return when digests will come, with a button to have none."""
    hour, minute = divmod(schedule.minute, 60)
    when = {"time": f"{hour:02}:{minute:02}", "zone": schedule.zone}
    said = (
        texts("schedule.daily", **when)
        if schedule.weekday is None
        else texts("schedule.weekly", weekday=texts.weekday(schedule.weekday), **when)
    )
    stops = button(texts("button.stop_digest"), StopDigest())
    return View(html(join((said, texts("schedule.quiet")))), keyboard([[stops]]))


def _nothing(texts: Texts, digest: Digest, tag: Tag | None) -> str:
    if digest.undated:
        return texts("digest.nothing")
    return texts("tag.nothing", names=name_of(tag)) if tag else texts("archive.empty")


def heading(texts: Texts, digest: Digest, tag: Tag | None) -> Html:
    """Return a digest's heading: its days, how many posts they have, how many have no date."""
    days = " – ".join(dict.fromkeys(texts.date(day) for day in (digest.first, digest.last)))
    asked = [name_of(one) for one in in_language(texts, [tag] if tag else [])]
    return join(
        (
            bold(" · ".join((texts("digest.heading", days=days), *asked))),
            texts.plural("digest.count", digest.total),
            _listed(texts, digest),
            texts.plural("digest.earlier", digest.days) if digest.is_earlier else "",
            italic(texts.plural("digest.undated", digest.undated)) if digest.undated else "",
        )
    )


def _listed(texts: Texts, digest: Digest) -> str:
    """Say how many posts a digest lists, if not all of them."""
    if digest.listed == digest.total:
        return ""
    return texts.plural("digest.listed", digest.listed)


def titled(texts: Texts, digest: Digest) -> Iterator[tuple[str, Iterator[DigestItem]]]:
    """Yield titles and the posts below them; the title is empty if no post has a tag."""
    for tag, posts in groupby(digest.items, key=lambda item: item.tag):
        if tag is not None:
            (shown,) = in_language(texts, [tag])
            yield f"{name_of(shown)} · {texts.number(shown.posts)}", posts
        else:
            # Posts without a tag come last; those at the very beginning are no others.
            alone = digest.offset == 0 and digest.items[0].tag is None
            yield "" if alone else texts("digest.untagged"), posts


def _section(texts: Texts, title: str, posts: list[DigestItem], username: str) -> Html:
    lines = (_line(texts, item, username) for item in posts)
    return join((bold(title) if title else "", *lines))


def _line(texts: Texts, item: DigestItem, username: str) -> Html:
    post = item.post
    url = create_deep_linked_url(username, f"post-{post.id}")
    day = texts.day(post.date) if post.date else ""
    about = join((day, response(texts, post)), " · ")
    return join(("•", link(shorten(post.title, TITLE_UNITS), url), "–", about), " ")
