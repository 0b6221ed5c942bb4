"""What a chat watches for, and what it is told when a post comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from telegram import InlineKeyboardButton

from bot.callbacks import Anew, OpenPost, StopWatch
from bot.views.body import beginning
from bot.views.formatting import for_quotes, shorten
from bot.views.markup import PARAGRAPH, bold, html, italic, join
from bot.views.post import byline, with_original
from bot.views.view import View, button, keyboard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.texts import Texts
    from storage import Alert, Post, Watch

QUERY_UNITS: Final = 40
OPENING_UNITS: Final = 400
FIRST_SYLLABLE, LAST_SYLLABLE = "가", "힣"


def watch_added(texts: Texts, watch: Watch, *, has_channels: bool) -> View:
    """Confirm a watch, with a button to stop it; say so if no channel's posts come live."""
    said = texts("watch.added", query=for_quotes(watch.query, QUERY_UNITS))
    return View(
        join((said, "" if has_channels else texts("watch.no_channels"))),
        keyboard([[button(texts("button.stop_watch"), StopWatch(watch.id))]]),
    )


def what_to_watch(texts: Texts) -> View:
    """Ask what to watch for."""
    return View(html(texts("watch.how")), asks=texts("watch.placeholder"))


def watch_list(texts: Texts, watches: Sequence[Watch], *, stopped: bool = False) -> View:
    """Return what a chat watches for, each with a button to stop it."""
    if not watches:
        return View(html(texts("watch.stopped" if stopped else "watch.none")))
    rows = [
        [button(f"✕ {shorten(watch.query, QUERY_UNITS)}", StopWatch(watch.id))] for watch in watches
    ]
    heading = bold(texts.plural("watch.heading", len(watches)))
    return View(join((heading, texts("watch.hint")), PARAGRAPH), keyboard(rows))


def alert_view(texts: Texts, alert: Alert, post: Post) -> View:
    """Tell of a new post, and for which of the chat's watches."""
    queries = ", ".join(shorten(watch.query, QUERY_UNITS) for watch in alert.watches)
    said, _ = beginning(post, OPENING_UNITS)
    stop = [
        button(f"✕ {shorten(one.query, QUERY_UNITS)}", StopWatch(one.id)) for one in alert.watches
    ]
    original = [InlineKeyboardButton(texts("button.original"), url=post.url)] if post.url else []
    opens = [button(texts("button.whole_post"), Anew(OpenPost(post.id))), *original]
    view = View(
        join(
            (
                bold(texts("alert.heading", queries=queries)),
                said,
                italic(byline(texts, post)),
            ),
            PARAGRAPH,
        ),
        keyboard([opens, stop[:1]]),
    )
    return with_original((view,), post)[-1]


def language_of(alert: Alert) -> str:
    """Return the language in which a chat asked for its watches, else that of their queries."""
    spoken = [watch.language for watch in alert.watches if watch.language]
    if spoken:
        return spoken[-1]
    asked = "".join(watch.query for watch in alert.watches)
    return "ko" if any(FIRST_SYLLABLE <= letter <= LAST_SYLLABLE for letter in asked) else "en"
