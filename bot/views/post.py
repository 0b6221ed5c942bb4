"""A whole post, in as many messages as its text needs; and before and after it is removed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit, KeyboardButtonStyle, MessageLimit

from bot.callbacks import Anew, Forget, KeepPost, OpenPost, Restore, Results, Similar, ToggleSaved
from bot.views.body import bodies, body_of, shows
from bot.views.formatting import shorten
from bot.views.markup import PARAGRAPH, Html, bold, html, italic, join, length, link, moment, quote
from bot.views.tags import local_name
from bot.views.view import Original, View, button, keyboard
from storage import MediaKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.callbacks import Place, RandomPost, SavedList
    from bot.texts import Texts
    from bot.views.view import Row, Views
    from storage import Link, Post, PostTitle

NAME_UNITS: Final = 100
TAG_UNITS: Final = 40
SNIPPET_UNITS: Final = 200
TAGS_SHOWN: Final = 20
LINKS_SHOWN: Final = 10
LINK_UNITS: Final = 60
ALSO_SHOWN: Final = 3
ALSO_UNITS: Final = 80
ALSO_BUTTON_UNITS: Final = 40
FILES_SHOWN: Final = 3
REACTIONS_SHOWN: Final = 5
FILE_UNITS: Final = 60
MEDIA_SIGNS: Final = {
    MediaKind.PHOTO: "🖼",
    MediaKind.VIDEO: "🎬",
    MediaKind.ANIMATION: "🎞",
    MediaKind.AUDIO: "🎵",
    MediaKind.VOICE: "🎤",
    MediaKind.ROUND_VIDEO: "🎬",
    MediaKind.STICKER: "🏷",
    MediaKind.DOCUMENT: "📎",
    MediaKind.POLL: "📊",
}
WITH_CAPTION: Final = frozenset(
    {
        MediaKind.PHOTO,
        MediaKind.VIDEO,
        MediaKind.ANIMATION,
        MediaKind.AUDIO,
        MediaKind.VOICE,
        MediaKind.DOCUMENT,
    }
)
ADDRESS: Final = re.compile(
    r"https://t\.me/(?:c/(?P<id>\d+)|(?P<name>\w+))/(?P<message>\d+)", re.ASCII
)
CHANNELS_START: Final = -1_000_000_000_000
"""The Bot API puts -100 before a channel's bare id, which exports and links have."""

WITH_SCHEME: Final = re.compile(r"https?://", re.IGNORECASE)
TITLE_UNITS: Final = 80


def whole_post(
    texts: Texts,
    post: Post,
    *,
    back: Results | Similar | SavedList | None = None,
    another: RandomPost | None = None,
    can_share: bool = True,
    is_saved: bool = False,
) -> Views:
    """Return a post in one message or several, the buttons below the last.

    `back` is the list it was opened from, `another` draws the next random post; `can_share` says
    whether Telegram takes the bot's inline queries, `is_saved` whether the reader has saved the
    post.
    """
    messages = _messages(texts, post)
    original = original_of(post)
    # Buttons below the last of several messages or a picture must not turn it into something else.
    anew = len(messages) > 1 or original is not None
    markup = _keyboard(texts, post, back, another, can_share=can_share, anew=anew)
    if markup and is_saved:
        markup = with_saved(texts, markup, ToggleSaved(post.id), is_saved=True)
    *earlier, last = messages
    views = (*map(View, earlier), View(last, markup, preview=preview_of(post)))
    return with_original(views, post)


def with_saved(
    texts: Texts, markup: InlineKeyboardMarkup, turn: ToggleSaved, *, is_saved: bool
) -> InlineKeyboardMarkup:
    """Return the buttons below a post, of which the one to save it shows whether it is saved."""
    changed = button(texts("button.saved" if is_saved else "button.save"), turn)
    return InlineKeyboardMarkup(
        [
            [changed if one.callback_data == changed.callback_data else one for one in row]
            for row in markup.inline_keyboard
        ]
    )


def with_original(views: Views, post: Post) -> Views:
    """Return the views of a post with its pictures or files, above the text if that is long."""
    original = original_of(post)
    if original is None or post.media is None:
        return views
    is_caption = len(views) == 1 and length(views[0].text) <= MessageLimit.CAPTION_LENGTH
    if is_caption and post.media.kind in WITH_CAPTION:
        return (replace(views[0], original=original),)
    title = bold(post.title) if post.title and post.media.kind in WITH_CAPTION else html("")
    return (View(title, original=original, is_extra=True), *views)


def original_of(post: Post) -> Original | None:
    """Return the message that a post with pictures or files is, where its address tells."""
    found = ADDRESS.fullmatch(post.url or "") if post.media else None
    if found is None:
        return None
    channel_id, name, message_id = found.group("id", "name", "message")
    chat = CHANNELS_START - int(channel_id) if channel_id else f"@{name}"
    return Original(chat, int(message_id))


def byline(texts: Texts, post: Post) -> Html:
    """Return where a post comes from, and when if that is known."""
    return join((post.source, moment(texts.date(post.date), post.date) if post.date else ""), " · ")


def response(texts: Texts, post: Post) -> str:
    """Return how readers reacted to a post and how many have seen it, where that is known."""
    views = f"👁 {texts.number(post.views)}" if post.views else ""
    return " · ".join(filter(None, (_reactions(texts, post), views)))


def _reactions(texts: Texts, post: Post) -> str:
    """Return the reactions as Telegram shows them, or their number where the emoji are unknown."""
    if not post.reacted:
        return texts.plural("post.reactions", post.reactions) if post.reactions else ""
    shown = post.reacted[:REACTIONS_SHOWN]
    others = post.reactions - sum(reaction.count for reaction in shown)
    counts = [f"{reaction.emoji} {texts.number(reaction.count)}" for reaction in shown]
    return " ".join((*counts, *([f"+{texts.number(others)}"] if others > 0 else ())))


def head(texts: Texts, post: Post) -> Html:
    """Return what stands above a post's text: whom it was forwarded from, what it answers."""
    name, answered = post.forwarded_from, post.reply_to
    return join(
        (
            italic(texts("post.forwarded", name=shorten(name, NAME_UNITS))) if name else "",
            quote(texts("post.reply", snippet=_line(answered.snippet))) if answered else "",
        )
    )


def target(raw: str) -> str:
    """Return the page that a link leads to, as it was written: some servers are particular."""
    return raw if WITH_SCHEME.match(raw) else f"https://{raw}"


def preview_of(post: Post) -> str | None:
    """Return the page to preview below a post: its first link that is whole."""
    return next((shared.url for shared in post.links if not shared.truncated), None)


def address(url: str) -> str:
    """Return a link's address as it is read: without its scheme, decoded, cut if it is long."""
    read = unquote(url.partition("://")[2] or url)
    return shorten(" ".join(read.split()), LINK_UNITS)  # %0A is a line break, decoded


def _messages(texts: Texts, post: Post) -> tuple[Html, ...]:
    above, below = head(texts, post), _foot(texts, post)
    around = length(above) + length(below) + 2 * len(PARAGRAPH)
    messages = list(bodies(post, MessageLimit.MAX_TEXT_LENGTH - around))
    messages[0] = join((above, messages[0]), PARAGRAPH)
    messages[-1] = join((messages[-1], below), PARAGRAPH)
    return tuple(messages)


def _foot(texts: Texts, post: Post) -> Html:
    # Hashtags nearly always stand in the text, and need not be said again below it.
    tags = [f"#{tag}" for tag in post.tags if f"#{tag}" not in post.text][:TAGS_SHOWN]
    body = body_of(post)
    links = [shared for shared in post.links if not shows(body, shared)]
    about = join((byline(texts, post), response(texts, post)), " · ")
    names = " · ".join(local_name(texts, topic) for topic in post.topics)
    return join(
        (
            join((shorten(tag, TAG_UNITS) for tag in tags), " "),
            texts("post.topics", names=names) if names else "",
            *map(_link, links[:LINKS_SHOWN]),
            _more_links(texts, len(links) - LINKS_SHOWN),
            _media(texts, post),
            *(_also(texts, other.title) for other in _others(post)),
            italic(about),
            italic(texts("post.repaired")) if post.repaired else "",
        )
    )


def _media(texts: Texts, post: Post) -> str:
    """Return what a post carries: its files by their names, unless these are all it says."""
    if post.media is None:
        return ""
    names = post.media.names if post.text != "\n".join(post.media.names) else ()
    shown = [shorten(name, FILE_UNITS) for name in names[:FILES_SHOWN]]
    more = [f"+{texts.number(len(names) - FILES_SHOWN)}"] if len(names) > FILES_SHOWN else []
    said = ", ".join((*shown, *more)) or texts(f"media.{post.media.kind}")
    return f"{MEDIA_SIGNS[post.media.kind]} {said}"


def _link(shared: Link) -> Html:
    # The address of a link that was cut leads nowhere.
    cut = html(shorten(shared.raw, LINK_UNITS))
    whole = link(address(shared.url), target(shared.raw))
    return join(("🔗", cut if shared.truncated else whole), " ")


def _others(post: Post) -> tuple[PostTitle, ...]:
    """Return other posts that share a link of this one."""
    others = {other.id: other for shared in post.links for other in shared.also}
    return tuple(others.values())[:ALSO_SHOWN]


def _also(texts: Texts, title: str) -> str:
    return texts("post.also", title=shorten(title, ALSO_UNITS))


def _line(text: str) -> str:
    return shorten(" ".join(text.split()), SNIPPET_UNITS)


def _more_links(texts: Texts, count: int) -> str:
    return texts.plural("post.more_links", count) if count > 0 else ""


def _keyboard(
    texts: Texts,
    post: Post,
    back: Results | Similar | SavedList | None,
    another: RandomPost | None,
    *,
    can_share: bool,
    anew: bool,
) -> InlineKeyboardMarkup | None:
    def place(label: str, action: Place) -> InlineKeyboardButton:
        return button(texts(label), Anew(action) if anew else action)

    origin = back if isinstance(back, Results) else None
    similar = place("button.similar", Similar(post.id, origin))
    saves = button(texts("button.save"), ToggleSaved(post.id))
    return keyboard(
        (
            [place("button.another", another)] if another else [],
            _elsewhere(texts, post, place, back),
            *([_also_button(texts, other, back, anew=anew)] for other in _others(post)),
            [similar, saves, *([_share(texts, post)] if can_share else [])],
            [place("button.back", back)] if back else [],
        )
    )


def _elsewhere(
    texts: Texts,
    post: Post,
    place: Callable[[str, Place], InlineKeyboardButton],
    back: Results | Similar | SavedList | None,
) -> Row:
    answered = post.reply_to.post_id if post.reply_to else None
    return [
        *([place("button.answered", OpenPost(answered, back))] if answered else []),
        *([InlineKeyboardButton(texts("button.original"), url=post.url)] if post.url else []),
        *_copies(texts, post),
    ]


def _copies(texts: Texts, post: Post) -> Row:
    """Return a button to copy the link that a post is about, if it is about one."""
    whole = [target(shared.raw) for shared in post.links if not shared.truncated]
    if len(whole) != 1 or len(whole[0]) > InlineKeyboardButtonLimit.MAX_COPY_TEXT:
        return []
    return [InlineKeyboardButton(texts("button.copy_link"), copy_text=CopyTextButton(whole[0]))]


def _also_button(
    texts: Texts, other: PostTitle, back: Results | Similar | SavedList | None, *, anew: bool
) -> InlineKeyboardButton:
    action = OpenPost(other.id, back)
    label = texts("button.also", title=shorten(other.title, ALSO_BUTTON_UNITS))
    return button(label, Anew(action) if anew else action)


def _share(texts: Texts, post: Post) -> InlineKeyboardButton:
    return InlineKeyboardButton(texts("button.share"), switch_inline_query=f"post-{post.id}")


def confirmation(texts: Texts, post: Post) -> View:
    """Ask whether a post is to be removed."""
    choices = [
        button(texts("button.forget"), Forget(post.id), KeyboardButtonStyle.DANGER),
        button(texts("button.keep"), KeepPost()),
    ]
    return View(html(texts("forget.sure", title=_title(post))), keyboard([choices]))


def removed(texts: Texts, post: Post) -> View:
    """Return that a post was removed, with a button to undo that."""
    undo = button(texts("button.restore"), Restore(post.id))
    return View(html(texts("forget.done", title=_title(post))), keyboard([[undo]]))


def _title(post: Post) -> str:
    return shorten(post.title, TITLE_UNITS)
