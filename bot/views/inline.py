"""What the bot says in chats that are not its own: rows to insert inline, and a guest's answers."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from telegram import (
    InlineKeyboardButton,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
)
from telegram.constants import ParseMode
from telegram.helpers import create_deep_linked_url

from bot.views import results
from bot.views.body import beginning
from bot.views.formatting import shorten
from bot.views.links import kind_and_host
from bot.views.markup import PARAGRAPH, html, italic, join, length, link, plain
from bot.views.post import byline, head, preview_of, target
from bot.views.results import QUERY_UNITS, entry_of_found, entry_of_post, source_and_date
from bot.views.view import keyboard, link_preview

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import InlineKeyboardMarkup

    from bot.callbacks import Results
    from bot.texts import Texts
    from bot.views.markup import Html
    from bot.views.results import Around, Entry
    from storage import Hit, Page, Post, SharedLink

INSERTED_UNITS: Final = 1000  # a guest in somebody's chat does not fill the screen
LINK_ID_BYTES: Final = 16
PARAMETER_FOR_HELP: Final = "help"
GUEST_HITS: Final = 3  # a guest in somebody's chat does not fill the screen
GUEST_RESULT_ID: Final = "answer"


@dataclass(frozen=True, slots=True)
class Rows:
    """One answer to an inline query; `next_offset` is empty at the end."""

    articles: tuple[InlineQueryResultArticle, ...]
    button: InlineQueryResultsButton | None = None
    next_offset: str = ""


def hit_row(texts: Texts, hit: Hit, around: Around) -> InlineQueryResultArticle:
    """Return a found post as a row that shows where it matches."""
    return _row(texts, entry_of_found(texts, hit), around)


def post_row(texts: Texts, post: Post, around: Around) -> InlineQueryResultArticle:
    """Return a post as a row."""
    return _row(texts, entry_of_post(post), around)


def link_row(texts: Texts, shared: SharedLink, username: str) -> InlineQueryResultArticle:
    """Return a link as a row; what it inserts leads to the page, its button to the post."""
    url = target(shared.raw)
    about = italic(" · ".join(kind_and_host(texts, shared)))
    post = create_deep_linked_url(username, f"post-{shared.posts[0]}")
    return InlineQueryResultArticle(
        # Results in a list are told apart by at most 64 bytes.
        id=hashlib.blake2b(shared.url.encode(), digest_size=LINK_ID_BYTES).hexdigest(),
        title=shared.context,
        description=plain(about),
        input_message_content=InputTextMessageContent(
            join((link(shared.context, url), about)),
            parse_mode=ParseMode.HTML,
            link_preview_options=link_preview(shared.url),
        ),
        reply_markup=keyboard([[InlineKeyboardButton(texts("button.open"), url=post)]]),
    )


def open_links_in_chat(texts: Texts, total: int, parameter: str) -> InlineQueryResultsButton:
    """Return the button above rows of links that shows them all in the chat with the bot."""
    label = texts.plural("inline.open_links", total)
    return InlineQueryResultsButton(label, start_parameter=parameter)


def open_in_chat(texts: Texts, total: int, parameter: str) -> InlineQueryResultsButton:
    """Return the button above the rows that shows them all in the chat with the bot."""
    label = texts.plural("inline.open_all", total)
    return InlineQueryResultsButton(label, start_parameter=parameter)


def talk(texts: Texts) -> InlineQueryResultsButton:
    """Return the button above the rows that leads to the chat with the bot."""
    return InlineQueryResultsButton(texts("inline.talk"), start_parameter=PARAMETER_FOR_HELP)


def nothing_here(texts: Texts) -> InlineQueryResultsButton:
    """Return the button that stands where there are no rows."""
    label = texts("inline.nothing")
    return InlineQueryResultsButton(label, start_parameter=PARAMETER_FOR_HELP)


def _row(texts: Texts, entry: Entry, around: Around) -> InlineQueryResultArticle:
    post = entry.post
    said = " · ".join(filter(None, (plain(source_and_date(texts, post, around)), entry.why)))
    about = (entry.text.text, said)
    text, is_whole = _inserted(texts, post)
    return InlineQueryResultArticle(
        id=str(post.id),
        title=entry.title.text or post.source,
        description="\n".join(filter(None, about)),
        input_message_content=InputTextMessageContent(
            text,
            parse_mode=ParseMode.HTML,
            link_preview_options=link_preview(preview_of(post)),
        ),
        reply_markup=_buttons(texts, post, around.username, is_whole=is_whole),
        thumbnail_url=post.thumbnail,
    )


def _inserted(texts: Texts, post: Post) -> tuple[Html, bool]:
    """Return what is inserted of a post, and whether that is all of its text."""
    above, below = head(texts, post), italic(byline(texts, post))
    around = length(above) + length(below) + 2 * len(PARAGRAPH)
    text, is_whole = beginning(post, INSERTED_UNITS - around)
    return join((above, text, below), PARAGRAPH), is_whole


def _buttons(
    texts: Texts, post: Post, username: str, *, is_whole: bool
) -> InlineKeyboardMarkup | None:
    """Return the buttons below an inserted post, which open addresses and nothing else.

    Where the post is inserted, the bot may not be in the chat to answer a press.
    """
    url = create_deep_linked_url(username, f"post-{post.id}")
    label = texts("button.open" if is_whole else "button.whole_post")
    original = [InlineKeyboardButton(texts("button.original"), url=post.url)] if post.url else []
    return keyboard([[*original, InlineKeyboardButton(label, url=url)]])


def guest_answer(
    texts: Texts,
    query: str,
    hits: Page[Hit],
    place: Results,
    around: Around,
    others: Sequence[tuple[str, Results]] = (),
) -> InlineQueryResultArticle:
    """Return the best hits, with buttons to all of them and to other searches with the bot."""

    def leads(label: str, parameter: str) -> list[InlineKeyboardButton]:
        url = create_deep_linked_url(around.username, parameter)
        return [InlineKeyboardButton(label, url=url)]

    said = results.found(texts, query, hits, place, around)
    every = (
        leads(texts.plural("inline.open_all", hits.total), f"search-{place.search_id}")
        if hits.total
        else leads(texts("inline.talk"), PARAMETER_FOR_HELP)
    )
    instead = (leads(shorten(other, QUERY_UNITS), f"search-{to.search_id}") for other, to in others)
    return _article(texts, said.text, keyboard([*instead, every]))


def how_to_ask(texts: Texts, username: str) -> InlineQueryResultArticle:
    """Return how to ask the bot where it is a guest."""
    return guest_sentence(texts, texts("guest.how", name=username))


def guest_sentence(texts: Texts, text: str) -> InlineQueryResultArticle:
    """Return a guest's answer that is a plain sentence."""
    return _article(texts, html(text))


def _article(
    texts: Texts, text: Html, buttons: InlineKeyboardMarkup | None = None
) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        id=GUEST_RESULT_ID,
        title=texts("inline.talk"),
        input_message_content=InputTextMessageContent(
            text, parse_mode=ParseMode.HTML, link_preview_options=link_preview(None)
        ),
        reply_markup=buttons,
    )
